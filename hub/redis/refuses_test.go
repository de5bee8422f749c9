package redis

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"picture-frame/hub"
	"picture-frame/hub/redis/redistest"
)

// A Redis that answers and takes no writes is as good as away for publishing,
// also while nobody tries, and it heals by itself.
func TestRedisRefusesWrites(t *testing.T) {
	for _, row := range []struct {
		name           string
		refuse, accept []any
	}{
		{"it is full", []any{"CONFIG", "SET", "maxmemory", "1"}, []any{"CONFIG", "SET", "maxmemory", "0"}},
		{"it is a replica", []any{"REPLICAOF", "127.0.0.1", "1"}, []any{"REPLICAOF", "NO", "ONE"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := redistest.New(t).Start()
			p := newProcess(t, s).ready()
			p.mustPublish("main", "before")
			if err := s.Client.Do(background, row.refuse...).Err(); err != nil {
				t.Fatal(err)
			}
			await(t, "it is noticed without a publish", func() bool { return !p.store.Up() })
			if _, err := p.hub.Publish(background, "main", []byte(`"refused"`)); !errors.Is(err, hub.ErrAway) {
				t.Errorf("publish: got %v, want hub.ErrAway", err)
			}
			if h := p.history("main"); len(h) != 1 {
				t.Errorf("meanwhile: got the history %q, want the picture before", h)
			}
			if err := s.Client.Do(background, row.accept...).Err(); err != nil {
				t.Fatal(err)
			}
			p.ready().mustPublish("main", "after")
			if h := p.history("main"); len(h) != 2 {
				t.Errorf("afterwards: got the history %q, want both pictures", h)
			}
		})
	}
}

// A process takes no more connections than it says, whatever comes at once.
func TestConnectionsAreCounted(t *testing.T) {
	s := redistest.New(t).Start()
	p := newProcess(t, s).ready()
	most := 0
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { p.hub.Publish(background, "main", []byte(`"x"`)) })
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		all.Wait()
	}()
	for over := false; !over; {
		select {
		case <-done:
			over = true
		default:
		}
		list, err := s.Client.ClientList(background).Result()
		if err != nil {
			t.Fatal(err)
		}
		most = max(most, strings.Count(list, "\n")-1) // but the test's own
	}
	if most > connections {
		t.Errorf("got %d connections at once, want at most %d", most, connections)
	}
	if most < 2 {
		t.Errorf("got %d connections, want the burst to need more", most)
	}
}
