package flickr

import (
	"context"
	"sync"
	"time"
)

const (
	// QueriesPerHour is what Flickr allows a key, for all users of a program
	// together. Over it Flickr slows down, then switches the key off. There is
	// no published limit for the feed; it gets the same.
	QueriesPerHour = 3600
	// Reserve is how many of them are left to people: what a machine wishes
	// for by itself is refused when no more than these are left.
	Reserve = 600
)

// Budget counts queries. One that is shared makes several processes with one
// key keep to the limit together.
type Budget interface {
	// Take takes one query if reserve others are left after it. If not, the
	// error is a *BudgetError. Other errors end the search, and go to who asked.
	Take(ctx context.Context, reserve int) error
}

// hourly is a Budget for one process. It keeps the time of every query of the
// last hour, so that no hour has more than the limit, wherever it begins.
type hourly struct {
	start time.Time

	mu    sync.Mutex
	times []time.Duration // since start; a ring, the oldest at next
	next  int
	taken int // how many of times are set
}

func newHourly(limit int) *hourly {
	return &hourly{start: time.Now(), times: make([]time.Duration, limit)}
}

// Take implements Budget. With n queries an hour and a reserve of r, the last
// one but n-r has to be an hour old.
func (h *hourly) Take(_ context.Context, reserve int) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Since(h.start)
	reserve = min(max(reserve, 0), len(h.times)-1)
	if h.taken >= len(h.times)-reserve {
		oldest := h.times[(h.next+reserve)%len(h.times)]
		if age := now - oldest; age < time.Hour {
			return &BudgetError{After: time.Hour - age}
		}
	}
	h.times[h.next] = now
	h.next = (h.next + 1) % len(h.times)
	h.taken = min(h.taken+1, len(h.times))
	return nil
}
