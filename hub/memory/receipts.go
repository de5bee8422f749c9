package memory

import (
	"context"
	"maps"
	"time"

	"picture-frame/hub"
)

const (
	// tallied bounds the pictures whose receipts are counted at a time. What is above
	// is not counted.
	tallied = 1000
	// tallyTime is how long after the broadcast a tally is kept, in case that its final
	// one could not be told at once.
	tallyTime = hub.ReceiptTime + 5*time.Second
)

// A tally is what the receipts of a picture add up to so far.
type tally struct {
	hub.Tally
	screens map[string]struct{} // nil once it is final
	told    int                 // screens when it was first taken
	until   time.Time
}

// CountReceipts implements hub.Tallies.
func (s *Store) CountReceipts(_ context.Context, b hub.Broadcast, receipts []hub.Receipt) ([]time.Duration, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tally(b)
	shown := make([]time.Duration, len(receipts))
	for i, r := range receipts {
		shown[i] = -1
		if took := max(0, r.At.Sub(b.At)); t != nil && took <= hub.ReceiptTime && t.isNew(r.Screen) {
			shown[i] = took
			t.Screens++
			t.Shown[hub.Bucket(took)]++
			t.Arrived[hub.Bucket(took-min(took, r.Wait))]++
		}
	}
	return shown, nil
}

// tally returns a picture's tally, or nil where there is no room for one.
func (s *Store) tally(b hub.Broadcast) *tally {
	key, now := b.Frame+" "+b.ID, time.Now()
	maps.DeleteFunc(s.tallies, func(_ string, t *tally) bool { return !now.Before(t.until) })
	if t := s.tallies[key]; t != nil || len(s.tallies) >= tallied || now.Sub(b.At) > hub.ReceiptTime {
		return t
	}
	t := &tally{hub.Tally{Shown: hub.Histogram{}, Arrived: hub.Histogram{}}, map[string]struct{}{}, 0, b.At.Add(tallyTime)}
	s.tallies[key] = t
	return t
}

// isNew reports whether a screen has not been counted and still can be.
func (t *tally) isNew(screen string) bool {
	if _, counted := t.screens[screen]; counted || t.screens == nil || t.Screens >= hub.MaxReceipts {
		return false
	}
	t.screens[screen] = struct{}{}
	return true
}

// TakeTally implements hub.Tallies. This is the only process, so it gets every tally
// that is news.
func (s *Store) TakeTally(_ context.Context, b hub.Broadcast, final bool) (hub.Tally, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tallies[b.Frame+" "+b.ID]
	if t == nil || t.Screens == 0 {
		return hub.Tally{}, false, nil
	}
	if final {
		t.screens = nil
		return t.clone(), t.told != t.Screens, nil
	}
	t.told = t.Screens
	return t.clone(), true, nil
}

// ReadTally implements hub.Tallies.
func (s *Store) ReadTally(_ context.Context, b hub.Broadcast) (hub.Tally, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.tallies[b.Frame+" "+b.ID]; t != nil {
		return t.clone(), nil
	}
	return hub.Tally{}, nil
}

func (t *tally) clone() hub.Tally {
	return hub.Tally{Screens: t.Screens, Shown: maps.Clone(t.Shown), Arrived: maps.Clone(t.Arrived)}
}
