package flickr

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/flickr/fetch/fetchtest"
)

func hits(r *http.Request) (*http.Response, error) { return oneHit(r), nil }

func TestCache(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c fetchtest.Counter
		var outcomes fetchtest.Outcomes
		s := newSearcher(t, Options{Settings: withKey(testKey, ""), Transport: c.Through(0, hits), Observe: outcomes.Observe, Cached: outcomes.Cached})
		search := func(keyword string, want int64) {
			t.Helper()
			if _, err := s.Search(background, keyword); err != nil {
				t.Fatal(err)
			}
			if got := c.Total.Load(); got != want {
				t.Errorf("after %q Flickr was asked %d times, want %d", keyword, got, want)
			}
		}
		search("sushi", 1)
		search("Sushi ", 1)
		search("-sushi", 1)
		search("ramen", 2)
		time.Sleep(keepTime - time.Second)
		search("sushi", 2)
		time.Sleep(2 * time.Second)
		search("sushi", 3)
		for i := range cachedWords {
			search("word"+strconv.Itoa(i), int64(4+i))
		}
		search("sushi", cachedWords+4)
		if got := outcomes.Count("flickr cached"); got != 3 {
			t.Errorf("observed %d cache hits, want 3", got)
		}
		if got := outcomes.Count("flickr ok"); got != cachedWords+4 {
			t.Errorf("observed %d requests, want %d", got, cachedWords+4)
		}
	})
}

// TestNothingIsCachedForLess: a word without photos may soon have some.
func TestNothingIsCachedForLess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c fetchtest.Counter
		s := newSearcher(t, Options{Settings: withKey(testKey, ""), Transport: c.Through(0, func(r *http.Request) (*http.Response, error) {
			if r.URL.Query().Get("text") == "url" {
				return fetchtest.Response(r, 200, string(body(t, "fail.xml"))), nil
			}
			return fetchtest.Response(r, 200, string(body(t, "empty.json"))), nil
		})})
		for range 5 {
			if _, err := s.Search(background, "nothing"); !errors.Is(err, ErrNoPhoto) {
				t.Fatal(err)
			}
			if _, err := s.Search(background, "url"); !errors.Is(err, ErrUnsearchable) {
				t.Fatal(err)
			}
		}
		if got := c.Total.Load(); got != 2 {
			t.Errorf("asked %d times, want 2", got)
		}
		time.Sleep(keepTimeNone + time.Second)
		s.Search(background, "nothing")
		if got := c.Total.Load(); got != 3 {
			t.Errorf("asked %d times, want 3", got)
		}
	})
}

// TestOneRequestForAll: searches for the same at the same time share a
// request, and it does not end with the first of them.
func TestOneRequestForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c fetchtest.Counter
		s := newSearcher(t, Options{Settings: withKey(testKey, ""), Transport: c.Through(2*time.Second, hits)})

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
		if got := c.Total.Load(); got != 1 {
			t.Errorf("Flickr was asked %d times, want once", got)
		}
	})
}

// TestTenSecondsInAll, whatever they are spent with.
func TestTenSecondsInAll(t *testing.T) {
	for name, delay := range map[string]time.Duration{"never answers": time.Hour, "fails late": 8 * time.Second} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var c fetchtest.Counter
				s := newSearcher(t, Options{Settings: withKey(testKey, ""), Transport: c.Through(delay, fetchtest.Status(500))})
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
		var c fetchtest.Counter
		s := newSearcher(t, Options{Settings: withKey(testKey, ""), Transport: c.Through(0, hits)})
		word := 0
		search := func(how func(context.Context, string) (Photo, error)) error {
			word++
			_, err := how(background, "word"+strconv.Itoa(word))
			return err
		}

		start := time.Now()
		for range queriesPerHour - reserve {
			if err := search(s.Background); err != nil {
				t.Fatalf("after %d: %v", c.Total.Load(), err)
			}
			time.Sleep(100 * time.Millisecond)
		}
		for range 100 {
			if err := search(s.Background); !errors.Is(err, ErrBudget) {
				t.Fatalf("of the reserve: %v", err)
			}
		}
		for range reserve {
			if err := search(s.Search); err != nil {
				t.Fatalf("after %d: %v", c.Total.Load(), err)
			}
		}
		var spent *BudgetError
		if err := search(s.Search); !errors.As(err, &spent) || !errors.Is(err, ErrBudget) {
			t.Fatalf("query %d: %v", c.Total.Load()+1, err)
		}
		if want := time.Until(start.Add(time.Hour)); spent.After != want {
			t.Errorf("come back after %v, want %v", spent.After, want)
		}
		if got := c.Total.Load(); got != queriesPerHour {
			t.Errorf("%d queries in an hour", got)
		}
		for name, how := range map[string]func(context.Context, string) (Photo, error){"search": s.Search, "background": s.Background} {
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

// TestBackgroundIsNoLeader: a person who asks for the word that autoplay is being
// fetchtest.Refused for gets a query all the same.
func TestBackgroundIsNoLeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSearcher(t, Options{Settings: withKey(testKey, ""), Transport: fetchtest.RoundTrip(hits), Budget: slowToRefuse{}})
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := s.Background(background, "sushi"); !errors.Is(err, ErrBudget) {
				t.Errorf("background: %v, want ErrBudget", err)
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

func (slowToRefuse) TakeQuery(_ context.Context, _ string, _ int, _ time.Duration, leave int) (time.Duration, error) {
	if leave == 0 {
		return 0, nil
	}
	time.Sleep(time.Second)
	return time.Minute, nil
}

// failingBudget is one that cannot be asked.
type failingBudget struct{}

func (failingBudget) TakeQuery(context.Context, string, int, time.Duration, int) (time.Duration, error) {
	return 0, errOutOfOrder
}

var errOutOfOrder = errors.New("out of order")

func TestBudgetOutOfOrder(t *testing.T) {
	s := newSearcher(t, Options{Settings: withKey(testKey, ""), Transport: fetchtest.RoundTrip(hits), Budget: failingBudget{}})
	if _, err := s.Search(background, "sushi"); !errors.Is(err, errOutOfOrder) {
		t.Errorf("%v, want the budget's own error", err)
	}
}
