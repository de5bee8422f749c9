// Package clustertest holds what every hub.Cluster has to do, as tests.
package clustertest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"picture-frame/hub"
)

var background = context.Background()

// Run runs the tests. Each of them gets a cluster of its own from open.
func Run(t *testing.T, open func(t *testing.T) hub.Cluster) {
	tests := map[string]func(*testing.T, *Wall){
		"pictures":  testPictures,
		"together":  testTogether,
		"clear":     testClear,
		"remove":    testRemove,
		"empty":     testEmpty,
		"searching": testSearching,
		"frames":    testFrames,
		"limits":    testLimits,
		"cancelled": testCancelled,
		"closed":    testClosed,
		"turns":     testTurns,
		"full":      testFull,
		"frozen":    testFrozen,
		"approve":   testApprove,
		"key":       testKey,
		"receipts":  testReceipts,
		"bounded":   testReceiptsAreBounded,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { test(t, Start(t, open(t))) })
	}
}

// Pictures are kept in the order of their ids, only so many, and a viewer
// resumes after any of them.
func testPictures(t *testing.T, w *Wall) {
	var want []string
	for i := range hub.HistorySize + 5 {
		data := fmt.Sprint("word", i)
		want = append(want, w.MustPublish(t, "main", data)+" "+strconv.Quote(data))
	}
	want = want[5:]
	if got := w.History(t, "main"); !slices.Equal(got, want) || !slices.IsSorted(got) {
		t.Errorf("got the history %q, want %q", got, want)
	}
	view, _ := w.Show(background, "main")
	sub, err := w.Subscribe("main", view.Pictures[hub.HistorySize-4].ID(), hub.SSE)
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	if got := sub.First(); len(got) != 4 || got[0].ID() != view.Pictures[hub.HistorySize-3].ID() || got[3].Name() != hub.Presence {
		t.Errorf("got %d events after the fourth last picture, want the last three and the presence", len(got))
	}
}

// Publishers that come together are all answered, in one order.
func testTogether(t *testing.T, w *Wall) {
	const publishers, each = 10, 8
	ids := make(chan string, publishers*each)
	for p := range publishers {
		go func() {
			for i := range each {
				id, err := w.Publish(background, "main", []byte(strconv.Itoa(p*each+i)))
				if err != nil {
					t.Errorf("publish: got %v, want success", err)
				}
				ids <- id
			}
		}()
	}
	var want []string
	for range publishers * each {
		want = append(want, <-ids)
	}
	slices.Sort(want)
	view, _ := w.Show(background, "main")
	var got []string
	for _, e := range view.Pictures {
		got = append(got, e.ID())
	}
	if !slices.Equal(got, want) {
		t.Errorf("got the ids %q, want %q", got, want)
	}
}

func testClear(t *testing.T, w *Wall) {
	before := w.MustPublish(t, "main", "before")
	w.MustPublish(t, "hall", "other")
	if err := w.Clear(background, "main"); err != nil {
		t.Fatal(err)
	}
	if got := w.History(t, "main"); len(got) != 0 {
		t.Errorf("cleared: got %q, want nothing", got)
	}
	if after := w.MustPublish(t, "main", "after"); after <= before {
		t.Errorf("after a clear: got the id %s, want one after %s", after, before)
	}
	if got := w.History(t, "hall"); len(got) != 1 {
		t.Errorf("another frame: got %q, want its picture", got)
	}
	sub, err := w.Subscribe("main", before, hub.SSE)
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	if got := sub.First(); len(got) < 2 || got[0].Name() != hub.Reset || string(got[1].Data()) != `"after"` {
		t.Errorf("resuming from before a clear: got %d events, want a reset and the picture", len(got))
	}
	if err := w.Clear(background, "nowhere"); err != nil {
		t.Errorf("clearing an unused frame: got %v, want success", err)
	}
}

// A viewer of a frame that has nothing, never had or has no longer, comes back for
// all that it has missed.
func testEmpty(t *testing.T, w *Wall) {
	w.MustPublish(t, "hall", "before")
	if err := w.Clear(background, "hall"); err != nil {
		t.Fatal(err)
	}
	for _, frame := range []string{"main", "hall"} {
		mark := w.Leave(t, frame)
		w.MustPublish(t, frame, "first")
		w.MustPublish(t, frame, "second")
		w.WantAfter(t, frame, mark, `"first"`, `"second"`)
	}
}

func testSearching(t *testing.T, w *Wall) {
	sub, err := w.Subscribe("main", "", hub.SSE)
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	if err := w.Touch(background, "main"); err != nil {
		t.Errorf("touch: got %v, want success", err)
	}
	if err := w.AnnounceSearch(background, "main", "fox"); err != nil {
		t.Errorf("announce: got %v, want success", err)
	}
	late := time.After(time.Minute)
	for {
		select {
		case <-sub.More():
		case <-late:
			t.Fatal("the search was not announced")
		}
		events, err := sub.Next()
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if e.Name() == hub.Searching && string(e.Data()) == `{"keyword":"fox"}` {
				return
			}
		}
	}
}

func testLimits(t *testing.T, w *Wall) {
	c := w.Cluster
	for i, want := range []bool{true, true, false} {
		if got := c.TakeAttempt(background, "192.0.2.1", 2) == 0; got != want {
			t.Errorf("attempt %d of 2: got %v, want %v", i, got, want)
		}
	}
	if c.TakeAttempt(background, "192.0.2.2", 2) != 0 {
		t.Error("another client's first attempt: got a wait, want none")
	}
	for i, want := range []bool{true, true, false} {
		wait, err := c.TakeQuery(background, "x", 3, time.Hour, 1)
		if got := wait == 0; got != want || err != nil {
			t.Errorf("query %d of 3 with 1 left: got %v, %v, want %v", i, got, err, want)
		}
	}
	if wait, err := c.TakeQuery(background, "x", 3, time.Hour, 0); wait != 0 || err != nil {
		t.Errorf("the query that was left: got %v, %v, want it", wait, err)
	}
	if wait, err := c.TakeQuery(background, "y", 3, time.Hour, 0); wait != 0 || err != nil {
		t.Errorf("another budget: got %v, %v, want it", wait, err)
	}
	c.ReturnAttempts(background, "192.0.2.1")
	if c.TakeAttempt(background, "192.0.2.1", 2) != 0 {
		t.Error("after all attempts were returned: got a wait, want none")
	}
	if !c.Claim(background, "main", time.Hour) || c.Claim(background, "main", time.Hour) || !c.Claim(background, "hall", time.Hour) {
		t.Error("a claim is granted once a name")
	}
}

func testCancelled(t *testing.T, w *Wall) {
	ctx, cancel := context.WithCancel(background)
	cancel()
	if _, err := w.Publish(ctx, "main", []byte(`"x"`)); err == nil {
		t.Error("publishing with an ended context: got success, want an error")
	}
	if got := w.History(t, "main"); len(got) != 0 {
		t.Errorf("got %q, want nothing", got)
	}
}

func testClosed(t *testing.T, w *Wall) {
	w.Stop()
	if _, err := w.Publish(background, "main", []byte(`"x"`)); err == nil {
		t.Error("publishing after the end: got success, want an error")
	}
}
