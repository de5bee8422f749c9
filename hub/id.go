package hub

import (
	"crypto/rand"
	"strconv"
	"strings"
	"time"
)

// ids makes event ids: a count that follows the clock in microseconds, and a
// tag of this process. They sort as strings in the order they were made.
//
// The count never goes back: a clock that steps back is waited out by counting
// on, and an id that a viewer brings from an earlier process lifts the count
// above it. The tag keeps two processes apart whatever their clocks say.
type ids struct {
	last uint64
	tag  string
}

const (
	countDigits = 11             // base 32 digits of 55 bits: until the year 3111
	farAhead    = 24 * time.Hour // no honest id is further ahead of the clock
)

// maxID is more than any id of ours is long, in bytes.
const maxID = 32

// firstID is older than all ids: who has that one has seen nothing, and resumes
// with everything.
const firstID = "00000000000-start"

func newIDs() ids { return ids{tag: strings.ToLower(rand.Text()[:5])} }

func (g *ids) next(now time.Time) string {
	g.last = max(uint64(now.UnixMicro()), g.last+1)
	digits := strconv.FormatUint(g.last, 32)
	return strings.Repeat("0", max(0, countDigits-len(digits))) + digits + "-" + g.tag
}

// IDTime returns when an id was made, to the microsecond, or the zero time if
// it is none of ours.
func IDTime(id string) time.Time {
	digits, _, ok := strings.Cut(id, "-")
	if !ok || len(digits) != countDigits || len(id) > maxID {
		return time.Time{}
	}
	count, err := strconv.ParseUint(digits, 32, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMicro(int64(count))
}

// own reports whether an id was made by this process.
func (g *ids) own(id string) bool { return strings.HasSuffix(id, "-"+g.tag) }

// saw lifts the count above an id that was made elsewhere.
func (g *ids) saw(id string, now time.Time) {
	if made := IDTime(id); !made.IsZero() && made.Before(now.Add(farAhead)) {
		g.last = max(g.last, uint64(made.UnixMicro()))
	}
}
