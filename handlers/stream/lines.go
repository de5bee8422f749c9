package stream

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// linesWaiting bounds the lines that wait to be written. A crowd that leaves at once
// fits; more than a log takes is not worth the memory.
const linesWaiting = 20_000

// lines writes a line for each stream that has ended, on a goroutine of its own: ten
// thousand viewers may leave at once, and whoever reads the log may be slow.
type lines struct {
	log *slog.Logger // nil is none

	mu      sync.Mutex
	waiting []closing
	left    int           // out, because too many wait
	done    chan struct{} // closed when all are written; nil while none wait
}

// A closing is a stream's end.
type closing struct {
	*Visit
	reason Reason
	cause  error
	took   time.Duration
}

// add has a line written soon. It does not block.
func (l *lines) add(c closing) {
	if l.log == nil || !l.log.Enabled(context.Background(), c.level()) {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) >= linesWaiting {
		l.left++
		return
	}
	l.waiting = append(l.waiting, c)
	if l.done == nil {
		l.done = make(chan struct{})
		go l.write()
	}
}

func (l *lines) write() {
	for {
		l.mu.Lock()
		some, left := l.waiting, l.left
		l.waiting, l.left = nil, 0
		if len(some)+left == 0 {
			close(l.done)
			l.done = nil
			l.mu.Unlock()
			return
		}
		l.mu.Unlock()
		for _, c := range some {
			c.log(l.log)
		}
		if left > 0 {
			l.log.Warn("more streams have ended than could be logged", "streams", left)
		}
	}
}

// wait returns when all lines are written, or ctx has ended.
func (l *lines) wait(ctx context.Context) error {
	l.mu.Lock()
	done := l.done
	l.mu.Unlock()
	if done == nil {
		return nil
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// level is info where the line says what that of the request does not: that line of
// a poll has it all.
func (c closing) level() slog.Level {
	if c.by == OverPoll || c.reason == Refused {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

func (c closing) log(to *slog.Logger) {
	attrs := make([]slog.Attr, 0, 10)
	attrs = append(attrs, slog.String("transport", c.by.String()), slog.String("reason", c.reason.String()),
		slog.Duration("took", c.took), slog.Uint64("events", c.sent.Events), slog.Uint64("bytes", c.sent.Bytes))
	if c.frame != "" {
		attrs = append(attrs, slog.String("frame", c.frame))
	}
	attrs = append(attrs, slog.String("client", c.network), slog.String("request_id", c.request))
	if c.reason == Slow || c.reason == Failed || c.reason == Protocol {
		attrs = append(attrs, slog.Any("err", c.cause))
	}
	to.LogAttrs(context.Background(), c.level(), "stream closed", attrs...)
}
