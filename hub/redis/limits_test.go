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
	a, b := newProcess(t, s).ready().store, newProcess(t, s).ready().store
	for i, store := range []*Store{a, b, a} {
		if wait := store.TakeAttempt(background, "192.0.2.1", 3); wait != 0 {
			t.Errorf("attempt %d: got a wait of %v, want none", i, wait)
		}
	}
	if wait := b.TakeAttempt(background, "192.0.2.1", 3); wait <= 0 || wait > 20*time.Second {
		t.Errorf("the attempt after the last: got a wait of %v, want up to 20 s", wait)
	}
	if wait := b.TakeAttempt(background, "192.0.2.2", 3); wait != 0 {
		t.Errorf("another client: got a wait of %v, want none", wait)
	}
	for i, store := range []*Store{a, b, a} {
		if wait, err := store.TakeQuery(background, "flickr", 5, time.Hour, 2); wait != 0 || err != nil {
			t.Errorf("query %d: %v, %v", i, wait, err)
		}
	}
	if wait, err := b.TakeQuery(background, "flickr", 5, time.Hour, 2); wait < 59*time.Minute || wait > time.Hour || err != nil {
		t.Errorf("with two reserved the fourth of five: %v, %v, want most of an hour", wait, err)
	}
	for range 2 {
		if wait, err := b.TakeQuery(background, "flickr", 5, time.Hour, 0); wait != 0 || err != nil {
			t.Errorf("one of the reserved two: %v, %v", wait, err)
		}
	}
	if wait, err := a.TakeQuery(background, "flickr", 5, time.Hour, 0); wait <= 0 || err != nil {
		t.Errorf("the sixth of five: %v, %v", wait, err)
	}
	if !a.Claim(background, "main", time.Minute) || b.Claim(background, "main", time.Minute) {
		t.Error("a claim is one process's")
	}
	s.Kill()
	await(t, "they notice", func() bool { return !a.Up() && !b.Up() })
	for i := range 3 {
		if wait := a.TakeAttempt(background, "192.0.2.1", 3); wait != 0 {
			t.Errorf("attempt %d without Redis: got a wait of %v, want none", i, wait)
		}
	}
	if wait := a.TakeAttempt(background, "192.0.2.1", 3); wait <= 0 {
		t.Error("the fourth of three attempts without Redis: got it, want a wait")
	}
	if _, err := a.TakeQuery(background, "flickr", 5, time.Hour, 0); !errors.Is(err, hub.ErrAway) {
		t.Errorf("a query without Redis: %v", err)
	}
}

// When Redis's clock is set back, nobody waits for it to come to where it was.
func TestLimitsWhenTheClockGoesBack(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s).ready().store
	ahead := time.Now().Add(time.Hour).UnixMicro()
	s.Client.Set(background, attemptsKey+"192.0.2.1", ahead, 0)
	if wait := a.TakeAttempt(background, "192.0.2.1", 3); wait != 0 {
		t.Errorf("an attempt: got a wait of %v, want none", wait)
	}
	s.Client.LPush(background, queriesKey+"flickr", ahead, ahead, ahead)
	if wait, err := a.TakeQuery(background, "flickr", 3, time.Second, 0); wait <= 0 || err != nil {
		t.Errorf("a query: got %v, %v, want a wait, as if all had just been taken", wait, err)
	}
	await(t, "there is a query again within its period", func() bool {
		wait, err := a.TakeQuery(background, "flickr", 3, time.Second, 0)
		return wait == 0 && err == nil
	})
}

// An address with a password in it is no news to anybody.
func TestBadAddressKeepsItsSecret(t *testing.T) {
	if _, err := New("redis://user:hunter2@h:port/x", nil); err == nil || err.Error() != "REDIS_URL cannot be used" {
		t.Errorf("got %v", err)
	}
}
