package flickr

import (
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/flickr/album"
	"picture-frame/flickr/fetch/fetchtest"
)

func TestNew(t *testing.T) {
	tests := []struct {
		name    string
		o       Options
		problem string
	}{
		{"nothing set", Options{Album: album.New()}, ""},
		{"all names", Options{Settings: Settings{Pictures: "album"}, Album: album.New()}, ""},
		{"auto without an album", Options{Settings: Settings{Pictures: "auto"}}, ""},
		{"feed", Options{Settings: Settings{Pictures: "feed"}}, ""},
		{"key", Options{Settings: autoWithKey}, ""},
		{"unknown", Options{Settings: Settings{Pictures: "bing"}}, "PICTURES"},
		{"no key", Options{Settings: Settings{Pictures: "flickr"}}, "FLICKR_API_KEY"},
		{"no album", Options{Settings: Settings{Pictures: "album"}}, "PICTURES"},
		{"no URL", Options{Settings: withKey(testKey, "api.flickr.com")}, "FLICKR_API_URL"},
		{"other scheme", Options{Settings: feedAt("ftp://u:SECRET@x/")}, "FLICKR_FEED_URL"},
		{"control character", Options{Settings: feedAt("http://SECRET\x7f/")}, "FLICKR_FEED_URL"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := New(tt.o)
			if (err == nil) != (tt.problem == "") || err != nil && !strings.Contains(err.Error(), tt.problem) {
				t.Errorf("error is %v, want one about %q", err, tt.problem)
			}
			if err != nil && strings.Contains(err.Error(), "SECRET") {
				t.Errorf("secret in %v", err)
			}
		})
	}
}

func TestAlbum(t *testing.T) {
	s := newSearcher(t, Options{Settings: Settings{Pictures: "album"}, Transport: fetchtest.RoundTrip(func(*http.Request) (*http.Response, error) {
		t.Error("the network was used")
		return nil, fetchtest.ErrRefused
	})})
	seen := map[string]bool{}
	for range 10 {
		p, err := s.Search(background, "snow & night")
		if err != nil {
			t.Fatal(err)
		}
		if p.Source != "album" || p.Note != "" || !strings.HasPrefix(p.URL, "/album/") || p.PageURL != "" || p.Title == "" || seen[p.ID] {
			t.Errorf("got %+v", p)
		}
		seen[p.ID] = true
	}
}

// TestStandIn is about auto without a key: which troubles bring the album.
func TestStandIn(t *testing.T) {
	slow := func(r *http.Request) (*http.Response, error) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	tests := []struct {
		name  string
		feed  fetchtest.RoundTrip
		took  time.Duration
		again time.Duration // for the next word
		note  string
		err   error
	}{
		{"connection refused", fetchtest.Refused, 0, 0, "could not be reached", nil},
		{"no such host", func(*http.Request) (*http.Response, error) { return nil, &net.DNSError{Err: "no such host"} }, 0, 0, "could not be reached", nil},
		{"no answer", slow, share, 0, "in time", nil},
		{"error", fetchtest.Status(404), 0, 0, "", ErrAnswer},
		{"garbage", func(r *http.Request) (*http.Response, error) { return fetchtest.Response(r, 200, "<html>"), nil }, 0, 0, "", ErrAnswer},
		{"nothing", func(r *http.Request) (*http.Response, error) {
			return fetchtest.Response(r, 200, string(body(t, "feed_empty.json"))), nil
		}, 0, 0, "", ErrNoPhoto},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSearcher(t, Options{Settings: Settings{Pictures: "auto"}, Transport: sites{fetchtest.Refused, tt.feed}})
				for i, took := range []time.Duration{tt.took, tt.again} {
					start := time.Now()
					p, err := s.Search(background, "sushi"+strings.Repeat("!", i))
					if !errors.Is(err, tt.err) || time.Since(start) != took {
						t.Errorf("%v after %v, want %v after %v", err, time.Since(start), tt.err, took)
					}
					if tt.err != nil {
						continue
					}
					if p.Source != "album" || p.Note == "" || i == 0 && !strings.Contains(p.Note, tt.note) {
						t.Errorf("got %+v", p)
					}
				}
			})
		})
	}
}

// TestFeedComesBack: the album steps down by itself.
func TestFeedComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		down := true
		s := newSearcher(t, Options{Settings: Settings{Pictures: "auto"}, Transport: fetchtest.RoundTrip(func(r *http.Request) (*http.Response, error) {
			if down {
				return nil, fetchtest.ErrRefused
			}
			return fetchtest.Response(r, 200, string(body(t, "feed.json"))), nil
		})})
		if p, err := s.Search(background, "harbour"); err != nil || p.Source != "album" {
			t.Fatalf("%+v, %v", p, err)
		}
		down = false
		if p, err := s.Search(background, "harbour"); err != nil || p.Source != "album" {
			t.Errorf("while the circuit is open: %+v, %v", p, err)
		}
		time.Sleep(11 * time.Second)
		if p, err := s.Search(background, "harbour"); err != nil || p.Source != "feed" || p.Note != "" {
			t.Errorf("after it was closed: %+v, %v", p, err)
		}
	})
}

// TestOutageIsNotOutOfReach: the circuit that errors opened does not bring the
// album either.
func TestOutageIsNotOutOfReach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSearcher(t, Options{Settings: Settings{Pictures: "auto"}, Transport: fetchtest.Status(503)})
		for i := range 40 {
			if p, err := s.Search(background, strings.Repeat("a", i+1)); !errors.Is(err, ErrAnswer) {
				t.Fatalf("search %d: %+v, %v", i, p, err)
			}
		}
	})
}

// TestNothingStandsInForAKey, and nothing for a feed that was asked for.
func TestNothingStandsIn(t *testing.T) {
	for _, o := range []Options{{Settings: autoWithKey}, {Settings: withKey(testKey, "")}, {Settings: Settings{Pictures: "feed"}}} {
		synctest.Test(t, func(t *testing.T) {
			o.Transport = fetchtest.RoundTrip(fetchtest.Refused)
			s := newSearcher(t, o)
			for range 5 {
				if p, err := s.Search(background, "sushi"); !errors.Is(err, ErrUnreachable) {
					t.Errorf("%+v, %v", p, err)
				}
			}
		})
	}
}

// TestNetworkRefusesAtOnce goes over real sockets: the first search without a
// network waits for nothing. The bubble's clock stands still while the system
// works, and only moves on over a wait of our own.
func TestNetworkRefusesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSearcher(t, Options{Settings: Settings{Values: feedAt(nobody).Values}})
		start := time.Now()
		p, err := s.Search(background, "sushi")
		if err != nil || p.Source != "album" || time.Since(start) != 0 {
			t.Errorf("%+v, %v after %v", p, err, time.Since(start))
		}
	})
}
