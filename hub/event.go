package hub

import (
	"encoding/json"
	"strconv"
	"time"
)

// The names of the events that a viewer can receive.
const (
	Picture   = "picture"   // a new picture; the only one with an id
	Searching = "searching" // somebody's search has been running for a while
	Presence  = "presence"  // how many watch
	Time      = "time"      // the server's clock, and the heartbeat
	Reset     = "reset"     // what follows is no gapless continuation
	Bye       = "bye"       // the last event of a stream
)

// A Format is one of the byte forms an event has on the wire.
type Format uint8

const (
	SSE           Format = iota // text/event-stream
	SSEChunked                  // the same as one chunk of HTTP/1.1's chunked coding (RFC 9112, 7.1)
	NDJSON                      // a JSON object and a line feed
	NDJSONChunked               // the same as one chunk
	formats
)

// Chunked returns the form of f for a connection that speaks HTTP/1.1.
func (f Format) Chunked() Format { return f | 1 }

// An Event is one thing that happened on a frame. It never changes, and its
// bytes are made once for all viewers: nobody may write to what it returns.
type Event struct {
	id     string
	name   string
	serial uint64 // its place in its frame's order, of this process only
	data   []byte
	wire   [formats][]byte
}

// NewEvent encodes an event that belongs to no history and has no id. Data is
// one line of JSON.
func NewEvent(name string, data []byte) *Event { return newEvent("", name, data) }

// NewTime returns the heartbeat for the time now.
func NewTime(now time.Time) *Event {
	return NewEvent(Time, []byte(`{"now":"`+now.UTC().Format(time.RFC3339)+`"}`))
}

// NewBye returns a stream's last event: come back after retry.
func NewBye(retry time.Duration) *Event {
	ms := strconv.FormatInt(retry.Milliseconds(), 10)
	data := []byte(`{"retry":` + ms + `}`)
	e := newEvent("", Bye, data)
	e.setSSE(AppendSSE(nil, Message{Name: Bye, Retry: retry, Data: data}))
	return e
}

func newEvent(id, name string, data []byte) *Event {
	e := &Event{id: id, name: name, data: data}
	e.setSSE(AppendSSE(make([]byte, 0, len(data)+len(id)+len(name)+32), Message{ID: id, Name: name, Data: data}))
	e.wire[NDJSONChunked], e.wire[NDJSON] = chunk(appendNDJSON(make([]byte, 0, len(data)+len(id)+len(name)+64), e))
	return e
}

func (e *Event) setSSE(sse []byte) { e.wire[SSEChunked], e.wire[SSE] = chunk(sse) }

// ID is opaque and unique for ever; it is empty for events without a history.
func (e *Event) ID() string { return e.id }

// Name is one of the names above.
func (e *Event) Name() string { return e.name }

// Data is the event's JSON, on one line.
func (e *Event) Data() []byte { return e.data }

// Bytes is the whole event in the form f.
func (e *Event) Bytes(f Format) []byte { return e.wire[f] }

// Text is the event as one JSON object without the line feed, as a WebSocket
// message or a member of a list carries it.
func (e *Event) Text() []byte {
	line := e.wire[NDJSON]
	return line[:len(line)-1]
}

func appendNDJSON(b []byte, e *Event) []byte {
	b = append(b, '{')
	if e.id != "" {
		b = append(b, `"id":`...)
		b = appendString(b, e.id)
		b = append(b, ',')
	}
	b = append(b, `"event":`...)
	b = appendString(b, e.name)
	b = append(b, `,"data":`...)
	b = append(b, e.data...)
	return append(b, '}', '\n')
}

func appendString(b []byte, s string) []byte {
	quoted, _ := json.Marshal(s) // a string always encodes
	return append(b, quoted...)
}

// chunk wraps p as one HTTP chunk; raw is p inside of it.
func chunk(p []byte) (wrapped, raw []byte) {
	wrapped = make([]byte, 0, len(p)+12)
	wrapped = strconv.AppendInt(wrapped, int64(len(p)), 16)
	wrapped = append(wrapped, '\r', '\n')
	from := len(wrapped)
	wrapped = append(append(wrapped, p...), '\r', '\n')
	return wrapped, wrapped[from : from+len(p) : from+len(p)]
}

// Serial is the position of a viewer that has got everything up to this event.
func (e *Event) Serial() uint64 { return e.serial }
