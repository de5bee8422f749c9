package memory

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/hub"
)

// inBubble runs a test against a hub whose pictures stay for a time.
func inBubble(t *testing.T, hold time.Duration, test func(t *testing.T, h *hub.Hub)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		h := hub.New(New(), slog.New(slog.DiscardHandler))
		h.Hold = hold
		go h.Run()
		t.Cleanup(h.Close)
		test(t, h)
	})
}

// word has a word hang, in the background.
func word(h *hub.Hub, keyword, client string) <-chan error {
	end := make(chan error, 1)
	go func() {
		_, err := h.Propose(context.Background(), hub.Word{Frame: "main", Keyword: keyword, Picture: []byte(`"` + keyword + `"`), Client: client, Shared: true})
		end <- err
	}()
	synctest.Wait()
	return end
}

// events returns what has come to a viewer since the last call, as "name data".
func events(s *hub.Subscription) (all []string) {
	synctest.Wait()
	select {
	case <-s.More():
	default:
	}
	got, _ := s.Next()
	for _, e := range got {
		if e.Name() != hub.Presence {
			all = append(all, e.Name()+" "+string(e.Data()))
		}
	}
	return all
}

func TestTurnsAreTold(t *testing.T) {
	inBubble(t, 3*time.Second, func(t *testing.T, h *hub.Hub) {
		s, err := h.Subscribe("main", "", hub.SSE)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if len(s.First()) != 1 {
			t.Errorf("nothing waits: got %d events, want the presence", len(s.First()))
		}
		want := func(what string, want ...string) {
			t.Helper()
			if got := events(s); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s: got %q, want %q", what, got, want)
			}
		}
		began := time.Now()
		first := word(h, "a", "1")
		if err := <-first; err != nil || time.Since(began) != 0 {
			t.Errorf("the first word: got %v after %v, want success at once", err, time.Since(began))
		}
		want("the first word", `picture "a"`)
		b, _, _ := word(h, "b", "1"), word(h, "c", "1"), word(h, "d", "2")
		want("three more", `queue {"waiting":[{"keyword":"b","in":3000}],"more":0}`)
		time.Sleep(time.Second)
		want("a second later", `queue {"waiting":[{"keyword":"b","in":2000},{"keyword":"c","in":5000},{"keyword":"d","in":8000}],"more":0}`)
		late, err := h.Subscribe("main", "", hub.SSE)
		if err != nil {
			t.Fatal(err)
		}
		defer late.Close()
		first3 := late.First()
		if got := string(first3[len(first3)-1].Data()); got != `{"waiting":[{"keyword":"b","in":2000},{"keyword":"c","in":5000},{"keyword":"d","in":8000}],"more":0}` {
			t.Errorf("a viewer that comes: got %s, want the line", got)
		}
		time.Sleep(2*time.Second - time.Millisecond)
		want("just before b's turn")
		time.Sleep(time.Millisecond)
		want("b's turn", `picture "b"`, `queue {"waiting":[{"keyword":"c","in":3000},{"keyword":"d","in":6000}],"more":0}`)
		if err := <-b; err != nil {
			t.Errorf("b: got %v, want success", err)
		}
		time.Sleep(6 * time.Second)
		want("at the end", `picture "c"`, `picture "d"`, `queue {"waiting":[],"more":0}`)
		time.Sleep(time.Hour)
		if err := <-word(h, "e", "1"); err != nil {
			t.Errorf("after an hour: got %v, want success at once", err)
		}
	})
}

// The queue names as many words as can wait of people, and counts what the host
// has let beyond that.
func TestQueueIsBounded(t *testing.T) {
	inBubble(t, 30*time.Second, func(t *testing.T, h *hub.Hub) {
		yes := true
		if _, err := h.SetDesk(t.Context(), "main", hub.Patch{Approve: &yes}); err != nil {
			t.Fatal(err)
		}
		for i := range 12 {
			word(h, fmt.Sprint(i), "")
		}
		desk, _ := h.Desk(t.Context(), "main")
		for _, w := range desk.Waiting {
			if err := h.Decide(t.Context(), "main", w.Ticket, true); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Millisecond)
		}
		s, err := h.Subscribe("main", "", hub.SSE)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var queue struct {
			Waiting []struct{ Keyword string }
			More    int
		}
		first := s.First()
		if err := json.Unmarshal(first[len(first)-1].Data(), &queue); err != nil || len(queue.Waiting) != 8 || queue.Waiting[0].Keyword != "1" || queue.More != 3 {
			t.Errorf("got %s, want eight of eleven words and three more", first[len(first)-1].Data())
		}
		time.Sleep(11 * 30 * time.Second)
		if view, _ := h.Show(t.Context(), "main"); len(view.Pictures) != 12 {
			t.Errorf("got %d pictures at the end, want all that the host has let", len(view.Pictures))
		}
	})
}

// A longer hold that leaves a word no turn in time ends its wait, with the time after
// which there is room.
func TestLongerHold(t *testing.T) {
	inBubble(t, 3*time.Second, func(t *testing.T, h *hub.Hub) {
		<-word(h, "a", "1")
		b, c := word(h, "b", "1"), word(h, "c", "1")
		ten := 19 * time.Second
		if _, err := h.SetDesk(t.Context(), "main", hub.Patch{Hold: &ten}); err != nil {
			t.Fatal(err)
		}
		var full *hub.FullError
		if err := <-c; !errors.As(err, &full) || full.After != 18*time.Second {
			t.Errorf("the second in line: got %v, want no room for 18 s", err)
		}
		began := time.Now()
		if err := <-b; err != nil || time.Since(began) != ten {
			t.Errorf("the first in line: got %v after %v, want success after %v", err, time.Since(began), ten)
		}
	})
}

// A word for which Hold does not count takes no turn, unless the host wants it to.
func TestWordsAtOnce(t *testing.T) {
	inBubble(t, time.Minute, func(t *testing.T, h *hub.Hub) {
		free := func(what string, want error) {
			t.Helper()
			began := time.Now()
			_, err := h.Propose(t.Context(), hub.Word{Frame: "main", Picture: []byte("1"), AtOnce: true})
			if !errors.Is(err, want) || time.Since(began) != 0 {
				t.Errorf("%s: got %v after %v, want %v at once", what, err, time.Since(began), want)
			}
		}
		free("the first", nil)
		free("the second", nil)
		yes, no := true, false
		for _, frozen := range []*bool{&yes, &no} {
			if _, err := h.SetDesk(t.Context(), "main", hub.Patch{Frozen: frozen}); err != nil {
				t.Fatal(err)
			}
			if *frozen {
				free("on a frozen frame", hub.ErrFrozen)
			} else {
				free("after the thaw", nil)
			}
		}
	})
}

// Who waits when the hub ends is answered.
func TestWaitingAtTheEnd(t *testing.T) {
	inBubble(t, 10*time.Second, func(t *testing.T, h *hub.Hub) {
		<-word(h, "a", "1")
		b := word(h, "b", "1")
		h.Close()
		if err := <-b; !errors.Is(err, hub.ErrClosed) {
			t.Errorf("got %v, want %v", err, hub.ErrClosed)
		}
	})
}
