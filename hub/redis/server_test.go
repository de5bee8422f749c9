package redis

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"picture-frame/hub"
	"picture-frame/hub/redis/redistest"
)

var background = context.Background()

// patience is how long a test waits for what should happen. It decides nothing.
const patience = time.Minute

// A process is what one process of several has: a hub and its store.
type process struct {
	t     *testing.T
	hub   *hub.Hub
	store *Store
	stop  func() // as a crash would: nobody is told
}

// newProcess starts one. Its store is handed to prepare before it runs.
func newProcess(t *testing.T, s *redistest.Server, prepare ...func(*Store)) *process {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	store, err := New(s.URL(), log)
	if err != nil {
		t.Fatal(err)
	}
	for _, do := range prepare {
		do(store)
	}
	return run(t, store, store)
}

// run starts a process whose hub sees its store as something else.
func run(t *testing.T, store *Store, as hub.Cluster) *process {
	t.Helper()
	p := &process{t: t, hub: hub.New(as, store.log), store: store}
	go p.hub.Run()
	ctx, cancel := context.WithCancel(background)
	done := make(chan struct{})
	go func() {
		defer close(done)
		store.Run(ctx)
	}()
	p.stop = func() {
		cancel()
		<-done
		p.hub.Close()
	}
	t.Cleanup(p.stop)
	return p
}

// ready waits until the process has found Redis.
func (p *process) ready() *process {
	p.t.Helper()
	await(p.t, "the process is up to date", p.store.Up)
	return p
}

// inTouch waits until the process follows what Redis has now. One that has not
// noticed yet that Redis was emptied is still up, and loses what it publishes.
func (p *process) inTouch() *process {
	p.t.Helper()
	await(p.t, "what the process says comes back", func() bool {
		return p.hub.AnnounceSearch(background, "main", "anything") == nil
	})
	return p
}

// comeBack brings the hub of a process whose store is away up to date over a new
// one, which is not run.
func (p *process) comeBack(s *redistest.Server) *Store {
	p.t.Helper()
	again, err := New(s.URL(), p.store.log)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { again.client.Close() })
	again.Open(p.hub)
	if err := again.sync(background); err != nil {
		p.t.Fatal(err)
	}
	return again
}

// hush makes the process say nothing of its viewers unless they change or it is
// asked.
func (p *process) hush() {
	p.t.Helper()
	await(p.t, "everything is told", func() bool { return !p.store.crowd.due() })
	p.store.crowd.mu.Lock()
	defer p.store.crowd.mu.Unlock()
	p.store.crowd.told = time.Now().Add(time.Hour)
}

func (p *process) publish(frame, word string) (id string, err error) {
	return p.hub.Publish(background, frame, []byte(strconv.Quote(word)))
}

func (p *process) mustPublish(frame, word string) string {
	p.t.Helper()
	id, err := p.publish(frame, word)
	if err != nil {
		p.t.Fatalf("publish %s: %v", word, err)
	}
	return id
}

// history is a frame's pictures, oldest first, as "id data".
func (p *process) history(frame string) (pictures []string) {
	view, _ := p.hub.Show(background, frame)
	for _, e := range view.Pictures {
		pictures = append(pictures, e.ID()+" "+string(e.Data()))
	}
	return pictures
}

func (p *process) watch(frame, last string) *hub.Subscription {
	p.t.Helper()
	s, err := p.hub.Subscribe(frame, last, hub.SSE)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(s.Close)
	return s
}

// next returns a viewer's next event of a kind.
func next(t *testing.T, s *hub.Subscription, name string) *hub.Event {
	t.Helper()
	deadline := time.After(patience)
	for {
		select {
		case <-s.More():
			events, err := s.Next()
			if err != nil {
				t.Fatalf("waiting for %s: %v", name, err)
			}
			for _, e := range events {
				if e.Name() == name {
					return e
				}
			}
		case <-deadline:
			t.Fatalf("no %s came", name)
		}
	}
}

// await asks until something that happens elsewhere has happened.
func await(t *testing.T, what string, happened func() bool) {
	t.Helper()
	clock := time.NewTicker(5 * time.Millisecond)
	defer clock.Stop()
	deadline := time.After(patience)
	for !happened() {
		select {
		case <-clock.C:
		case <-deadline:
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

func equal(a, b []string) bool { return fmt.Sprint(a) == fmt.Sprint(b) }
