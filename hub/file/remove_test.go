package file

import (
	"path/filepath"
	"slices"
	"testing"

	"picture-frame/hub"
)

// What was taken off stays off after a restart, and who comes back after it misses
// nothing and gets no reset.
func TestRemovedAfterARestart(t *testing.T) {
	folder := t.TempDir()
	w := start(t, folder)
	var ids []string
	for _, word := range []string{"a", "b", "c"} {
		ids = append(ids, w.MustPublish(t, "main", word))
	}
	only := w.MustPublish(t, "hall", "only")
	for frame, id := range map[string]string{"main": ids[2], "hall": only} {
		if err := w.Remove(background, frame, id); err != nil {
			t.Fatal(err)
		}
	}
	want := w.History(t, "main")
	w.Stop()
	w = start(t, folder)
	if got := w.History(t, "main"); !slices.Equal(got, want) || len(got) != 2 {
		t.Errorf("after the restart: got %q, want %q", got, want)
	}
	for frame, id := range map[string]string{"main": ids[2], "hall": only} {
		if got := w.Resumed(t, frame, id); !slices.Equal(got, []string{"removed " + string(hub.RemovedData(id))}) {
			t.Errorf("resuming %s after what was removed: got %q, want that", frame, got)
		}
	}
	if id := w.MustPublish(t, "hall", "next"); id <= only {
		t.Errorf("got the id %s, want one after %s", id, only)
	}
	if err := w.Clear(background, "hall"); err != nil {
		t.Fatal(err)
	}
	w.Stop()
	w = start(t, folder)
	if got := w.Pictured(); !slices.Equal(got, []string{"main"}) {
		t.Errorf("after a clear and a restart: got the frames %q, want main", got)
	}
}

// A file that an earlier version has written is read, and can be written.
func TestFileOfVersion1(t *testing.T) {
	folder := t.TempDir()
	w := start(t, folder)
	id := w.MustPublish(t, "main", "a")
	w.Stop()
	rewrite(t, folder, func(tr *transaction) error {
		tr.head.Version = 1
		return tr.tx.DeleteBucket(removedBucket)
	})
	w = start(t, folder)
	if got := w.History(t, "main"); len(got) != 1 {
		t.Errorf("got %q, want the picture", got)
	}
	if err := w.Remove(background, "main", id); err != nil {
		t.Errorf("removing it: got %v, want success", err)
	}
	w.Stop()
	_, loaded, err := open(filepath.Join(folder, fileName))
	if err != nil || loaded.Version != version || loaded.pictures() != 0 {
		t.Errorf("got version %d with %d pictures (%v), want %d with none", loaded.Version, loaded.pictures(), err, version)
	}
}
