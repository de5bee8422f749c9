package redis

import (
	"slices"
	"testing"
	"time"

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

// patient is a store by which a hub waits for what is on its way, however slow
// this machine is.
type patient struct{ *Store }

func (patient) Lag() time.Duration { return time.Hour }

// A viewer that comes from a process which is a moment ahead goes on where it
// was, and is not shown older pictures.
func TestResumingAtAProcessThatIsBehind(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s).ready()
	a.mustPublish("main", "old")
	store, err := New(s.URL(), a.store.log)
	if err != nil {
		t.Fatal(err)
	}
	b := run(t, store, patient{store}).ready()
	b.store.client.Close() // it is away from now on
	await(t, "it notices", func() bool { return !b.store.Up() })
	seen := a.mustPublish("main", "seen")
	a.mustPublish("main", "missed")
	var came *hub.Subscription
	done := make(chan struct{})
	go func() {
		defer close(done)
		came = b.watch("main", seen)
	}()
	b.comeBack(s)
	<-done
	if first := came.First(); len(first) != 2 || string(first[0].Data()) != `"missed"` {
		t.Errorf("got %v first", first)
	}
	began := time.Now()
	early := a.watch("main", "1vvvvvvvvvv-abcde") // is nowhere
	if took := time.Since(began); took < lag || early.First()[0].Name() != hub.Reset {
		t.Errorf("after %v got %v", took, early.First())
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
