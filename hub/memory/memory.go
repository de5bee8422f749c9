// Package memory is the cluster of one process that is alone and may forget: the
// hub's own order is the order, and nothing is kept longer than the process runs.
package memory

import (
	"context"
	"maps"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

	"picture-frame/hub"
)

// clientsKept bounds the clients whose attempts are remembered. One that has not
// been heard of for longest is forgotten first.
const clientsKept = 20_000

// A Store is one process. Its methods may be called from any goroutine.
type Store struct {
	*Lines
	hub   *hub.Hub
	ready chan struct{}

	mu      sync.Mutex
	rates   *lru.Cache[string, *rate.Limiter]
	claims  map[string]time.Time
	queries map[string][]time.Time // by budget, oldest first
	tallies map[string]*tally      // by picture
}

// New returns a store that remembers nothing yet.
func New() *Store {
	rates, _ := lru.New[string, *rate.Limiter](clientsKept) // fails for sizes below 1 only
	s := &Store{
		ready:   make(chan struct{}),
		rates:   rates,
		claims:  map[string]time.Time{},
		queries: map[string][]time.Time{},
		tallies: map[string]*tally{},
	}
	close(s.ready)
	return s
}

// Open implements hub.Cluster.
func (s *Store) Open(h *hub.Hub) {
	s.hub = h
	s.Lines = NewLines(h, s.Deliver, func(string, hub.Settings) error { return nil })
}

// Run has nothing to do.
func (s *Store) Run(context.Context) {}

// Ready is closed from the start.
func (s *Store) Ready() <-chan struct{} { return s.ready }

// Up is always true.
func (s *Store) Up() bool { return true }

// LastError is never.
func (s *Store) LastError() time.Time { return time.Time{} }

// Close has nobody to tell.
func (s *Store) Close(context.Context) {}

// Check is always nil.
func (s *Store) Check(context.Context) error { return nil }

// Publish implements hub.Cluster: it delivers r at once.
func (s *Store) Publish(ctx context.Context, r hub.Record) (string, error) {
	return s.Lines.Publish(ctx, r)
}

// Deliver delivers r, without looking at lines.
func (s *Store) Deliver(ctx context.Context, r hub.Record) (string, error) {
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	return s.hub.Deliver(r)
}

// Shared is false: nobody has anything before this process.
func (s *Store) Shared() bool { return false }

// Durable is false.
func (s *Store) Durable() bool { return false }

// Claim implements hub.Cluster.
func (s *Store) Claim(_ context.Context, name string, within time.Duration) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	maps.DeleteFunc(s.claims, func(_ string, until time.Time) bool { return !now.Before(until) })
	if _, taken := s.claims[name]; taken {
		return false
	}
	s.claims[name] = now.Add(within)
	return true
}

// TakeAttempt implements hub.Cluster.
func (s *Store) TakeAttempt(_ context.Context, client string, n int) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, ok := s.rates.Get(client)
	if every := rate.Every(time.Minute / time.Duration(n)); !ok || l.Burst() != n {
		l = rate.NewLimiter(every, n)
		s.rates.Add(client, l)
	}
	attempt := l.Reserve()
	wait := attempt.Delay()
	if wait > 0 {
		attempt.Cancel()
	}
	return wait
}

// ReturnAttempts implements hub.Cluster.
func (s *Store) ReturnAttempts(_ context.Context, client string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rates.Remove(client)
}

// TakeQuery implements hub.Cluster. With n queries and leave of them left, the last
// one but n-leave has to be older than the period: so no period has more than n,
// wherever it begins.
func (s *Store) TakeQuery(_ context.Context, budget string, queries int, per time.Duration, leave int) (time.Duration, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	taken := s.queries[budget]
	for len(taken) > 0 && now.Sub(taken[0]) >= per {
		taken = taken[1:]
	}
	leave = min(max(leave, 0), queries-1)
	if over := len(taken) - (queries - leave); over >= 0 {
		return per - now.Sub(taken[over]), nil
	}
	s.queries[budget] = append(taken, now)
	return 0, nil
}

// QueriesTaken implements hub.Cluster.
func (s *Store) QueriesTaken(_ context.Context, budget string, per time.Duration) (n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	for _, at := range s.queries[budget] {
		if now.Sub(at) < per {
			n++
		}
	}
	return n, nil
}

// Queries returns when the queries of each budget were taken that still count,
// oldest first.
func (s *Store) Queries() map[string][]time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	queries := make(map[string][]time.Time, len(s.queries))
	for budget, taken := range s.queries {
		queries[budget] = append([]time.Time(nil), taken...)
	}
	return queries
}

// SetQueries makes queries what has been taken so far. A time that lies ahead,
// of a clock that has gone back since, counts as now.
func (s *Store) SetQueries(queries map[string][]time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	s.queries = map[string][]time.Time{}
	for budget, taken := range queries {
		for _, at := range taken {
			if at.After(now) {
				at = now
			}
			s.queries[budget] = append(s.queries[budget], at)
		}
	}
}

// Watched has nobody to tell.
func (s *Store) Watched(string, hub.Viewers) {}

// SetCounter has nobody to tell.
func (s *Store) SetCounter(func() (open int, byAddress map[string]int)) {}

// Remote is 0: there are no others.
func (s *Store) Remote(string) (open, ofAddress int) { return 0, 0 }
