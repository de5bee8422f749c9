package handlers

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/hub"
)

func TestAutoplay(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hub.Hub) {
		f := &finder{}
		s := f.searches(h, 2)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var elsewhere atomic.Bool // another process shows something
		go Autoplay(ctx, h, s, nil, time.Minute, func(context.Context, string, time.Duration) bool { return !elsewhere.Load() })
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
		viewer(t, h, "lab-0123456789") // shows what its visitor wants, and only that
		publish("lab-0123456789", "reef")
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

// With words of the operator's, a watched frame shows its first picture by itself,
// and then both what people have asked for and these words.
func TestAutoplayShowsTheOperatorsWords(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hub.Hub) {
		f := &finder{}
		s := f.searches(h, 2)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go Autoplay(ctx, h, s, Words{"ocean"}, time.Minute, func(context.Context, string, time.Duration) bool { return true })
		empty := viewer(t, h, "empty")
		time.Sleep(66 * time.Second) // it looks every 5 s
		synctest.Wait()
		if got := f.asked(); got != "ocean" {
			t.Errorf("asked for %q, want %q", got, "ocean")
		}
		if _, err := h.Publish(t.Context(), "empty", []byte(`{"keyword":"sushi"}`)); err != nil {
			t.Error(err)
		}
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		// A word does not follow itself while there is another.
		if got := f.asked(); got != "ocean ocean sushi ocean sushi" {
			t.Errorf("asked for %q, want ocean and sushi in turns", got)
		}
		empty.Close()
	})
}

// However many pictures a frame has, the operator's words come as often.
func TestWordsHaveTheirShare(t *testing.T) {
	var kept []*hub.Event
	for range hub.HistorySize {
		kept = append(kept, hub.NewEvent(hub.Picture, []byte(`{"keyword":"kept"}`)), hub.NewEvent(hub.Picture, []byte(`{"keyword":"current"}`)))
	}
	chosen := map[string]int{}
	for range 1000 {
		chosen[Words{"given", "current"}.next(kept)]++
	}
	if chosen["current"] != 0 || chosen["given"] < 400 || chosen["kept"] < 400 {
		t.Errorf("got %v of 1000, want about as many of each but current", chosen)
	}
}

func TestWordsAreRead(t *testing.T) {
	for value, want := range map[string]string{
		"": "", " , ,": "", "ocean": "ocean", "ocean, autumn forest ,AC/DC,": "ocean|autumn forest|AC/DC",
		"海、山，森; лес؛ غابة، بحر": "海|山|森|лес|غابة|بحر",
	} {
		var w Words
		if problems := w.Read(setting("WORDS", value)); len(problems) > 0 || strings.Join(w, "|") != want {
			t.Errorf("WORDS=%q: got %q %q, want %q", value, w, problems, want)
		}
	}
}

func TestBadWordsAreRefused(t *testing.T) {
	for value, want := range map[string]string{
		"ocean," + strings.Repeat("a", 101): "WORDS has an entry that nobody could search for: The word is longer than 100 characters.",
		"\u200d":                            "WORDS has an entry that nobody could search for: Type a word to search for.",
		"\xff":                              "WORDS has an entry that nobody could search for: The word is not valid UTF-8.",
		"a big Spider":                      "WORDS has an entry that BLOCKED_WORDS refuses",
	} {
		var w Words
		problems := w.Read(setting("WORDS", value, "BLOCKED_WORDS", "ghost、spider"))
		if got := strings.Join(problems, "; "); got != want {
			t.Errorf("WORDS=%q: got %q, want %q", value, got, want)
		}
	}
}

// setting looks up names in a list of names and values.
func setting(list ...string) func(string) string {
	return func(name string) string {
		if i := slices.Index(list, name); i >= 0 {
			return list[i+1]
		}
		return ""
	}
}
