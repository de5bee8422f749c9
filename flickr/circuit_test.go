package flickr

import (
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestCircuit: a dead Flickr is left alone, costs nobody time, and is noticed
// when it is back.
func TestCircuit(t *testing.T) {
	tests := []struct {
		name  string
		dead  roundTrip
		opens int64 // after so many requests
		err   error // then
	}{
		{"nobody there", refused, tripSilence, ErrUnreachable},
		{"outage", status(503), tripAnswers, ErrAnswer},
		{"throttled", status(429), tripAnswers, ErrAnswer},
		{"bad key", func(r *http.Request) (*http.Response, error) { return response(r, 200, body(t, "fail_key.json")), nil }, tripAnswers, ErrAnswer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var c counter
				var alive atomic.Bool
				var outcomes seen
				s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, Observe: outcomes.observe, Transport: c.through(0, func(r *http.Request) (*http.Response, error) {
					if alive.Load() {
						return oneHit(r), nil
					}
					return tt.dead(r)
				})})
				for i := range 50 {
					if _, err := s.Search(background, fmt.Sprint("word", i)); err == nil {
						t.Fatal("found a photo")
					}
				}
				if got := c.total.Load(); got != tt.opens {
					t.Errorf("asked %d times, want %d", got, tt.opens)
				}
				start := time.Now()
				if _, err := s.Search(background, "next"); !errors.Is(err, tt.err) || time.Since(start) != 0 {
					t.Errorf("%v after %v, want %v at once", err, time.Since(start), tt.err)
				}
				if outcomes.count("flickr open") == 0 {
					t.Error("not observed")
				}

				time.Sleep(openFor + time.Second)
				if _, err := s.Search(background, "still"); !errors.Is(err, tt.err) {
					t.Errorf("%v, want %v", err, tt.err)
				}
				if got := c.total.Load(); got != tt.opens+1 {
					t.Errorf("half open it was asked %d times, want once", got-tt.opens)
				}
				alive.Store(true)
				time.Sleep(openFor + time.Second)
				for i := range 3 {
					if _, err := s.Search(background, fmt.Sprint("back", i)); err != nil {
						t.Error(err)
					}
				}
			})
		})
	}
}

// TestErrorsOfWordsDoNotOpen: that one word cannot be searched for, or brings
// garbage, says nothing about the next.
func TestErrorsOfWordsDoNotOpen(t *testing.T) {
	for _, file := range []string{"fail.xml", "outage.html", "empty.json", "truncated.json"} {
		var c counter
		s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, Transport: c.through(0, func(r *http.Request) (*http.Response, error) {
			return response(r, 200, body(t, file)), nil
		})})
		for i := range 30 {
			s.Search(background, fmt.Sprint("word", i))
		}
		if got := c.total.Load(); got != 30 {
			t.Errorf("%s: asked %d times, want 30", file, got)
		}
	}
}
