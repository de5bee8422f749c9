package flickr

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// result is what the function given to Async.Search was called with.
type result struct {
	photo Photo
	err   error
	ctx   context.Context
}

// into returns such a function, and where it puts what it gets.
func into() (func(context.Context, Photo, error), chan result) {
	c := make(chan result, 1)
	return func(ctx context.Context, p Photo, err error) { c <- result{p, err, ctx} }, c
}

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

func TestAsync(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := NewAsync(searchFor(time.Second), 2, 10*time.Second, nil)
		defer a.Wait(background)
		then, results := into()
		if err := a.Search("sushi", then); err != nil {
			t.Fatal(err)
		}
		r := <-results
		if r.err != nil || r.photo.Title != "sushi" || r.ctx.Err() != nil {
			t.Errorf("got %+v", r)
		}
	})
}

func TestAsyncIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := NewAsync(searchFor(time.Second), 2, 10*time.Second, nil)
		defer a.Wait(background)
		then, _ := into()
		other, _ := into()
		if err := errors.Join(a.Search("one", then), a.Search("two", other)); err != nil {
			t.Fatal(err)
		}
		if err := a.Search("three", then); err != ErrBusy {
			t.Errorf("%v, want ErrBusy", err)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		then, results := into()
		if err := a.Search("four", then); err != nil {
			t.Errorf("with room again: %v", err)
		}
		<-results
	})
}

func TestAsyncTimesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := NewAsync(searchFor(time.Hour), 1, 10*time.Second, nil)
		defer a.Wait(background)
		start := time.Now()
		then, results := into()
		a.Search("sushi", then)
		r := <-results
		if !errors.Is(r.err, ErrTimeout) || time.Since(start) != 10*time.Second {
			t.Errorf("%v after %v", r.err, time.Since(start))
		}
		if r.ctx.Err() != nil {
			t.Error("what comes after the search is out of time too")
		}
	})
}

func TestAsyncSurvivesPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, _ := newLog(t)
		a := NewAsync(func(context.Context, string) (Photo, error) { panic("in the search") }, 1, time.Second, log)
		then, results := into()
		a.Search("sushi", then)
		if r := <-results; r.err == nil {
			t.Error("no error")
		}
		synctest.Wait()
		if err := a.Search("sushi", func(context.Context, Photo, error) { panic("behind it") }); err != nil {
			t.Errorf("the place was not given back: %v", err)
		}
		a.Wait(background)
	})
}

func TestAsyncStops(t *testing.T) {
	t.Run("in peace", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			a := NewAsync(searchFor(time.Second), 5, 10*time.Second, nil)
			then, results := into()
			a.Search("sushi", then)
			a.Close()
			a.Close()
			if err := a.Search("late", then); err != ErrClosed {
				t.Errorf("%v, want ErrClosed", err)
			}
			a.Wait(background)
			if r := <-results; r.err != nil {
				t.Errorf("a running search was cut short: %v", r.err)
			}
			a.Wait(background) // Again is fine.
		})
	})
	t.Run("out of patience", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			a := NewAsync(searchFor(time.Hour), 5, time.Hour, nil)
			then, results := into()
			a.Search("sushi", then)
			ctx, cancel := context.WithTimeout(background, 2*time.Second)
			defer cancel()
			start := time.Now()
			a.Wait(ctx)
			if took := time.Since(start); took != 2*time.Second {
				t.Errorf("waited %v", took)
			}
			select {
			case r := <-results:
				if !errors.Is(r.err, ErrClosed) {
					t.Errorf("%v, want ErrClosed", r.err)
				}
			default:
				t.Error("the asker was forgotten")
			}
		})
	})
	t.Run("through the whole of it", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			var c counter
			s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, Transport: c.through(time.Hour, hits)})
			a := NewAsync(s.Search, 5, 10*time.Second, nil)
			then, results := into()
			a.Search("sushi", then)
			ctx, cancel := context.WithTimeout(background, time.Second)
			defer cancel()
			a.Wait(ctx)
			if r := <-results; !errors.Is(r.err, ErrClosed) {
				t.Errorf("%v, want ErrClosed", r.err)
			}
			time.Sleep(patience) // The shared request ends on its own.
		})
	})
}
