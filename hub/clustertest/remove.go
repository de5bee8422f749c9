package clustertest

import (
	"errors"
	"slices"
	"strconv"
	"testing"

	"picture-frame/hub"
)

// Resumed returns what a viewer of a frame gets that comes back with an id: "NAME
// DATA" of all but the presence.
func (w *Wall) Resumed(t *testing.T, frame, id string) (lines []string) {
	t.Helper()
	sub, err := w.Subscribe(frame, id, hub.SSE)
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	for _, e := range sub.First() {
		if e.Name() != hub.Presence {
			lines = append(lines, e.Name()+" "+string(e.Data()))
		}
	}
	return lines
}

// One picture is taken off, once; nothing else changes, and whoever comes back
// learns of it without a gap.
func testRemove(t *testing.T, w *Wall) {
	var ids []string
	for _, word := range []string{"a", "b", "c"} {
		ids = append(ids, w.MustPublish(t, "main", word))
	}
	w.MustPublish(t, "hall", "b")
	for _, id := range []string{ids[2], ids[0]} {
		if err := w.Remove(background, "main", id); err != nil {
			t.Fatalf("removing %s: got %v, want success", id, err)
		}
	}
	if got, want := w.History(t, "main"), []string{ids[1] + ` "b"`}; !slices.Equal(got, want) {
		t.Errorf("got the history %q, want %q", got, want)
	}
	for _, id := range []string{ids[0], "nonsense", ""} {
		if err := w.Remove(background, "main", id); !errors.Is(err, hub.ErrNoPicture) {
			t.Errorf("removing %q, which is not kept: got %v, want ErrNoPicture", id, err)
		}
	}
	if err := w.Remove(background, "nowhere", ids[1]); !errors.Is(err, hub.ErrNoPicture) {
		t.Errorf("removing from an unused frame: got %v, want ErrNoPicture", err)
	}
	gone := []string{"removed " + string(hub.RemovedData(ids[2])), "removed " + string(hub.RemovedData(ids[0]))}
	for i, want := range [][]string{append([]string{`picture "b"`}, gone...), gone, gone} {
		if got := w.Resumed(t, "main", ids[i]); !slices.Equal(got, want) {
			t.Errorf("resuming after picture %d: got %q, want %q", i, got, want)
		}
	}
	w.MustPublish(t, "main", "d")
	if got, want := w.Resumed(t, "main", ids[2]), append(gone, `picture "d"`); !slices.Equal(got, want) {
		t.Errorf("resuming after what was removed: got %q, want %q", got, want)
	}
	testRemoveAll(t, w)
}

// Of so many removals only the last are remembered, and a frame whose pictures are
// all gone goes on.
func testRemoveAll(t *testing.T, w *Wall) {
	first := w.MustPublish(t, "gone", "first")
	for i := range hub.RemovalsKept + 1 {
		if err := w.Remove(background, "gone", w.MustPublish(t, "gone", strconv.Itoa(i))); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.Resumed(t, "gone", first); !slices.Equal(got, []string{"reset {}", `picture "first"`}) {
		t.Errorf("resuming from before %d removals: got %d events, want a reset and the picture", hub.RemovalsKept+1, len(got))
	}
	only := w.MustPublish(t, "empty", "only")
	if err := w.Remove(background, "empty", only); err != nil {
		t.Fatal(err)
	}
	gone := "removed " + string(hub.RemovedData(only))
	if got := w.Resumed(t, "empty", only); !slices.Equal(got, []string{gone}) {
		t.Errorf("resuming after the only picture, which was removed: got %q, want that", got)
	}
	next := w.MustPublish(t, "empty", "next")
	if got := w.Resumed(t, "empty", only); next <= only || !slices.Equal(got, []string{gone, `picture "next"`}) {
		t.Errorf("a picture after the only one was removed: got the id %s after %s and %q", next, only, got)
	}
}
