package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// With DATA_DIR the wall is back after a restart, and every transport resumes
// without a gap.
func TestFileSurvivesARestart(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "made")
	first := start(t, "DATA_DIR="+folder)
	first.Publish("main", "seen")
	id := first.newest("main")
	first.Publish("main", "missed")
	first.Publish("main", "missed too")
	_, before := first.request("GET", "/history", nil, "")
	if code := first.Stop(syscall.SIGTERM); code != 0 {
		t.Fatalf("got the exit code %d, want 0", code)
	}
	second := start(t, "DATA_DIR="+folder)
	if _, after := second.request("GET", "/history", nil, ""); after != before {
		t.Errorf("got the history %s, want %s", after, before)
	}
	for _, w := range ways {
		viewer := second.follow(w, "main", id)
		for _, want := range []string{"missed", "missed too"} {
			if m := viewer.next("picture", "reset"); m.keyword() != want {
				t.Errorf("%s: got %s %s, want %q", w.name, m.Event, m.Data, want)
			}
		}
	}
	if second.Publish("main", "new"); second.newest("main") <= id {
		t.Errorf("got the id %s after the restart, want one after %s", second.newest("main"), id)
	}
}

// A picture that was answered with 200 survives the end of the process at any
// moment. The end comes while several publish, a hundred times.
func TestFileSurvivesKill(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	random := rand.New(rand.NewPCG(5, 6))
	var last []string
	for round := range 100 {
		p := launch(t, "DATA_DIR="+folder)
		if kept := p.words(); !containsAll(kept, last) {
			t.Fatalf("round %d: got %q after the end, want all of %q", round, kept, last)
		}
		answered := p.publishUntilKilled(1 + random.IntN(40))
		if code := p.Stop(syscall.SIGKILL); code == 0 {
			t.Fatal("the process ended in order, want it killed")
		}
		last = answered
	}
	p := start(t, "DATA_DIR="+folder)
	if kept := p.words(); !containsAll(kept, last) {
		t.Errorf("got %q at the end, want all of %q", kept, last)
	}
}

// publishUntilKilled publishes from several clients and kills the process once so
// many have been answered, while others are under way. It returns the words that
// were answered with 200, no more than are kept.
func (p *program) publishUntilKilled(after int) (answered []string) {
	const clients, each = 4, 20
	var mu sync.Mutex
	var all sync.WaitGroup
	for client := range clients {
		all.Go(func() {
			for i := range each {
				word := fmt.Sprintf("w%d-%d-%d", client, i, rand.Int32())
				resp, err := http.PostForm(p.URL+"/publish", url.Values{"keyword": {word}})
				if err != nil {
					return
				}
				_, err = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
				if err == nil && resp.StatusCode == http.StatusOK {
					mu.Lock()
					if answered = append(answered, word); len(answered) == after {
						p.cmd.Process.Kill()
					}
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	return answered
}

// words are those of the main frame's history, newest first.
func (p *program) words() (words []string) {
	p.t.Helper()
	_, text := p.request("GET", "/history", nil, "")
	var history struct {
		Pictures []struct{ Keyword string }
	}
	if err := json.Unmarshal([]byte(text), &history); err != nil {
		p.t.Fatal(err)
	}
	for _, picture := range history.Pictures {
		words = append(words, picture.Keyword)
	}
	return words
}

func containsAll(kept, want []string) bool {
	for _, word := range want {
		if !slices.Contains(kept, word) {
			return false
		}
	}
	return true
}

// A folder that cannot be used stops the start, with a sentence that names the
// variable.
func TestUnusableDataDir(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	p := start(t, "DATA_DIR="+folder)
	p.Publish("main", "kept")
	if said := refused(t, "", "DATA_DIR="+folder, "PORT=0"); !strings.Contains(said, "DATA_DIR") || !strings.Contains(said, "in use by another process") {
		t.Errorf("a folder in use: got %q, want to be told so", said)
	}
	if said := refused(t, "", "DATA_DIR="+folder, "REDIS_URL=redis://localhost"); !strings.Contains(said, "DATA_DIR cannot be set together with REDIS_URL") {
		t.Errorf("with REDIS_URL: got %q, want to be told that it cannot be", said)
	}
	p.Publish("main", "still kept")
	p.Stop(syscall.SIGTERM)
	path := filepath.Join(folder, "pictureframe.db")
	if err := os.Truncate(path, 10_000); err != nil {
		t.Fatal(err)
	}
	if said := refused(t, "", "DATA_DIR="+folder, "PORT=0"); !strings.Contains(said, "DATA_DIR") || !strings.Contains(said, "is damaged") {
		t.Errorf("a cut file: got %q, want to be told so", said)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != 10_000 {
		t.Errorf("the refused file: got %v, %v, want its 10,000 bytes as they were", info, err)
	}
}
