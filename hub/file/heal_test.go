package file

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// until waits for what the store does by itself.
func until(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !happened(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: it has not happened in a minute", what)
		}
	}
}

// A file that is deleted under the process is written anew, with all that is
// shown.
func TestDeletedFile(t *testing.T) {
	folder := t.TempDir()
	w := start(t, folder)
	w.MustPublish(t, "main", "a")
	w.MustPublish(t, "hall", "b")
	if err := os.Remove(filepath.Join(folder, fileName)); err != nil {
		t.Fatal(err)
	}
	until(t, "the file is there again", func() bool {
		_, err := os.Stat(filepath.Join(folder, fileName))
		return err == nil && w.Cluster.Up()
	})
	w.MustPublish(t, "main", "c")
	want := append(w.History(t, "main"), w.History(t, "hall")...)
	w.Stop()
	w = start(t, folder)
	if got := append(w.History(t, "main"), w.History(t, "hall")...); !slices.Equal(got, want) {
		t.Errorf("after a restart: got %q, want %q", got, want)
	}
}

// Another file in its place is left as it is, and nothing is published until the
// own one is back.
func TestReplacedFile(t *testing.T) {
	other := t.TempDir()
	start(t, other).Stop()
	folder := t.TempDir()
	w := start(t, folder)
	w.MustPublish(t, "main", "a")
	path, away := filepath.Join(folder, fileName), filepath.Join(folder, "away")
	replace(t, path, away)
	replace(t, filepath.Join(other, fileName), path)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	until(t, "publishing stops", func() bool { return !w.Cluster.Up() })
	if _, err := w.Publish(background, "main", []byte(`"b"`)); err == nil {
		t.Error("publishing: got success, want an error")
	}
	if after, _ := os.ReadFile(path); !slices.Equal(after, before) {
		t.Error("the other file has changed")
	}
	replace(t, path, filepath.Join(other, fileName))
	replace(t, away, path)
	until(t, "publishing goes on", w.Cluster.Up)
	w.MustPublish(t, "main", "c")
	want := w.History(t, "main")
	w.Stop()
	again := start(t, folder)
	if got := again.History(t, "main"); !slices.Equal(got, want) {
		t.Errorf("after a restart: got %q, want %q", got, want)
	}
}

func replace(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}
