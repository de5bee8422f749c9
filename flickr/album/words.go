package album

import (
	"math/bits"
	"strings"
	"unicode"
)

// set is a set of scenes or of moods, by their indices.
type set uint64

func of(members ...int) set {
	var s set
	for _, m := range members {
		s |= 1 << m
	}
	return s
}

func (s set) size() int { return bits.OnesCount64(uint64(s)) }

// pick is the i-th member, counting round and round.
func (s set) pick(i int) int {
	for range i % s.size() {
		s &= s - 1
	}
	return bits.TrailingZeros64(uint64(s))
}

// narrow is what s and other have in common; if that is nothing, either.
func (s set) narrow(other set) set {
	if common := s & other; common != 0 {
		return common
	}
	return s | other
}

// some keeps count members, chosen by seed.
func (s set) some(count int, seed uint64) set {
	for s.size() > count {
		s &^= 1 << s.pick(int(seed>>33))
		seed = scramble(seed)
	}
	return s
}

// hint is what one word tells about a picture. Words combine: “red mountain”
// takes its mood from one and its scenes from the other.
type hint struct {
	scenes set // what it names
	moods  set // how it looks
	// within are scenes that show such a mood well, if no word names a scene.
	within set
	// weather is what the word adds to a mood that another word sets.
	weather weather
	// weak moods give way to those of another word: a rose is red, but a
	// yellow rose is yellow.
	weak bool
}

// theme is what a whole search stands for.
type theme struct {
	seed          uint64
	scenes, moods set
	weather       weather
}

// themeOf reads the words of a search, in any case. It never fails: what means
// nothing to the album still has a hash, and that chooses.
func themeOf(text string) theme {
	text = strings.ToLower(text)
	t := theme{seed: 14695981039346656037} // FNV-1a
	var within set
	var strong bool
	for word := range strings.FieldsFuncSeq(text, between) {
		for i := range len(word) {
			t.seed = (t.seed ^ uint64(word[i])) * 1099511628211
		}
		t.seed = (t.seed ^ ' ') * 1099511628211
	}
	for _, h := range hintsOf(text) {
		strong = t.add(h, strong)
		if h.within != 0 {
			within = within.narrow(h.within)
		}
	}
	if t.seed == 14695981039346656037 { // neither a letter nor a digit: “♥”, “!?”
		for i := range len(text) {
			t.seed = (t.seed ^ uint64(text[i])) * 1099511628211
		}
	}
	t.seed = scramble(t.seed)
	t.settle(within)
	return t
}

// between reports whether r separates words.
func between(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }

// add takes up one word's hint. It reports whether a mood is set that is not weak.
func (t *theme) add(h hint, strong bool) bool {
	t.scenes |= h.scenes
	switch {
	case h.moods == 0:
	case t.moods == 0:
		t.moods, strong = h.moods, !h.weak
		t.weather = max(t.weather, h.weather)
	case h.weather != fair:
		t.weather = h.weather // “red night”: red keeps the palette
	case t.weather != fair, !strong:
		t.moods, strong = h.moods, !h.weak // “night, red” is the same
	case !h.weak:
		t.moods |= h.moods
	}
	return strong
}

// settle chooses what the words have left open.
func (t *theme) settle(within set) {
	if t.moods != 0 && t.weather != fair && t.native() {
		t.weather = fair // the moods of a rainy day already rain
	}
	if t.scenes == 0 {
		if within == 0 {
			within = anywhere
		}
		t.scenes = within.some(6, t.seed)
	}
	if t.moods == 0 {
		var all set
		for s := t.scenes; s != 0; s &= s - 1 {
			all |= scenes[s.pick(0)].suits
		}
		t.moods = all.some(3, scramble(t.seed))
	}
}

// native reports whether every mood of the theme comes with the theme's weather.
func (t *theme) native() bool {
	for s := t.moods; s != 0; s &= s - 1 {
		m := &moods[s.pick(0)]
		if m.weather != t.weather && !(t.weather == night && m.dark) {
			return false
		}
	}
	return true
}

// picture is the i-th picture of the theme. Neighbours differ in scene, where
// there are several, and then in mood.
func (t theme) picture(i int) picture {
	h := scramble(t.seed + uint64(i)*0x9e3779b97f4a7c15)
	first := int(t.seed >> 40)
	return picture{
		scene:   t.scenes.pick(first + i),
		mood:    t.moods.pick(first>>8 + i/t.scenes.size() + i),
		weather: t.weather,
		seed:    uint32(h>>32)&^31 | uint32(i), // no two of a theme are the same
	}
}
