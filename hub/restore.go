package hub

import "time"

// Restore makes records what a frame keeps: pictures and removals, each oldest
// first, all that has happened after the id since, which is the time of a clear or
// as old as can be. Viewers get what is new to them. They get a reset, and then
// the newest picture, if the frame was cleared meanwhile or had more pictures
// than are kept.
func (h *Hub) Restore(frame, since string, records []Record) (err error) {
	if !h.call(func() { err = h.restore(frame, since, records) }) {
		return ErrClosed
	}
	return err
}

func (h *Hub) restore(frame, since string, records []Record) error {
	defer h.wakeDesks(frame)
	h.lost.Raise(frame, since)
	f, err := h.frame(frame, len(records) > 0)
	if f == nil || h.closing {
		return err
	}
	pictures, removals := f.Now().unpack(records)
	if len(pictures) >= HistorySize {
		since = max(since, pictures[0].id) // older ones have made room
	}
	f.goOn(since, pictures, removals)
	for _, s := range f.shadows {
		s.catchUp(since, pictures, removals)
	}
	f.pictured = time.Time{}
	if newest := f.Now().appendNewest(nil); len(newest) > 0 {
		f.pictured = IDTime(newest[0].id)
	}
	return nil
}

// goOn makes what has happened since an id what a frame knows.
func (f *Frame) goOn(since string, pictures, removals []*Event) {
	known := f.Now().newestID()
	old := max(0, len(pictures)-1) // all but the newest: who has seen nothing gets that
	switch {
	case known == "":
	case since > known:
		f.set(f.Now().with(newResetAt(since)))
	default:
		for old = 0; old < len(pictures) && pictures[old].id <= known; {
			old++
		}
	}
	f.now.Store(f.Now().withOld(since, pictures[:old], removals))
	for _, e := range removals {
		if f.Now().find(e.picture) >= 0 {
			f.set(f.Now().with(e))
		}
	}
	for _, e := range pictures[old:] {
		f.set(f.Now().with(e))
	}
}

// unpack makes events of records, but not of a picture that has been taken off.
func (s *Snapshot) unpack(records []Record) (pictures, removals []*Event) {
	gone := map[string]bool{}
	for _, e := range s.removed {
		gone[e.picture] = true
	}
	for _, r := range records {
		if r.Name == Removed {
			e := newRemoved(r.ID, r.Data)
			gone[e.picture] = true
			removals = append(removals, e)
		}
	}
	for _, r := range records {
		if r.Name == Picture && !gone[r.ID] {
			pictures = append(pictures, newEvent(r.ID, Picture, r.Data))
		}
	}
	return pictures, removals
}
