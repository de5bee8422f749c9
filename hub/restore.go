package hub

import "slices"

// Restore makes records what a frame keeps: pictures, at most HistorySize, and
// removals, each oldest first. Where they go on from what it has, its viewers get
// what is new to them; otherwise they get a reset, if they have seen anything, and
// the newest picture.
func (h *Hub) Restore(frame string, records []Record) (err error) {
	if !h.call(func() { err = h.restore(frame, records) }) {
		return ErrClosed
	}
	return err
}

func (h *Hub) restore(frame string, records []Record) error {
	f, err := h.frame(frame, len(records) > 0)
	if f == nil || h.closing {
		return err
	}
	pictures, removals := f.Now().unpack(records)
	newest := f.Now().newestID()
	goesOn := slices.ContainsFunc(pictures, func(e *Event) bool { return e.id == newest || e.id == f.Now().newestPicture() }) ||
		slices.ContainsFunc(removals, func(e *Event) bool { return e.picture == newest })
	if newest != "" && !goesOn {
		f.append(newReset())
	}
	old := len(pictures) - 1 // all but the newest, which nobody has seen
	if goesOn {
		old = 0
		for old < len(pictures) && pictures[old].id <= newest {
			old++
		}
	}
	f.now.Store(f.Now().withOldRemovals(removals))
	for _, e := range removals {
		if f.Now().find(e.picture) >= 0 {
			f.append(e)
		}
	}
	if len(pictures) > 0 {
		f.now.Store(f.Now().withOld(pictures[:old]))
		for _, e := range pictures[old:] {
			f.append(e)
		}
	}
	f.pictured = IDTime(f.Now().newestPicture())
	return nil
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
