package flickr

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxTags is how many tags are sent at most: Flickr refuses a query for all
// of more than 20.
const maxTags = 20

// query is what is asked for a keyword.
type query struct {
	key  string   // the same for keywords that ask for the same
	text string   // for free-text search: words and single blanks
	tags []string // for the feed, which knows tags only
}

// parseQuery turns what somebody typed into what Flickr is asked. What Flickr
// would read as an operator becomes a plain word; escaping for the URL is left
// to whoever builds it. An empty text or no tags mean that there is nothing to
// ask for.
func parseQuery(keyword string) query {
	text := plainText(keyword)
	return query{key: strings.ToLower(text), text: text, tags: tagsOf(text)}
}

// plainText takes the operators out of a free-text search. Documented is one,
// a leading "-" that excludes the word; that there is an OR is known from its
// error (code 77), and quotation marks hold a phrase together. So words lose
// what stands before their first character of substance, quotation marks turn
// into blanks and the capitals of OR, AND and NOT into small letters. All else
// stays: "a=b", "C++", "rock'n'roll", a URL and emoji are what they were, but for
// one spelling of each accented letter.
func plainText(keyword string) string {
	keyword = norm.NFC.String(strings.ToValidUTF8(keyword, " "))
	words := strings.FieldsFunc(keyword, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || isQuote(r)
	})
	kept := words[:0]
	for _, w := range words {
		w = strings.TrimLeftFunc(w, isPrefix)
		switch w {
		case "":
			continue
		case "OR", "AND", "NOT":
			w = strings.ToLower(w)
		}
		kept = append(kept, w)
	}
	return strings.Join(kept, " ")
}

// isQuote is true for the marks that people, and their telephones, put around
// a phrase.
func isQuote(r rune) bool {
	return r == '"' || r == '“' || r == '”' || r == '„'
}

// isPrefix is true for what changes, or is known from other searches to
// change, the meaning of the word behind it, and for the invisible characters
// that could hide it from us but not from Flickr.
func isPrefix(r rune) bool {
	return strings.ContainsRune("-+~!|*()", r) || unicode.Is(unicode.Dash, r) || unicode.Is(unicode.Cf, r)
}

// tagsOf makes a tag of each word, as Flickr does when it compares tags: in
// small letters and without punctuation. A comma would separate tags in the
// request, so it does here.
func tagsOf(text string) []string {
	var tags []string
	seen := map[string]bool{}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		tag := strings.Map(func(r rune) rune {
			if !isTagRune(r) {
				return -1
			}
			return unicode.ToLower(r)
		}, word)
		// Joiners and the like alone are nothing to look for.
		if seen[tag] || strings.IndexFunc(tag, isSubstance) < 0 {
			continue
		}
		seen[tag] = true
		if tags = append(tags, tag); len(tags) == maxTags {
			break
		}
	}
	return tags
}

// isTagRune keeps, beside letters and digits, the marks that Indic and Arabic
// words are written with, and emoji with their joiners and variants.
func isTagRune(r rune) bool {
	return isSubstance(r) || unicode.IsMark(r) || unicode.Is(unicode.Join_Control, r)
}

func isSubstance(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || isPictograph(r)
}

// isPictograph is true for emoji and other symbols beyond ASCII and Latin-1
// that are neither mathematics nor money.
func isPictograph(r rune) bool {
	return r > unicode.MaxLatin1 && (unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r))
}
