package hub

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// HistorySize is how many pictures a frame keeps: what a viewer may have missed
// and still get in full.
const HistorySize = 100

// A Snapshot is all that a frame has to say at one moment. It never changes;
// the hub's goroutine replaces it. Reading one needs no lock, and a
// position in it stays meaningful in every later one.
type Snapshot struct {
	serial   uint64             // of the newest event
	pictures []*Event           // oldest first, at most HistorySize
	floor    uint64             // serial of the newest picture that is no longer kept
	last     [len(kinds)]*Event // the newest of each kind of which only that counts

	removed []*Event // the last removals, oldest first
	base    string   // an id: everything that has happened after it is still known
	closing bool
}

// Serial is the position of a viewer that has everything.
func (s *Snapshot) Serial() uint64 { return s.serial }

// Closing reports whether streams are to end once they have everything.
func (s *Snapshot) Closing() bool { return s.closing }

// PictureSerial is the position of a viewer that has all pictures, though
// perhaps not the latest presence or search.
func (s *Snapshot) PictureSerial() uint64 {
	if n := len(s.pictures); n > 0 {
		return s.pictures[n-1].serial
	}
	return s.floor
}

// Newer counts the pictures after a position.
func (s *Snapshot) Newer(position uint64) int {
	n := len(s.pictures)
	for n > 0 && s.pictures[n-1].serial > position {
		n--
	}
	return len(s.pictures) - n
}

// Broadcasts are when the pictures after a position came here by being published.
func (s *Snapshot) Broadcasts(position uint64) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		for _, e := range s.pictures[len(s.pictures)-s.Newer(position):] {
			if e.sent != nil && !yield(e.sent.At) {
				return
			}
		}
	}
}

// After appends to buf what lies after a position, in order. A viewer that is
// further back than the history reaches is told so, and gets a reset and the
// current picture.
func (s *Snapshot) After(position uint64, buf []*Event) (events []*Event, behind bool) {
	if position < s.floor {
		return s.appendAfresh(buf), true
	}
	start := len(buf)
	buf = append(buf, s.pictures[len(s.pictures)-s.Newer(position):]...)
	for _, e := range s.last {
		if e != nil && e.serial > position {
			buf = insert(buf, start, e)
		}
	}
	for _, e := range s.removed {
		if e.serial > position {
			buf = insert(buf, start, e)
		}
	}
	return buf, false
}

// insert puts e where it belongs among the events from start on.
func insert(buf []*Event, start int, e *Event) []*Event {
	at := len(buf)
	for at > start && buf[at-1].serial > e.serial {
		at--
	}
	return slices.Insert(buf, at, e)
}

// resume is what a viewer gets that last saw the event with this id; none
// means that it has seen nothing.
func (s *Snapshot) resume(id string) []*Event {
	switch {
	case id == "":
		return s.appendNewest(nil)
	case s.knows(id):
		return s.since(id)
	default:
		return s.appendAfresh(nil)
	}
}

// knows reports whether an id of ours, not only one of a picture, is a place from
// which a viewer of this frame can go on.
func (s *Snapshot) knows(id string) bool { return s.base <= id && id <= s.mark() }

// newestID is that of the newest thing that has happened here, be it no longer
// kept; ids sort as strings. It is empty if nothing has.
func (s *Snapshot) newestID() string {
	newest := s.base
	if n := len(s.pictures); n > 0 {
		newest = max(newest, s.pictures[n-1].id)
	}
	if n := len(s.removed); n > 0 {
		newest = max(newest, s.removed[n-1].at)
	}
	return newest
}

// mark is an id to resume from for a viewer that has everything.
func (s *Snapshot) mark() string { return cmp.Or(s.newestID(), firstID) }

func (s *Snapshot) appendNewest(events []*Event) []*Event {
	if n := len(s.pictures); n > 0 {
		events = append(events, s.pictures[n-1])
	}
	return events
}

// appendAfresh appends a reset and the current picture. The reset has an id only where
// no picture follows: that one would be no newer than it.
func (s *Snapshot) appendAfresh(events []*Event) []*Event {
	if len(s.pictures) == 0 {
		return append(events, newResetAt(s.mark()))
	}
	return s.appendNewest(append(events, newReset()))
}

// with returns the snapshot that follows s once e has happened. The slices may
// share memory: only the hub appends, and only behind what readers can see.
func (s *Snapshot) with(e *Event) *Snapshot {
	next := *s
	next.serial++
	e.serial = next.serial
	i := indexOfKind(e.name)
	if kinds[i].clears {
		next.pictures, next.removed, next.base = nil, nil, max(next.base, e.at)
	}
	if kinds[i].removes {
		next.remember(e)
	}
	if kinds[i].kept {
		next.pictures = append(next.pictures, e)
		next.trim()
	}
	if kinds[i].latest {
		next.last[i] = e
	}
	return &next
}

// withOld returns s with pictures put in where their ids belong, and the removals
// of pictures that are not here: with that, everything since an id is known. They
// are old: to a viewer's position they have always been there, so that only a
// viewer that resumes from before them gets them.
func (s *Snapshot) withOld(since string, old, removals []*Event) *Snapshot {
	next := *s
	next.base = since
	next.addOldRemovals(removals)
	next.pictures = slices.Clone(s.pictures)
	for _, e := range old {
		i, there := slices.BinarySearchFunc(next.pictures, e.id, func(p *Event, id string) int { return cmp.Compare(p.id, id) })
		if there {
			continue
		}
		e.serial = next.floor
		if i > 0 {
			e.serial = next.pictures[i-1].serial
		}
		next.pictures = slices.Insert(next.pictures, i, e)
	}
	next.trim()
	return &next
}

// trim drops what is not kept any more.
func (s *Snapshot) trim() {
	if n := len(s.pictures) - HistorySize; n > 0 {
		s.floor = s.pictures[n-1].serial
		s.base = max(s.base, s.pictures[n-1].id)
		s.pictures = s.pictures[n:]
	}
}
