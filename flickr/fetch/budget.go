package fetch

import (
	"context"
	"sync"
	"time"
)

// A Limit is how many queries a server allows, and how many of them are for
// people.
type Limit struct {
	Name    string // of the budget that they are taken from
	Queries int    // in any period Per
	Per     time.Duration
	Reserve int // a Background request is refused when no more than these are left
}

// Budget counts queries. One that is shared makes several processes keep to a
// limit together.
type Budget interface {
	// TakeQuery takes one of the queries that a budget has within any period per,
	// if leave others are left after it. It returns how long to wait for one; 0 if
	// it has been taken. An error ends the request as it is.
	TakeQuery(ctx context.Context, budget string, queries int, per time.Duration, leave int) (wait time.Duration, err error)
}

// memory is a Budget for one process.
type memory struct {
	mu    sync.Mutex
	taken map[string][]time.Time // by budget, oldest first
}

// TakeQuery implements Budget. With n queries and leave of them left, the last
// one but n-leave has to be older than the period: so no period has more than
// n, wherever it begins.
func (m *memory) TakeQuery(_ context.Context, budget string, queries int, per time.Duration, leave int) (time.Duration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	taken := m.taken[budget]
	for len(taken) > 0 && now.Sub(taken[0]) >= per {
		taken = taken[1:]
	}
	leave = min(max(leave, 0), queries-1)
	if over := len(taken) - (queries - leave); over >= 0 {
		return per - now.Sub(taken[over]), nil
	}
	if m.taken == nil {
		m.taken = map[string][]time.Time{}
	}
	m.taken[budget] = append(taken, now)
	return 0, nil
}
