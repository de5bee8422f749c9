package flickr

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// blocklist finds blocked words in a text: whole words, whatever their case
// or width. An entry of several words is found where they follow each other,
// and written as one, as tags are.
type blocklist struct {
	first map[string][][]string // entries by their first word
}

// newBlocklist makes one of a comma list that has been parted at its ASCII
// commas: those of other scripts are as good.
func newBlocklist(list []string) blocklist {
	b := blocklist{first: map[string][][]string{}}
	for _, part := range list {
		for _, entry := range SplitList(part) {
			words := wordsOf(entry)
			if len(words) == 0 {
				continue
			}
			b.add(words)
			if len(words) > 1 {
				b.add(wordsOf(strings.Join(words, "")))
			}
		}
	}
	return b
}

// SplitList returns the entries of a list that somebody has typed, without the
// white space around them. Commas of any script separate them, and what stands
// for commas.
func SplitList(list string) (entries []string) {
	for entry := range strings.FieldsFuncSeq(list, separatesEntries) {
		if entry = strings.TrimSpace(entry); entry != "" {
			entries = append(entries, entry)
		}
	}
	return entries
}

// Blocks reports whether a BLOCKED_WORDS of this value refuses a search for the
// keyword.
func Blocks(list, keyword string) bool {
	return newBlocklist([]string{list}).refuses(keyword, parseQuery(keyword))
}

// refuses reports whether a search for a keyword must not be made.
func (b blocklist) refuses(keyword string, q query) bool {
	return b.matches(keyword) || b.matches(q.tags...)
}

func (b blocklist) add(words []string) {
	b.first[words[0]] = append(b.first[words[0]], words)
}

// matches reports whether any of the texts contains a blocked word.
func (b blocklist) matches(texts ...string) bool {
	if len(b.first) == 0 {
		return false
	}
	for _, text := range texts {
		words := wordsOf(text)
		for i, word := range words {
			for _, entry := range b.first[word] {
				if end := i + len(entry); end <= len(words) && slices.Equal(words[i:end], entry) {
					return true
				}
			}
		}
	}
	return false
}

// wordsOf splits a text into its words, folded so that they can be compared.
// In scripts that do not separate words, and for pictographs, every character
// counts as a word of its own: "whole words" would find nothing there.
func wordsOf(text string) []string {
	if isASCII(text) {
		text = strings.ToLower(text) // The same, but quicker.
	} else {
		text = cases.Fold().String(norm.NFKC.String(text))
	}
	var words []string
	start := -1
	flush := func(end int) {
		if start >= 0 {
			words = append(words, text[start:end])
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case isUnspaced(r), isPictograph(r):
			flush(i)
			words = append(words, string(r))
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r) && start >= 0:
			if start < 0 {
				start = i
			}
		case unicode.Is(unicode.Cf, r):
			// A soft hyphen or a joiner is not an end of a word, see below.
			if start < 0 {
				continue
			}
		default:
			flush(i)
		}
	}
	flush(len(text))
	for i, w := range words {
		words[i] = strings.Map(visible, w)
	}
	return words
}

// visible drops what is not seen within a word, so that it cannot be used to
// write a blocked word unnoticed.
func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isUnspaced reports whether r belongs to a script that does not separate words.
// The sign for a long vowel belongs to two of them, and so to neither's table.
func isUnspaced(r rune) bool {
	return r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
