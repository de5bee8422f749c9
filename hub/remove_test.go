package hub

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func remove(t *testing.T, h *Hub, id string) {
	t.Helper()
	if err := h.Remove(t.Context(), "main", id); err != nil {
		t.Fatalf("removing %s: got %v, want success", id, err)
	}
}

func takenOff(id string) string { return fmt.Sprintf(`removed {"id":%q}`, id) }

// resumed returns what a viewer gets that comes back with an id, but for the
// presence.
func resumed(t *testing.T, h *Hub, id string) []string {
	t.Helper()
	w := watch(t, h, "main", id)
	defer w.Close()
	got := w.take()
	return got[:len(got)-1]
}

// A picture that is taken off leaves every screen and the history, and whoever
// comes back learns of it, from whatever id: without a gap and without a reset.
func TestRemove(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		w := watch(t, h, "main", "")
		ids := publishN(t, h, "main", 0, 5)
		w.take()
		remove(t, h, ids[2])
		remove(t, h, ids[5])
		w.want(takenOff(ids[2]), takenOff(ids[5]))
		if got := history(h); !slices.Equal(got, []string{`"0"`, `"1"`, `"3"`, `"4"`}) {
			t.Errorf("got the history %s, want it without 2 and 5", got)
		}
		for _, id := range []string{ids[2], "nonsense", ""} {
			if err := h.Remove(t.Context(), "main", id); !errors.Is(err, ErrNoPicture) {
				t.Errorf("removing %q, which is not kept: got %v, want ErrNoPicture", id, err)
			}
		}
		if err := h.Remove(t.Context(), "nowhere", ids[1]); !errors.Is(err, ErrNoPicture) {
			t.Errorf("removing in an unused frame: got %v, want ErrNoPicture", err)
		}
		both := []string{takenOff(ids[2]), takenOff(ids[5])}
		for id, want := range map[string][]string{
			ids[1]: append(pictures(3, 4), both...),
			ids[2]: append(pictures(3, 4), both...),
			ids[4]: both,
			ids[5]: both,
			"":     pictures(4, 4),
		} {
			if got := resumed(t, h, id); !slices.Equal(got, want) {
				t.Errorf("resuming after %q: got %q, want %q", id, got, want)
			}
		}
		next := publish(t, h, "main", "6")
		w.want(pictures(6, 6)...)
		if got := resumed(t, h, ids[5]); !slices.Equal(got, append(both, pictures(6, 6)...)) {
			t.Errorf("resuming after the removed newest: got %q", got)
		}
		if got := resumed(t, h, next); len(got) > 0 {
			t.Errorf("resuming after what came later: got %q, want nothing", got)
		}
	})
}

// A poll's removal has the id to poll on with, or each poll would end at once.
func TestRemovalEndsOnePoll(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		ids := publishN(t, h, "main", 0, 1)
		remove(t, h, ids[1])
		sub, err := h.Subscribe("main", ids[1], SSE)
		if err != nil {
			t.Fatal(err)
		}
		e := sub.First()[0]
		sub.Close()
		if !e.Polled() || e.ID() != "" || strings.Contains(string(e.Text()), `"id":"`+e.At()) {
			t.Errorf("got %s, want a removal without an id of its own", e.Text())
		}
		want := fmt.Sprintf(`{"id":%q,"event":"removed","data":{"id":%q}}`, e.At(), ids[1])
		if got := string(e.PollText()); got != want {
			t.Errorf("got %s in a poll, want %s", got, want)
		}
		if got := resumed(t, h, e.At()); len(got) > 0 {
			t.Errorf("resuming after the removal: got %q, want nothing", got)
		}
	})
}

// Only so many removals are remembered. Who comes back from before them, or from
// before a picture that made room, gets a reset and never less than there was.
func TestRemovalsAreBounded(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		first := publish(t, h, "main", "first")
		for range RemovalsKept {
			remove(t, h, publish(t, h, "main", "x"))
		}
		if got := resumed(t, h, first); len(got) != RemovalsKept || slices.Contains(got, "reset {}") {
			t.Errorf("after %d removals: got %d events, want one for each", RemovalsKept, len(got))
		}
		last := publish(t, h, "main", "x")
		remove(t, h, last)
		if got := resumed(t, h, first); !slices.Equal(got, []string{"reset {}", `picture "first"`}) {
			t.Errorf("after one more: got %q, want a reset", got)
		}
		if got := resumed(t, h, last); !slices.Equal(got, []string{takenOff(last)}) {
			t.Errorf("resuming after the last removed: got %q, want its removal", got)
		}
		publishN(t, h, "main", 0, HistorySize)
		if got := resumed(t, h, last); len(got) != 2 || got[0] != "reset {}" {
			t.Errorf("resuming from more than %d pictures ago: got %d events, want a reset", HistorySize, len(got))
		}
	})
}

// A clear forgets the removals too, and a frame without pictures stays while it
// remembers some.
func TestRemovedAndCleared(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		id := publish(t, h, "main", "x")
		remove(t, h, id)
		time.Sleep(2 * forgetAfter) // the bubble's
		if got := resumed(t, h, id); !slices.Equal(got, []string{takenOff(id)}) {
			t.Errorf("long after: got %q, want the removal", got)
		}
		if err := h.Clear(t.Context(), "main"); err != nil {
			t.Fatal(err)
		}
		if got := resumed(t, h, id); !slices.Equal(got, []string{"reset {}"}) {
			t.Errorf("after a clear: got %q, want a reset", got)
		}
	})
}

func removal(at, picture int) Record {
	return Record{Frame: "main", ID: idOf(at), Name: Removed, Data: RemovedData(idOf(picture))}
}

// A removal that this process has missed takes the picture off, wherever it was,
// and what came since follows without a reset.
func TestRestoreRemovals(t *testing.T) {
	for name, row := range map[string]struct {
		gone []Record
		kept []Record
		want []string
	}{
		"the newest":          {[]Record{removal(6, 5)}, kept(1, 8, 5, 6), append([]string{takenOff(idOf(5))}, pictures(7, 8)...)},
		"another":             {[]Record{removal(6, 3)}, kept(1, 8, 3, 6), append([]string{takenOff(idOf(3))}, pictures(7, 8)...)},
		"nothing is left":     {[]Record{removal(6, 5), removal(7, 4)}, nil, []string{takenOff(idOf(5)), takenOff(idOf(4))}},
		"one that never came": {[]Record{removal(7, 6)}, kept(1, 8, 6, 7), pictures(8, 8)},
	} {
		t.Run(name, func(t *testing.T) {
			inBubbleWith(t, &alone{durable: true}, func(t *testing.T, h *Hub) {
				h.Restore("main", "", kept(1, 5))
				w := watch(t, h, "main", "")
				w.take()
				if err := h.Restore("main", "", append(row.kept, row.gone...)); err != nil {
					t.Fatal(err)
				}
				w.want(row.want...)
				h.Restore("main", "", append(row.kept, row.gone...))
				w.want()
			})
		})
	}
}

// What has been taken off is not brought back, by nobody who still has it.
func TestRemovedStaysRemoved(t *testing.T) {
	inBubbleWith(t, &alone{durable: true}, func(t *testing.T, h *Hub) {
		h.Restore("main", "", kept(1, 5))
		w := watch(t, h, "main", "")
		w.take()
		h.Deliver(removal(6, 5))
		h.Deliver(removal(7, 2))
		h.Deliver(removal(8, 2)) // what has been restored may come once more
		w.want(takenOff(idOf(5)), takenOff(idOf(2)))
		h.Restore("main", "", kept(1, 5))
		h.Deliver(kept(5, 5)[0])
		w.want()
		wantHistory(t, h, kept(1, 4, 2))
		h.Deliver(kept(9, 9)[0])
		w.want(pictures(9, 9)...)
		view, _ := h.Show(context.Background(), "main")
		for i, want := range []int{5, 2} {
			if got := RemovedID(view.Removed[i].Data()); got != idOf(want) {
				t.Errorf("removal %d: got that of %s, want %s", i, got, idOf(want))
			}
		}
	})
}
