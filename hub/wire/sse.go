package wire

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// A Message is what one block of an event stream can say. Empty members are
// left out.
type Message struct {
	Comment string
	ID      string
	Name    string
	Retry   time.Duration // whole milliseconds
	Data    []byte        // any bytes; a line break starts another data line
}

// AppendSSE appends m to b as the HTML standard's event stream format has it
// (section 9.2.5). Data is split at CR, LF and CRLF, as a client would split
// it. An id or a name with a line break in it would forge other fields, and a
// client ignores an id with NUL: such a member is dropped whole.
func AppendSSE(b []byte, m Message) []byte {
	if m.Comment != "" {
		b = appendLines(b, ": ", []byte(m.Comment))
	}
	if m.ID != "" && !strings.ContainsAny(m.ID, "\r\n\x00") {
		b = append(append(append(b, "id: "...), m.ID...), '\n')
	}
	if m.Name != "" && !strings.ContainsAny(m.Name, "\r\n") {
		b = append(append(append(b, "event: "...), m.Name...), '\n')
	}
	if m.Retry > 0 {
		b = strconv.AppendInt(append(b, "retry: "...), m.Retry.Milliseconds(), 10)
		b = append(b, '\n')
	}
	if m.Data != nil {
		b = appendLines(b, "data: ", m.Data)
	}
	return append(b, '\n')
}

func appendLines(b []byte, field string, text []byte) []byte {
	for {
		end := bytes.IndexAny(text, "\r\n")
		if end < 0 {
			return append(append(append(b, field...), text...), '\n')
		}
		b = append(append(append(b, field...), text[:end]...), '\n')
		if text[end] == '\r' && end+1 < len(text) && text[end+1] == '\n' {
			end++
		}
		text = text[end+1:]
	}
}
