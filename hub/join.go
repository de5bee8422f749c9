package hub

import "time"

// A Joined viewer has to get Events first, then whatever comes after Position
// in its frame's snapshots.
type Joined struct {
	Frame    *Frame
	Events   []*Event
	Position uint64
	Mark     string // an id to resume from after Events
}

// Join adds a viewer to a frame, which is made where need be. It starts after
// the event with the id last (none: with the current picture), and w is woken
// for all that follows. The caller owes a Leave.
func (h *Hub) Join(name, last string, by Transport, w Waker) (j Joined, err error) {
	if !h.call(func() { j, err = h.join(name, last, by, w) }) {
		return j, ErrClosed
	}
	return j, err
}

func (h *Hub) join(name, last string, by Transport, w Waker) (Joined, error) {
	if h.closing {
		return Joined{}, ErrClosed
	}
	f, err := h.frame(name, true)
	if err != nil {
		return Joined{}, err
	}
	followed, returns := f, last != ""
	if h.ahead(f, last) {
		followed = h.shadow(f, last)
	} else if h.ids.saw(last, time.Now()); h.foreign(last) {
		last = deadID
	}
	h.viewers++
	f.viewers++
	f.by[by]++
	followed.wakers[w]++
	h.cluster.Watched(name, f.by)
	before := f.Now().last[presenceKind]
	h.presence(f, 0)
	presence := f.Now().last[presenceKind]
	if presence == before { // not its turn yet: tell this one what will be told to all
		presence = NewEvent(Presence, presenceData(h.watching(f)))
		if f.told != h.watching(f) {
			f.told = unknown // even if by then they are as many as before
		}
	}
	if key := h.queueKey(name); key != f.queueTold {
		f.queueTold = "unknown" // even if by then it is as before
	}
	now := followed.Now()
	events := append(now.opening(last, presence), h.standing(name)...)
	if returns {
		h.returned[by].count(events)
	}
	return Joined{followed, events, now.serial, now.mark()}, nil
}

// deadID is newer than all that frames know.
const deadID = "~"

// foreign reports whether an id is none of this wall: nobody has made it, or a
// process whose pictures are gone with it.
func (h *Hub) foreign(id string) bool {
	return id != "" && (IDTime(id).IsZero() || !h.cluster.Durable() && !h.ids.own(id))
}

// opening is what a viewer gets first that last saw the event with this id.
func (s *Snapshot) opening(id string, presence *Event) []*Event {
	events := s.resume(id)
	for _, e := range events {
		if e.id != "" {
			return append(events, presence)
		}
	}
	events = append(events, presence.withID(s.mark()))
	events[0] = events[0].afterID(s.mark())
	return events
}

// Leave takes back n joins of w by one transport.
func (h *Hub) Leave(followed *Frame, by Transport, w Waker, n int) {
	h.call(func() {
		f := followed
		if followed.of != nil {
			f = followed.of
		}
		h.viewers -= n
		f.viewers -= n
		f.by[by] -= n
		if followed.wakers[w] -= n; followed.wakers[w] <= 0 {
			delete(followed.wakers, w)
		}
		if f != followed && len(followed.wakers) == 0 {
			h.dropShadow(followed)
		}
		h.cluster.Watched(f.name, f.by)
		h.presence(f, presenceSettle)
	})
}
