package hub

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"picture-frame/hub/wire"
)

// aBehind is the cluster of a process that others can be ahead of.
type aBehind struct{ alone }

func (*aBehind) Shared() bool { return true }

func behind(t *testing.T, test func(t *testing.T, h *Hub)) {
	t.Helper()
	inBubbleWith(t, &aBehind{alone{durable: true}}, test)
}

// A viewer that comes with an id of the future keeps its picture, is told what has no
// id, and gets what follows that id, once it has come here.
func TestAheadOfThisProcess(t *testing.T) {
	behind(t, func(t *testing.T, h *Hub) {
		h.Restore("main", "", kept(1, 5))
		at7, at6, again := watch(t, h, "main", idOf(7)), watch(t, h, "main", idOf(6)), watch(t, h, "main", idOf(7))
		time.Sleep(2 * time.Second) // the bubble's, so that all are counted
		at7.want(viewers(1), viewers(3))
		at6.want(viewers(2), viewers(3))
		again.want(viewers(3), viewers(3))
		newcomer := watch(t, h, "main", "")
		newcomer.want(append(pictures(5, 5), viewers(4))...)
		for _, r := range kept(6, 6) {
			h.Deliver(r)
		}
		h.Deliver(Record{Frame: "main", Name: Searching, Data: []byte("{}")})
		for _, r := range kept(7, 8) {
			h.Deliver(r)
		}
		at7.want(viewers(4), "searching {}", pictures(8, 8)[0])
		at6.want(viewers(4), "searching {}", pictures(7, 7)[0], pictures(8, 8)[0])
		again.want(viewers(4), "searching {}", pictures(8, 8)[0])
		newcomer.want(pictures(6, 6)[0], "searching {}", pictures(7, 7)[0], pictures(8, 8)[0])
		watch(t, h, "main", idOf(7)).want(append(pictures(8, 8), viewers(5))...)
	})
}

// The same if this process learns of it as a whole, or the frame was cleared
// meanwhile: before the viewer's id, which it knows of, or after it.
func TestAheadAndRestored(t *testing.T) {
	behind(t, func(t *testing.T, h *Hub) {
		h.Restore("main", "", kept(1, 5))
		at7, at9 := watch(t, h, "main", idOf(7)), watch(t, h, "main", idOf(9))
		at7.want(viewers(1))
		at9.want(viewers(2))
		h.Restore("main", idOf(8), kept(9, 11))
		at7.want("reset {}", pictures(11, 11)[0])
		at9.want(pictures(10, 11)...)
	})
	behind(t, func(t *testing.T, h *Hub) {
		at7 := watch(t, h, "main", idOf(7))
		at7.want(viewers(1))
		h.Restore("main", "", kept(3, 9))
		at7.want(pictures(8, 9)...)
	})
	behind(t, func(t *testing.T, h *Hub) {
		at7 := watch(t, h, "main", idOf(7))
		at7.want(viewers(1))
		h.Restore("main", "", kept(8, 7+HistorySize))
		at7.want("reset {}", pictures(7+HistorySize, 7+HistorySize)[0])
	})
}

// An id that is still ahead when this process has everything is dead. The others are
// given some time to bring back what they know.
func TestAheadForEver(t *testing.T) {
	behind(t, func(t *testing.T, h *Hub) {
		h.Restore("main", "", kept(1, 5))
		early := watch(t, h, "main", idOf(7))
		early.want(viewers(1))
		h.CaughtUp(time.Now())
		early.want()
		time.Sleep(deadAfter)
		late := watch(t, h, "main", idOf(8))
		late.want(viewers(2))
		early.want(viewers(2))
		h.CaughtUp(time.Now())
		early.want("reset {}", pictures(5, 5)[0])
		late.want()
		watch(t, h, "main", idOf(7)).want("reset {}", pictures(5, 5)[0], viewers(3))
		h.Deliver(kept(6, 6)[0])
		early.want(pictures(6, 6)...)
		h.Deliver(kept(9, 9)[0])
		early.want(pictures(9, 9)...)
		late.want(pictures(9, 9)...)
		for _, id := range []string{"nonsense", "vvvvvvvvvvv-abcde"} {
			if got := watch(t, h, "main", id).take(); got[0] != "reset {}" {
				t.Errorf("%q: got %q first, want a reset", id, got)
			}
		}
	})
}

// The hub forgets a shadow with its last viewer, and ends them all.
func TestShadowsEnd(t *testing.T) {
	behind(t, func(t *testing.T, h *Hub) {
		var all []*Subscription
		for _, id := range []string{idOf(7), idOf(7), idOf(8)} {
			s, err := h.Subscribe("main", id, SSE)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, s)
		}
		if n := h.waiting.Load(); n != 2 {
			t.Errorf("%d shadows, want 2", n)
		}
		all[0].Close()
		all[2].Close()
		if n, _ := h.Stats(); n != 1 || h.waiting.Load() != 1 || len(h.frames["main"].shadows) != 1 {
			t.Errorf("%d viewers of %d shadows, want one of one", n, h.waiting.Load())
		}
		h.Close()
		if _, err := all[1].Next(); err != ErrClosed {
			t.Errorf("got %v, want ErrClosed", err)
		}
		all[1].Close()
	})
}

// A viewer that has watched an empty frame has an id to come back with, and gets all
// that came meanwhile.
func TestEveryStreamBeginsWithAnID(t *testing.T) {
	for name, prepare := range map[string]func(h *Hub){
		"never used": func(*Hub) {},
		"cleared": func(h *Hub) {
			h.Deliver(Record{Frame: "main", Name: Picture, Data: []byte(`"0"`)})
			h.Deliver(Record{Frame: "main", Name: Reset, Data: []byte("{}")})
		},
		"its last picture taken off": func(h *Hub) {
			id, _ := h.Deliver(Record{Frame: "main", Name: Picture, Data: []byte(`"0"`)})
			h.Deliver(Record{Frame: "main", Name: Removed, Data: RemovedData(id)})
		},
	} {
		for _, durable := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				inBubbleWith(t, &alone{durable: durable}, func(t *testing.T, h *Hub) {
					prepare(h)
					s, err := h.Subscribe("main", "", SSE)
					if err != nil {
						t.Fatal(err)
					}
					id := openingID(t, s.First()[0])
					if got := s.Mark(); got != id {
						t.Errorf("the mark is %q, want %q", got, id)
					}
					s.Close()
					for _, word := range []string{"1", "2", "3"} {
						h.Deliver(Record{Frame: "main", Name: Picture, Data: []byte(strconv.Quote(word))})
					}
					watch(t, h, "main", id).want(append(pictures(1, 3), viewers(1))...)
				})
			})
		}
	}
}

// openingID returns the id of an opening presence, which has to be the same in all
// forms: on SSE in a block of its own, of which a client takes the id alone.
func openingID(t *testing.T, opening *Event) string {
	t.Helper()
	var message struct{ ID, Event string }
	if err := json.Unmarshal(opening.Text(), &message); err != nil || message.Event != Presence {
		t.Fatalf("got %s (%v) first, want a presence", opening.Text(), err)
	}
	if block, rest, _ := strings.Cut(string(opening.Bytes(wire.SSE)), "\n\n"); block != "id: "+message.ID || !strings.HasPrefix(rest, "event: presence\n") {
		t.Errorf("got %q on SSE, want the id in a block of its own", opening.Bytes(wire.SSE))
	}
	return message.ID
}
