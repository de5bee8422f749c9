package flickr

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// flexible is any JSON value as text, because Flickr changes types: a number in
// one answer is a string in another, and a title is sometimes an object.
// Strings are themselves, numbers their digits, true and false those words (and
// so never the number of a licence), an object its "_content", or its "m" as the
// feed's "media" has it; null, arrays and other objects are "".
type flexible string

// UnmarshalJSON never fails: what cannot be read is "".
func (l *flexible) UnmarshalJSON(data []byte) error {
	*l = ""
	switch data[0] {
	case '"':
		inner := data[1 : len(data)-1]
		if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
			*l = flexible(inner)
			return nil
		}
		var s string
		if json.Unmarshal(data, &s) == nil {
			*l = flexible(s)
		}
	case 't', 'f':
		*l = flexible(data)
	case '{':
		var object struct {
			Content json.RawMessage `json:"_content"`
			M       json.RawMessage `json:"m"`
		}
		if json.Unmarshal(data, &object) != nil {
			return nil
		}
		inner := object.Content
		if len(inner) == 0 {
			inner = object.M
		}
		// Only one level: nesting has no end in a hostile answer.
		if len(inner) > 0 && inner[0] != '{' {
			return l.UnmarshalJSON(inner)
		}
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		*l = flexible(data)
	}
	return nil
}

// int is the value as a number from 0 up, 0 where it is none.
func (l flexible) int() int {
	s := strings.TrimSpace(string(l))
	if n, err := strconv.Atoi(s); err == nil {
		return max(n, 0)
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f >= 0 && f <= math.MaxInt32) {
		return 0
	}
	return int(f)
}

// isFalse tells whether a flag is set to false, in any of the ways there are. A
// flag that is absent is not.
func (l flexible) isFalse() bool { return l == "0" || strings.EqualFold(string(l), "false") }

// maxLine bounds titles and names: both go to every screen.
const maxLine = 200

// line is the value as one line of text for people: white space and control
// characters become single blanks, and it is cut at maxLine characters.
func (l flexible) line() string {
	s := strings.Join(strings.FieldsFunc(string(l), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	if utf8.RuneCountInString(s) <= maxLine {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:maxLine-1])) + "…"
}
