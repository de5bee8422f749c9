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
	k := kindOf(r.Name)
	f, err := h.frame(r.Frame, k.kept)
	if k.removes {
		return h.remove(f, r)
	}
	if f == nil {
		return "", err // an event for nobody, or no room
	}
	now := time.Now()
	if k.active {
		f.active = now
	}
	newest := f.Now().newestID()
	switch {
	case k.kept && r.ID == "":
		r.ID = h.ids.next(now)
	case k.kept && r.ID <= newest:
		return r.ID, nil
	case k.clears && r.ID != "" && r.ID < newest:
		return "", nil
	}
	if k.kept {
		f.pictured = now
	} else {
		r.ID = ""
	}
	if k.clears {
		f.pictured = time.Time{}
	}
	f.append(newEvent(r.ID, r.Name, r.Data))
	return r.ID, nil
}

// await lets this process catch up with a viewer that has just got the picture
// with this id from another one. Otherwise it would be shown an older picture
// here, and then the same ones once more. The picture may also be no more, so
// the viewer does not wait for long.
func (h *Hub) await(frame, id string) {
	lag := h.cluster.Lag()
	if lag == 0 || IDTime(id).IsZero() {
		return
	}
	var f *Frame
	w := &Subscription{more: make(chan struct{}, 1)}
	h.call(func() {
		if f, _ = h.frame(frame, true); f != nil {
			f.wakers[w]++
		}
	})
	if f == nil {
		return // and so Join will say why
	}
	defer h.call(func() { delete(f.wakers, w) })
	late := time.NewTimer(lag)
	defer late.Stop()
	for now := f.Now(); now.newestID() < id && !now.closing; now = f.Now() {
		select {
		case <-w.more:
		case <-late.C:
			return
		case <-h.done:
			return
		}
	}
}

// SetRemote tells how many viewers a frame has in other processes.
func (h *Hub) SetRemote(frame string, viewers int) {
	h.call(func() {
		h.remote[frame] = viewers
		if viewers == 0 {
			delete(h.remote, frame)
		}
		if f := h.frames[frame]; f != nil {
			h.presence(f, 0)
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
func (h *Hub) watching(f *Frame) int { return f.viewers + h.remote[f.name] }

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
