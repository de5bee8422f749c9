package file

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"picture-frame/hub"
	"picture-frame/hub/clustertest"
)

var background = context.Background()

func start(t *testing.T, folder string) *clustertest.Wall {
	t.Helper()
	store, err := Open(folder, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	return clustertest.Start(t, store)
}

func TestStoreIsACluster(t *testing.T) {
	clustertest.Run(t, func(t *testing.T) hub.Cluster {
		store, err := Open(t.TempDir(), slog.New(slog.NewTextHandler(t.Output(), nil)))
		if err != nil {
			t.Fatal(err)
		}
		return store
	})
}

// After a restart all is as it was: pictures, ids, what was cleared, and from where
// a viewer has missed nothing.
func TestRestart(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "made")
	w := start(t, folder)
	var ids []string
	for range hub.HistorySize + 3 {
		ids = append(ids, w.MustPublish(t, "main", "x"))
	}
	w.MustPublish(t, "gone", "x")
	if err := w.Clear(background, "gone"); err != nil {
		t.Fatal(err)
	}
	cleared := w.MustPublish(t, "hall", "x")
	if err := w.Clear(background, "hall"); err != nil {
		t.Fatal(err)
	}
	unused, empty := w.Leave(t, "unused"), w.Leave(t, "gone")
	w.MustPublish(t, "lobby", "x")
	want := w.History(t, "main")
	if wait, err := w.Cluster.TakeQuery(background, "flickr", 1, time.Hour, 0); wait != 0 || err != nil {
		t.Fatalf("the first query: got %v, %v, want it", wait, err)
	}
	w.Stop()

	w = start(t, folder)
	if got := w.History(t, "main"); !slices.Equal(got, want) {
		t.Errorf("after the restart: got %q, want %q", got, want)
	}
	if got := slices.Sorted(slices.Values(w.Pictured())); !slices.Equal(got, []string{"lobby", "main"}) {
		t.Errorf("frames after the restart: got %q, want lobby and main", got)
	}
	for missed, from := range map[int]string{100: ids[2], 99: ids[3], 0: ids[len(ids)-1]} {
		sub, err := w.Subscribe("main", from, hub.SSE)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(sub.First()) - 1; got != missed || sub.First()[0].Name() == hub.Reset {
			t.Errorf("a viewer that missed %d: got %d events, want them", missed, got)
		}
		sub.Close()
	}
	if id := w.MustPublish(t, "hall", "y"); id <= cleared {
		t.Errorf("got the id %s, want one after the cleared %s", id, cleared)
	}
	w.WantAfter(t, "hall", cleared, "reset", `"y"`)
	w.MustPublish(t, "unused", "1")
	w.MustPublish(t, "unused", "2")
	w.WantAfter(t, "unused", unused, `"1"`, `"2"`)
	w.MustPublish(t, "gone", "1")
	w.MustPublish(t, "gone", "2")
	w.WantAfter(t, "gone", empty, `"1"`, `"2"`)
	w.Stop()
	w = start(t, folder)
	w.WantAfter(t, "gone", empty, `"1"`, `"2"`)
	w.WantAfter(t, "hall", cleared, "reset", `"y"`)
	if wait, err := w.Cluster.TakeQuery(background, "flickr", 1, time.Hour, 0); wait <= 0 || err != nil {
		t.Errorf("the second query of an hour after the restart: got %v, %v, want a wait", wait, err)
	}
}

// Ids go on also where the clock has gone back since.
func TestClockGoesBack(t *testing.T) {
	folder := t.TempDir()
	w := start(t, folder)
	w.SawID("1v000000000-ahead") // as if the clock had been years ahead
	ahead := w.MustPublish(t, "main", "x")
	w.Stop()
	w = start(t, folder)
	if id := w.MustPublish(t, "main", "y"); id <= ahead || hub.IDTime(id).Before(time.Now().AddDate(1, 0, 0)) {
		t.Errorf("got the id %s, want one after %s", id, ahead)
	}
}

// A folder that cannot be used is an error that names it, and nothing changes.
func TestUnusableFolders(t *testing.T) {
	dir := t.TempDir()
	notFolder := filepath.Join(dir, "file")
	if err := os.WriteFile(notFolder, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "foreign")
	empty := filepath.Join(dir, "empty")
	for folder, text := range map[string]string{foreign: "not a database, but long enough to be looked at", empty: ""} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, fileName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	used := filepath.Join(dir, "used")
	start(t, used).MustPublish(t, "main", "x")
	for _, row := range []struct{ name, folder, want string }{
		{"its parent is missing", filepath.Join(dir, "a", "b"), "make that first"},
		{"a file", notFolder, "is not a folder"},
		{"where nobody may write", "/sys/frames", "cannot be"},
		{"in use", used, "in use by another process"},
		{"of something else", foreign, "is damaged"},
		{"empty", empty, "is damaged"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := Open(row.folder, slog.New(slog.DiscardHandler))
			wantError(t, err, row.want)
		})
	}
	if got, _ := os.ReadFile(filepath.Join(foreign, fileName)); len(got) != 47 {
		t.Errorf("a foreign file has %d bytes afterwards, want 47", len(got))
	}
}
