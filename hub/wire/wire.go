// Package wire knows the byte forms in which an event goes down to a client:
// blocks of an event stream, lines of JSON, and the chunks that HTTP/1.1 puts
// around either. It does not know what an event says.
package wire

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// A Format is one of the forms.
type Format uint8

const (
	SSE           Format = iota // text/event-stream
	SSEChunked                  // the same as one chunk of HTTP/1.1's chunked coding (RFC 9112, 7.1)
	NDJSON                      // a JSON object and a line feed
	NDJSONChunked               // the same as one chunk
	Formats                     // how many there are
)

// Chunked returns the form of f for a connection that speaks HTTP/1.1.
func (f Format) Chunked() Format { return f | 1 }

// AppendNDJSON appends an event as one JSON object and a line feed. An empty id
// is left out. Data is JSON on one line.
func AppendNDJSON(b []byte, id, name string, data []byte) []byte {
	b = append(b, '{')
	if id != "" {
		b = append(b, `"id":`...)
		b = appendString(b, id)
		b = append(b, ',')
	}
	b = append(b, `"event":`...)
	b = appendString(b, name)
	b = append(b, `,"data":`...)
	b = append(b, data...)
	return append(b, '}', '\n')
}

// lineEnds are the characters that end a line for clients which split text as
// Unicode does, such as Python's str.splitlines, and that JSON may hold as they
// are.
var lineEnds = strings.NewReplacer("\u0085", `\u0085`, "\u2028", `\u2028`, "\u2029", `\u2029`)

// EscapeLineEnds returns JSON in which no character but a line feed or a carriage
// return ends a line. It returns data itself where there is none.
func EscapeLineEnds(data []byte) []byte {
	if !bytes.Contains(data, []byte("\u0085")) && !bytes.Contains(data, []byte("\u2028")) && !bytes.Contains(data, []byte("\u2029")) {
		return data
	}
	return []byte(lineEnds.Replace(string(data)))
}

func appendString(b []byte, s string) []byte {
	quoted, _ := json.Marshal(s) // a string always encodes
	return append(b, quoted...)
}

// Chunk wraps p as one HTTP chunk. Raw is p inside of the chunk: both share the
// same memory.
func Chunk(p []byte) (wrapped, raw []byte) {
	wrapped = make([]byte, 0, len(p)+12)
	wrapped = strconv.AppendInt(wrapped, int64(len(p)), 16)
	wrapped = append(wrapped, '\r', '\n')
	from := len(wrapped)
	wrapped = append(append(wrapped, p...), '\r', '\n')
	return wrapped, wrapped[from : from+len(p) : from+len(p)]
}
