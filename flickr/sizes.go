package flickr

import (
	"cmp"
	"slices"
)

const (
	// wideEnough is the width in pixels that a photo should have on a screen.
	wideEnough = 1000
	// small is the length of the longer edge up to which a picture counts as a
	// thumbnail.
	small = 320
	// maxEdge is more than any picture has; beyond it a number is a mistake.
	maxEdge = 100_000
)

// Tiers say how well a photo suits a frame that is landscape, the best first.
// A word's photos are shown tier by tier; those of the last only when there is
// nothing in any other.
const (
	tierWide  = iota // landscape, at least 1,000 px wide
	tierLarge        // as wide, but square or of unknown shape; or landscape, but smaller
	tierPlain        // small and square, or nothing is known
	tierTall         // portrait
	tierLast         // thumbnails, and what is portrait and small
	tierCount = iota // not a tier
)

// sizeNames are the sizes a photo may come in, as in url_l, width_l and
// height_l, with the longer edge that each has at most. The letters are not
// the suffixes of the addresses. The order is that of preference among those
// that are wide enough: the least to load first. Squares cut out of a picture
// (sq, q) are not among them.
var sizeNames = [...]struct {
	name string
	edge int
}{
	{"l", 1024}, {"h", 1600}, {"k", 2048}, {"3k", 3072}, {"4k", 4096},
	{"c", 800}, {"z", 640}, {"m", 500}, {"w", 400}, {"n", 320}, {"s", 240}, {"t", 100},
}

// suffixEdges are the longer edges that the suffixes of addresses stand for; an
// original is taken for a large one.
var suffixEdges = map[string]int{
	"o": 1024, "b": 1024, "c": 800, "z": 640, "": 500, "w": 400, "n": 320, "m": 240,
	"h": 1600, "k": 2048, "3k": 3072, "4k": 4096,
}

// size is one size in which a photo is offered.
type size struct {
	url           string
	width, height int // both 0 when not known
	edge          int // the longer edge, as far as is known
}

// assumedWidth is the width, at best where it is not known.
func (s size) assumedWidth() int {
	if s.width > 0 {
		return s.width
	}
	return s.edge
}

// sizeOf reads one of a photo's sizes. allowed turns an address into the one
// that may be given out, or refuses it.
func sizeOf(m member, name string, edge int, allowed func(string) (string, bool)) (size, bool) {
	raw := string(m["url_"+name])
	if raw == "" {
		return size{}, false
	}
	url, ok := allowed(raw)
	if !ok {
		return size{}, false
	}
	s := size{url, m["width_"+name].int(), m["height_"+name].int(), edge}
	if s.width == 0 || s.height == 0 || s.width > maxEdge || s.height > maxEdge {
		s.width, s.height = 0, 0
		return s, true
	}
	s.edge = max(s.width, s.height)
	return s, true
}

// bestSize chooses among the sizes a photo is offered in: the first that is
// wide enough, else the widest. The shape is that of the chosen size, or of
// any other where that one's is not known.
func bestSize(m member, allowed func(string) (string, bool)) (best, shape size, ok bool) {
	for _, n := range sizeNames {
		s, offered := sizeOf(m, n.name, n.edge, allowed)
		if !offered {
			continue
		}
		if shape.width == 0 {
			shape = s
		}
		if best.assumedWidth() < wideEnough && s.assumedWidth() > best.assumedWidth() {
			best = s
		}
		if best.width >= wideEnough {
			break // Nothing better can come, and each address costs a look.
		}
	}
	if best.width > 0 {
		shape = best
	}
	return best, shape, best.url != ""
}

// largerSizes returns the files of a photo that are larger than best, smallest
// first. The original is not among them: it may be turned, and of any weight.
func largerSizes(m member, best size, allowed func(string) (string, bool)) []Size {
	var larger []Size
	for _, n := range sizeNames {
		if m["width_"+n.name].int() <= best.assumedWidth() {
			continue // each address costs a look
		}
		s, offered := sizeOf(m, n.name, n.edge, allowed)
		if offered && s.width > best.assumedWidth() && s.url != best.url {
			larger = append(larger, Size{s.url, s.width, s.height})
		}
	}
	slices.SortStableFunc(larger, func(a, b Size) int { return cmp.Compare(a.Width, b.Width) })
	return larger
}

// tierOf judges a photo by the width of its picture and its shape.
func tierOf(best, shape size) int {
	wide := best.assumedWidth() >= wideEnough
	portrait := shape.height > shape.width
	landscape := shape.width > shape.height
	switch {
	case best.edge <= small, portrait && best.edge < 2*small:
		return tierLast
	case portrait:
		return tierTall
	case wide && landscape:
		return tierWide
	case wide, landscape:
		return tierLarge
	}
	return tierPlain
}
