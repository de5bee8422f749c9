package file

import (
	"bytes"
	"errors"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"picture-frame/hub/clustertest"
)

func wantError(t *testing.T, err error, part string) {
	t.Helper()
	if err == nil || !strings.HasPrefix(err.Error(), "DATA_DIR: ") || !strings.Contains(err.Error(), part) {
		t.Errorf("got the error %v, want one about DATA_DIR with %q", err, part)
	}
}

// wall makes a file with some pictures and returns its bytes and what it holds.
func wall(t *testing.T) (text []byte, want []string) {
	t.Helper()
	folder := t.TempDir()
	w := start(t, folder)
	for i := range 30 {
		w.MustPublish(t, "main", strings.Repeat("x", 10*i))
		w.MustPublish(t, "hall", "y")
	}
	want = append(w.History(t, "main"), w.History(t, "hall")...)
	w.Stop()
	text, err := os.ReadFile(filepath.Join(folder, fileName))
	if err != nil {
		t.Fatal(err)
	}
	return text, want
}

// reopen returns what a file with these bytes holds, or the error of opening it;
// opening changes nothing of it.
func reopen(t *testing.T, text []byte) (got []string, err error) {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, fileName)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	store, err := Open(folder, slog.New(slog.DiscardHandler))
	if after, _ := os.ReadFile(path); !bytes.Equal(after, text) {
		t.Error("opening has changed the file")
	}
	if err != nil {
		return nil, err
	}
	w := clustertest.Start(t, store)
	got = append(w.History(t, "main"), w.History(t, "hall")...)
	w.Stop()
	return got, nil
}

// Of a damaged file either nothing is missing, or it is refused: wherever the
// damage is, nothing is served that was not written, and nothing is lost in
// silence.
func TestFlippedBytes(t *testing.T) {
	text, want := wall(t)
	random := rand.New(rand.NewPCG(1, 2))
	var places []int
	for i := range 256 { // the beginnings, where every byte matters
		places = append(places, i, 4096+i)
	}
	for range 600 {
		places = append(places, random.IntN(len(text)))
	}
	refused := 0
	for _, place := range places {
		damagedText := slices.Clone(text)
		damagedText[place] ^= byte(1 + random.IntN(255))
		got, err := reopen(t, damagedText)
		if err != nil {
			wantError(t, err, "is damaged")
			refused++
			continue
		}
		if !slices.Equal(got, want) {
			t.Errorf("byte %d is wrong: got %d pictures that are not those which were written (%d)", place, len(got), len(want))
		}
	}
	if refused < 50 {
		t.Errorf("%d of %d damages were noticed, want at least those of the beginnings", refused, len(places))
	}
}

// A file that was cut is refused.
func TestCutFile(t *testing.T) {
	text, want := wall(t)
	random := rand.New(rand.NewPCG(3, 4))
	lengths := []int{0, 1, 16, 79, 80, 4096, 4096 + 79, 8192, len(text) - 1}
	for range 60 {
		lengths = append(lengths, random.IntN(len(text)))
	}
	for _, length := range lengths {
		got, err := reopen(t, text[:length])
		if err == nil && slices.Equal(got, want) {
			continue // what is missing was not in use
		}
		if err == nil {
			t.Errorf("cut at %d: got %d pictures, want %d or an error", length, len(got), len(want))
			continue
		}
		wantError(t, err, "is damaged")
	}
}

// A write is some bytes that go to a place in the file.
type write struct {
	at   int64
	text []byte
}

// A power cut in the middle of a write, at any byte of it, leaves what was
// answered before, and perhaps what was not answered yet.
func TestPowerCut(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, fileName)
	w := start(t, folder)
	for range 5 {
		w.MustPublish(t, "main", strings.Repeat("x", 700))
	}
	answered := w.History(t, "main")
	w.Stop()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w = start(t, folder)
	w.MustPublish(t, "main", "last")
	all := w.History(t, "main")
	w.Stop()
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	writes := differences(before, after)
	if last := writes[len(writes)-1]; last.at >= 2*4096 {
		t.Fatalf("the last write is at %d, want a meta page", last.at)
	}
	disk := make([]byte, max(len(before), len(after)))
	copy(disk, before)
	for _, next := range writes {
		for n := 0; n < len(next.text); n += step(next) {
			cut := slices.Clone(disk)
			copy(cut[next.at:], next.text[:n])
			got, err := reopen(t, cut)
			if err != nil && oneByte(cut, next) {
				continue // that cannot be told from damage
			}
			if err != nil {
				t.Fatalf("cut %d bytes into the write at %d: %v", n, next.at, err)
			}
			if !slices.Equal(got, answered) && !slices.Equal(got, all) {
				t.Fatalf("cut %d bytes into the write at %d: got %d pictures, want %d", n, next.at, len(got), len(answered))
			}
		}
		copy(disk[next.at:], next.text)
	}
}

// oneByte reports whether all of a write but one byte is there.
func oneByte(disk []byte, w write) bool {
	missing := 0
	for i, b := range w.text {
		if disk[w.at+int64(i)] != b {
			missing++
		}
	}
	return missing == 1
}

// step is how far one cut lies from the next: every byte of a meta page's
// content, some of what is not read before that is whole.
func step(w write) int {
	if w.at < 2*4096 {
		return 1
	}
	return 509
}

// differences returns the pages in which two states of a file differ as the
// writes that lead from one to the other, meta pages last.
func differences(before, after []byte) (writes []write) {
	const page = 4096
	var metas []write
	for at := 0; at < len(after); at += page {
		end := min(at+page, len(after))
		if at < len(before) && bytes.Equal(before[at:min(end, len(before))], after[at:end]) {
			continue
		}
		w := write{int64(at), after[at:end]}
		if at < 2*page {
			w.text = w.text[:pageHeader+metaSize]
			metas = append(metas, w)
			continue
		}
		writes = append(writes, w)
	}
	return append(writes, metas...)
}

// A file of a later version of this program is left to that.
func TestOtherVersion(t *testing.T) {
	folder := t.TempDir()
	start(t, folder).Stop()
	rewrite(t, folder, func(tr *transaction) error {
		tr.head.Version = version + 1
		return nil
	})
	_, err := Open(folder, slog.New(slog.DiscardHandler))
	wantError(t, err, "another version")
}

// rewrite changes the file of a folder that no process has.
func rewrite(t *testing.T, folder string, change func(*transaction) error) {
	t.Helper()
	db, err := bolt.Open(filepath.Join(folder, fileName), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		tr, err := begin(tx)
		if err == nil {
			err = change(tr)
		}
		if err != nil {
			return err
		}
		return tr.finish()
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}
