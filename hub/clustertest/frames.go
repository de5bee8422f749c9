package clustertest

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"picture-frame/hub"
)

// Only so many frames are kept; those go whose picture is oldest, the lab's
// before all others.
func testFrames(t *testing.T, w *Wall) {
	name := func(i int) string { return fmt.Sprint("frame-", i) }
	for i := range 4 {
		w.MustPublish(t, name(i), "x")
	}
	// The others come together, as fast as a disk takes them.
	const publishers = 20
	var all sync.WaitGroup
	for p := range publishers {
		all.Go(func() {
			for i := 4 + p; i < hub.MaxFrames+3; i += publishers {
				if _, err := w.Publish(background, name(i), []byte(`"x"`)); err != nil {
					t.Errorf("publishing in %s: got %v, want success", name(i), err)
				}
			}
		})
	}
	all.Wait()
	if got := w.Pictured(); len(got) != hub.MaxFrames {
		t.Errorf("got %d frames, want %d", len(got), hub.MaxFrames)
	}
	if got := w.History(t, name(2)); len(got) != 0 {
		t.Errorf("the third frame: got %q, want it gone", got)
	}
	if got := w.History(t, name(3)); len(got) != 1 {
		t.Errorf("the fourth frame: got %q, want its picture", got)
	}
	for i := range 5 {
		w.MustPublish(t, fmt.Sprintf("lab-%010x", i), "x")
	}
	kept := slices.DeleteFunc(w.Pictured(), hub.LabFrame)
	if len(kept) != hub.MaxFrames-1 {
		t.Errorf("after five frames of the lab's: got %d others, want all but one", len(kept))
	}
}
