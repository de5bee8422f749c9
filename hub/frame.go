package hub

import (
	"cmp"
	"sync/atomic"
	"time"
)

const (
	// MaxFrames bounds what strangers can make a process keep.
	MaxFrames = 1000
	// forgetAfter is how long a frame without viewers and pictures stays.
	forgetAfter = 10 * time.Minute
	// presenceEvery is the least time between two presence events of a frame.
	presenceEvery = time.Second
	// presenceShare makes them rarer for crowds: telling n viewers costs n
	// writes of some microseconds, so a rest of n times this bounds it to a few
	// percent of a core however many come and go.
	presenceShare = 200 * time.Microsecond
	// presenceSettle is how long a leaver may take to come back unnoticed: a
	// poll that asks again, a page that is reloaded.
	presenceSettle = 500 * time.Millisecond
)

// unknown is no number of viewers.
const unknown = -1

var presenceKind = indexOfKind(Presence)

// A Waker is told, on the hub's goroutine, that a frame has something new. It
// must not block, and it has to be comparable: many viewers may share one.
type Waker interface{ Wake(*Frame) }

// A Frame is one wall. Readers may call Now and Name; all else is the hub's.
type Frame struct {
	name string
	now  atomic.Pointer[Snapshot]

	wakers   map[Waker]int // how many viewers each wakes
	viewers  int
	active   time.Time // of the last search or picture
	pictured time.Time // of the last picture; zero if it has none

	told        int // what all viewers know how many they are; unknown if they know different things
	presenceDue time.Time
	presenceSet bool // a timer runs
}

// Name is the frame's name in URLs.
func (f *Frame) Name() string { return f.name }

// Now returns the frame's current snapshot.
func (f *Frame) Now() *Snapshot { return f.now.Load() }

func (f *Frame) append(e *Event) { f.set(f.Now().with(e)) }

func (f *Frame) close() {
	next := *f.Now()
	next.closing = true
	f.set(&next)
}

func (f *Frame) set(s *Snapshot) {
	f.now.Store(s)
	for w := range f.wakers {
		w.Wake(f)
	}
}

// frame finds a frame. A missing one is made if create says so, where an idle
// one can make room.
func (h *Hub) frame(name string, create bool) (*Frame, error) {
	if f := h.frames[name]; f != nil || !create {
		return f, nil
	}
	if len(h.frames) >= MaxFrames {
		idle := h.idlest()
		if idle == nil {
			return nil, ErrFull
		}
		delete(h.frames, idle.name)
	}
	f := &Frame{name: name, wakers: map[Waker]int{}, active: time.Now()}
	f.now.Store(&Snapshot{})
	h.frames[name] = f
	return f, nil
}

// idlest is the frame that will be missed least: one without viewers, and of
// these the one whose picture is oldest. One that has none, which anybody makes
// by asking for it, goes before all that have.
func (h *Hub) idlest() (idle *Frame) {
	for _, f := range h.frames {
		if f.viewers > 0 {
			continue
		}
		if idle == nil || cmp.Or(f.pictured.Compare(idle.pictured), f.active.Compare(idle.active)) < 0 {
			idle = f
		}
	}
	return idle
}

// forget drops the frames that have been empty for a while.
func (h *Hub) forget(now time.Time) {
	for name, f := range h.frames {
		if f.viewers == 0 && f.Now().blank() && now.Sub(f.active) >= forgetAfter {
			delete(h.frames, name)
		}
	}
}

// A Joined viewer has to get Events first, then whatever comes after Position
// in its frame's snapshots.
type Joined struct {
	Frame    *Frame
	Events   []*Event
	Position uint64
}

// Join adds a viewer to a frame, which is made where need be. It starts after
// the event with the id last (none: with the current picture), and w is woken
// for all that follows. The caller owes a Leave.
func (h *Hub) Join(name, last string, w Waker) (j Joined, err error) {
	h.await(name, last)
	if !h.call(func() { j, err = h.join(name, last, w) }) {
		return j, ErrClosed
	}
	return j, err
}

func (h *Hub) join(name, last string, w Waker) (Joined, error) {
	if h.closing {
		return Joined{}, ErrClosed
	}
	f, err := h.frame(name, true)
	if err != nil {
		return Joined{}, err
	}
	h.ids.saw(last, time.Now())
	h.viewers++
	f.viewers++
	f.wakers[w]++
	h.cluster.Watched(name, f.viewers)
	before := f.Now().last[presenceKind]
	h.presence(f, 0)
	now := f.Now()
	presence := now.last[presenceKind]
	if presence == before { // not its turn yet: tell this one what will be told to all
		presence = NewEvent(Presence, presenceData(h.watching(f)))
		if f.told != h.watching(f) {
			f.told = unknown // even if by then they are as many as before
		}
	}
	return Joined{f, append(now.resume(last), presence), now.serial}, nil
}

// Leave takes back n joins of w.
func (h *Hub) Leave(f *Frame, w Waker, n int) {
	h.call(func() {
		h.viewers -= n
		f.viewers -= n
		if f.wakers[w] -= n; f.wakers[w] <= 0 {
			delete(f.wakers, w)
		}
		h.cluster.Watched(f.name, f.viewers)
		h.presence(f, presenceSettle)
	})
}

// presence tells a frame's viewers how many they are, if that has changed:
// after some time, or later where it is not yet time again.
func (h *Hub) presence(f *Frame, after time.Duration) {
	watching := h.watching(f)
	if watching == f.told || f.presenceSet || h.closing {
		return
	}
	if wait := max(after, time.Until(f.presenceDue)); wait > 0 {
		f.presenceSet = true
		time.AfterFunc(wait, func() {
			h.call(func() {
				f.presenceSet = false
				h.presence(f, 0)
			})
		})
		return
	}
	f.told = watching
	f.presenceDue = time.Now().Add(max(presenceEvery, time.Duration(f.viewers)*presenceShare))
	f.append(NewEvent(Presence, presenceData(watching)))
}
