package album

import (
	"strings"
	"unicode"
)

const (
	// maxJoined is how many typed words may be one word of the vocabulary:
	// “hot air balloon”.
	maxJoined = 3
	// maxParts is how many words one typed word may hold: “blackandwhite”. It
	// also bounds the work for a long word.
	maxParts = 3
)

// hintsOf returns what the words of a lower-case text tell, in their order.
// Without a known word it returns nothing.
func hintsOf(text string) []hint {
	var hints []hint
	typed := strings.FieldsFunc(text, between)
	for i := 0; i < len(typed); {
		if h, count, ok := joined(typed[i:]); ok {
			hints = append(hints, h)
			i += count
			continue
		}
		hints = append(hints, hintsOfWord(typed[i])...)
		i++
	}
	return hints
}

// joined looks up the first words as if they were written as one, the most
// words first, and returns how many there are.
func joined(typed []string) (h hint, count int, ok bool) {
	for count = min(maxJoined, len(typed)); count > 1; count-- {
		if h, ok = meaning(strings.Join(typed[:count], "")); ok {
			return h, count, true
		}
	}
	return h, 0, false
}

func hintsOfWord(word string) []hint {
	if h, ok := meaning(word); ok {
		return []hint{h}
	}
	if hints, ok := parts(word, maxParts); ok {
		return hints
	}
	if word[0] < 0x80 {
		return nil
	}
	var hints []hint
	for _, r := range word { // some scripts write no spaces
		if h, ok := runes[r]; ok {
			hints = append(hints, h)
		}
	}
	return hints
}

// filler are parts of compounds that change nothing about a picture.
var filler = setOf("and at by day de for from i in insta la land le life lover lovers my n of on pic pics scape shot shots side the time und view views with world")

func setOf(words string) map[string]bool {
	m := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		m[word] = true
	}
	return m
}

// parts splits a compound such as “citylights” into at most count known words,
// the longest first. All of it has to be known. Two words of three letters are
// no compound: “carpet” has nothing to do with pets.
func parts(word string, count int) ([]hint, bool) {
	if filler[word] {
		return nil, true
	}
	if h, ok := meaning(word); ok && len(word) > 2 {
		return []hint{h}, true
	}
	if count == 1 {
		return nil, false
	}
	for i := len(word) - 1; i > 0; i-- {
		head, tail := word[:i], word[i:]
		h, known := words[head]
		if known && (len(head) < 3 || len(head) == 3 && len(tail) < 4) {
			known = false
		}
		if !known && !filler[head] {
			continue
		}
		rest, ok := parts(tail, count-1)
		if !ok || len(tail) == 3 && len(head) < 4 {
			continue
		}
		if known {
			return append([]hint{h}, rest...), true
		}
		if len(rest) > 0 {
			return rest, true
		}
	}
	return nil, false
}

// endings are removed from a word, or replaced, to find it in the vocabulary;
// least is how many letters have to be left, lest “care” mean cars.
var endings = [...]struct {
	ending, instead string
	least           int
}{
	{"s", "", 3}, {"es", "", 3}, {"ies", "y", 3}, {"ves", "f", 2}, {"ves", "fe", 2},
	{"ing", "", 3}, {"ing", "e", 3}, {"ings", "", 3}, {"ed", "", 3}, {"ed", "e", 3},
	{"er", "", 3}, {"er", "e", 3}, {"ers", "", 3}, {"ers", "e", 3}, {"y", "", 4}, {"ish", "", 3},
	{"en", "", 3}, {"n", "", 4}, {"e", "", 4}, {"ful", "", 3}, {"ly", "", 4}, {"ic", "", 4},
}

// meaning looks a word up as it is, in its other spelling, without accents and
// without its ending.
func meaning(word string) (hint, bool) {
	for _, spelling := range [...]string{word, plain(word)} {
		if h, ok := words[spelling]; ok {
			return h, true
		}
	}
	word = plain(word)
	for _, e := range endings {
		stem, ok := strings.CutSuffix(word, e.ending)
		if !ok || len(stem) < e.least {
			continue
		}
		if h, ok := words[plain(stem+e.instead)]; ok {
			return h, true
		}
		if n := len(stem); e.instead == "" && len(e.ending) < 4 && stem[n-1] == stem[n-2] { // “swimming”
			if h, ok := words[stem[:n-1]]; ok {
				return h, true
			}
		}
	}
	return hint{}, false
}

// accents are the letters of Latin scripts with a mark, and without it.
var accents = strings.NewReplacer(
	"à", "a", "á", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "ç", "c", "è", "e", "é", "e", "ê", "e", "ë", "e",
	"ì", "i", "í", "i", "î", "i", "ï", "i", "ñ", "n", "ò", "o", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ø", "o",
	"ù", "u", "ú", "u", "û", "u", "ü", "u", "ý", "y", "ß", "ss", "ł", "l", "ś", "s", "š", "s", "ż", "z", "ž", "z", "č", "c")

// british are endings of British English and their American form.
var british = [...]struct{ ending, american string }{
	{"our", "or"}, {"ours", "ors"}, {"oured", "ored"}, {"ourful", "orful"}, {"tre", "ter"}, {"tres", "ters"},
	{"lled", "led"}, {"lling", "ling"}, {"ller", "ler"}, {"ise", "ize"}, {"grey", "gray"}, {"storey", "story"},
}

// plain is a spelling in which words are compared: without accents, American.
func plain(word string) string {
	if !isASCII(word) {
		word = strings.Map(dropMark, accents.Replace(word))
	}
	for _, b := range british {
		if stem, ok := strings.CutSuffix(word, b.ending); ok && (len(stem) > 2 || b.ending == word) {
			return stem + b.american
		}
	}
	return word
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func dropMark(r rune) rune {
	if unicode.IsMark(r) {
		return -1
	}
	return r
}
