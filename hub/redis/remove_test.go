package redis

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"picture-frame/hub"
	"picture-frame/hub/redis/redistest"
)

// removed is what a process remembers of a frame's removals: the pictures' ids.
func (p *process) removed(frame string) (ids []string) {
	view, _ := p.hub.Show(background, frame)
	for _, e := range view.Removed {
		ids = append(ids, hub.RemovedID(e.Data()))
	}
	return ids
}

// A picture is taken off the screens of all processes, by whichever of them, once.
func TestRemovedEverywhere(t *testing.T) {
	s := redistest.New(t).Start()
	a, b := newProcess(t, s).ready(), newProcess(t, s).ready()
	a.mustPublish("main", "a")
	id := a.mustPublish("main", "b")
	atA, atB := a.watch("main", ""), b.watch("main", "")
	await(t, "b has it", func() bool { return len(b.history("main")) == 2 })
	if err := b.hub.Remove(background, "main", id); err != nil {
		t.Fatal(err)
	}
	for _, viewer := range []*hub.Subscription{atA, atB} {
		if e := next(t, viewer, hub.Removed); hub.RemovedID(e.Data()) != id {
			t.Errorf("got %s, want the removal of %s", e.Data(), id)
		}
	}
	if err := a.hub.Remove(background, "main", id); !errors.Is(err, hub.ErrNoPicture) {
		t.Errorf("once more: got %v, want ErrNoPicture", err)
	}
	c := newProcess(t, s).ready()
	for _, p := range []*process{a, b, c} {
		if got := p.history("main"); len(got) != 1 || !strings.HasSuffix(got[0], `"a"`) {
			t.Errorf("got the history %q, want a alone", got)
		}
		first := p.watch("main", id).First()
		if first[0].Name() != hub.Removed {
			t.Errorf("resuming after what was removed: got %s first, want its removal", first[0].Name())
		}
	}
	c.mustPublish("main", "c")
	for _, viewer := range []*hub.Subscription{atA, atB} {
		if e := next(t, viewer, hub.Picture); string(e.Data()) != `"c"` {
			t.Errorf("got %s, want c", e.Data())
		}
	}
}

// A process that was away while a picture was taken off takes it off when it comes
// back, and its viewers go on without a reset. It does not bring the picture back,
// also where Redis has forgotten everything.
func TestRemovedStaysRemovedWhenRedisForgets(t *testing.T) {
	for name, lost := range map[string][]string{
		"nothing":       {"nothing"},
		"everything":    nil,
		"the removals":  {removedKey + "main"},
		"the pictures":  {picturesKey + "main"},
		"both of these": {picturesKey + "main", removedKey + "main", framesKey},
	} {
		t.Run(name, func(t *testing.T) {
			s := redistest.New(t).Start()
			a := newProcess(t, s).ready()
			apart := newProcess(t, s).ready()
			a.mustPublish("main", "a")
			id := a.mustPublish("main", "b")
			viewer := apart.watch("main", "")
			await(t, "both have it", func() bool { return len(apart.history("main")) == 2 })
			apart.store.client.Close() // it is away from now on
			await(t, "it notices", func() bool { return !apart.store.Up() })
			if err := a.hub.Remove(background, "main", id); err != nil {
				t.Fatal(err)
			}
			last := a.mustPublish("main", "c")
			if lost == nil {
				s.Client.FlushAll(background)
			} else {
				s.Client.Del(background, lost...)
			}
			again := apart.comeBack(s)
			if name == "nothing" {
				if e := next(t, viewer, hub.Removed); hub.RemovedID(e.Data()) != id {
					t.Errorf("got %s, want the removal", e.Data())
				}
			}
			whole := func() bool {
				return s.Client.LLen(background, picturesKey+"main").Val() == 2 && s.Client.LLen(background, removedKey+"main").Val() == 1
			}
			await(t, "Redis has two pictures and the removal", whole)
			if err := again.sync(background); err != nil {
				t.Fatal(err)
			}
			for _, p := range []*process{a, apart} {
				got := p.history("main")
				if len(got) != 2 || !strings.HasPrefix(got[1], last) || !slices.Equal(p.removed("main"), []string{id}) {
					t.Errorf("got the history %q and the removals %q, want a and c, without %s", got, p.removed("main"), id)
				}
			}
		})
	}
}

// A frame whose pictures are all gone is no evicted one.
func TestEmptiedFrameIsNotEvicted(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s).ready()
	if err := a.hub.Remove(background, "main", a.mustPublish("main", "a")); err != nil {
		t.Fatal(err)
	}
	if evicted, err := a.store.evicted(background); evicted || err != nil {
		t.Errorf("got %v, %v, want that nothing is missing", evicted, err)
	}
	s.Client.Del(background, removedKey+"main")
	if evicted, err := a.store.evicted(background); !evicted || err != nil {
		t.Errorf("without what was removed: got %v, %v, want that something is missing", evicted, err)
	}
	a.stop()
	b := newProcess(t, s).ready()
	if got := b.history("main"); len(got) != 0 {
		t.Errorf("got %q, want nothing", got)
	}
}

// A process that is new knows, like those that were there, from where a viewer can
// go on: not from before what has made room, also where a picture was taken off since.
func TestRemovalsAndWhatMadeRoom(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s).ready()
	var ids []string
	for i := range hub.HistorySize + 5 {
		ids = append(ids, a.mustPublish("main", strconv.Itoa(i)))
	}
	if err := a.hub.Remove(background, "main", ids[50]); err != nil {
		t.Fatal(err)
	}
	for i := range hub.RemovalsKept + 1 {
		id := a.mustPublish("hall", strconv.Itoa(i))
		ids = append(ids, id)
		if err := a.hub.Remove(background, "hall", id); err != nil {
			t.Fatal(err)
		}
	}
	b := newProcess(t, s).ready()
	a.store.client.Close() // and it compares anew
	await(t, "it notices", func() bool { return !a.store.Up() })
	a.comeBack(s)
	hall := ids[hub.HistorySize+5:]
	for name, p := range map[string]*process{"new": b, "back": a} {
		for _, row := range []struct {
			frame, id string
			reset     bool
		}{{"main", ids[2], true}, {"main", ids[5], false}, {"hall", hall[0], true}, {"hall", hall[2], false}} {
			if first := p.watch(row.frame, row.id).First()[0].Name(); (first == hub.Reset) != row.reset {
				t.Errorf("%s: a viewer of %s got %s first, want a reset: %v", name, row.frame, first, row.reset)
			}
		}
	}
}
