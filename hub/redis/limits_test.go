package redis

import (
	"errors"
	"testing"
	"time"

	"picture-frame/hub"
	"picture-frame/hub/redis/redistest"
)

func TestLimitsAreShared(t *testing.T) {
	s := redistest.New(t).Start()
	a, b := newProcess(t, s).ready().bus, newProcess(t, s).ready().bus
	for i, bus := range []*Bus{a, b, a} {
		if wait, err := bus.TakeTurn(background, "192.0.2.1", 3); wait != 0 || err != nil {
			t.Errorf("turn %d: %v, %v", i, wait, err)
		}
	}
	if wait, err := b.TakeTurn(background, "192.0.2.1", 3); wait <= 0 || wait > 20*time.Second || err != nil {
		t.Errorf("the turn after the last: %v, %v, want up to 20 s", wait, err)
	}
	if wait, err := b.TakeTurn(background, "192.0.2.2", 3); wait != 0 || err != nil {
		t.Errorf("another client: %v, %v", wait, err)
	}
	for i, bus := range []*Bus{a, b, a} {
		if wait, err := bus.TakeQuery(background, 5, 2); wait != 0 || err != nil {
			t.Errorf("query %d: %v, %v", i, wait, err)
		}
	}
	if wait, err := b.TakeQuery(background, 5, 2); wait < 59*time.Minute || wait > time.Hour || err != nil {
		t.Errorf("with two reserved the fourth of five: %v, %v, want most of an hour", wait, err)
	}
	for range 2 {
		if wait, err := b.TakeQuery(background, 5, 0); wait != 0 || err != nil {
			t.Errorf("one of the reserved two: %v, %v", wait, err)
		}
	}
	if wait, err := a.TakeQuery(background, 5, 0); wait <= 0 || err != nil {
		t.Errorf("the sixth of five: %v, %v", wait, err)
	}
	if !a.Claim(background, "main", time.Minute) || b.Claim(background, "main", time.Minute) {
		t.Error("a claim is one process's")
	}
	s.Kill()
	await(t, "they notice", func() bool { return !a.Up() && !b.Up() })
	if _, err := a.TakeTurn(background, "192.0.2.1", 3); !errors.Is(err, hub.ErrAway) {
		t.Errorf("a turn without Redis: %v", err)
	}
	if _, err := a.TakeQuery(background, 5, 0); !errors.Is(err, hub.ErrAway) {
		t.Errorf("a query without Redis: %v", err)
	}
}

// An address with a password in it is no news to anybody.
func TestBadAddressKeepsItsSecret(t *testing.T) {
	if _, err := New("redis://user:hunter2@h:port/x", nil); err == nil || err.Error() != "REDIS_URL cannot be used" {
		t.Errorf("got %v", err)
	}
}
