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
	key   string   // the same for keywords that ask for the same
	text  string   // for free-text search: the words with single blanks between
	words []string // what text is made of
	tags  []string // for the feed, which knows tags only: a word each
}

// parseQuery turns what somebody typed into what Flickr is asked. What Flickr
// would read as an operator becomes a plain word; escaping for the URL is left
// to the source. An empty text or no tags mean that there is nothing to
// ask for.
func parseQuery(keyword string) query {
	words := plainWords(keyword)
	text := strings.Join(words, " ")
	return query{key: strings.ToLower(text), text: text, words: words, tags: tagsOf(words)}
}

// joined is the one tag that people make of several words, as newyork of New
// York; "" where there is only one tag anyway.
func (q query) joined() string {
	if len(q.tags) < 2 {
		return ""
	}
	return strings.Join(q.tags, "")
}

// plainWords parts a keyword at white space and at what separates words in any
// script, and takes the operators out of a free-text search. Documented is one,
// a leading "-" that excludes the word; that there is an OR is known from its
// error (code 77), and quotation marks hold a phrase together. So words lose
// what stands before their first character of substance, and the capitals of
// OR, AND and NOT become small letters. All else stays: "a=b", "C++",
// "rock'n'roll", a URL and emoji are what they were, but for one spelling of
// each accented letter.
func plainWords(keyword string) []string {
	// The one spelling comes after the parting: it makes the Greek semicolon a
	// dot that is part of Catalan words.
	words := strings.FieldsFunc(strings.ToValidUTF8(keyword, " "), separatesWords)
	kept := words[:0]
	for _, w := range words {
		w = norm.NFC.String(strings.TrimLeftFunc(w, isPrefix))
		switch w {
		case "":
			continue
		case "OR", "AND", "NOT":
			w = strings.ToLower(w)
		}
		kept = append(kept, w)
	}
	return kept
}

// separatesWords reports whether a word ends at r.
func separatesWords(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || separatesEntries(r) || separatesNames(r) || isQuote(r)
}

// separatesEntries reports whether r parts the entries of a list that people
// type: a comma, a semicolon, a full stop or the like of any script, a slash or
// a bar. Of ASCII it is only the comma and the semicolon: the others are part
// of what they stand in, such as AC/DC, example.com or a:b.
func separatesEntries(r rune) bool {
	if r <= unicode.MaxASCII {
		return r == ',' || r == ';'
	}
	// Unicode's property has full stops, colons and question marks too, but lacks
	// these commas, the forms for vertical text and what is no punctuation at the
	// end of something.
	return unicode.Is(unicode.Terminal_Punctuation, r) && !separatesNames(r) ||
		strings.ContainsRune("՝⁏⸲⸴⸵⹉︐︑︒︔／｜…‥⋯︙•‣", r)
}

// separatesNames reports whether r stands in place of a blank: the dot between
// the parts of a foreign name in Japanese and Chinese, and marks between words.
// The dot of Catalan words (U+00B7) is none.
func separatesNames(r rune) bool { return strings.ContainsRune("・･‧⸱፡", r) }

// isQuote reports whether r is a mark that people, and their telephones, put
// around a phrase: a quotation mark or a bracket of any script. Apostrophes are
// part of their words. So are ASCII's brackets, as in f(x).
func isQuote(r rune) bool {
	switch r {
	case '"', '＂':
		return true
	case '‘', '’', '‛':
		return false
	}
	return r > unicode.MaxASCII && unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf)
}

// isPrefix reports whether r changes, or is known from other searches to
// change, the meaning of the word behind it, or is one of the invisible
// characters that could hide such a character from us but not from Flickr.
func isPrefix(r rune) bool {
	return strings.ContainsRune("-+~!|*()", r) || unicode.In(r, unicode.Dash, unicode.Cf, unicode.Variation_Selector)
}

// tagsOf makes a tag of each word, as Flickr does when it compares tags: in
// small letters and without punctuation.
func tagsOf(words []string) []string {
	var tags []string
	seen := map[string]bool{}
	for _, word := range words {
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

// isSubstance reports whether r alone is something to look for.
func isSubstance(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || isPictograph(r)
}

// isPictograph reports whether r is one of the emoji or another symbol beyond
// ASCII and Latin-1 that is neither mathematics nor money.
func isPictograph(r rune) bool {
	return r > unicode.MaxLatin1 && (unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r))
}
