package hub

import (
	"cmp"
	"regexp"
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
	// percent of one core, in all processes together, however many come and go.
	// No rest is longer than presenceMost.
	presenceShare = 200 * time.Microsecond
	presenceMost  = 30 * time.Second
	// presenceSettle is how long a leaver may take to come back unnoticed: a
	// poll that asks again, a page that is reloaded.
	presenceSettle = 500 * time.Millisecond
)

// labFrame matches the names that the lab's page draws at random for its own frames.
// append.lua has it too.
var labFrame = regexp.MustCompile(`^lab-[0-9a-f]{10}$`)

// LabFrame reports whether a frame is one of the lab's. Its words are drawn by the
// album and count for nobody, so that a demonstration never fails for a limit; so
// these frames make room before all others that have pictures.
func LabFrame(name string) bool { return labFrame.MatchString(name) }

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
	viewers  int           // those of its shadows included
	by       Viewers       // the same, by transport
	shadows  map[string]*Frame
	active   time.Time // of the last search or picture
	pictured time.Time // of the last picture; zero if it has none

	told        int // what all viewers know how many they are; unknown if they know different things
	presenceDue time.Time
	presenceSet bool // a timer runs

	queueTold string // key of what all viewers know of the line
	queueDue  time.Time
	queueSet  bool // a timer runs
	hostTold  hostData

	// Of a shadow:
	of      *Frame
	since   string // the id with which its viewers have come
	made    time.Time
	settled bool // they do not wait for that id any more
}

// Name is the frame's name in URLs.
func (f *Frame) Name() string { return f.name }

// Now returns the frame's current snapshot.
func (f *Frame) Now() *Snapshot { return f.now.Load() }

func (f *Frame) append(e *Event) {
	f.set(f.Now().with(e))
	for _, s := range f.shadows {
		s.follow(e)
	}
}

func (f *Frame) close() {
	next := *f.Now()
	next.closing = true
	f.set(&next)
	for _, s := range f.shadows {
		s.close()
	}
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
		h.drop(idle)
	}
	f := &Frame{name: name, wakers: map[Waker]int{}, active: time.Now(), hostTold: h.hostData(name), queueTold: h.queueKey(name)}
	f.now.Store(&Snapshot{base: h.lost.Of(name)})
	h.frames[name] = f
	return f, nil
}

// drop forgets a frame. Who comes back to it has missed what it had.
func (h *Hub) drop(f *Frame) {
	h.lost.Raise(f.name, f.Now().newestID())
	delete(h.frames, f.name)
}

// idlest is the frame that will be missed least: one without viewers, and of
// these the one whose picture is oldest. One that has none, which anybody makes
// by asking for it, and one of the lab's go before all others.
func (h *Hub) idlest() (idle *Frame) {
	for _, f := range h.frames {
		if f.viewers > 0 {
			continue
		}
		if idle == nil || cmp.Or(cmp.Compare(f.worth(), idle.worth()), f.pictured.Compare(idle.pictured), f.active.Compare(idle.active)) < 0 {
			idle = f
		}
	}
	return idle
}

// worth is 0 for a frame that anybody can make without limit, else 1.
func (f *Frame) worth() int {
	if f.pictured.IsZero() || LabFrame(f.name) {
		return 0
	}
	return 1
}

// forget drops the frames that have been empty for a while.
func (h *Hub) forget(now time.Time) {
	for _, f := range h.frames {
		if f.viewers == 0 && f.Now().blank() && now.Sub(f.active) >= forgetAfter {
			h.drop(f)
		}
	}
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
	f.presenceDue = time.Now().Add(min(max(presenceEvery, time.Duration(watching)*presenceShare), presenceMost))
	f.append(NewEvent(Presence, presenceData(watching)))
	h.wakeDesks(f.name)
}
