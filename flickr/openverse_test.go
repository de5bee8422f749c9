package flickr

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/flickr/fetch/fetchtest"
)

// fakeOpenverse answers with pages of photos, each by another author, and counts
// what it is asked.
type fakeOpenverse struct {
	perPage, pages int
	fail           func(q url.Values) int // a status other than 200, or 0

	mu    sync.Mutex
	asked []string
}

func (f *fakeOpenverse) RoundTrip(r *http.Request) (*http.Response, error) {
	q := r.URL.Query()
	f.mu.Lock()
	f.asked = append(f.asked, strings.TrimSuffix(q.Get("q")+" "+q.Get("page"), " "))
	f.mu.Unlock()
	if f.fail != nil {
		if status := f.fail(q); status != 0 {
			return fetchtest.Response(r, status, ""), nil
		}
	}
	page := max(1, flexible(q.Get("page")).int())
	var b strings.Builder
	fmt.Fprintf(&b, `{"result_count":%d,"page_count":%d,"results":[`, f.perPage*f.pages, f.pages)
	for i := range f.perPage {
		n := 1000*page + i
		fmt.Fprintf(&b, `%s{"provider":"flickr","url":"https://live.staticflickr.com/1/%d_ab_b.jpg","creator":"%d","width":1024,"height":683}`,
			map[bool]string{true: ","}[i > 0], n, n)
	}
	b.WriteString("]}")
	return fetchtest.Response(r, 200, b.String()), nil
}

func (f *fakeOpenverse) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.asked)
}

// shows searches n times and returns the ids of the photos.
func shows(t *testing.T, s *Searcher, word string, n int) (ids []string) {
	t.Helper()
	for range n {
		p, err := s.Search(background, word)
		if err != nil {
			t.Fatalf("%q: got %v, want a photo", word, err)
		}
		ids = append(ids, p.ID)
	}
	return ids
}

// TestOpenversePages: a word asks for the next page when it has shown all photos
// of those before, and never for what it has.
func TestOpenversePages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeOpenverse{perPage: 3, pages: 2}
		s := newSearcher(t, Options{Settings: openverseOnly, Transport: f})
		ids := shows(t, s, "old ferry", 6)
		if want := []string{`"old ferry"`, `"old ferry" 2`}; !slices.Equal(f.asked, want) {
			t.Errorf("got %q asked for, want %q", f.asked, want)
		}
		for i, page := range map[int]string{0: "100", 1: "100", 2: "100", 3: "200", 4: "200", 5: "200"} {
			if !strings.HasPrefix(ids[i], page) || slices.Contains(ids[:i], ids[i]) {
				t.Errorf("got %q in turn, want three of each page, each once", ids)
			}
		}
		shows(t, s, "old ferry", 20)
		if got := f.count(); got != 2 {
			t.Errorf("got %d requests after all were shown, want 2", got)
		}
	})
}

// TestOpenversePageOnce: of two searches that have found a page used up, the
// later takes what the earlier has brought.
func TestOpenversePageOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeOpenverse{perPage: 2, pages: 5}
		s := newSearcher(t, Options{Settings: openverseOnly, Transport: f})
		q := parseQuery("ferry")
		p, err := s.chain[0].photos(background, q, false)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if longer := s.chain[0].more(background, q, p, false); len(longer.photos) != 4 {
				t.Errorf("got %d photos, want 4", len(longer.photos))
			}
		}
		if got := f.count(); got != 2 {
			t.Errorf("got %d requests, want 2", got)
		}
	})
}

func TestOpenverseTwelvePages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeOpenverse{perPage: 1, pages: 240}
		s := newSearcher(t, Options{Settings: openverseOnly, Transport: f})
		shows(t, s, "ferry", 30)
		if got := f.count(); got != openversePages {
			t.Errorf("got %d requests, want %d", got, openversePages)
		}
	})
}

// TestOpenversePageFails: the photos that were there are shown again.
func TestOpenversePageFails(t *testing.T) {
	for _, status := range []int{401, 403, 429, 500} {
		synctest.Test(t, func(t *testing.T) {
			f := &fakeOpenverse{perPage: 2, pages: 5, fail: func(q url.Values) int {
				if q.Has("page") {
					return status
				}
				return 0
			}}
			s := newSearcher(t, Options{Settings: openverseOnly, Transport: f})
			ids := shows(t, s, "ferry", 6)
			slices.Sort(ids)
			if ids = slices.Compact(ids); !slices.Equal(ids, []string{"1000", "1001"}) {
				t.Errorf("status %d: got %q, want the same two again", status, ids)
			}
		})
	}
}

// TestOpenverseCache: for an hour, and one request for all searches at once.
func TestOpenverseCache(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c fetchtest.Counter
		f := &fakeOpenverse{perPage: 20, pages: 1}
		s := newSearcher(t, Options{Settings: openverseOnly, Transport: c.Through(time.Second, f.RoundTrip)})
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() { s.Search(background, "ferry") })
		}
		wg.Wait()
		time.Sleep(time.Hour - 2*time.Second)
		shows(t, s, "Ferry", 1)
		if got := f.count(); got != 1 {
			t.Errorf("got %d requests within an hour, want 1", got)
		}
		time.Sleep(2 * time.Second)
		shows(t, s, "ferry", 1)
		if got := f.count(); got != 2 {
			t.Errorf("got %d requests after an hour, want 2", got)
		}
	})
}

// TestOpenverseBudget: twenty a minute and two hundred a day, and the error says
// when to come back.
func TestOpenverseBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeOpenverse{perPage: 1, pages: 1}
		s := newSearcher(t, Options{Settings: openverseOnly, Transport: f})
		words := 0
		search := func(how func(context.Context, string) (Photo, error)) time.Duration {
			t.Helper()
			words++
			_, err := how(background, "word"+strconv.Itoa(words))
			var spent *BudgetError
			if err != nil && !errors.As(err, &spent) {
				t.Fatalf("got %v, want a photo or a *BudgetError", err)
			}
			if spent != nil {
				return spent.After
			}
			return 0
		}
		for range 15 {
			if wait := search(s.Background); wait != 0 {
				t.Fatalf("got %v to wait after %d, want none", wait, words)
			}
		}
		if wait := search(s.Background); wait != time.Minute {
			t.Errorf("got %v to wait in the background, want 1 min", wait)
		}
		for range 9 {
			for search(s.Search) == 0 {
			}
			time.Sleep(time.Minute)
		}
		for search(s.Search) == 0 {
		}
		if got := f.count(); got != 200 {
			t.Errorf("got %d requests in ten minutes, want 200", got)
		}
		time.Sleep(time.Minute)
		if wait := search(s.Search); wait != 24*time.Hour-10*time.Minute {
			t.Errorf("got %v to wait, want what is left of the day", wait)
		}
		if got := f.count(); got != 200 {
			t.Errorf("got %d requests, want 200", got)
		}
	})
}

// TestOpenverseRefuses: what each refusal is for the asker, and how long nobody
// asks after it.
func TestOpenverseRefuses(t *testing.T) {
	const page = "<!DOCTYPE html><html><title>Just a moment...</title></html>"
	tests := []struct {
		name       string
		status     int
		retryAfter string
		body       string
		asked      int // requests by the first word
		pause      time.Duration
	}{
		{"forbidden by the CDN", 403, "", page, 1, time.Hour},
		{"bad request", 400, "", `{"detail":{"q":["no"]}}`, 1, pageTime},
		{"too deep", 401, "", `{"detail":"no"}`, 1, pageTime},
		{"no such page", 404, "", page, 1, pageTime},
		{"server error", 500, "", `{"detail":"no"}`, 2, pageTime},
		{"bad gateway", 502, "", page, 2, pageTime},
		{"throttled", 429, "37", `{"detail":"Request was throttled."}`, 1, 37 * time.Second},
		{"throttled for a moment", 429, "2", `{"detail":"Request was throttled."}`, 2, 2 * time.Second},
		{"throttled without a word", 429, "", "", 2, time.Minute},
		{"a page under 200", 200, "", page, 1, pageTime},
		{"unavailable for long", 503, "90", page, 1, 90 * time.Second},
		{"nonsense", 200, "", `{"results":`, 1, 0},
		{"results of another type", 200, "", `{"results":{"url":""}}`, 1, 0},
		{"results in words", 200, "", `{"results":"none"}`, 1, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var c fetchtest.Counter
				s := newSearcher(t, Options{Settings: openverseOnly, Transport: c.Through(0, func(r *http.Request) (*http.Response, error) {
					res := fetchtest.Response(r, tt.status, tt.body)
					res.Header.Set("Retry-After", tt.retryAfter)
					return res, nil
				})})
				search := func(word string) {
					t.Helper()
					ctx, cancel := context.WithTimeout(background, SearchTime)
					defer cancel()
					if _, err := s.Search(ctx, word); !errors.Is(err, ErrAnswer) || SourceOf(err) != "Openverse" {
						t.Errorf("got %v of %s, want ErrAnswer of Openverse", err, SourceOf(err))
					}
				}
				search("one")
				if got := int(c.Total.Load()); got != tt.asked {
					t.Errorf("got %d requests, want %d", got, tt.asked)
				}
				if tt.pause > 0 {
					search("two")
					time.Sleep(tt.pause - time.Second)
					search("three")
					if got := int(c.Total.Load()); got != tt.asked {
						t.Errorf("got %d requests within %v, want %d", got, tt.pause, tt.asked)
					}
				}
				time.Sleep(time.Second)
				search("four")
				if got := int(c.Total.Load()); got == tt.asked {
					t.Errorf("got no request after %v, want one", tt.pause)
				}
			})
		})
	}
}

// TestOpenverseSpreadsOverAuthors: an album by one is not all that a word shows.
func TestOpenverseSpreadsOverAuthors(t *testing.T) {
	var b strings.Builder
	for i := range 20 {
		author := "album"
		if i%4 == 0 {
			author = strconv.Itoa(i)
		}
		fmt.Fprintf(&b, `{"provider":"flickr","url":"https://live.staticflickr.com/1/%d_ab_b.jpg","creator":"%s","width":1024,"height":683},`, i+1, author)
	}
	answer := []byte(`{"result_count":20,"page_count":1,"results":[` + strings.TrimSuffix(b.String(), ",") + `]}`)
	for range 20 {
		synctest.Test(t, func(t *testing.T) {
			s := newSearcher(t, Options{Settings: openverseOnly, Transport: fetchtest.RoundTrip(func(r *http.Request) (*http.Response, error) { return fetchtest.Response(r, 200, string(answer)), nil })})
			authors, ids := map[string]bool{}, map[string]bool{}
			for i := range 20 {
				p, err := s.Search(background, "ferry")
				if err != nil {
					t.Fatal(err)
				}
				if ids[p.ID] = true; i < 6 {
					authors[p.Owner] = true
				}
			}
			if len(authors) != 6 || len(ids) != 20 {
				t.Errorf("got %d authors in the first six pictures and %d pictures in all, want 6 and 20", len(authors), len(ids))
			}
		})
	}
}

// TestOpenverseAddress: the base may end in a slash or not, and may be redirected
// within its host, not to another.
func TestOpenverseAddress(t *testing.T) {
	for _, base := range []string{"https://ov.example/v1/", "https://ov.example/v1"} {
		for _, to := range []string{"https://ov.example/v2/images/", "https://evil.example/v1/images/"} {
			var asked []string
			s := newSearcher(t, Options{
				Settings: Settings{Pictures: "openverse", Values: map[string]string{"OPENVERSE_URL": base}},
				Transport: fetchtest.RoundTrip(func(r *http.Request) (*http.Response, error) {
					asked = append(asked, r.URL.Host+r.URL.Path)
					if len(asked) > 1 {
						return (&fakeOpenverse{perPage: 1, pages: 1}).RoundTrip(r)
					}
					res := fetchtest.Response(r, http.StatusMovedPermanently, "")
					res.Header.Set("Location", to+"?"+r.URL.RawQuery)
					return res, nil
				})})
			_, err := s.Search(background, "ferry")
			follows := strings.Contains(to, "ov.example")
			if (err == nil) != follows || (len(asked) == 2) != follows || asked[0] != "ov.example/v1/images/" {
				t.Errorf("%s to %s: got %v and %q asked", base, to, err, asked)
			}
		}
	}
}

// TestOpenverseIsNamed: an error tells who failed, also one that came from waiting
// or from looking at the word.
func TestOpenverseIsNamed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSearcher(t, Options{Settings: openverseOnly, Transport: fetchtest.RoundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			time.Sleep(time.Second) // so that the asker's time is over first
			return nil, r.Context().Err()
		})})
		a := NewAsync(s.Search, 1, nil)
		for word, want := range map[string]error{"ferry": ErrTimeout, "+": ErrUnsearchable} {
			if r := <-begin(t, a, word); !errors.Is(r.Err, want) || SourceOf(r.Err) != "Openverse" {
				t.Errorf("%q: got %v of %s, want %v of Openverse", word, r.Err, SourceOf(r.Err), want)
			}
		}
		a.Close()
		time.Sleep(2 * time.Second)
	})
}
