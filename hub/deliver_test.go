package hub

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"
)

// kept are the pictures "from" to "to" as another process would have got them,
// but those left out.
func kept(from, to int, without ...int) (records []Record) {
	left := map[int]bool{}
	for _, i := range without {
		left[i] = true
	}
	for i := from; i <= to; i++ {
		if !left[i] {
			records = append(records, Record{Frame: "main", ID: idOf(i), Name: Picture, Data: []byte(strconv.Quote(strconv.Itoa(i)))})
		}
	}
	return records
}

func idOf(i int) string { return fmt.Sprintf("01d3v8q%04d-abcde", i) }

func history(h *Hub) (lines []string) {
	view, _ := h.Show(context.Background(), "main")
	for _, e := range view.Pictures {
		lines = append(lines, string(e.Data()))
	}
	return lines
}

func wantHistory(t *testing.T, h *Hub, want []Record) {
	t.Helper()
	got := history(h)
	if len(got) != len(want) {
		t.Fatalf("%d pictures are kept, want %d: %v", len(got), len(want), got)
	}
	for i, r := range want {
		if got[i] != string(r.Data) {
			t.Errorf("picture %d is %s, want %s", i, got[i], r.Data)
		}
	}
}

// A viewer that came before a wall was restored sees its newest picture, and has its
// history all the same.
func TestRestoreAnEmptyFrame(t *testing.T) {
	inBubbleWith(t, &alone{durable: true}, func(t *testing.T, h *Hub) {
		early := watch(t, h, "main", "")
		early.want(viewers(1))
		if err := h.Restore("main", "", kept(1, HistorySize)); err != nil {
			t.Fatal(err)
		}
		early.want(pictures(HistorySize, HistorySize)...)
		wantHistory(t, h, kept(1, HistorySize))
		resumed := watch(t, h, "main", idOf(HistorySize-2))
		resumed.want(append(pictures(HistorySize-1, HistorySize), viewers(2))...)
		h.Deliver(kept(HistorySize+1, HistorySize+1)[0])
		early.want(pictures(HistorySize+1, HistorySize+1)...)
		resumed.want(pictures(HistorySize+1, HistorySize+1)...)
		wantHistory(t, h, kept(2, HistorySize+1))
	})
}

// What goes on from what there is reaches everybody as it would have, once.
func TestRestoreWhatWasMissed(t *testing.T) {
	inBubbleWith(t, &alone{durable: true}, func(t *testing.T, h *Hub) {
		h.Restore("main", "", kept(1, 5))
		w := watch(t, h, "main", "")
		w.want(append(pictures(5, 5), viewers(1))...)
		h.Restore("main", "", kept(3, 9))
		w.want(pictures(6, 9)...)
		wantHistory(t, h, kept(1, 9))
		h.Restore("main", "", kept(3, 9))
		w.want()
		for _, r := range kept(8, 10) { // what is on its way as well
			h.Deliver(r)
		}
		w.want(pictures(10, 10)...)
		wantHistory(t, h, kept(1, 10))
	})
}

// A picture that only another process knew takes its place, but is not shown:
// newer ones have been.
func TestRestoreWhatIsOlder(t *testing.T) {
	inBubbleWith(t, &alone{durable: true}, func(t *testing.T, h *Hub) {
		h.Restore("main", "", kept(1, 6, 1, 4))
		w := watch(t, h, "main", "")
		w.want(append(pictures(6, 6), viewers(1))...)
		h.Restore("main", "", kept(1, 7))
		w.want(pictures(7, 7)...)
		wantHistory(t, h, kept(1, 7))
		time.Sleep(time.Second) // the bubble's, so that the next presence is due
		resumed := watch(t, h, "main", idOf(2))
		resumed.want(append(pictures(3, 7), viewers(2))...)
	})
}

// Viewers of a frame that was cleared meanwhile, or had more than is kept, are told so.
func TestRestoreAfterAClear(t *testing.T) {
	inBubbleWith(t, &alone{durable: true}, func(t *testing.T, h *Hub) {
		h.Restore("main", "", kept(1, 3))
		w := watch(t, h, "main", "")
		w.want(append(pictures(3, 3), viewers(1))...)
		h.Restore("main", idOf(4), kept(5, 8))
		w.want(append([]string{"reset {}"}, pictures(8, 8)...)...)
		wantHistory(t, h, kept(5, 8))
		h.Restore("main", idOf(9), nil)
		w.want("reset {}")
		wantHistory(t, h, nil)
		h.Restore("main", idOf(9), nil)
		w.want()
		h.Restore("main", idOf(9), kept(10, 12))
		w.want(pictures(10, 12)...)
		h.Restore("main", idOf(9), kept(21, 20+HistorySize))
		w.want(append([]string{"reset {}"}, pictures(20+HistorySize, 20+HistorySize)...)...)
	})
}

// A reset that is older than the newest picture has been restored already.
func TestDeliverAnOldReset(t *testing.T) {
	inBubbleWith(t, &alone{durable: true}, func(t *testing.T, h *Hub) {
		h.Restore("main", "", kept(5, 6))
		h.Deliver(Record{Frame: "main", ID: idOf(4), Name: Reset, Data: []byte("{}")})
		wantHistory(t, h, kept(5, 6))
		h.Deliver(Record{Frame: "main", ID: idOf(7), Name: Reset, Data: []byte("{}")})
		wantHistory(t, h, nil)
	})
}

func TestElsewhereIsCounted(t *testing.T) {
	inBubbleWith(t, &alone{durable: true}, func(t *testing.T, h *Hub) {
		h.SetRemote("main", Viewers{2})
		w := watch(t, h, "main", "")
		w.want(viewers(3))
		time.Sleep(time.Second) // the bubble's, so that the next presence is due
		h.SetRemote("main", Viewers{4})
		w.want(viewers(5))
		if view, _ := h.Show(context.Background(), "main"); view.Viewers != 5 {
			t.Errorf("the page says %d", view.Viewers)
		}
		h.SetRemote("main", Viewers{0})
		time.Sleep(2 * time.Second)
		w.want(viewers(1))
	})
}

// Who runs a frame that nobody watches here has to know that others do elsewhere.
func TestElsewhereAloneIsCounted(t *testing.T) {
	inBubbleWith(t, &alone{durable: true}, func(t *testing.T, h *Hub) {
		w, err := h.WatchDesk("main")
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		for _, n := range []int{2, 0} {
			h.SetRemote("main", Viewers{n})
			select {
			case <-w.More():
			default:
				t.Errorf("%d elsewhere: the desk is not told", n)
			}
			if d, _ := h.Desk(context.Background(), "main"); d.Viewers.Sum() != n {
				t.Errorf("%d elsewhere: the desk says %d", n, d.Viewers.Sum())
			}
			if view, _ := h.Show(context.Background(), "main"); view.Viewers != n {
				t.Errorf("%d elsewhere: the page says %d", n, view.Viewers)
			}
		}
	})
}

// Ids say when they were made, if they are ours.
func TestIDTime(t *testing.T) {
	now := time.Now().Truncate(time.Microsecond)
	g := newIDs()
	if made := IDTime(g.next(now)); !made.Equal(now) {
		t.Errorf("made at %v, says %v", now, made)
	}
	for _, id := range []string{"", "x", "01d3v8q7k2", "01d3v8q7k2!-abcde", "01d3v8q7k2abc-abcde"} {
		if made := IDTime(id); !made.IsZero() {
			t.Errorf("%q was made at %v", id, made)
		}
	}
}
