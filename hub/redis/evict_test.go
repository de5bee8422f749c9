package redis

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"picture-frame/hub"
	"picture-frame/hub/redis/redistest"
)

// A Redis that drops one of its keys by itself gets it back from a process that
// knows, and a new process shows the same.
func TestEvictedKeysAreRestored(t *testing.T) {
	for name, key := range map[string]string{"pictures": picturesKey + "main", "the list of frames": framesKey, "when frames were cleared": resetsKey} {
		t.Run(name, func(t *testing.T) {
			s := redistest.New(t).Start()
			a := newProcess(t, s).ready()
			a.mustPublish("main", "cleared")
			if err := a.hub.Clear(background, "main"); err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{"a", "b", "c"} {
				a.mustPublish("main", word)
			}
			viewer := a.watch("main", "")
			if n, err := s.Client.Del(background, key).Result(); n != 1 || err != nil {
				t.Fatalf("deleting %s: got %d, %v, want it done", key, n, err)
			}
			b := newProcess(t, s).ready()
			await(t, "the key is back", func() bool { return s.Client.Exists(background, key).Val() == 1 })
			await(t, "both show the same", func() bool { return equal(a.history("main"), b.history("main")) })
			if h := b.history("main"); len(h) != 3 {
				t.Errorf("got the history %q, want the three pictures after the clear", h)
			}
			a.mustPublish("main", "d")
			if e := next(t, viewer, hub.Picture); string(e.Data()) != `"d"` {
				t.Errorf("got %s, want the next picture and no other", e.Data())
			}
		})
	}
}

// A Redis that has been emptied between two looks at it has not dropped a part: the
// processes have to wait for each other.
func TestEmptiedIsNotEvicted(t *testing.T) {
	s := redistest.New(t).Start()
	store, err := New(s.URL(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	h := hub.New(store, slog.New(slog.DiscardHandler))
	go h.Run()
	t.Cleanup(h.Close)
	if _, err := h.Deliver(hub.Record{Frame: "main", ID: "1j1ajcd8lr7-another", Name: hub.Picture, Data: []byte(`"a"`)}); err != nil {
		t.Fatal(err)
	}
	store.records = 7 // as if it had read so many
	if err := store.restoreEvicted(background); !errors.Is(err, errLost) {
		t.Errorf("got %v, want %v", err, errLost)
	}
	if n := s.Client.Exists(background, picturesKey+"main").Val(); n != 0 {
		t.Error("the picture was put back, want nothing before it is known that all is lost")
	}
}

// A policy that drops keys is told at the start.
func TestEvictionIsWarnedOf(t *testing.T) {
	s := redistest.New(t).Start()
	if err := s.Client.ConfigSet(background, "maxmemory-policy", "allkeys-lru").Err(); err != nil {
		t.Fatal(err)
	}
	var log safeBuffer
	store, err := New(s.URL(), slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	run(t, store, store).ready()
	await(t, "it is said", func() bool { return strings.Contains(log.String(), "allkeys-lru") })
}

// A safeBuffer may be read while it is written.
type safeBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
