package handlers

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/hub"
)

// A faltering cluster fails once at each of what receipts need, before it does it or
// after: then only the answer is lost.
type faltering struct {
	hub.Cluster
	broadcaster
	after bool
	calls map[string]int
}

func (f *faltering) try(name string, do func() error) error {
	f.calls[name]++
	if f.calls[name] > 1 {
		return do()
	}
	if f.after {
		_ = do()
	}
	return hub.ErrAway
}

func (f *faltering) CountReceipts(ctx context.Context, b hub.Broadcast, receipts []hub.Receipt) (shown []time.Duration, err error) {
	err = f.try("count", func() (err error) {
		shown, err = f.Cluster.CountReceipts(ctx, b, receipts)
		return err
	})
	return shown, err
}

func (f *faltering) TakeTally(ctx context.Context, b hub.Broadcast, final bool) (t hub.Tally, ok bool, err error) {
	err = f.try(fmt.Sprint("take ", final), func() (err error) {
		t, ok, err = f.Cluster.TakeTally(ctx, b, final)
		return err
	})
	return t, ok, err
}

func (f *faltering) AnnounceSeen(ctx context.Context, frame string, data []byte) error {
	if f.after { // viewers would be told twice
		return f.broadcaster.AnnounceSeen(ctx, frame, data)
	}
	return f.try("tell", func() error { return f.broadcaster.AnnounceSeen(ctx, frame, data) })
}

// Redis that fails for a moment costs no receipt, and no viewer the news.
func TestReceiptsAreTriedAgain(t *testing.T) {
	for _, after := range []bool{false, true} {
		inSeenWall(t, 3, func(w *seenWall) {
			f := &faltering{w.cluster, w.Hub, after, map[string]int{}}
			w.receipts = NewReceipts(w.ctx, f, f, func(arrived, shown time.Duration) {}, slog.New(slog.DiscardHandler))
			id := w.show()
			time.Sleep(10 * time.Millisecond)
			w.add(id, "a", 0)
			w.add(id, "b", 0)
			time.Sleep(tellAfter + 2*again)
			w.want(`{"id":"` + id + `","screens":2,"of":3,"arrived":{"p50":10,"p95":10},"shown":{"p50":10,"p95":10}}`)
			clear(f.calls) // all of it fails once more
			w.add(id, "c", 0)
			time.Sleep(hub.ReceiptTime)
			w.want(`{"id":"` + id + `","screens":3,"of":3,"arrived":{"p50":10,"p95":2496},"shown":{"p50":10,"p95":2496}}`)
			time.Sleep(time.Hour)
			w.want()
			if n := len(w.receipts.waiting); n != 0 {
				t.Errorf("got %d pictures followed, want none", n)
			}
		})
	}
}

// Receipts of a Redis that stays away are given up, and bounded until then.
func TestReceiptsOfALongOutage(t *testing.T) {
	inSeenWall(t, 3, func(w *seenWall) {
		away := &awayTallies{Cluster: w.cluster}
		w.receipts = NewReceipts(w.ctx, w, away, func(arrived, shown time.Duration) {}, slog.New(slog.DiscardHandler))
		id := w.show()
		for i := range 3 * hub.MaxReceipts {
			w.add(id, fmt.Sprint("screen", i), 0)
			time.Sleep(time.Millisecond)
		}
		synctest.Wait()
		asked, most, limit := away.asked.Load(), away.most.Load(), int64(hub.ReceiptTime/again)
		if asked == 0 || asked > limit || most > hub.MaxReceipts {
			t.Errorf("got %d questions of up to %d receipts, want at most %d of %d", asked, most, limit, hub.MaxReceipts)
		}
		time.Sleep(hub.ReceiptTime + tellFor + time.Second)
		w.want()
		if n := len(w.receipts.waiting); n != 0 {
			t.Errorf("got %d pictures followed, want none", n)
		}
	})
}

type awayTallies struct {
	hub.Cluster
	asked, most atomic.Int64
}

func (a *awayTallies) CountReceipts(_ context.Context, _ hub.Broadcast, receipts []hub.Receipt) ([]time.Duration, error) {
	a.asked.Add(1)
	a.most.Store(max(a.most.Load(), int64(len(receipts))))
	return nil, hub.ErrAway
}
