package memory

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := New()
		ctx := context.Background()
		for i := range 3 {
			if wait := m.TakeAttempt(ctx, "192.0.2.1", 3); wait != 0 {
				t.Errorf("attempt %d: got a wait of %v, want none", i, wait)
			}
		}
		if wait := m.TakeAttempt(ctx, "192.0.2.1", 3); wait != 20*time.Second {
			t.Errorf("the fourth of three attempts: got a wait of %v, want 20s", wait)
		}
		if wait := m.TakeAttempt(ctx, "192.0.2.2", 3); wait != 0 {
			t.Errorf("another client: got a wait of %v, want none", wait)
		}
		time.Sleep(20 * time.Second)
		if wait := m.TakeAttempt(ctx, "192.0.2.1", 3); wait != 0 {
			t.Errorf("20 s later: got a wait of %v, want none", wait)
		}
		for i := range clientsKept {
			m.TakeAttempt(ctx, time.Duration(i).String(), 3)
		}
		if n := m.rates.Len(); n != clientsKept {
			t.Errorf("got %d clients remembered, want %d", n, clientsKept)
		}
	})
}

func TestQueries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := New()
		take := func(budget string, leave int) time.Duration {
			t.Helper()
			wait, err := m.TakeQuery(context.Background(), budget, 5, time.Hour, leave)
			if err != nil {
				t.Fatal(err)
			}
			return wait
		}
		for i := range 3 {
			if wait := take("flickr", 2); wait != 0 {
				t.Errorf("query %d: got a wait of %v, want none", i, wait)
			}
			time.Sleep(time.Minute)
		}
		if wait := take("flickr", 2); wait != 57*time.Minute {
			t.Errorf("the fourth of five with two left: got a wait of %v, want 57m", wait)
		}
		if wait := take("feed", 2); wait != 0 {
			t.Errorf("another budget: got a wait of %v, want none", wait)
		}
		for range 2 {
			if wait := take("flickr", 0); wait != 0 {
				t.Errorf("one of the two left: got a wait of %v, want none", wait)
			}
		}
		if wait := take("flickr", 0); wait != 57*time.Minute {
			t.Errorf("the sixth of five: got a wait of %v, want 57m", wait)
		}
		again := New()
		again.SetQueries(m.Queries())
		if wait, _ := again.TakeQuery(context.Background(), "flickr", 5, time.Hour, 0); wait != 57*time.Minute {
			t.Errorf("after a restart: got a wait of %v, want 57m", wait)
		}
		time.Sleep(57 * time.Minute)
		if wait := take("flickr", 0); wait != 0 {
			t.Errorf("an hour after the first: got a wait of %v, want none", wait)
		}
	})
}

func TestClaims(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := New()
		ctx := context.Background()
		if !m.Claim(ctx, "main", time.Minute) {
			t.Error("the first claim: got refused, want granted")
		}
		if m.Claim(ctx, "main", time.Minute) || !m.Claim(ctx, "hall", time.Minute) {
			t.Error("a claim holds for its own name only")
		}
		time.Sleep(time.Minute)
		if !m.Claim(ctx, "main", time.Minute) {
			t.Error("a claim after the time: got refused, want granted")
		}
	})
}
