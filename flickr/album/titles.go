package album

import "strings"

// hours end a title with the mood of its picture.
var hours = [...][]string{
	{"first light", "before breakfast", "early"},
	{"in the plain of day", "around noon", "clear"},
	{"late light", "towards evening", "the warm hour"},
	{"as it goes down", "last colour", "the end of the day"},
	{"after supper", "lamps coming on", "nearly gone"},
	{"past twelve", "everyone asleep", "no hurry"},
	{"softly", "study", "plate two", "from memory", "second version"},
}

// hourOf tells which hour a mood belongs to; colours have none.
func hourOf(mood int) int {
	switch mood {
	case dawn, spring, misty:
		return 0
	case day, winter, ice, wet:
		return 1
	case golden, autumn:
		return 2
	case sunset:
		return 3
	case dusk, storm:
		return 4
	case midnight, moonlit, ink, neon:
		return 5
	}
	return 6
}

// title names a picture by what is in it. It does not repeat the words somebody
// searched for: what is typed is shown as the keyword and nowhere else.
func (p picture) title(text string) string {
	scene, hour := scenes[p.scene].titles, hours[hourOf(p.mood)]
	if p.weather == night {
		hour = hours[5]
	}
	name := unlike(scene, int(p.seed>>5), text)
	if p.seed%3 == 0 {
		return name
	}
	if end := unlike(hour, int(p.seed>>9), text); end != "" && name != "" {
		return name + ", " + end
	}
	return name
}

// unlike is the first of the phrases, from the i-th on, that has no word of the
// text in it; without one it is "".
func unlike(phrases []string, i int, text string) string {
	for k := range phrases {
		phrase := phrases[(i+k)%len(phrases)]
		if !shares(phrase, text) {
			return phrase
		}
	}
	return ""
}

// shares reports whether a word of the text, of three letters or more, stands in
// the phrase.
func shares(phrase, text string) bool {
	for word := range strings.FieldsFuncSeq(text, between) {
		if len(word) > 2 && containsFold(phrase, word) {
			return true
		}
	}
	return false
}

func containsFold(s, part string) bool {
	for i := 0; i+len(part) <= len(s); i++ {
		if (s[i]|0x20) == (part[0]|0x20) && strings.EqualFold(s[i:i+len(part)], part) {
			return true
		}
	}
	return false
}
