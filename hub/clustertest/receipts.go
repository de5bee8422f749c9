package clustertest

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"picture-frame/hub"
)

// ReceiptsOf returns receipts of n screens that came some time after a broadcast.
func ReceiptsOf(b hub.Broadcast, prefix string, n int, after, wait time.Duration) (receipts []hub.Receipt) {
	for i := range n {
		receipts = append(receipts, hub.Receipt{Screen: fmt.Sprint(prefix, i), At: b.At.Add(after), Wait: wait})
	}
	return receipts
}

// MustCount counts receipts and returns how many of them were counted. Those took as
// long as they say, or longer: what lies between the processes comes on top.
func (w *Wall) MustCount(t *testing.T, b hub.Broadcast, receipts []hub.Receipt) (counted int) {
	t.Helper()
	shown, err := w.Cluster.CountReceipts(background, b, receipts)
	if err != nil || len(shown) != len(receipts) {
		t.Fatalf("counting %d receipts: got %d times, %v", len(receipts), len(shown), err)
	}
	for i, took := range shown {
		if took < 0 {
			continue
		}
		counted++
		if least := receipts[i].At.Sub(b.At).Truncate(time.Microsecond); took < least {
			t.Errorf("receipt %d: got %v after the broadcast, want at least %v", i, took, least)
		}
	}
	return counted
}

// MustTake takes a tally. It reports false if there is none for this process.
func (w *Wall) MustTake(t *testing.T, b hub.Broadcast, final bool) (hub.Tally, bool) {
	t.Helper()
	tally, ok, err := w.Cluster.TakeTally(background, b, final)
	if err != nil {
		t.Fatal(err)
	}
	return tally, ok
}

// MustRead reads what a picture's receipts add up to so far.
func (w *Wall) MustRead(t *testing.T, b hub.Broadcast) hub.Tally {
	t.Helper()
	tally, err := w.Cluster.ReadTally(background, b)
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

// MustShow publishes a picture and returns its broadcast.
func (w *Wall) MustShow(t *testing.T, frame, data string) hub.Broadcast {
	t.Helper()
	id := w.MustPublish(t, frame, data)
	b, ok := w.Broadcast(frame, id)
	if !ok {
		t.Fatalf("the broadcast of %s is not known", id)
	}
	return b
}

func times(h hub.Histogram) (n int) {
	for _, count := range h {
		n += count
	}
	return n
}

// A screen is counted once, and a tally is told once at each stage.
func testReceipts(t *testing.T, w *Wall) {
	b := w.MustShow(t, "main", "fox")
	if _, ok := w.MustTake(t, b, false); ok || w.MustRead(t, b).Screens != 0 {
		t.Error("a tally without receipts: got one, want none")
	}
	b = w.MustShow(t, "main", "owl")
	some := ReceiptsOf(b, "a", 3, 5*time.Second, 2*time.Second)
	some = append(some, some[1])
	if got := w.MustCount(t, b, some); got != 3 {
		t.Errorf("3 screens, one of them twice: got %d counted, want 3", got)
	}
	if got := w.MustCount(t, b, some); got != 0 {
		t.Errorf("the same once more: got %d counted, want none", got)
	}
	read := w.MustRead(t, b)
	if again := w.MustRead(t, b); read.Screens != 3 || times(read.Shown) != 3 || !reflect.DeepEqual(read, again) {
		t.Errorf("got %+v to read, and then %+v, want 3 screens twice", read, again)
	}
	tally, ok := w.MustTake(t, b, false)
	if !ok || !reflect.DeepEqual(tally, read) {
		t.Errorf("got the tally %+v, %v, want %+v, as it was read", tally, ok, read)
	}
	if shown, arrived := tally.Shown.Percentile(50), tally.Arrived.Percentile(50); shown < 4500*time.Millisecond || arrived > shown-1500*time.Millisecond {
		t.Errorf("5 s, 2 of which were the screen's: got %v shown, %v arrived", shown, arrived)
	}
	if again, ok := w.MustTake(t, b, false); !ok || !reflect.DeepEqual(again, tally) {
		t.Errorf("asked again, as if there had been no answer: got %+v, %v, want %+v", again, ok, tally)
	}
	if got := w.MustCount(t, b, ReceiptsOf(b, "late", 2, 7*time.Second, time.Minute)); got != 2 {
		t.Errorf("two more screens: got %d counted, want 2", got)
	}
	tally, ok = w.MustTake(t, b, true)
	if !ok || tally.Screens != 5 || tally.Arrived[0] != 2 {
		t.Errorf("the final tally: got %+v, %v, want one of 5 screens, two of which waited for all of their time", tally, ok)
	}
	if got := w.MustCount(t, b, ReceiptsOf(b, "later", 1, 7*time.Second, 0)); got != 0 {
		t.Errorf("a screen after the final tally: got %d counted, want none", got)
	}
	if again, ok := w.MustTake(t, b, true); !ok || !reflect.DeepEqual(again, tally) {
		t.Errorf("asked again, as if there had been no answer: got %+v, %v, want %+v", again, ok, tally)
	}
	if b = w.MustShow(t, "hall", "owl"); w.MustCount(t, b, ReceiptsOf(b, "a", 3, 0, 0)) != 3 {
		t.Error("the same screens, another picture: they were not counted")
	}
	w.MustTake(t, b, false)
	if tally, ok := w.MustTake(t, b, true); ok {
		t.Errorf("a final tally that is no news: got %+v, want none", tally)
	}
}

// Who invents screens, or is late, changes nothing.
func testReceiptsAreBounded(t *testing.T, w *Wall) {
	b := w.MustShow(t, "main", "fox")
	if got := w.MustCount(t, b, ReceiptsOf(b, "late", 5, hub.ReceiptTime+time.Millisecond, 0)); got != 0 {
		t.Errorf("too late: got %d counted, want none", got)
	}
	first := w.MustCount(t, b, ReceiptsOf(b, "a", hub.MaxReceipts-10, time.Second, 0))
	if got := first + w.MustCount(t, b, ReceiptsOf(b, "b", 30, time.Second, 0)); got != hub.MaxReceipts {
		t.Errorf("got %d screens counted, want %d", got, hub.MaxReceipts)
	}
	if tally, _ := w.MustTake(t, b, true); tally.Screens != hub.MaxReceipts || times(tally.Shown) != hub.MaxReceipts {
		t.Errorf("got %d screens and %d times, want %d", tally.Screens, times(tally.Shown), hub.MaxReceipts)
	}
}
