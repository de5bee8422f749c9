package redis

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	"picture-frame/hub"
	"picture-frame/hub/redis/redistest"
)

// hold is how long pictures stay in these tests.
const hold = 500 * time.Millisecond

// word has a word hang on the frame main.
func (p *process) word(keyword string) <-chan error {
	end := make(chan error, 1)
	go func() {
		_, err := p.hub.Propose(background, hub.Word{Frame: "main", Keyword: keyword, Picture: []byte(strconv.Quote(keyword)), Client: keyword, Shared: true})
		end <- err
	}()
	return end
}

// set sets what the host of main can set.
func (p *process) set(patch hub.Patch) hub.Desk {
	p.t.Helper()
	desk, err := p.hub.SetDesk(background, "main", patch)
	if err != nil {
		p.t.Fatalf("setting %+v: got %v, want success", patch, err)
	}
	return desk
}

// inTurn waits until every process knows that so many words wait.
func inTurn(t *testing.T, want int, processes ...*process) {
	t.Helper()
	await(t, fmt.Sprint(want, " words wait"), func() bool {
		for _, p := range processes {
			if n, _ := p.hub.Waiting(); n != want {
				return false
			}
		}
		return true
	})
}

// Words of all processes hang in the one order in which they were found, each of
// them once, and each asker is told by its own process.
func TestTurnsOfTwoProcesses(t *testing.T) {
	s := redistest.New(t).Start()
	a, b := newProcess(t, s).ready(), newProcess(t, s).ready()
	h := hold
	a.set(hub.Patch{Hold: &h})
	inTouchWith := func() bool { d, _ := b.hub.Desk(background, "main"); return d.Hold == hold }
	await(t, "b knows the hold", inTouchWith)
	if err := <-b.word("0"); err != nil {
		t.Fatal(err)
	}
	var ends []<-chan error
	for i := 1; i <= 6; i++ {
		ends = append(ends, []*process{a, b}[i%2].word(strconv.Itoa(i)))
		await(t, "it waits, or hangs", func() bool {
			n, _ := a.hub.Waiting()
			return n+len(a.history("main")) == i+1
		})
	}
	for i, end := range ends {
		if err := <-end; err != nil {
			t.Errorf("word %d: got %v, want success", i+1, err)
		}
	}
	inTurn(t, 0, a, b)
	var before time.Time
	for i, picture := range a.history("main") {
		var id, word string
		fmt.Sscanf(picture, "%s %q", &id, &word)
		if word != strconv.Itoa(i) {
			t.Errorf("picture %d: got %s, want them in the order in which they were found", i, word)
		}
		if stayed := hub.IDTime(id).Sub(before); stayed < hold {
			t.Errorf("picture %d came %v after the one before, want at least %v", i, stayed, hold)
		}
		before = hub.IDTime(id)
	}
	if n := len(a.history("main")); n != 7 {
		t.Errorf("got %d pictures, want 7", n)
	}
	if !equal(a.history("main"), b.history("main")) {
		t.Error("got two histories, want one")
	}
}

// A process that dies takes no turn with it.
func TestTurnsOutliveTheirProcess(t *testing.T) {
	s := redistest.New(t).Start()
	a, b := newProcess(t, s).ready(), newProcess(t, s).ready()
	h := hold
	a.set(hub.Patch{Hold: &h})
	<-a.word("0")
	for i := range 3 {
		a.word(strconv.Itoa(i + 1))
		await(t, "it waits, or hangs", func() bool {
			n, _ := a.hub.Waiting()
			return n+len(a.history("main")) == i+2
		})
	}
	a.stop()
	last := b.word("4")
	if err := <-last; err != nil {
		t.Errorf("a word after those: got %v, want success", err)
	}
	if got := b.history("main"); len(got) != 5 {
		t.Errorf("got %q, want all five", got)
	}
}

// However many processes try, a word that is free hangs, and the next one waits for
// its turn: nobody goes by what somebody else has changed.
func TestOneChangesTheLine(t *testing.T) {
	s := redistest.New(t).Start()
	a, b := newProcess(t, s).ready(), newProcess(t, s).ready()
	h := 10 * time.Second
	a.set(hub.Patch{Hold: &h})
	await(t, "b knows it", func() bool { d, _ := b.hub.Desk(background, "main"); return d.Hold == h })
	a.word("a")
	b.word("b")
	inTurn(t, 1, a, b)
	if n := len(a.history("main")); n != 1 {
		t.Errorf("got %d pictures at once, want one", n)
	}
	if _, err := a.publish("main", "past"); !errors.Is(err, hub.ErrTurns) {
		t.Errorf("publishing past the line: got %v, want %v", err, hub.ErrTurns)
	}
}

// What hosts have set outlives every process, and a Redis that has forgotten it
// gets it from them. Who was away while it was changed does not change it back.
func TestSettingsStay(t *testing.T) {
	s := redistest.New(t).Start()
	yes, no := true, false
	a := newProcess(t, s).ready()
	a.set(hub.Patch{Frozen: &yes})
	key := a.store.Key()
	a.stop()
	b := newProcess(t, s).ready()
	frozen := func(p *process) func() bool {
		return func() bool { d, _ := p.hub.Desk(background, "main"); return d.Frozen }
	}
	if !frozen(b)() {
		t.Error("after a restart: got a thawed frame, want it frozen")
	}
	if string(b.store.Key()) != string(key) {
		t.Error("after a restart: got another key, want the same")
	}
	s.Kill()
	await(t, "it notices", func() bool { return !b.store.Up() })
	if !frozen(b)() {
		t.Error("without Redis: got a thawed frame, want it frozen")
	}
	if _, err := b.hub.SetDesk(background, "main", hub.Patch{Frozen: &no}); !errors.Is(err, hub.ErrAway) {
		t.Errorf("thawing without Redis: got %v, want %v", err, hub.ErrAway)
	}
	s.Start() // empty
	b.ready()
	c := newProcess(t, s).ready()
	if !frozen(c)() || string(c.store.Key()) != string(key) {
		t.Error("after Redis was emptied: got another host's desk or key, want what there was")
	}
	b.store.client.Close() // it is away from now on
	await(t, "it notices", func() bool { return !b.store.Up() })
	c.set(hub.Patch{Frozen: &no})
	again := b.comeBack(s)
	if frozen(b)() || frozen(c)() {
		t.Error("got a frozen frame, want what was set last")
	}
	s.Client.HDel(background, linesKey, "main")
	if evicted, err := again.evicted(context.Background()); err != nil || !evicted {
		t.Errorf("settings that were dropped: got %v, %v, want it noticed", evicted, err)
	}
}

// Who waits while Redis forgets everything is told that nobody knows.
func TestWaitingWhileRedisForgets(t *testing.T) {
	s := redistest.New(t).Start()
	a := newProcess(t, s).ready()
	h := 15 * time.Second
	a.set(hub.Patch{Hold: &h})
	<-a.word("a")
	b := a.word("b")
	inTurn(t, 1, a)
	s.Kill()
	await(t, "it notices", func() bool { return !a.store.Up() })
	s.Start()
	if err := <-b; !errors.Is(err, hub.ErrAway) {
		t.Errorf("got %v, want %v", err, hub.ErrAway)
	}
	a.ready()
	inTurn(t, 0, a)
}
