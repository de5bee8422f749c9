package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/flickr"
	"picture-frame/hub"
	"picture-frame/hub/memory"
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
	end, err := s.Start(t.Context(), "main", "sushi", Asker{})
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
		h := hub.New(memory.New(), quiet)
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
	s, err := h.Subscribe(frame, "", hub.SSE)
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
		if _, err := f.searches(h, 0).Start(t.Context(), "main", "x", Asker{}); !errors.Is(err, flickr.ErrBusy) {
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
