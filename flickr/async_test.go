package flickr

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/flickr/fetch/fetchtest"
)

// searchFor answers after delay unless its context ends.
func searchFor(delay time.Duration) func(context.Context, string) (Photo, error) {
	return func(ctx context.Context, keyword string) (Photo, error) {
		select {
		case <-time.After(delay):
			return Photo{Title: keyword}, nil
		case <-ctx.Done():
			return Photo{}, ctx.Err()
		}
	}
}

// begin starts a search that is not fetchtest.Refused.
func begin(t *testing.T, a *Async, keyword string) <-chan Result {
	t.Helper()
	found, err := a.Search(t.Context(), keyword)
	if err != nil {
		t.Fatalf("%q is fetchtest.Refused: %v", keyword, err)
	}
	return found
}

func TestAsync(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := NewAsync(searchFor(time.Second), 2, nil)
		if r := <-begin(t, a, "sushi"); r.Err != nil || r.Photo.Title != "sushi" {
			t.Errorf("got %+v, want sushi", r)
		}
	})
}

// A search whose asker has left ends all the same, and gives its place back.
func TestAsyncNeedsNoReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := NewAsync(searchFor(time.Second), 1, nil)
		begin(t, a, "left")
		time.Sleep(2 * time.Second)
		<-begin(t, a, "next")
	})
}

func TestAsyncIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := NewAsync(searchFor(time.Second), 2, nil)
		one, two := begin(t, a, "one"), begin(t, a, "two")
		if _, err := a.Search(t.Context(), "three"); err != ErrBusy {
			t.Errorf("a third search of two: got %v, want ErrBusy", err)
		}
		<-one
		<-begin(t, a, "four") // a search with its result has left room
		<-two
	})
}

func TestAsyncTimesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := NewAsync(searchFor(time.Hour), 1, nil)
		start := time.Now()
		r := <-begin(t, a, "sushi")
		if took := time.Since(start); !errors.Is(r.Err, ErrTimeout) || took != SearchTime {
			t.Errorf("got %v after %v, want ErrTimeout after %v", r.Err, took, SearchTime)
		}
	})
}

func TestAsyncSurvivesPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, _ := newLog(t)
		a := NewAsync(func(context.Context, string) (Photo, error) { panic("in the search") }, 1, log)
		for range 2 { // the place is given back
			if r := <-begin(t, a, "sushi"); r.Err == nil {
				t.Errorf("got %+v, want an error", r)
			}
		}
	})
}

func TestAsyncCloses(t *testing.T) {
	t.Run("with searches running", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			a := NewAsync(searchFor(time.Hour), 5, nil)
			found := begin(t, a, "sushi")
			time.Sleep(2 * time.Second)
			start := time.Now()
			a.Close()
			a.Close()
			if r := <-found; !errors.Is(r.Err, ErrClosed) || time.Since(start) != 0 {
				t.Errorf("got %v after %v, want ErrClosed at once", r.Err, time.Since(start))
			}
			if _, err := a.Search(t.Context(), "late"); err != ErrClosed {
				t.Errorf("after Close: got %v, want ErrClosed", err)
			}
		})
	})
	t.Run("through the whole of it", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			var c fetchtest.Counter
			s := newSearcher(t, Options{Settings: withKey(testKey, ""), Transport: c.Through(time.Hour, hits)})
			a := NewAsync(s.Search, 5, nil)
			found := begin(t, a, "sushi")
			time.Sleep(time.Second)
			a.Close()
			if r := <-found; !errors.Is(r.Err, ErrClosed) {
				t.Errorf("got %v, want ErrClosed", r.Err)
			}
			time.Sleep(SearchTime) // The shared request ends on its own.
		})
	})
}
