package redis

import (
	"slices"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"picture-frame/hub"
	"picture-frame/hub/redis/redistest"
)

// What was cleared stays cleared when Redis forgets that it was: because it
// starts from an older snapshot, or empty, and somebody returns who has missed it.
func TestClearedStaysClearedWhenRedisForgets(t *testing.T) {
	s := redistest.New(t).Start()
	a, b := newProcess(t, s).ready(), newProcess(t, s).ready()
	a.mustPublish("main", "cleared")
	apart := newProcess(t, s).ready()
	apart.store.client.Close() // it is away from now on
	await(t, "it notices", func() bool { return !apart.store.Up() })
	snapshot := s.Client.Dump(background, picturesKey+"main").Val()
	frames := s.Client.Dump(background, framesKey).Val()
	if err := a.hub.Clear(background, "main"); err != nil {
		t.Fatal(err)
	}
	await(t, "b is cleared", func() bool { return len(b.history("main")) == 0 })
	viewer := b.watch("main", "")
	if _, err := s.Client.TxPipelined(background, func(p goredis.Pipeliner) error {
		p.FlushAll(background)
		p.Restore(background, picturesKey+"main", 0, snapshot)
		p.Restore(background, framesKey, 0, frames)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	known := func() bool { return s.Client.HExists(background, resetsKey, "main").Val() }
	await(t, "Redis knows of the reset again", known)
	if n := s.Client.LLen(background, picturesKey+"main").Val(); n != 0 {
		t.Errorf("%d pictures are back", n)
	}
	s.Client.FlushAll(background)
	await(t, "Redis knows of the reset once more", known)
	apart.comeBack(s)
	a.inTouch()
	b.inTouch()
	a.mustPublish("main", "new")
	if e := next(t, viewer, hub.Picture); string(e.Data()) != `"new"` {
		t.Errorf("the viewer got %s", e.Data())
	}
	for _, p := range []*process{a, b} {
		if got := p.history("main"); len(got) != 1 {
			t.Errorf("there is %v", got)
		}
	}
}

// A process that is stopping still tells the others that its viewers have left,
// though pictures arrive for which it has no use any more.
func TestLeavingIsToldWhilePicturesArrive(t *testing.T) {
	s := redistest.New(t).Start()
	a, b := newProcess(t, s).ready(), newProcess(t, s).ready()
	viewer := a.watch("main", "")
	viewers := func() int {
		b.watch("main", "").Close()
		view, _ := b.hub.Show(background, "main")
		return view.Viewers
	}
	await(t, "b knows of a's viewer", func() bool { return viewers() == 1 })
	a.hub.Close()
	b.mustPublish("main", "late")
	viewer.Close()
	if err := a.hub.Wait(background); err != nil {
		t.Fatal(err)
	}
	a.store.Close(background)
	await(t, "a's viewer is gone", func() bool { return viewers() == 0 })
}

// A viewer that comes from a process which is ahead keeps its picture, and gets
// what follows it once this one has caught up.
func TestResumingAtAProcessThatIsBehind(t *testing.T) {
	s := redistest.New(t).Start()
	a, b := newProcess(t, s).ready(), newProcess(t, s).ready()
	a.mustPublish("main", "old")
	await(t, "b has it", func() bool { return len(b.history("main")) == 1 })
	b.store.client.Close() // it is away from now on
	await(t, "it notices", func() bool { return !b.store.Up() })
	seen := a.mustPublish("main", "seen")
	viewer, newcomer := b.watch("main", seen), b.watch("main", "")
	if first := viewer.First(); len(first) != 1 || first[0].Name() != hub.Presence || viewer.Mark() != seen {
		t.Errorf("got %v first, want the presence", first)
	}
	a.mustPublish("main", "missed")
	b.comeBack(s)
	want := map[*hub.Subscription][]string{viewer: {`"missed"`}, newcomer: {`"seen"`, `"missed"`}}
	for viewer, want := range want {
		var got []string
		events, _ := viewer.Next()
		for _, e := range events {
			if e.Name() != hub.Presence {
				got = append(got, string(e.Data()))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

// An id that no process knows is told from one that is on its way: by waiting until
// this process has everything.
func TestIDThatIsNowhere(t *testing.T) {
	s := redistest.New(t).Start()
	p := newProcess(t, s).ready()
	p.mustPublish("main", "here")
	lost, err := p.hub.NextID()
	if err != nil {
		t.Fatal(err)
	}
	viewer := p.watch("main", lost)
	if first := viewer.First(); len(first) != 1 || first[0].Name() != hub.Presence {
		t.Errorf("got %v first, want the presence", first)
	}
	next(t, viewer, hub.Reset)
	if first := p.watch("main", "1vvvvvvvvvv-abcde").First(); first[0].Name() != hub.Reset {
		t.Errorf("an id of another century is waited for: got %v", first[0].Name())
	}
}

// Who watches an empty frame at a process that was away gets every picture that
// came meanwhile; who has just started is shown the newest.
func TestEmptyFrameMissesNothing(t *testing.T) {
	s := redistest.New(t).Start()
	a, b := newProcess(t, s).ready(), newProcess(t, s).ready()
	a.mustPublish("main", "cleared")
	if err := a.hub.Clear(background, "main"); err != nil {
		t.Fatal(err)
	}
	await(t, "b is cleared", func() bool { v, _ := b.hub.Show(background, "main"); return len(v.Pictures) == 0 })
	atMain, atNew := b.watch("main", ""), b.watch("new", "")
	b.store.client.Close() // it is away from now on
	await(t, "it notices", func() bool { return !b.store.Up() })
	for _, frame := range []string{"main", "new"} {
		a.mustPublish(frame, "first")
		a.mustPublish(frame, "second")
	}
	again, err := New(s.URL(), b.store.log)
	if err != nil {
		t.Fatal(err)
	}
	again.Open(b.hub)
	again.synced, again.known, again.resets = b.store.synced, b.store.known, b.store.resets
	if err := again.sync(background); err != nil {
		t.Fatal(err)
	}
	for _, viewer := range []*hub.Subscription{atMain, atNew} {
		var got []string
		events, _ := viewer.Next()
		for _, e := range events {
			if e.Name() == hub.Picture {
				got = append(got, string(e.Data()))
			}
		}
		if !slices.Equal(got, []string{`"first"`, `"second"`}) {
			t.Errorf("got %v", got)
		}
	}
}
