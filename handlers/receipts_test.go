package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/handlers/request"
	"picture-frame/hub"
	"picture-frame/hub/memory"
)

// A seenWall is a hub with receipts, in a bubble's time.
type seenWall struct {
	*hub.Hub
	t        *testing.T
	ctx      context.Context
	cluster  hub.Cluster
	receipts *Receipts
	sub      *hub.Subscription
	observed int
}

func inSeenWall(t *testing.T, viewers int, test func(w *seenWall)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cluster := memory.New()
		w := &seenWall{Hub: hub.New(cluster, slog.New(slog.DiscardHandler)), t: t, cluster: cluster}
		go w.Run()
		ctx, cancel := context.WithCancel(context.Background())
		w.ctx = ctx
		w.receipts = NewReceipts(ctx, w, cluster, func(arrived, shown time.Duration) { w.observed++ }, slog.New(slog.DiscardHandler))
		for range viewers {
			sub, err := w.Subscribe("main", "", hub.SSE)
			if err != nil {
				t.Fatal(err)
			}
			defer sub.Close()
			w.sub = sub
		}
		defer w.Close()
		defer cancel()
		time.Sleep(time.Minute) // until all have been told how many they are
		test(w)
	})
}

// show publishes a picture and returns its id.
func (w *seenWall) show() (id string) {
	w.t.Helper()
	id, err := w.Publish(context.Background(), "main", []byte(`"fox"`))
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// told returns the seen events that the viewers have got since the last call.
func (w *seenWall) told() (lines []string) {
	synctest.Wait()
	events, err := w.sub.Next()
	if err != nil {
		w.t.Fatal(err)
	}
	for _, e := range events {
		if e.Name() == hub.Seen {
			lines = append(lines, string(e.Data()))
		}
	}
	return lines
}

func (w *seenWall) want(lines ...string) {
	w.t.Helper()
	if got := w.told(); !slices.Equal(got, lines) {
		w.t.Errorf("got the seen events %q, want %q", got, lines)
	}
}

func (w *seenWall) add(id, screen string, wait time.Duration) {
	w.receipts.Add("main", request.Receipt{ID: id, Screen: screen, Wait: wait})
}

// Three screens are three, told 1.5 s after the broadcast, and no more often if
// that is all.
func TestEveryScreenIsCounted(t *testing.T) {
	inSeenWall(t, 3, func(w *seenWall) {
		id := w.show()
		time.Sleep(20 * time.Millisecond)
		w.add(id, "a", 5*time.Millisecond)
		w.add(id, "b", 12*time.Millisecond)
		w.add(id, "a", 5*time.Millisecond) // another tab
		time.Sleep(10 * time.Millisecond)
		w.add(id, "c", 100*time.Millisecond)
		time.Sleep(tellAfter - 31*time.Millisecond)
		w.want()
		time.Sleep(2 * time.Millisecond)
		w.want(`{"id":"` + id + `","screens":3,"of":3,"arrived":{"p50":8,"p95":15},"shown":{"p50":20,"p95":30}}`)
		time.Sleep(time.Hour)
		w.want()
		if w.observed != 3 {
			t.Errorf("got %d receipts measured, want 3", w.observed)
		}
	})
}

// What comes later is told once it is final.
func TestTheFinalCountIsToldIfItIsNews(t *testing.T) {
	inSeenWall(t, 3, func(w *seenWall) {
		id := w.show()
		time.Sleep(10 * time.Millisecond)
		w.add(id, "a", 0)
		time.Sleep(2 * time.Second)
		w.want(`{"id":"` + id + `","screens":1,"of":3,"arrived":{"p50":10,"p95":10},"shown":{"p50":10,"p95":10}}`)
		w.add(id, "b", 0)
		time.Sleep(hub.ReceiptTime - 2*time.Second - 11*time.Millisecond)
		w.add(id, "c", 0)
		w.want()
		time.Sleep(2 * time.Millisecond)
		w.add(id, "late", 0)
		time.Sleep(settle)
		w.want(`{"id":"` + id + `","screens":3,"of":3,"arrived":{"p50":2016,"p95":9984},"shown":{"p50":2016,"p95":9984}}`)
		w.add(id, "later", 0)
		time.Sleep(time.Hour)
		w.want()
	})
}

// A crowd whose pictures are slow is told once some of it has answered.
func TestFirstReceiptsAreLate(t *testing.T) {
	inSeenWall(t, 2, func(w *seenWall) {
		id := w.show()
		time.Sleep(4 * time.Second)
		w.add(id, "a", 4*time.Second)
		time.Sleep(lateAfter / 2)
		w.add(id, "b", 4*time.Second)
		time.Sleep(lateAfter/2 - time.Millisecond)
		w.want()
		time.Sleep(2 * time.Millisecond)
		if got := w.told(); len(got) != 1 {
			t.Errorf("got %q, want one event of both", got)
		}
	})
}

// There is nothing to tell of what nobody has shown, or of what is no picture here.
func TestNothingIsToldWithoutReceipts(t *testing.T) {
	inSeenWall(t, 2, func(w *seenWall) {
		id := w.show()
		w.add("", "a", 0)
		w.add("nonsense", "a", 0)
		w.add(id[:len(id)-1]+"?", "a", 0)
		w.add(id, "", 0)
		w.receipts.Add("hall", request.Receipt{ID: id, Screen: "a"})
		time.Sleep(time.Hour)
		w.want()
		id = w.show()
		w.add(id, "a", 0)
		if err := w.Clear(context.Background(), "main"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		w.want()
		if n := len(w.receipts.waiting); n != 0 {
			t.Errorf("got %d pictures followed, want none", n)
		}
	})
}

// Somebody who invents screens and pictures takes little room.
func TestInventedReceiptsAreBounded(t *testing.T) {
	inSeenWall(t, 2, func(w *seenWall) {
		id := w.show()
		for i := range 10 * hub.MaxReceipts {
			w.add(id, fmt.Sprint("screen", i), 0)
			w.add(fmt.Sprintf("%011d-x", i), "a", 0)
		}
		w.receipts.mu.Lock()
		pictures, screens := len(w.receipts.waiting), len(w.receipts.waiting[picture{"main", id}].receipts)
		w.receipts.mu.Unlock()
		if pictures > followed || screens > hub.MaxReceipts {
			t.Errorf("got %d pictures followed with %d receipts, want at most %d with %d", pictures, screens, followed, hub.MaxReceipts)
		}
		time.Sleep(tellAfter + time.Millisecond)
		var said seen
		if got := w.told(); len(got) != 1 || json.Unmarshal([]byte(got[0]), &said) != nil || said.Screens != hub.MaxReceipts {
			t.Errorf("got %q, want %d screens", got, hub.MaxReceipts)
		}
	})
}

// A sharedCluster has other processes, and countedHub counts what it is asked.
type sharedCluster struct{ hub.Cluster }

func (sharedCluster) Shared() bool { return true }

type countedHub struct {
	broadcaster
	asked atomic.Int64
}

func (h *countedHub) Broadcast(frame, id string) (hub.Broadcast, bool) {
	h.asked.Add(1)
	return h.broadcaster.Broadcast(frame, id)
}

// Pictures that no process has are looked for a few at a time.
func TestFewUnknownPicturesAreLookedFor(t *testing.T) {
	inSeenWall(t, 2, func(w *seenWall) {
		h := &countedHub{broadcaster: w.Hub}
		w.receipts = NewReceipts(w.ctx, h, sharedCluster{w.cluster}, func(arrived, shown time.Duration) {}, slog.New(slog.DiscardHandler))
		for i := range followed {
			w.add(fmt.Sprintf("%011d-x", i), "a", 0)
		}
		time.Sleep(2 * lagTime)
		synctest.Wait()
		if got, most := h.asked.Load(), int64(followed+awaited*int(lagTime/lookEvery)); got < followed || got > most {
			t.Errorf("got %d questions for %d pictures that there are not, want at most %d", got, followed, most)
		}
		if n := len(w.receipts.waiting); n != 0 {
			t.Errorf("got %d pictures followed, want none", n)
		}
	})
}

// Of a thousand viewers one in five answers. That is an estimate, which is off by
// no more than chance makes it: five standard deviations, of a seeded chance.
func TestACrowdIsSampled(t *testing.T) {
	const viewers, showing = 1000, 900
	inSeenWall(t, viewers, func(w *seenWall) {
		chance := rand.New(rand.NewPCG(1, 2))
		for range 20 {
			id := w.show()
			b, ok := w.Broadcast("main", id)
			if !ok || b.Sample != 0.2 {
				t.Fatalf("got the sample %v, want 0.2", b.Sample)
			}
			posts := 0
			for screen := range showing {
				if chance.Float64() < b.Sample {
					posts++
					w.add(id, fmt.Sprint("screen", screen), 0)
				}
			}
			time.Sleep(tellAfter + time.Millisecond)
			var said seen
			if got := w.told(); len(got) != 1 || json.Unmarshal([]byte(got[0]), &said) != nil {
				t.Fatalf("got %q, want one event", got)
			}
			deviation := math.Sqrt(showing * b.Sample * (1 - b.Sample))
			if off := math.Abs(float64(said.Screens - showing)); said.Of != viewers || said.Screens != min(posts*5, viewers) || off*b.Sample > 5*deviation {
				t.Errorf("%d of %d posted: got %d of %d, want about %d of %d", posts, showing, said.Screens, said.Of, showing, viewers)
			}
			time.Sleep(time.Minute)
			w.told()
		}
	})
}

// An estimate names no more screens than there are viewers, and a count no fewer
// viewers than there are screens.
func TestScreensAndViewersAgree(t *testing.T) {
	for _, test := range []struct {
		viewers, counted int
		sample           float64
		screens, of      int
	}{
		{3, 3, 1, 3, 3},
		{2, 3, 1, 3, 3},
		{1000, 210, 0.2, 1000, 1000},
		{1000, 190, 0.2, 950, 1000},
		{30, 12, 0.2, 30, 30}, // most have left
	} {
		got := seenOf(hub.Broadcast{Viewers: test.viewers, Sample: test.sample}, hub.Tally{Screens: test.counted})
		if got.Screens != test.screens || got.Of != test.of {
			t.Errorf("%+v: got %d of %d", test, got.Screens, got.Of)
		}
	}
}
