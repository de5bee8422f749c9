package flickr

import (
	"fmt"
	"strconv"
	"strings"

	"picture-frame/flickr/fetch"
)

// maxQuoted is how many characters of a message of Flickr's are logged.
const maxQuoted = 200

// unsearchable is the error for a word that need not be asked for.
func unsearchable(cause string) *fetch.Failure {
	return &fetch.Failure{Kind: ErrUnsearchable, Cause: cause, Expected: true}
}

// refusal is an error that Flickr reports itself, under HTTP 200. The codes
// and what to do about each are documented with flickr.photos.search; 0, 77
// and 201 are not, and of those only the messages can be relied on for 0 and
// 201.
func refusal(code, message flexible) *fetch.Failure {
	text := []rune(message.line())
	f := &fetch.Failure{
		Kind:    ErrAnswer,
		Cause:   fmt.Sprintf("code %q, %q", string(code), string(text[:min(len(text), maxQuoted)])),
		Outcome: fetch.OutcomeRefused,
	}
	number, err := strconv.Atoi(strings.TrimSpace(string(code)))
	if err != nil {
		number = -1
	}
	switch number {
	case 1, 3, 77, 116: // Too many tags, nothing to search for, too many ORs, a bad URL.
		f.Kind, f.Expected = ErrUnsearchable, true
	case 10, 105: // The search, or all of Flickr, is not available.
		f.Retry, f.Dead = true, true
	case 100: // The key. Asking again cannot help, so the circuit spares Flickr.
		f.Dead = true
	default:
		if lower := strings.ToLower(string(text)); strings.Contains(lower, "not currently available") || strings.Contains(lower, "currently unavailable") {
			f.Retry, f.Dead = true, true
		}
	}
	return f
}
