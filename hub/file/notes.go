package file

import (
	"time"

	"picture-frame/hub"
)

// activityGrain is how much newer than its picture a frame's last search has to
// be to be worth a write.
const activityGrain = 10 * time.Second

// notes is what the file has of the times that change more often than pictures
// come: last searches, and the queries that budgets count. They are written with
// the next picture, or within a second.
type notes struct {
	activity map[string]time.Time
	queries  map[string]map[int64]bool // by budget: in microseconds
	next     *notes                    // what it is once the transaction has ended
}

func newNotes() notes {
	return notes{activity: map[string]time.Time{}, queries: map[string]map[int64]bool{}}
}

// saw takes what the file had at the start.
func (n *notes) saw(c content) {
	for frame, at := range c.activity {
		n.activity[frame] = at
	}
	n.queries = inMicroseconds(c.queries)
}

func inMicroseconds(queries map[string][]time.Time) map[string]map[int64]bool {
	all := map[string]map[int64]bool{}
	for budget, taken := range queries {
		all[budget] = map[int64]bool{}
		for _, at := range taken {
			all[budget][at.UnixMicro()] = true
		}
	}
	return all
}

// news reports whether there is something to write.
func (n *notes) news(activity map[string]time.Time, queries map[string][]time.Time) bool {
	for frame, at := range activity {
		if at.Sub(n.activity[frame]) >= activityGrain {
			return true
		}
	}
	for budget, taken := range inMicroseconds(queries) {
		for at := range taken {
			if !n.queries[budget][at] {
				return true
			}
		}
	}
	return false
}

// put writes what has changed. It counts from commit on.
func (n *notes) put(t *transaction, activity map[string]time.Time, queries map[string][]time.Time) error {
	next := notes{activity: map[string]time.Time{}, queries: inMicroseconds(queries)}
	for frame, at := range activity {
		before := n.activity[frame]
		next.activity[frame] = before
		entry, err := t.frame(frame)
		if err != nil {
			return err
		}
		shown := hub.IDTime(entry.Newest)
		if shown.After(before) {
			next.activity[frame] = shown
		}
		if entry.Pictures == 0 || at.Sub(next.activity[frame]) < activityGrain {
			continue
		}
		next.activity[frame] = at
		if err := t.put(activityBucket, []byte(frame), bytesOf(at)); err != nil {
			return err
		}
	}
	for budget, taken := range next.queries {
		for at := range taken {
			if n.queries[budget][at] {
				continue
			}
			if err := t.put(queriesBucket, queryKey(budget, at), nil); err != nil {
				return err
			}
		}
	}
	for budget, taken := range n.queries {
		for at := range taken {
			if next.queries[budget][at] {
				continue
			}
			if err := t.tx.Bucket(queriesBucket).Delete(queryKey(budget, at)); err != nil {
				return err
			}
		}
	}
	n.next = &next
	return nil
}

func queryKey(budget string, at int64) []byte {
	return append([]byte(budget+"\x00"), bytesOf(time.UnixMicro(at))...)
}

// commit makes what was put what the file has.
func (n *notes) commit() {
	if n.next != nil {
		*n = *n.next
	}
}
