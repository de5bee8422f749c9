package redis

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"picture-frame/hub"
	"picture-frame/hub/redis/redistest"
)

// through starts a process that reaches Redis by a cable, and that waits as long as
// it takes for the others after a loss.
func through(t *testing.T, line *redistest.Cable) *process {
	t.Helper()
	store, err := New(line.URL, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	store.settleTime = time.Hour
	return run(t, store, store)
}

// Two faults at once: a process is apart while pictures are published, then Redis
// loses everything, and that process is the first to come back. It waits for the
// one that knows, so its viewers get every picture, in order, before the next. So it
// does when Redis was away for so long that the other has not been heard of, and when
// it goes away once more.
func TestRedisIsLostWhileOneIsApart(t *testing.T) {
	for name, row := range map[string]struct{ long, again bool }{"for a while": {}, "for long": {long: true}, "twice": {again: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := redistest.New(t).Start()
			lineA, lineB := redistest.NewCable(t, s.URL()), redistest.NewCable(t, s.URL())
			a, b := through(t, lineA).ready(), through(t, lineB).ready()
			a.mustPublish("main", "w1")
			await(t, "b has it", func() bool { return len(b.history("main")) == 1 })
			await(t, "they know of each other", func() bool { return len(a.store.crowd.known()) == 1 && len(b.store.crowd.known()) == 1 })
			atA, atB := a.watch("main", ""), b.watch("main", "")
			lineB.Pull()
			await(t, "b notices", func() bool { return !b.store.Up() })
			w2 := a.mustPublish("main", "w2")
			a.mustPublish("main", "w3")
			ahead := b.watch("main", w2)
			lineA.Pull()
			await(t, "a notices", func() bool { return !a.store.Up() })
			s.Client.FlushAll(background)
			if row.long {
				b.store.crowd.age(forgetAfter)
			}
			lineB.Plug()
			b.waits(s, 4) // longer than it takes to find out that an id is dead
			if row.again {
				lineB.Pull()
				await(t, "b is gone", func() bool { return !strings.Contains(s.Client.ClientList(background).Val(), "cmd=xread") })
				lineB.Plug()
				b.waits(s, 2)
			}
			lineA.Plug()
			a.ready()
			b.ready().mustPublish("main", "w4")
			wantPictures(t, "a", atA, `"w2"`, `"w3"`, `"w4"`)
			wantPictures(t, "b", atB, `"w2"`, `"w3"`, `"w4"`)
			wantPictures(t, "b after w2", ahead, `"w3"`, `"w4"`)
			if h := a.history("main"); len(h) != 4 || !slices.IsSorted(h) || !equal(h, b.history("main")) {
				t.Errorf("got the histories %q and %q, want all four pictures in both", h, b.history("main"))
			}
		})
	}
}

// age has everything that was heard be so much older, and the silence since as well.
func (c *crowd) age(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for process, r := range c.others {
		r.at = r.at.Add(-by)
		c.others[process] = r
	}
	c.deaf = c.deaf.Add(-by)
}

// waits has a process look so many times whether it may publish, and it may not.
func (p *process) waits(s *redistest.Server, times int) {
	p.t.Helper()
	for range times {
		s.Client.Del(background, probeKey+p.store.process)
		await(p.t, "it looks", func() bool { return s.Client.Exists(background, probeKey+p.store.process).Val() == 1 })
		if p.store.Up() {
			p.t.Error("it publishes although another may know more")
		}
	}
}

// wantPictures waits for a viewer's next pictures, with no reset among them.
func wantPictures(t *testing.T, name string, viewer *hub.Subscription, want ...string) {
	t.Helper()
	var got []string
	for len(got) < len(want) {
		select {
		case <-viewer.More():
		case <-time.After(patience):
			t.Fatalf("%s: got %q, want %q", name, got, want)
		}
		events, err := viewer.Next()
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if e.Name() == hub.Picture || e.Name() == hub.Reset {
				got = append(got, string(e.Data()))
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", name, got, want)
	}
}

// A process that does not come back is not waited for for ever.
func TestRedisIsLostWithAProcess(t *testing.T) {
	s := redistest.New(t).Start()
	a, b := newProcess(t, s, func(s *Store) { s.settleTime = 0 }).ready(), newProcess(t, s).ready()
	await(t, "they know of each other", func() bool { return len(a.store.crowd.known()) == 1 })
	a.mustPublish("main", "kept")
	b.stop()
	s.Client.FlushAll(background)
	await(t, "it is back in Redis", func() bool { return s.Client.LLen(background, picturesKey+"main").Val() == 1 })
	a.ready().inTouch().mustPublish("main", "next")
}

// A server that is full and drops what has not been used for longest, as shared
// caches do, loses nothing of a frame: the processes put it back.
func TestRealEviction(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s).ready()
	for _, word := range []string{"a", "b", "c"} {
		a.mustPublish("main", word)
	}
	for option, value := range map[string]string{"maxmemory-policy": "allkeys-lru", "maxmemory": "4mb", "maxmemory-samples": "64"} {
		if err := s.Client.ConfigSet(background, option, value).Err(); err != nil {
			t.Fatal(err)
		}
	}
	// Somebody else's values, each used as soon as it is there, until the frame's
	// pictures are what has not been used for longest.
	other := strings.Repeat("x", 32<<10)
	for i := 0; s.Client.Exists(background, picturesKey+"main").Val() == 1; i++ {
		if i == 10_000 {
			t.Fatal("nothing of the frame was dropped")
		}
		if err := s.Client.Set(background, "other:"+string(rune('a'+i%26))+time.Now().String(), other, 0).Err(); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.Client.Info(background, "stats").Val(); strings.Contains(n, "evicted_keys:0\r") {
		t.Fatal("nothing was evicted")
	}
	b := newProcess(t, s).ready()
	await(t, "both show the same", func() bool { return len(b.history("main")) == 3 && equal(a.history("main"), b.history("main")) })
	b.inTouch().mustPublish("main", "d")
	await(t, "both go on", func() bool { return len(a.history("main")) == 4 && equal(a.history("main"), b.history("main")) })
}

// Something on the way forgets connections that say nothing for 14 s, as balancers
// do. All that is published after a rest is published all the same: no connection is
// used that has been unused for as long.
func TestConnectionsAreForgotten(t *testing.T) {
	t.Parallel()
	const forget, rest = 14 * time.Second, 18 * time.Second
	s := redistest.New(t).Start()
	line := redistest.NewCable(t, s.URL())
	line.Forget = forget
	store, err := New(line.URL, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	p := run(t, store, store).ready()
	together := func() {
		t.Helper()
		failed := make(chan error, 5)
		for range cap(failed) {
			go func() {
				_, err := p.publish("main", "word")
				failed <- err
			}()
		}
		for range cap(failed) {
			if err := <-failed; err != nil {
				t.Errorf("publish: got %v, want success", err)
			}
		}
	}
	together()
	time.Sleep(rest) // what this is about
	together()
	if h := p.history("main"); len(h) != 10 {
		t.Errorf("got %d pictures, want ten", len(h))
	}
}
