package hub

import (
	"strings"
	"time"
)

// A viewer may come from another process with an id that has not come here yet:
// this process is behind. It must not be shown older pictures, nor the same ones
// twice. Such a viewer follows a shadow of its frame, which begins at its id:
// what comes later is in both. So nobody else pays for it, and it costs no more
// than any other.

// deadAfter is how long an id may be ahead of a process that has everything. Then
// it is of a picture that no process knows any more. After a loss the others have
// that time to bring back what they know.
const deadAfter = 3 * time.Second

// ahead reports whether an id may be of something that has not come here yet.
func (h *Hub) ahead(f *Frame, id string) bool {
	made := IDTime(id)
	if !h.cluster.Shared() || made.IsZero() || id <= f.Now().mark() || made.After(time.Now().Add(farAhead)) {
		return false
	}
	s := f.shadows[id]
	return s == nil || !s.settled
}

// shadow returns the frame that f's viewers follow which have come with this id.
func (h *Hub) shadow(f *Frame, id string) *Frame {
	if s := f.shadows[id]; s != nil {
		return s
	}
	id = strings.Clone(id) // it may be a part of a request
	now := *f.Now()
	now.pictures, now.removed, now.base = nil, nil, id
	s := &Frame{name: f.name, of: f, since: id, made: time.Now(), wakers: map[Waker]int{}}
	s.now.Store(&now)
	if f.shadows == nil {
		f.shadows = map[string]*Frame{}
	}
	f.shadows[id] = s
	h.waiting.Add(1)
	return s
}

// dropShadow forgets a frame's shadow that nobody follows any more.
func (h *Hub) dropShadow(s *Frame) {
	delete(s.of.shadows, s.since)
	s.settle(h)
}

// settle notes that the viewers of a shadow no longer wait for their id.
func (s *Frame) settle(h *Hub) {
	if !s.settled {
		s.settled = true
		h.waiting.Add(-1)
	}
}

// follow adds what has happened on the frame to its shadow, unless the shadow's
// viewers have it.
func (s *Frame) follow(e *Event) {
	k := kindOf(e.name)
	if at := e.when(); at != "" && at <= s.Now().newestID() && (k.kept || k.clears || k.removes) {
		return
	}
	own := *e // an event's place is that in one frame
	s.set(s.Now().with(&own))
}

// CaughtUp tells that everything has come here that there was at a time. An id
// that is still ahead then is dead: its viewers get a reset and what there is.
func (h *Hub) CaughtUp(asOf time.Time) {
	if h.waiting.Load() == 0 {
		return
	}
	h.call(func() {
		for _, f := range h.frames {
			for _, s := range f.shadows {
				if s.settled || asOf.Sub(s.made) < deadAfter {
					continue
				}
				s.settle(h)
				if now := f.Now(); now.newestID() < s.since {
					s.give(now)
				}
			}
		}
	})
}

// give resets a shadow to what its frame has.
func (s *Frame) give(now *Snapshot) {
	for i, e := range now.appendAfresh(nil) {
		own := *e
		next := s.Now().with(&own)
		if i == 0 {
			next.base = now.newestID()
		}
		s.set(next)
	}
}

// catchUp is what a shadow gets of what its frame has been restored to.
func (s *Frame) catchUp(since string, pictures, removals []*Event) {
	known := s.Now().newestID()
	if since > known {
		s.set(s.Now().with(newResetAt(since)))
		pictures = pictures[max(0, len(pictures)-1):]
	}
	for _, events := range [][]*Event{removals, pictures} {
		for _, e := range events {
			s.follow(e)
		}
	}
}
