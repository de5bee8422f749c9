package hub

import (
	"context"
	"maps"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// clientsKept bounds the clients whose turns are remembered. One that has not
// been heard of for longest is forgotten first.
const clientsKept = 20_000

// Memory is a cluster of one process that keeps nothing longer than it runs: the
// hub's own order is the order. Make one with NewMemory.
type Memory struct {
	hub   *Hub
	ready chan struct{}

	mu      sync.Mutex
	turns   *lru.Cache[string, *rate.Limiter]
	claims  map[string]time.Time
	queries map[string][]time.Time // by budget, oldest first
}

// NewMemory returns a cluster of one process.
func NewMemory() *Memory {
	turns, _ := lru.New[string, *rate.Limiter](clientsKept) // fails for sizes below 1 only
	m := &Memory{
		ready:   make(chan struct{}),
		turns:   turns,
		claims:  map[string]time.Time{},
		queries: map[string][]time.Time{},
	}
	close(m.ready)
	return m
}

// Open implements Cluster.
func (m *Memory) Open(h *Hub) { m.hub = h }

// Run has nothing to do.
func (m *Memory) Run(context.Context) {}

// Ready is closed from the start.
func (m *Memory) Ready() <-chan struct{} { return m.ready }

// Up is always true.
func (m *Memory) Up() bool { return true }

// Close has nobody to tell.
func (m *Memory) Close(context.Context) {}

// Check is always nil.
func (m *Memory) Check(context.Context) error { return nil }

// Publish delivers r at once.
func (m *Memory) Publish(ctx context.Context, r Record) (string, error) {
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	return m.hub.Deliver(r)
}

// Lag is 0: nobody has anything before this process.
func (m *Memory) Lag() time.Duration { return 0 }

// Claim implements Cluster.
func (m *Memory) Claim(_ context.Context, name string, within time.Duration) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	maps.DeleteFunc(m.claims, func(_ string, until time.Time) bool { return !now.Before(until) })
	if _, taken := m.claims[name]; taken {
		return false
	}
	m.claims[name] = now.Add(within)
	return true
}

// TakeTurn implements Cluster.
func (m *Memory) TakeTurn(_ context.Context, client string, n int) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, ok := m.turns.Get(client)
	if every := rate.Every(time.Minute / time.Duration(n)); !ok || l.Burst() != n {
		l = rate.NewLimiter(every, n)
		m.turns.Add(client, l)
	}
	turn := l.Reserve()
	wait := turn.Delay()
	if wait > 0 {
		turn.Cancel()
	}
	return wait
}

// TakeQuery implements Cluster. With n queries and leave of them left, the last
// one but n-leave has to be older than the period: so no period has more than n,
// wherever it begins.
func (m *Memory) TakeQuery(_ context.Context, budget string, queries int, per time.Duration, leave int) (time.Duration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	taken := m.queries[budget]
	for len(taken) > 0 && now.Sub(taken[0]) >= per {
		taken = taken[1:]
	}
	leave = min(max(leave, 0), queries-1)
	if over := len(taken) - (queries - leave); over >= 0 {
		return per - now.Sub(taken[over]), nil
	}
	m.queries[budget] = append(taken, now)
	return 0, nil
}

// Queries returns when the queries of each budget were taken that still count,
// oldest first.
func (m *Memory) Queries() map[string][]time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	queries := make(map[string][]time.Time, len(m.queries))
	for budget, taken := range m.queries {
		queries[budget] = append([]time.Time(nil), taken...)
	}
	return queries
}

// SetQueries makes queries what has been taken so far. A time that lies ahead,
// of a clock that has gone back since, counts as now.
func (m *Memory) SetQueries(queries map[string][]time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	m.queries = map[string][]time.Time{}
	for budget, taken := range queries {
		for _, at := range taken {
			if at.After(now) {
				at = now
			}
			m.queries[budget] = append(m.queries[budget], at)
		}
	}
}

// Watched has nobody to tell.
func (m *Memory) Watched(string, int) {}

// SetCounter has nobody to tell.
func (m *Memory) SetCounter(func() (open int, byAddress map[string]int)) {}

// Remote is 0: there are no others.
func (m *Memory) Remote(string) (open, ofAddress int) { return 0, 0 }
