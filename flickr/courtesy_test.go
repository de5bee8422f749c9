package flickr

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// counter counts round trips and how many are under way at once.
type counter struct {
	total, now, most atomic.Int64
}

// through lets a request pass after delay, or until its context ends.
func (c *counter) through(delay time.Duration, answer roundTrip) roundTrip {
	return func(r *http.Request) (*http.Response, error) {
		c.total.Add(1)
		now := c.now.Add(1)
		defer c.now.Add(-1)
		for most := c.most.Load(); now > most && !c.most.CompareAndSwap(most, now); most = c.most.Load() {
		}
		select {
		case <-time.After(delay):
			return answer(r)
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
}

func hits(r *http.Request) (*http.Response, error) { return oneHit(r), nil }

func status(code int) roundTrip {
	return func(r *http.Request) (*http.Response, error) { return response(r, code, nil), nil }
}

var errRefused = &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}

func refused(*http.Request) (*http.Response, error) { return nil, errRefused }

func TestCache(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c counter
		var outcomes seen
		s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, Transport: c.through(0, hits), Observe: outcomes.observe})
		search := func(keyword string, want int64) {
			t.Helper()
			if _, err := s.Search(background, keyword); err != nil {
				t.Fatal(err)
			}
			if got := c.total.Load(); got != want {
				t.Errorf("after %q Flickr was asked %d times, want %d", keyword, got, want)
			}
		}
		search("sushi", 1)
		search("Sushi ", 1)
		search("-sushi", 1)
		search("ramen", 2)
		time.Sleep(cacheTime - time.Second)
		search("sushi", 2)
		time.Sleep(2 * time.Second)
		search("sushi", 3)
		for i := range cachedWords {
			search("word"+strconv.Itoa(i), int64(4+i))
		}
		search("sushi", cachedWords+4)
		if got := outcomes.count("flickr cached"); got != 3 {
			t.Errorf("observed %d cache hits, want 3", got)
		}
		if got := outcomes.count("flickr ok"); got != cachedWords+4 {
			t.Errorf("observed %d requests, want %d", got, cachedWords+4)
		}
	})
}

// TestNothingIsCachedForLess: a word without photos may soon have some.
func TestNothingIsCachedForLess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c counter
		s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, Transport: c.through(0, func(r *http.Request) (*http.Response, error) {
			if r.URL.Query().Get("text") == "url" {
				return response(r, 200, body(t, "fail.xml")), nil
			}
			return response(r, 200, body(t, "empty.json")), nil
		})})
		for range 5 {
			if _, err := s.Search(background, "nothing"); !errors.Is(err, ErrNoPhoto) {
				t.Fatal(err)
			}
			if _, err := s.Search(background, "url"); !errors.Is(err, ErrUnsearchable) {
				t.Fatal(err)
			}
		}
		if got := c.total.Load(); got != 2 {
			t.Errorf("asked %d times, want 2", got)
		}
		time.Sleep(cacheTimeNone + time.Second)
		s.Search(background, "nothing")
		if got := c.total.Load(); got != 3 {
			t.Errorf("asked %d times, want 3", got)
		}
	})
}

// TestOneRequestForAll: whoever asks for the same at the same time shares a
// request, and it does not die with the one who came first.
func TestOneRequestForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c counter
		s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, Transport: c.through(2*time.Second, hits)})

		ctx, leave := context.WithCancelCause(background)
		reason := errors.New("gone home")
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := s.Search(ctx, "sushi"); err != reason {
				t.Errorf("the one who left got %v", err)
			}
		})
		synctest.Wait()
		for range 100 {
			wg.Go(func() {
				if _, err := s.Search(background, "sushi"); err != nil {
					t.Error(err)
				}
			})
		}
		synctest.Wait()
		leave(reason)
		wg.Wait()
		if got := c.total.Load(); got != 1 {
			t.Errorf("Flickr was asked %d times, want once", got)
		}
	})
}

func TestFourAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c counter
		s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, Transport: c.through(time.Second, hits)})
		start := time.Now()
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				if _, err := s.Search(background, "word"+strconv.Itoa(i)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := c.most.Load(); got != atOnce {
			t.Errorf("%d requests at once, want %d", got, atOnce)
		}
		if took := time.Since(start); took != 5*time.Second {
			t.Errorf("20 requests took %v, want 5 s", took)
		}
	})
}

func TestBackOff(t *testing.T) {
	tests := []struct {
		name       string
		retryAfter string
		least      time.Duration
		most       time.Duration
		asked      int64
	}{
		{"none asked for", "", backOff, 2 * backOff, 2},
		{"soon", "3", 3 * time.Second, 3 * time.Second, 2},
		{"too late to be waited for", "3600", 0, 0, 1},
		{"nonsense", "when I am ready", backOff, 2 * backOff, 2},
		{"in the past", "-5", backOff, 2 * backOff, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var c counter
				s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, Transport: c.through(0, func(r *http.Request) (*http.Response, error) {
					res := response(r, 503, nil)
					res.Header.Set("Retry-After", tt.retryAfter)
					return res, nil
				})})
				start := time.Now()
				r := <-begin(t, NewAsync(s.Search, 1, nil), "sushi")
				if took := time.Since(start); took < tt.least || took > tt.most {
					t.Errorf("took %v, want %v to %v", took, tt.least, tt.most)
				}
				if got := c.total.Load(); got != tt.asked || !errors.Is(r.Err, ErrAnswer) {
					t.Errorf("asked %d times, error %v, want %d and ErrAnswer", got, r.Err, tt.asked)
				}
			})
		})
	}
}

// TestTenSecondsInAll, whatever they are spent with.
func TestTenSecondsInAll(t *testing.T) {
	for name, delay := range map[string]time.Duration{"never answers": time.Hour, "fails late": 8 * time.Second} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var c counter
				s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, Transport: c.through(delay, status(500))})
				start := time.Now()
				r := <-begin(t, NewAsync(s.Search, 1, nil), "sushi")
				if took := time.Since(start); !errors.Is(r.Err, ErrTimeout) || took != SearchTime {
					t.Errorf("got %v after %v, want ErrTimeout after %v", r.Err, took, SearchTime)
				}
				ctx, cancel := context.WithTimeout(background, time.Second)
				defer cancel()
				if _, err := s.Search(ctx, "ramen"); !errors.Is(err, ErrTimeout) {
					t.Errorf("with less time: %v, want ErrTimeout", err)
				}
				synctest.Wait()
				time.Sleep(SearchTime) // What was begun ends on its own.
			})
		})
	}
}

func TestBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c counter
		s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, Transport: c.through(0, hits)})
		word := 0
		search := func(how func(context.Context, string) (Photo, error)) error {
			word++
			_, err := how(background, "word"+strconv.Itoa(word))
			return err
		}

		start := time.Now()
		for range QueriesPerHour - Reserve {
			if err := search(s.Spare); err != nil {
				t.Fatalf("after %d: %v", c.total.Load(), err)
			}
			time.Sleep(100 * time.Millisecond)
		}
		for range 100 {
			if err := search(s.Spare); !errors.Is(err, ErrBudget) {
				t.Fatalf("of the reserve: %v", err)
			}
		}
		for range Reserve {
			if err := search(s.Search); err != nil {
				t.Fatalf("after %d: %v", c.total.Load(), err)
			}
		}
		var spent *BudgetError
		if err := search(s.Search); !errors.As(err, &spent) || !errors.Is(err, ErrBudget) {
			t.Fatalf("query %d: %v", c.total.Load()+1, err)
		}
		if want := time.Until(start.Add(time.Hour)); spent.After != want {
			t.Errorf("come back after %v, want %v", spent.After, want)
		}
		if got := c.total.Load(); got != QueriesPerHour {
			t.Errorf("%d queries in an hour", got)
		}
		for name, how := range map[string]func(context.Context, string) (Photo, error){"search": s.Search, "spare": s.Spare} {
			if _, err := how(background, "word"+strconv.Itoa(word-1)); err != nil {
				t.Errorf("%s from the cache: %v", name, err)
			}
		}

		// The first query is an hour old, the second not yet.
		time.Sleep(spent.After)
		if err := search(s.Search); err != nil {
			t.Error(err)
		}
		if err := search(s.Search); !errors.Is(err, ErrBudget) {
			t.Errorf("%v, want ErrBudget", err)
		}
	})
}

// TestSpareIsNoLeader: a person who asks for the word that autoplay is being
// refused for gets a query all the same.
func TestSpareIsNoLeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, Transport: roundTrip(hits), Budget: slowToRefuse{}})
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := s.Spare(background, "sushi"); !errors.Is(err, ErrBudget) {
				t.Errorf("spare: %v, want ErrBudget", err)
			}
		})
		synctest.Wait()
		if _, err := s.Search(background, "sushi"); err != nil {
			t.Error(err)
		}
		wg.Wait()
	})
}

// slowToRefuse is a budget of which only the reserve is left.
type slowToRefuse struct{}

func (slowToRefuse) Take(_ context.Context, reserve int) error {
	if reserve == 0 {
		return nil
	}
	time.Sleep(time.Second)
	return &BudgetError{After: time.Minute}
}

// failingBudget is one that cannot be asked.
type failingBudget struct{}

func (failingBudget) Take(context.Context, int) error { return errOutOfOrder }

var errOutOfOrder = errors.New("out of order")

func TestBudgetOutOfOrder(t *testing.T) {
	s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, Transport: roundTrip(hits), Budget: failingBudget{}})
	if _, err := s.Search(background, "sushi"); !errors.Is(err, errOutOfOrder) {
		t.Errorf("%v, want the budget's own error", err)
	}
}

func TestPanicInTheTransport(t *testing.T) {
	s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, Transport: roundTrip(func(*http.Request) (*http.Response, error) { panic("oh") })})
	for range 2 * atOnce { // A place that is not given back would be missed.
		if _, err := s.Search(background, "sushi"); err == nil {
			t.Error("no error")
		}
	}
}
