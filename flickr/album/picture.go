package album

import "strings"

// picture is what an id says: everything needed to draw.
type picture struct {
	scene   int // index into scenes
	mood    int // index into moods
	weather weather
	seed    uint32
}

// An id is SCENE-MOOD-SEED or SCENE-MOOD-WEATHER-SEED: codes of three letters,
// then the seed to base 30. There is no vowel in it and no y, so that no id
// happens to spell the word somebody searched for, or any other.
const (
	digits     = "0123456789bcdfghjklmnpqrstvwxz"
	seedDigits = 7 // 30^7 is more than 2^32
	codeLength = 3
	maxID      = 3*(codeLength+1) + seedDigits
)

// Welcome is the id of the picture for a frame that has none yet: first light
// over a calm sea.
const Welcome = "wvs-dwn-0000000"

func (p picture) appendID(b []byte) []byte {
	b = append(b, scenes[p.scene].code...)
	b = append(b, '-')
	b = append(b, moods[p.mood].code...)
	if p.weather != fair {
		b = append(b, '-')
		b = append(b, weatherCodes[p.weather]...)
	}
	b = append(b, '-')
	var s [seedDigits]byte
	for i, n := seedDigits-1, p.seed; i >= 0; i-- {
		s[i] = digits[n%uint32(len(digits))]
		n /= uint32(len(digits))
	}
	return append(b, s[:]...)
}

// parse is the inverse of appendID. Each picture has one id: whatever is
// written in another way is refused.
func parse(id string) (p picture, ok bool) {
	if len(id) > maxID {
		return p, false
	}
	code, rest, _ := strings.Cut(id, "-")
	if p.scene, ok = sceneByCode[code]; !ok {
		return p, false
	}
	code, rest, _ = strings.Cut(rest, "-")
	if p.mood, ok = moodByCode[code]; !ok {
		return p, false
	}
	if code, seed, found := strings.Cut(rest, "-"); found {
		if p.weather, ok = weatherByCode[code]; !ok {
			return p, false
		}
		rest = seed
	}
	p.seed, ok = parseSeed(rest)
	return p, ok
}

func parseSeed(s string) (uint32, bool) {
	if len(s) != seedDigits {
		return 0, false
	}
	var n uint64
	for i := range len(s) {
		d := strings.IndexByte(digits, s[i])
		if d < 0 {
			return 0, false
		}
		n = n*uint64(len(digits)) + uint64(d)
	}
	return uint32(n), n < 1<<32
}

// index maps codes to their positions in a table.
func index[T any](table []T, code func(T) string) map[string]int {
	m := make(map[string]int, len(table))
	for i, entry := range table {
		m[code(entry)] = i
	}
	return m
}

var (
	sceneByCode = index(scenes, func(s scene) string { return s.code })
	moodByCode  = index(moods, func(m palette) string { return m.code })
)
