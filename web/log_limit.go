package web

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A crowd that comes back writes thousands of lines that say the same, and platforms
// drop what is too much for them (Railway keeps 500 a second), warnings as well. So of
// the info lines with one message a process writes linesAtOnce, then linesASecond, and
// counts the others.
const (
	linesAtOnce  = 1000
	linesASecond = 100
	// countEvery is how often what was left out is told.
	countEvery = time.Second
)

// limited bounds the info lines that it hands on.
type limited struct {
	slog.Handler
	*quotas
}

// quotas are those of all messages, which are constants in our code.
type quotas struct {
	to slog.Handler // for the counts

	mu    sync.Mutex
	of    map[string]*rate.Limiter
	left  map[string]int // out, and not yet told
	timer *time.Timer    // runs while left has any
}

func newLimited(to slog.Handler) limited {
	return limited{to, &quotas{to: to, of: map[string]*rate.Limiter{}, left: map[string]int{}}}
}

// Handle implements slog.Handler.
func (h limited) Handle(ctx context.Context, r slog.Record) error {
	if r.Level == slog.LevelInfo && !h.allow(r.Message) {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h limited) WithAttrs(attrs []slog.Attr) slog.Handler {
	return limited{h.Handler.WithAttrs(attrs), h.quotas}
}

// WithGroup implements slog.Handler.
func (h limited) WithGroup(name string) slog.Handler {
	return limited{h.Handler.WithGroup(name), h.quotas}
}

func (q *quotas) allow(message string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	limiter := q.of[message]
	if limiter == nil {
		limiter = rate.NewLimiter(linesASecond, linesAtOnce)
		q.of[message] = limiter
	}
	if limiter.Allow() {
		return true
	}
	if len(q.left) == 0 {
		q.timer = time.AfterFunc(countEvery, q.flush)
	}
	q.left[message]++
	return false
}

// flush tells what was left out.
func (q *quotas) flush() {
	q.mu.Lock()
	left := q.left
	q.left = map[string]int{}
	if q.timer != nil {
		q.timer.Stop()
	}
	q.mu.Unlock()
	for message, n := range left {
		r := slog.NewRecord(time.Now(), slog.LevelInfo, "lines left out", 0)
		r.AddAttrs(slog.String("of", message), slog.Int("lines", n))
		_ = q.to.Handle(context.Background(), r) // as the logger itself does
	}
}
