package request

import "strings"

// What marks of direction mean for the text behind them, until another ends it.
const (
	embeddings = "\u202a\u202b\u202c\u202d\u202e"
	isolates   = "\u2066\u2067\u2068\u2069"
)

// Contain makes marks of direction in somebody's text, such as U+202E, end with
// it, so that what a page says behind it is not turned round. A text without any
// stays as it is. dom.js has the same for the scripts.
func Contain(text string) string {
	if !strings.ContainsAny(text, embeddings+isolates) {
		return text
	}
	// The end of an isolate ends the embeddings within it, but only its own: those
	// of the text would close or outlive it.
	for _, mark := range isolates {
		text = strings.ReplaceAll(text, string(mark), "")
	}
	return "\u2068" + text + "\u2069"
}
