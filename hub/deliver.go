package hub

import (
	"time"
)

// What a Cluster tells its hub.

// Deliver takes the next record in the cluster's order. A record without an id
// gets one here where its kind has one. Of two records with ids the older one
// comes first or not at all: a picture that is no newer than its frame's newest
// has been restored already, and so has what followed a reset that is older. A
// removal with an id counts whether its picture is here or not; one without is
// decided here, with ErrNoPicture. ErrClosed comes after the hub's end, ErrFull
// where there is no room.
func (h *Hub) Deliver(r Record) (id string, err error) {
	if !h.call(func() { id, err = h.append(r) }) {
		return "", ErrClosed
	}
	return id, err
}

func (h *Hub) append(r Record) (string, error) {
	if h.closing {
		return "", ErrClosed
	}
	if indexOfKind(r.Name) < 0 {
		return "", errUnknown
	}
	if r.Name == Searching && h.hostData(r.Frame).Approve {
		return "", nil // nobody but the host is to know of the word
	}
	k := kindOf(r.Name)
	f, err := h.frame(r.Frame, k.kept)
	if k.removes {
		defer h.wakeDesks(r.Frame)
		return h.remove(f, r)
	}
	if f == nil {
		if k.clears {
			h.lost.Raise(r.Frame, r.ID)
		}
		return "", err // an event for nobody, or no room
	}
	now := time.Now()
	if k.active {
		f.active = now
	}
	switch {
	case !k.kept && !k.clears:
		f.append(NewEvent(r.Name, r.Data))
		return "", nil
	case r.ID == "":
		r.ID = h.ids.next(now)
	case r.ID <= f.Now().newestID():
		h.answer(r.Ticket, nil)
		return r.ID, nil
	}
	if k.clears {
		f.pictured = time.Time{}
		f.append(newResetAt(r.ID))
		h.wakeDesks(r.Frame)
		return r.ID, nil
	}
	f.pictured = now
	e := newEvent(r.ID, r.Name, r.Data)
	h.sent(f, e, now)
	f.append(e)
	h.hung(r)
	h.wakeDesks(r.Frame)
	h.answer(r.Ticket, nil)
	return r.ID, nil
}

// Newest returns the id of a frame's newest picture, and since when it hangs here;
// nothing if there is none.
func (h *Hub) Newest(frame string) (id string, since time.Time) {
	h.call(func() {
		if f := h.frames[frame]; f != nil {
			if n := len(f.Now().pictures); n > 0 {
				id, since = f.Now().pictures[n-1].id, f.pictured
			}
		}
	})
	return id, since
}

// SetRemote tells how many viewers a frame has in other processes.
func (h *Hub) SetRemote(frame string, viewers Viewers) {
	h.call(func() {
		h.remote[frame] = viewers
		if viewers.Sum() == 0 {
			delete(h.remote, frame)
		}
		if f := h.frames[frame]; f != nil {
			h.presence(f, 0)
		} else {
			h.wakeDesks(frame)
		}
	})
}

// Pictured returns the names of the frames that have pictures, or had some that
// were taken off.
func (h *Hub) Pictured() (names []string) {
	h.call(func() {
		for name, f := range h.frames {
			if !f.Now().blank() {
				names = append(names, name)
			}
		}
	})
	return names
}

// watching is how many viewers a frame has, in all processes.
func (h *Hub) watching(f *Frame) int { return f.viewers + h.remote[f.name].Sum() }

// NextID returns an id that is newer than all before it, for a cluster that
// keeps a picture before it delivers it. ErrClosed comes after the hub's end.
func (h *Hub) NextID() (id string, err error) {
	if !h.call(func() { id = h.ids.next(time.Now()) }) {
		return "", ErrClosed
	}
	return id, nil
}

// SawID has all ids that follow be newer than this one, which is one of ours
// whatever the clock says.
func (h *Hub) SawID(id string) {
	h.call(func() {
		if made := IDTime(id); !made.IsZero() {
			h.ids.last = max(h.ids.last, uint64(made.UnixMicro()))
		}
	})
}

// Activity returns when each frame that has pictures was last searched in or got
// one.
func (h *Hub) Activity() map[string]time.Time {
	active := map[string]time.Time{}
	h.call(func() {
		for name, f := range h.frames {
			if len(f.Now().pictures) > 0 {
				active[name] = f.active
			}
		}
	})
	return active
}

// SetActivity sets what Activity returns of a frame. A time that lies ahead, of a
// clock that has gone back since, counts as now.
func (h *Hub) SetActivity(frame string, at time.Time) {
	h.call(func() {
		if now := time.Now(); at.After(now) {
			at = now
		}
		if f := h.frames[frame]; f != nil {
			f.active = at
		}
	})
}
