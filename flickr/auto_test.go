package flickr

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/flickr/fetch/fetchtest"
)

// sites is a network with Openverse and the feed in it.
type sites struct{ openverse, feed fetchtest.RoundTrip }

func (s sites) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasPrefix(r.URL.Host, "api.openverse.org") {
		return s.openverse(r)
	}
	return s.feed(r)
}

func bodyOf(t *testing.T, name string) fetchtest.RoundTrip {
	data := body(t, name)
	return func(r *http.Request) (*http.Response, error) { return fetchtest.Response(r, 200, string(data)), nil }
}

func silent(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// TestAuto is about which source answers without a key, and how long that takes, for the
// first word and for the next.
func TestAuto(t *testing.T) {
	nothing := func(r *http.Request) (*http.Response, error) {
		if strings.HasPrefix(r.URL.Host, "api.openverse.org") {
			return fetchtest.Response(r, 200, `{"result_count":0,"results":[]}`), nil
		}
		return fetchtest.Response(r, 200, string(body(t, "feed_empty.json"))), nil
	}
	page := func(r *http.Request) (*http.Response, error) { return fetchtest.Response(r, 403, "<html>"), nil }
	openverse, feed := bodyOf(t, "openverse.json"), bodyOf(t, "feed.json")
	tests := []struct {
		name         string
		sites        sites
		source, note string
		err          error
		took, again  time.Duration
		// requests for two words
		atOpenverse, atFeed int64
	}{
		{"all there", sites{openverse, feed}, "openverse", "", nil, 0, 0, 2, 0},
		{"Openverse has nothing", sites{nothing, feed}, "feed", "", nil, 0, 0, 2, 2},
		{"Openverse forbids", sites{page, feed}, "feed", "", nil, 0, 0, 1, 2},
		{"Openverse refuses", sites{fetchtest.Status(400), feed}, "feed", "", nil, 0, 0, 1, 2},
		{"Openverse talks nonsense", sites{bodyOf(t, "truncated.json"), feed}, "feed", "", nil, 0, 0, 2, 2},
		{"Openverse is away", sites{fetchtest.Refused, feed}, "feed", "", nil, 0, 0, 1, 2},
		{"Openverse is silent", sites{silent, feed}, "feed", "", nil, share, 0, 1, 2},
		{"the feed is away", sites{openverse, fetchtest.Refused}, "openverse", "", nil, 0, 0, 2, 0},
		{"both are away", sites{fetchtest.Refused, fetchtest.Refused}, "album", "Flickr could not be reached, so this picture was drawn here.", nil, 0, 0, 1, 1},
		{"both are silent", sites{silent, silent}, "album", "Flickr did not answer in time, so this picture was drawn here.", nil, 2 * share, 0, 1, 1},
		{"Openverse has nothing, the feed is away", sites{nothing, fetchtest.Refused}, "album", "Flickr could not be reached, so this picture was drawn here.", nil, 0, 0, 2, 1},
		{"neither has anything", sites{nothing, nothing}, "", "", ErrNoPhoto, 0, 0, 2, 2},
		{"Openverse is away, the feed has nothing", sites{fetchtest.Refused, nothing}, "", "", ErrNoPhoto, 0, 0, 1, 2},
		{"Openverse is away, the feed refuses", sites{fetchtest.Refused, fetchtest.Status(404)}, "", "", ErrAnswer, 0, 0, 1, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var there, here fetchtest.Counter
				s := newSearcher(t, Options{Transport: sites{there.Through(0, tt.sites.openverse), here.Through(0, tt.sites.feed)}})
				for i, took := range []time.Duration{tt.took, tt.again} {
					ctx, cancel := context.WithTimeout(background, SearchTime)
					defer cancel()
					start := time.Now()
					p, err := s.Search(ctx, []string{"sushi", "ramen"}[i])
					if !errors.Is(err, tt.err) || time.Since(start) != took {
						t.Errorf("word %d: got %v after %v, want %v after %v", i, err, time.Since(start), tt.err, took)
					}
					if p.Source != tt.source || i == 0 && p.Note != tt.note || i == 1 && (p.Note == "") != (tt.note == "") {
						t.Errorf("word %d: got %q with note %q, want %q with %q", i, p.Source, p.Note, tt.source, tt.note)
					}
				}
				if there.Total.Load() != tt.atOpenverse || here.Total.Load() != tt.atFeed {
					t.Errorf("got %d and %d requests, want %d and %d", there.Total.Load(), here.Total.Load(), tt.atOpenverse, tt.atFeed)
				}
			})
		})
	}
}

// TestAutoSpent: a spent budget is no error as long as the feed stands ready, and
// nobody is told of it.
func TestAutoSpent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeOpenverse{perPage: 1, pages: 1}
		s := newSearcher(t, Options{Transport: sites{f.RoundTrip, bodyOf(t, "feed.json")}})
		sources := map[string]int{}
		for i := range 25 {
			p, err := s.Search(background, strings.Repeat("a", i+1))
			if err != nil || p.Note != "" {
				t.Errorf("got %v and note %q, want neither", err, p.Note)
			}
			sources[p.Source]++
		}
		if sources["openverse"] != 20 || sources["feed"] != 5 {
			t.Errorf("got %v, want 20 from openverse and 5 from the feed", sources)
		}
		time.Sleep(time.Minute)
		if p, err := s.Search(background, "b"); err != nil || p.Source != "openverse" {
			t.Errorf("got %q and %v after a minute, want openverse", p.Source, err)
		}
	})
}

// TestAutoComesBack: a source that is back is asked again by itself.
func TestAutoComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		up := false
		s := newSearcher(t, Options{Transport: sites{func(r *http.Request) (*http.Response, error) {
			if up {
				return bodyOf(t, "openverse.json")(r)
			}
			return fetchtest.Refused(r)
		}, bodyOf(t, "feed.json")}})
		expect := func(when, want string) {
			t.Helper()
			if p, err := s.Search(background, "harbour"); err != nil || p.Source != want {
				t.Errorf("%s: got %q and %v, want %s", when, p.Source, err, want)
			}
		}
		expect("away", "feed")
		up = true
		expect("just back", "feed")
		time.Sleep(11 * time.Second)
		expect("after a while", "openverse")
	})
}

// TestAutoLost: a server that breaks connections off is left alone like one that
// answers with an error, so the next asker waits for neither.
func TestAutoLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var there fetchtest.Counter
		breaks := func(r *http.Request) (*http.Response, error) {
			httptrace.ContextClientTrace(r.Context()).GotConn(httptrace.GotConnInfo{})
			return nil, errors.New("connection reset by peer")
		}
		s := newSearcher(t, Options{Transport: sites{there.Through(0, breaks), bodyOf(t, "feed.json")}})
		shows(t, s, "sushi", 1)
		start := time.Now()
		shows(t, s, "ramen", 1)
		if took, asked := time.Since(start), there.Total.Load(); took != 0 || asked != 2 {
			t.Errorf("got %v for the next word and %d requests in all, want none and 2", took, asked)
		}
		time.Sleep(pageTime)
		shows(t, s, "udon", 1)
		if asked := there.Total.Load(); asked != 4 {
			t.Errorf("got %d requests after %v, want 4", asked, pageTime)
		}
	})
}

// TestAutoSlowCrowd: many words at once leave some of them too little time for a slow
// Openverse, which is then not silent.
func TestAutoSlowCrowd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var there fetchtest.Counter
		s := newSearcher(t, Options{Transport: sites{there.Through(2500*time.Millisecond, bodyOf(t, "openverse.json")), bodyOf(t, "feed.json")}})
		var crowd sync.WaitGroup
		for i := range 12 {
			crowd.Go(func() { shows(t, s, strings.Repeat("a", i+1), 1) })
		}
		crowd.Wait()
		if p, err := s.Search(background, "calm"); err != nil || p.Source != "openverse" {
			t.Errorf("got %q and %v after the crowd, want openverse", p.Source, err)
		}
	})
}
