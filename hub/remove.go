package hub

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"
)

// How a picture is taken off. A frame remembers its last removals: whoever comes
// back with an id from before one is told of it, the removed picture's own id is
// as good as any to come back with, and no other process can bring the picture
// back.

// RemovalsKept is how many removals of a frame are remembered, as many as a viewer
// may have missed pictures. Who comes back from before them gets a reset.
const RemovalsKept = HistorySize

type removed struct {
	ID string `json:"id"`
}

// RemovedData returns the data of a removal of the picture with an id.
func RemovedData(id string) []byte {
	data, _ := json.Marshal(removed{id}) // strings always encode
	return data
}

// RemovedID returns the id of the picture that a removal's data names.
func RemovedID(data []byte) string {
	var r removed
	_ = json.Unmarshal(data, &r) // nonsense names no picture
	return r.ID
}

// newRemoved returns the event that tells of a removal which happened at the time
// of the id at.
func newRemoved(at string, data []byte) *Event {
	e := NewEvent(Removed, data)
	e.at, e.picture = at, RemovedID(data)
	e.poll = newEvent(at, Removed, data).Text()
	return e
}

// remove takes a picture off a frame, which is nil if nobody has used it.
func (h *Hub) remove(f *Frame, r Record) (string, error) {
	decided := r.ID != ""
	if f == nil {
		if !decided {
			return "", ErrNoPicture
		}
		return r.ID, nil
	}
	id := RemovedID(r.Data)
	now := f.Now()
	if !decided {
		if now.find(id) < 0 {
			return "", ErrNoPicture
		}
		r.ID = h.ids.next(time.Now())
	}
	if now.removal(id) == nil {
		f.append(newRemoved(r.ID, r.Data))
	}
	return r.ID, nil
}

// find returns the place of a picture, or -1.
func (s *Snapshot) find(id string) int {
	return slices.IndexFunc(s.pictures, func(e *Event) bool { return e.id == id })
}

// removal returns what told of a picture's removal, or nil.
func (s *Snapshot) removal(id string) *Event {
	for _, e := range s.removed {
		if e.picture == id {
			return e
		}
	}
	return nil
}

// blank reports whether there is nothing to keep.
func (s *Snapshot) blank() bool { return len(s.pictures) == 0 && len(s.removed) == 0 }

// since appends what lies after an id that is known, in the order in which it
// happened.
func (s *Snapshot) since(id string) (events []*Event) {
	removals := s.removed
	for len(removals) > 0 && removals[0].at <= id {
		removals = removals[1:]
	}
	for _, e := range s.pictures {
		if e.id <= id {
			continue
		}
		for len(removals) > 0 && removals[0].at < e.id {
			events, removals = append(events, removals[0]), removals[1:]
		}
		events = append(events, e)
	}
	return append(events, removals...)
}

// remember adds a removal and drops its picture. Neither slice is changed where
// readers can see it.
func (s *Snapshot) remember(e *Event) {
	if i := s.find(e.picture); i >= 0 {
		s.pictures = slices.Delete(slices.Clone(s.pictures), i, i+1)
	}
	s.removed = append(slices.Clone(s.removed), e)
	s.arrangeRemovals()
}

// arrangeRemovals puts a slice that nobody reads yet in order, and drops what is
// not remembered any more.
func (s *Snapshot) arrangeRemovals() {
	slices.SortStableFunc(s.removed, func(a, b *Event) int { return cmp.Compare(a.at, b.at) })
	if n := len(s.removed) - RemovalsKept; n > 0 {
		s.base = max(s.base, s.removed[n-1].at)
		s.removed = s.removed[n:]
	}
}

// addOldRemovals puts in removals of which no viewer here has to be told, because
// their pictures are not here: only who resumes from before them is.
func (s *Snapshot) addOldRemovals(old []*Event) {
	s.removed = slices.Clone(s.removed)
	for _, e := range old {
		if s.removal(e.picture) == nil && s.find(e.picture) < 0 {
			s.removed = append(s.removed, e)
		}
	}
	s.arrangeRemovals()
}
