package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/flickr"
	"picture-frame/hub"
)

// A finder is a source that takes its time.
type finder struct {
	after time.Duration
	err   error

	mu    sync.Mutex
	words []string
}

func (f *finder) search(ctx context.Context, keyword string) (flickr.Photo, error) {
	f.mu.Lock()
	f.words = append(f.words, keyword)
	f.mu.Unlock()
	select {
	case <-time.After(f.after):
		return flickr.Photo{URL: "/album/" + keyword + ".svg", Source: "album"}, f.err
	case <-ctx.Done():
		return flickr.Photo{}, ctx.Err()
	}
}

// searches is a way up that asks f and shows in p, limit words at once.
func (f *finder) searches(p publisher, limit int) *Searches {
	return NewSearches(flickr.NewAsync(f.search, limit, quiet), p, quiet)
}

// start begins a search for sushi that is not refused.
func start(t *testing.T, s *Searches) <-chan Result {
	t.Helper()
	end, err := s.Start("main", "sushi")
	if err != nil {
		t.Fatalf("the search is refused: %v", err)
	}
	return end
}

func (f *finder) asked() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return strings.Join(f.words, " ")
}

// inBubble runs a test with a hub on the bubble's time.
func inBubble(t *testing.T, test func(t *testing.T, h *hub.Hub)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		h := hub.New(hub.NewMemory(), quiet)
		go h.Run()
		t.Cleanup(h.Close)
		test(t, h)
	})
}

var quiet = slog.New(slog.DiscardHandler)

// names returns what has come to a viewer since the last call.
func names(s *hub.Subscription) (names string) {
	synctest.Wait()
	select {
	case <-s.More():
		events, _ := s.Next()
		for _, e := range events {
			names += e.Name() + " "
		}
	default:
	}
	return names
}

func viewer(t *testing.T, h *hub.Hub, frame string) *hub.Subscription {
	t.Helper()
	s, err := h.Subscribe(frame, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	time.Sleep(time.Second) // the bubble's: presence has been told
	names(s)
	return s
}

func TestSearchIsAnnouncedWhenItTakesLong(t *testing.T) {
	for took, want := range map[time.Duration]string{
		0: "picture ", 299 * time.Millisecond: "picture ", 301 * time.Millisecond: "searching picture ", 9 * time.Second: "searching picture ",
	} {
		inBubble(t, func(t *testing.T, h *hub.Hub) {
			v := viewer(t, h, "main")
			r := <-start(t, (&finder{after: took}).searches(h, 1))
			time.Sleep(time.Second)
			var p Picture
			if err := json.Unmarshal(r.Picture, &p); err != nil || r.Err != nil || p.Keyword != "sushi" {
				t.Errorf("the search ended with %s, %v, %v", r.Picture, r.Err, err)
			}
			if got := names(v); got != want {
				t.Errorf("a search of %v: viewers got %q, want %q", took, got, want)
			}
		})
	}
}

// A search that fails, or never begins, leaves no announcement behind.
func TestSearchThatFails(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hub.Hub) {
		v := viewer(t, h, "main")
		f := &finder{after: 100 * time.Millisecond, err: flickr.ErrNoPhoto}
		if r := <-start(t, f.searches(h, 1)); !errors.Is(r.Err, flickr.ErrNoPhoto) || r.Picture != nil {
			t.Errorf("the search ended with %+v", r)
		}
		if _, err := f.searches(h, 0).Start("main", "x"); !errors.Is(err, flickr.ErrBusy) {
			t.Errorf("a search too many: %v", err)
		}
		time.Sleep(time.Minute)
		if got := names(v); got != "" {
			t.Errorf("viewers got %q, want nothing", got)
		}
	})
}

// The order of a picture's members is the one that clients have been shown.
func TestPictureAsJSON(t *testing.T) {
	for want, p := range map[string]flickr.Photo{
		`{"url":"/album/sushi.svg","keyword":"sushi","source":"album"}`: {ID: "7", URL: "/album/sushi.svg", Source: "album"},
		`{"url":"u","keyword":"sushi","title":"t","owner":"o","owner_url":"ou","page_url":"pu","license":"l","license_url":"lu",` +
			`"width":2,"height":1,"source":"feed","note":"n"}`: {ID: "7", URL: "u", Title: "t", Owner: "o", OwnerURL: "ou", PageURL: "pu",
			License: "l", LicenseURL: "lu", Width: 2, Height: 1, Source: "feed", Note: "n"},
	} {
		inBubble(t, func(t *testing.T, h *hub.Hub) {
			find := func(context.Context, string) (flickr.Photo, error) { return p, nil }
			r := <-start(t, NewSearches(flickr.NewAsync(find, 1, quiet), h, quiet))
			if string(r.Picture) != want {
				t.Errorf("got %s, want %s", r.Picture, want)
			}
		})
	}
}

// A screens is a hub that takes its time, and keeps what it was told.
type screens struct {
	announcing, publishing time.Duration

	mu   sync.Mutex
	told []string
}

func (s *screens) tell(ctx context.Context, takes time.Duration, what string) error {
	select {
	case <-time.After(takes):
	case <-ctx.Done():
		return hub.ErrAway
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told = append(s.told, what)
	return nil
}

func (s *screens) Touch(ctx context.Context, _ string) error { return ctx.Err() }

func (s *screens) AnnounceSearch(ctx context.Context, _, keyword string) error {
	return s.tell(ctx, s.announcing, "searching "+keyword)
}

func (s *screens) Publish(ctx context.Context, _ string, _ []byte) (string, error) {
	return "", s.tell(ctx, s.publishing, "picture")
}

// A picture that is found while its search is being announced comes after that.
func TestPictureWaitsForItsAnnouncement(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &screens{announcing: time.Second}
		<-start(t, (&finder{after: 400 * time.Millisecond}).searches(s, 1))
		if got := strings.Join(s.told, ", "); got != "searching sushi, picture" {
			t.Errorf("viewers were told %q, want the search, then the picture", got)
		}
	})
}

// TestWait begins to stop two seconds before ctx ends, while one search runs.
func TestWait(t *testing.T) {
	const patience = 2 * time.Second
	for name, c := range map[string]struct {
		find, publish time.Duration
		want          error
		took          time.Duration
	}{
		"found in time":          {time.Second, 0, nil, time.Second},
		"not found in time":      {5 * time.Second, 0, flickr.ErrClosed, patience},
		"published in time":      {time.Second, 500 * time.Millisecond, nil, 1500 * time.Millisecond},
		"published a bit late":   {patience - 1, publishTime, nil, patience + publishTime - 1},
		"published far too late": {time.Second, time.Minute, hub.ErrAway, patience + publishTime},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := (&finder{after: c.find}).searches(&screens{publishing: c.publish}, 2)
				end := start(t, s)
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				defer cancel()
				began := time.Now()
				go func() {
					time.Sleep(time.Millisecond)
					if _, err := s.Start("main", "late"); !errors.Is(err, flickr.ErrClosed) {
						t.Errorf("a search that comes later: got %v, want ErrClosed", err)
					}
				}()
				s.Wait(ctx)
				if took := time.Since(began); took != c.took {
					t.Errorf("waited for %v, want %v", took, c.took)
				}
				select {
				case r := <-end:
					if !errors.Is(r.Err, c.want) || (r.Err == nil) != (r.Picture != nil) {
						t.Errorf("the asker got %s, %v; want error %v", r.Picture, r.Err, c.want)
					}
				default:
					t.Error("the asker has got nothing, want an answer before Wait returns")
				}
				s.Wait(ctx) // again is fine
			})
		})
	}
}

// However searches and the end meet, each search that has begun is answered
// once, and before Wait returns.
func TestWaitAmidSearches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shown := &screens{}
		find := func(ctx context.Context, _ string) (flickr.Photo, error) {
			select {
			case <-time.After(rand.N(3 * time.Second)):
				return flickr.Photo{URL: "/album/x.svg"}, nil
			case <-ctx.Done():
				return flickr.Photo{}, ctx.Err()
			}
		}
		s := NewSearches(flickr.NewAsync(find, 20, quiet), shown, quiet)
		var begun, pictures, closed, refused atomic.Int64
		var askers sync.WaitGroup
		for range 200 {
			askers.Go(func() {
				time.Sleep(rand.N(4 * time.Second))
				end, err := s.Start("main", "sushi")
				if err != nil {
					refused.Add(1)
					return
				}
				begun.Add(1)
				switch r := <-end; {
				case r.Err == nil:
					pictures.Add(1)
				case errors.Is(r.Err, flickr.ErrClosed):
					closed.Add(1)
				}
			})
		}
		time.Sleep(2 * time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		s.Wait(ctx)
		synctest.Wait()
		if b, p, c := begun.Load(), pictures.Load(), closed.Load(); b != p+c || p == 0 || c == 0 {
			t.Errorf("%d searches begun when Wait returned, %d shown and %d closed; want all of them answered, some each way", b, p, c)
		}
		askers.Wait()
		if begun.Load()+refused.Load() != 200 || pictures.Load()+closed.Load() != begun.Load() {
			t.Errorf("a search was begun after Wait had returned")
		}
	})
}

func TestAutoplay(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hub.Hub) {
		f := &finder{}
		s := f.searches(h, 2)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var elsewhere atomic.Bool // another process shows something
		go Autoplay(ctx, h, s, time.Minute, func(context.Context, string, time.Duration) bool { return !elsewhere.Load() })
		expect := func(want string) {
			t.Helper()
			synctest.Wait()
			if got := f.asked(); got != want {
				t.Errorf("asked for %q, want %q", got, want)
			}
		}
		publish := func(frame, word string) {
			if _, err := h.Publish(t.Context(), frame, []byte(`{"keyword":"`+word+`"}`)); err != nil {
				t.Error(err)
			}
		}
		watched := viewer(t, h, "watched")
		viewer(t, h, "empty")
		publish("watched", "sushi")
		publish("alone", "pumpkin")
		elsewhere.Store(true)
		time.Sleep(70 * time.Second)
		expect("")
		elsewhere.Store(false)
		time.Sleep(7 * time.Second) // it looks every 5 s
		expect("sushi")
		if got := names(watched); got != "picture picture " {
			t.Errorf("the viewer got %q", got)
		}
		// Somebody types, though nothing comes of it.
		time.Sleep(50 * time.Second)
		if err := h.Touch(t.Context(), "watched"); err != nil {
			t.Error(err)
		}
		time.Sleep(50 * time.Second)
		expect("sushi")
		time.Sleep(20 * time.Second)
		expect("sushi sushi")
		watched.Close()
		time.Sleep(time.Hour)
		expect("sushi sushi")
		again := viewer(t, h, "watched")
		time.Sleep(5 * time.Second)
		expect("sushi sushi sushi")
		stop()
		time.Sleep(time.Hour)
		expect("sushi sushi sushi")
		again.Close()
	})
}
