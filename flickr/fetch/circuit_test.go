package fetch

import (
	"errors"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/flickr/fetch/fetchtest"
)

// TestCircuit: a dead server is left alone, costs nobody time, and is noticed
// when it is back.
func TestCircuit(t *testing.T) {
	tests := []struct {
		name   string
		dead   fetchtest.RoundTrip
		backup bool
		opens  int64 // after so many requests
		err    error // then
	}{
		{"nobody there", fetchtest.Refused, false, tripSilence, ErrUnreachable},
		{"nobody there, with a backup", fetchtest.Refused, true, 1, ErrUnreachable},
		{"outage", fetchtest.Status(503), false, tripAnswers, ErrAnswer},
		{"outage, with a backup", fetchtest.Status(503), true, tripAnswers, ErrAnswer},
		{"throttled", fetchtest.Status(429), false, tripAnswers, ErrAnswer},
		{"dead by its own word", answer("dead"), false, tripAnswers, ErrAnswer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var n fetchtest.Counter
				var alive atomic.Bool
				var outcomes fetchtest.Outcomes
				c := New(Options{Name: "far", Backup: tt.backup, Observe: outcomes.Observe, Transport: n.Through(0, func(r *http.Request) (*http.Response, error) {
					if alive.Load() {
						return answer("a b")(r)
					}
					return tt.dead(r)
				})})
				for range 50 {
					if _, err := c.words(t.Context()); err == nil {
						t.Fatal("got an answer")
					}
				}
				if got := n.Total.Load(); got != tt.opens {
					t.Errorf("got %d requests, want %d", got, tt.opens)
				}
				start := time.Now()
				if _, err := c.words(t.Context()); !errors.Is(err, tt.err) || time.Since(start) != 0 {
					t.Errorf("got %v after %v, want %v at once", err, time.Since(start), tt.err)
				}
				if outcomes.Count("far open") == 0 {
					t.Error("got no outcome open, want some")
				}

				time.Sleep(openFor + time.Second)
				if _, err := c.words(t.Context()); !errors.Is(err, tt.err) {
					t.Errorf("got %v, want %v", err, tt.err)
				}
				if got := n.Total.Load(); got != tt.opens+1 {
					t.Errorf("got %d requests when half open, want 1", got-tt.opens)
				}
				alive.Store(true)
				time.Sleep(openFor + time.Second)
				for range 3 {
					if _, err := c.words(t.Context()); err != nil {
						t.Errorf("got %v from a server that is back, want none", err)
					}
				}
			})
		})
	}
}

// TestOneWordDoesNotOpen: that one question brings garbage says nothing about
// the next.
func TestOneWordDoesNotOpen(t *testing.T) {
	for name, far := range map[string]fetchtest.RoundTrip{"garbage": answer("garbage"), "nothing": answer(""), "forbidden": fetchtest.Status(403)} {
		var n fetchtest.Counter
		c := New(Options{Transport: n.Through(0, far)})
		for range 30 {
			c.words(t.Context())
		}
		if got := n.Total.Load(); got != 30 {
			t.Errorf("%s: got %d requests, want 30", name, got)
		}
	}
}

// TestPause: a server that refuses is left alone for as long as its kind of
// refusal means, and not a moment longer.
func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n fetchtest.Counter
		code := http.StatusForbidden
		c := New(Options{
			Transport: n.Through(0, func(r *http.Request) (*http.Response, error) { return fetchtest.Status(code)(r) }),
			PauseAfter: func(status int, asked time.Duration) time.Duration {
				return map[int]time.Duration{403: time.Hour, 500: time.Minute}[status]
			},
		})
		expect := func(what string, requests int64) {
			t.Helper()
			if _, err := c.words(t.Context()); !errors.Is(err, ErrAnswer) {
				t.Errorf("%s: got %v, want ErrAnswer", what, err)
			}
			if got := n.Total.Load(); got != requests {
				t.Errorf("%s: got %d requests, want %d", what, got, requests)
			}
		}
		expect("a 403", 1)
		expect("after it", 1)
		time.Sleep(time.Hour - time.Second)
		expect("within the hour", 1)
		time.Sleep(2 * time.Second)
		code = http.StatusInternalServerError
		expect("a 500, tried twice", 3)
		expect("after it", 3)
		time.Sleep(time.Minute + time.Second)
		code = http.StatusNotFound
		expect("a 404", 4)
		expect("after it", 5)
	})
}

// TestGoodSecondTryDoesNotPause: only the last word counts.
func TestGoodSecondTryDoesNotPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n fetchtest.Counter
		c := New(Options{
			Transport: n.Through(0, func(r *http.Request) (*http.Response, error) {
				if n.Total.Load() == 1 {
					return fetchtest.Status(500)(r)
				}
				return answer("a b")(r)
			}),
			PauseAfter: func(int, time.Duration) time.Duration { return time.Hour },
		})
		for range 2 {
			if got, err := c.words(t.Context()); err != nil || len(got) != 2 {
				t.Errorf("got %q, %v, want two words", got, err)
			}
		}
	})
}
