package handlers

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/hub"
	"picture-frame/hub/memory"
)

// A word that would find no place is refused before a source is asked, and is not
// counted; also where nothing waits yet, and the picture just stays for too long.
func TestNoPlaceCostsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := hub.New(memory.New(), quiet)
		h.Hold = time.Minute
		go h.Run()
		t.Cleanup(h.Close)
		f, counted := &finder{}, 0
		s := f.searches(h, 10)
		ask := func(word string) (<-chan Result, error) {
			end, err := s.Start(t.Context(), "main", word, Asker{Client: "one", Shared: true, Allow: func() error { counted++; return nil }})
			synctest.Wait()
			return end, err
		}
		var full *hub.FullError
		if end, err := ask("a"); err != nil || (<-end).Err != nil {
			t.Fatalf("the first word: got %v, want success", err)
		}
		if _, err := ask("b"); !errors.As(err, &full) || full.After != 40*time.Second {
			t.Errorf("a word that would wait for a minute: got %v, want it refused for 40 s", err)
		}
		time.Sleep(full.After)
		if _, err := ask("c"); err != nil {
			t.Errorf("40 s later: got %v, want a place in line", err)
		}
		if _, err := ask("d"); !errors.As(err, &full) || full.After != time.Minute {
			t.Errorf("behind that: got %v, want it refused for a minute", err)
		}
		if got := f.asked(); got != "a c" || counted != 2 {
			t.Errorf("the source was asked for %q, and %d were counted; want a and c", got, counted)
		}
		time.Sleep(time.Minute) // c hangs
	})
}
