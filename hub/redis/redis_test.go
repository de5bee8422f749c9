package redis

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"picture-frame/hub"
	"picture-frame/hub/redis/redistest"
)

// Two processes show the same, whichever of them was asked.
func TestProcessesAreOneFrame(t *testing.T) {
	s := redistest.New(t).Start()
	a, b := newProcess(t, s).ready(), newProcess(t, s).ready()
	atA, atB := a.watch("main", ""), b.watch("main", "")
	for i := range 6 {
		p := []*process{a, b}[i%2]
		id := p.mustPublish("main", fmt.Sprint("word", i))
		for _, viewer := range []*hub.Subscription{atA, atB} {
			if e := next(t, viewer, hub.Picture); e.ID() != id || string(e.Data()) != fmt.Sprintf(`"word%d"`, i) {
				t.Errorf("picture %d came as %s %s, want the id %s", i, e.ID(), e.Data(), id)
			}
		}
		if own := p.history("main"); !strings.HasPrefix(own[len(own)-1], id) {
			t.Errorf("published, and not yet in the publisher's own history: %v", own)
		}
	}
	if h := a.history("main"); len(h) != 6 || !slices.IsSorted(h) || !equal(h, b.history("main")) {
		t.Errorf("histories differ, or are out of order:\n%v\n%v", h, b.history("main"))
	}
	// Resuming works at any of them.
	third := a.history("main")[2]
	id, _, _ := strings.Cut(third, " ")
	resumed := b.watch("main", id).First()
	if len(resumed) != 4 || string(resumed[0].Data()) != `"word3"` || resumed[3].Name() != hub.Presence {
		t.Errorf("after the third picture came %v", resumed)
	}
	if err := a.hub.AnnounceSearch(background, "main", "fox"); err != nil {
		t.Fatal(err)
	}
	if e := next(t, atB, hub.Searching); string(e.Data()) != `{"keyword":"fox"}` {
		t.Errorf("searching came as %s", e.Data())
	}
	if err := b.hub.Clear(background, "main"); err != nil {
		t.Fatal(err)
	}
	next(t, atA, hub.Reset)
	if h := a.history("main"); len(h) != 0 {
		t.Errorf("cleared, but kept: %v", h)
	}
}

// What was published survives all processes, and only so much is kept.
func TestWallSurvivesItsProcesses(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s).ready()
	for i := range hub.HistorySize + 20 {
		a.mustPublish("main", fmt.Sprint("word", i))
	}
	a.mustPublish("hall", "other")
	main, hall := a.history("main"), a.history("hall")
	a.stop()
	goOn := s.Hang()
	b := newProcess(t, s)
	viewer := b.watch("main", "") // who has come before there was anything sees the newest
	goOn()
	b.ready()
	if e := next(t, viewer, hub.Picture); string(e.Data()) != fmt.Sprintf(`"word%d"`, hub.HistorySize+19) {
		t.Errorf("the viewer was shown %s first", e.Data())
	}
	if got := b.history("main"); len(got) != hub.HistorySize || !equal(got, main) || !equal(b.history("hall"), hall) {
		t.Errorf("%d and %d pictures after the restart, want %d and 1, the same", len(got), len(b.history("hall")), hub.HistorySize)
	}
	if id := b.mustPublish("main", "more"); id <= main[len(main)-1] {
		t.Errorf("the id %s goes back", id)
	}
}

// Without Redis at the start a process serves what it knows, which is nothing.
func TestRedisComesLate(t *testing.T) {
	s := redistest.New(t)
	p := newProcess(t, s)
	viewer := p.watch("main", "")
	if _, err := p.publish("main", "early"); !errors.Is(err, hub.ErrAway) {
		t.Fatalf("published without Redis: %v", err)
	}
	if err := p.hub.Touch(background, "main"); !errors.Is(err, hub.ErrAway) {
		t.Errorf("a search would begin in vain: %v", err)
	}
	s.Start()
	p.ready()
	p.mustPublish("main", "late")
	if e := next(t, viewer, hub.Picture); string(e.Data()) != `"late"` {
		t.Errorf("the viewer got %s", e.Data())
	}
}

// A Redis that comes back empty gets everything from the processes that know
// it, and a process that is new gets it from there.
func TestRedisLosesEverything(t *testing.T) {
	s := redistest.New(t).Start()
	a, b := newProcess(t, s).ready(), newProcess(t, s).ready()
	for i := range 5 {
		a.mustPublish("main", fmt.Sprint("word", i))
	}
	before := a.history("main")
	await(t, "b has them too", func() bool { return equal(b.history("main"), before) })
	viewer := b.watch("main", "")
	s.Kill()
	await(t, "both notice", func() bool { return !a.store.Up() && !b.store.Up() })
	if _, err := a.publish("main", "meanwhile"); !errors.Is(err, hub.ErrAway) {
		t.Errorf("published without Redis: %v", err)
	}
	if !equal(b.history("main"), before) {
		t.Error("the last pictures did not stay")
	}
	s.Start()
	a.ready()
	b.ready()
	newest := a.mustPublish("main", "after")
	if newest <= before[4] {
		t.Errorf("the id %s goes back behind %s", newest, before[4])
	}
	if e := next(t, viewer, hub.Picture); e.ID() != newest {
		t.Errorf("the viewer got %s %s, not the one new picture", e.ID(), e.Data())
	}
	c := newProcess(t, s).ready()
	for _, p := range []*process{a, b, c} {
		if got := p.history("main"); len(got) != 6 || !equal(got[:5], before) {
			t.Errorf("of %v there is now %v", before, got)
		}
	}
}

// It is noticed as well when nobody has lost a connection.
func TestRedisIsEmptied(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s).ready()
	a.mustPublish("main", "kept")
	a.hush() // nothing but its own looking tells it
	if err := s.Client.FlushAll(background).Err(); err != nil {
		t.Fatal(err)
	}
	await(t, "the picture is back in Redis", func() bool {
		return s.Client.LLen(background, picturesKey+"main").Val() == 1
	})
	a.ready()
	if err := s.Client.FlushAll(background).Err(); err != nil {
		t.Fatal(err)
	}
	a.publish("main", "at once") // whether it is noticed before or by this
	await(t, "the first is back again", func() bool {
		oldest := s.Client.LIndex(background, picturesKey+"main", 0).Val()
		return strings.HasSuffix(oldest, `"kept"`)
	})
	a.ready()
	if b := newProcess(t, s).ready(); !equal(a.history("main"), b.history("main")) {
		t.Error("another process does not get it")
	}
}

// Ids do not go back when the clock does, and pictures are put back where they
// belong.
func TestIDsKeepTheOrder(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s).ready()
	s.Client.Set(background, clockKey, time.Now().Add(time.Hour).UnixMicro(), 0)
	for range 4 {
		a.mustPublish("main", "x")
	}
	before := a.history("main")
	if !slices.IsSorted(before) || hub.IDTime(strings.Fields(before[0])[0]).Before(time.Now().Add(59*time.Minute)) {
		t.Errorf("ids go back: %v", before)
	}
	s.Client.LRem(background, picturesKey+"main", 0, before[1])
	there, err := a.store.restore(background, "main", kept{pictures: before[1:2]})
	if err != nil || !equal(there.pictures, before) {
		t.Errorf("restored as %v, %v; want %v", there.pictures, err, before)
	}
}

// A process that was new when Redis was empty learns what another one restores.
func TestRestoredReachesWhoHadNothing(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s).ready()
	a.mustPublish("main", "kept")
	b := newProcess(t, s).ready()
	// As after a Redis that was lost while b started: b has nothing, Redis neither.
	view, _ := a.hub.Show(background, "main")
	if err := b.hub.Restore("main", view.Pictures[0].ID()+"-cleared", nil); err != nil {
		t.Fatal(err)
	}
	s.Client.Del(background, picturesKey+"main")
	if _, err := a.store.restore(background, "main", kept{pictures: []string{view.Pictures[0].ID() + " " + string(view.Pictures[0].Data())}}); err != nil {
		t.Fatal(err)
	}
	await(t, "it is there", func() bool { return equal(a.history("main"), b.history("main")) })
}

// Who was away while a frame was cleared does not bring its pictures back.
func TestClearedStaysCleared(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s).ready()
	a.mustPublish("main", "old")
	a.mustPublish("hall", "old")
	apart := newProcess(t, s).ready()
	apart.store.client.Close() // it is away from now on
	await(t, "it notices", func() bool { return !apart.store.Up() })
	for _, frame := range []string{"main", "hall"} {
		if err := a.hub.Clear(background, frame); err != nil {
			t.Fatal(err)
		}
	}
	a.mustPublish("main", "new")
	viewer := apart.watch("main", "")
	again := apart.comeBack(s)
	if events, _ := viewer.Next(); len(events) != 2 || events[0].Name() != hub.Reset || string(events[1].Data()) != `"new"` {
		t.Errorf("who watched there got %v", events)
	}
	if !equal(apart.history("main"), a.history("main")) || len(apart.history("hall")) != 0 {
		t.Errorf("there is %v and %v", apart.history("main"), apart.history("hall"))
	}
	if there, err := again.restore(background, "hall", kept{pictures: []string{"01d3v8q0001-abcde \"old\""}}); err != nil || there.any() {
		t.Errorf("a picture from before the reset is put back: %v, %v", there, err)
	}
	if n := s.Client.LLen(background, picturesKey+"hall").Val(); n != 0 {
		t.Errorf("%d pictures are back", n)
	}
}

// A Redis that hangs is away too, and nobody waits for it for long.
func TestRedisHangs(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s).ready()
	a.mustPublish("main", "before")
	goOn := s.Hang()
	defer goOn()
	// However slow this machine is, nothing but these times ends the waits.
	if most := max(returnTime, listen+answerTime); most > 5*time.Second {
		t.Errorf("they may take %v", most)
	}
	answer := make(chan error, 1)
	go func() {
		_, err := a.publish("main", "never")
		answer <- err
	}()
	await(t, "there is an answer", func() bool { return len(answer) > 0 })
	if err := <-answer; !errors.Is(err, hub.ErrAway) {
		t.Errorf("published: %v", err)
	}
	await(t, "it is noticed", func() bool { return !a.store.Up() })
	goOn()
	a.ready()
	a.mustPublish("main", "after")
}

// Whatever happens to Redis, what was answered with an id is there, once, and
// in the same order everywhere.
func TestNothingIsLostOrDoubled(t *testing.T) {
	s := redistest.New(t).Start()
	processes := []*process{newProcess(t, s).ready(), newProcess(t, s).ready()}
	var mu sync.Mutex
	answered := map[string]string{}
	var publishers sync.WaitGroup
	// 64 answered ones leave room for those that were not, and are there all the
	// same: no more than are kept in all.
	for i := range 4 {
		p := processes[i%2]
		publishers.Go(func() {
			clock := time.NewTicker(time.Millisecond)
			defer clock.Stop()
			for n, attempt := 0, 0; n < 16; attempt++ {
				word := fmt.Sprintf("%d-%d", i, attempt) // another one each time
				id, err := p.publish("main", word)
				if err == nil {
					mu.Lock()
					answered[id] = word
					mu.Unlock()
					n++
				}
				for err != nil && !p.store.Up() {
					select {
					case <-clock.C:
					case <-t.Context().Done():
						return
					}
				}
			}
		})
	}
	some := func(n int) func() bool {
		return func() bool {
			mu.Lock()
			defer mu.Unlock()
			return len(answered) >= n
		}
	}
	for _, n := range []int{10, 25, 40} {
		await(t, "something is published", some(n))
		s.Kill()
		s.Start()
	}
	publishers.Wait()
	newest := slices.Max(slices.Collect(maps.Keys(answered)))
	fresh := newProcess(t, s).ready()
	for i, p := range append(processes, fresh) {
		p.ready()
		await(t, "the newest has come to every process", func() bool {
			return slices.ContainsFunc(p.history("main"), func(picture string) bool { return strings.HasPrefix(picture, newest) })
		})
		seen := map[string]int{}
		history := p.history("main")
		words := map[string]int{}
		for _, picture := range history {
			id, word, _ := strings.Cut(picture, " ")
			seen[id]++
			if words[word]++; words[word] > 1 {
				t.Errorf("process %d has the word %s twice", i, word)
			}
		}
		for id, word := range answered {
			if seen[id] != 1 {
				t.Errorf("process %d has %s (%s) %d times", i, id, word, seen[id])
			}
		}
		if !slices.IsSorted(history) {
			t.Errorf("process %d: out of order: %v", i, history)
		}
	}
	t.Logf("%d pictures answered, %d kept", len(answered), len(fresh.history("main")))
}

// As many frames are kept as one process would keep, those whose picture is
// newest.
func TestOnlySoManyFramesAreKept(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s).ready()
	for i := range hub.MaxFrames + 2 {
		a.mustPublish(fmt.Sprint("frame", i), "x")
	}
	a.mustPublish("frame2", "y")
	a.mustPublish("another", "z")
	kept := s.Client.ZRange(background, framesKey, 0, -1).Val()
	if len(kept) != hub.MaxFrames || kept[0] != "frame4" || !slices.Contains(kept, "frame2") {
		t.Errorf("%d frames are kept, from %s", len(kept), kept[0])
	}
	lists := s.Client.Keys(background, picturesKey+"*").Val()
	if len(lists) != hub.MaxFrames {
		t.Errorf("%d frames have pictures", len(lists))
	}
	for i := range 5 {
		a.mustPublish(fmt.Sprintf("lab-%010x", i), "x")
	}
	kept = s.Client.ZRange(background, framesKey, 0, -1).Val()
	if len(kept) != hub.MaxFrames || kept[0] != "frame5" {
		t.Errorf("after five frames of the lab's: %d frames are kept, from %s", len(kept), kept[0])
	}
}
