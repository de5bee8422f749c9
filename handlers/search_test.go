package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
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
	busy  bool

	mu    sync.Mutex
	words []string
}

func (f *finder) Search(keyword string, then func(context.Context, flickr.Photo, error)) error {
	if f.busy {
		return flickr.ErrBusy
	}
	f.mu.Lock()
	f.words = append(f.words, keyword)
	f.mu.Unlock()
	time.AfterFunc(f.after, func() {
		then(context.Background(), flickr.Photo{URL: "/album/" + keyword + ".svg", Source: "album"}, f.err)
	})
	return nil
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
			end, err := NewSearches(&finder{after: took}, h, quiet).Start("main", "sushi")
			if err != nil {
				t.Fatal(err)
			}
			r := <-end
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
		end, err := NewSearches(&finder{after: 100 * time.Millisecond, err: flickr.ErrNoPhoto}, h, quiet).Start("main", "x")
		if err != nil {
			t.Fatal(err)
		}
		if r := <-end; !errors.Is(r.Err, flickr.ErrNoPhoto) || r.Picture != nil {
			t.Errorf("the search ended with %+v", r)
		}
		if _, err := NewSearches(&finder{busy: true}, h, quiet).Start("main", "x"); !errors.Is(err, flickr.ErrBusy) {
			t.Errorf("a search too many: %v", err)
		}
		time.Sleep(time.Minute)
		if got := names(v); got != "" {
			t.Errorf("viewers got %q, want nothing", got)
		}
	})
}

func TestAutoplay(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hub.Hub) {
		f := &finder{}
		s := NewSearches(f, h, quiet)
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
