package redis

import (
	"testing"

	"picture-frame/hub"
	"picture-frame/hub/redis/redistest"
)

// Everybody's viewers are counted; those of a process that ends in order are
// gone at once.
func TestPresenceIsTheSum(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s, func(s *Store) {
		s.SetCounter(func() (int, map[string]int) { return 4, map[string]int{"192.0.2.1": 3} })
	}).ready()
	b := newProcess(t, s).ready()
	viewers := func(p *process) int {
		view, _ := p.hub.Show(background, "main")
		return view.Viewers
	}
	first := a.watch("main", "")
	b.watch("main", "")
	second := b.watch("main", "")
	for e := next(t, first, hub.Presence); string(e.Data()) != `{"viewers":3,"sample":1}`; e = next(t, first, hub.Presence) {
	}
	await(t, "b knows of a's", func() bool { return viewers(b) == 3 })
	if open, near := b.store.Remote("192.0.2.1"); open != 4 || near != 3 {
		t.Errorf("b knows of %d streams, %d of them from the address; want 4 and 3", open, near)
	}
	second.Close()
	await(t, "a hears of the leaver", func() bool { return viewers(a) == 2 })
	a.hush()
	b.hush()
	c := newProcess(t, s).ready()
	c.watch("main", "")
	await(t, "who is new knows of all, and all of it", func() bool { return viewers(c) == 3 && viewers(a) == 3 })
	first.Close()
	a.store.Close(background)
	await(t, "a has left", func() bool { return viewers(b) == 2 && viewers(c) == 2 })
}

// A process that has crashed is forgotten.
func TestSilentProcessIsForgotten(t *testing.T) {
	s := redistest.New(t).Start()
	a, b := newProcess(t, s).ready(), newProcess(t, s).ready()
	b.watch("main", "")
	viewers := func() int {
		a.watch("main", "").Close()
		view, _ := a.hub.Show(background, "main")
		return view.Viewers
	}
	b.hush() // no other report is on its way when it ends
	await(t, "a knows of b's viewer", func() bool { return viewers() == 1 })
	b.stop()
	a.store.crowd.mu.Lock()
	heard := a.store.crowd.others[b.store.process].at
	a.store.crowd.mu.Unlock()
	a.store.crowd.forget(heard.Add(forgetAfter))
	if viewers() != 1 {
		t.Error("forgotten too soon")
	}
	a.store.crowd.forget(heard.Add(forgetAfter + 1))
	if viewers() != 0 {
		t.Error("never forgotten")
	}
}
