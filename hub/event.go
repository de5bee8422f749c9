package hub

import (
	"cmp"
	"encoding/json"
	"strconv"
	"time"

	"picture-frame/hub/wire"
)

// An Event is one thing that happened on a frame. It never changes, and its
// bytes are made once for all viewers: nobody may write to what it returns.
type Event struct {
	id     string
	name   string
	serial uint64 // its place in its frame's order, of this process only
	data   []byte
	bytes  [wire.Formats][]byte

	at      string // of a removal and a reset: when, as an id
	picture string // of a removal: the id of the picture that was taken off
	poll    []byte // of a removal: Text with at as its id, without which a poll would get it again and again

	// Of a picture that was published while this process ran.
	sent *Broadcast
}

// NewEvent encodes an event that belongs to no history and has no id. Data is
// one line of JSON.
func NewEvent(name string, data []byte) *Event { return newEvent("", name, data) }

// NewTime returns the heartbeat for the time now.
func (h *Hub) NewTime(now time.Time) *Event {
	return NewEvent(Time, []byte(`{"now":"`+now.UTC().Format(time.RFC3339)+`","version":"`+h.Version+`"}`))
}

// NewBye returns a stream's last event: come back after retry.
func NewBye(retry time.Duration) *Event {
	ms := strconv.FormatInt(retry.Milliseconds(), 10)
	data := []byte(`{"retry":` + ms + `}`)
	e := newEvent("", Bye, data)
	e.setSSE(wire.AppendSSE(nil, wire.Message{Name: Bye, Retry: retry, Data: data}))
	return e
}

func newReset() *Event { return NewEvent(Reset, []byte("{}")) }

// newResetAt is a reset with an id, before which nothing is known any more. What is
// followed by a picture needs none; without one a viewer had only an id from before
// to come back with.
func newResetAt(at string) *Event {
	e := newEvent(at, Reset, []byte("{}"))
	e.id, e.at = "", at
	return e
}

// withID returns a presence that has an id on NDJSON and its like. On SSE it has
// none: there the id is a block of its own, before all else.
func (e *Event) withID(id string) *Event {
	with := newEvent(id, e.name, e.data)
	with.id = ""
	with.setSSE(e.Bytes(wire.SSE))
	return with
}

// afterID returns the event with a block before it, on SSE, that has nothing but
// an id: clients take that and tell nobody (HTML, 9.2.6).
func (e *Event) afterID(id string) *Event {
	after := *e
	after.setSSE(append(wire.AppendSSE(nil, wire.Message{ID: id}), e.Bytes(wire.SSE)...))
	return &after
}

func newEvent(id, name string, data []byte) *Event {
	data = wire.EscapeLineEnds(data)
	e := &Event{id: id, name: name, data: data}
	size := len(data) + len(id) + len(name)
	e.setSSE(wire.AppendSSE(make([]byte, 0, size+32), wire.Message{ID: id, Name: name, Data: data}))
	e.bytes[wire.NDJSONChunked], e.bytes[wire.NDJSON] = wire.Chunk(wire.AppendNDJSON(make([]byte, 0, size+64), id, name, data))
	return e
}

func (e *Event) setSSE(sse []byte) { e.bytes[wire.SSEChunked], e.bytes[wire.SSE] = wire.Chunk(sse) }

// ID is opaque and unique for ever; it is empty for events without a history.
func (e *Event) ID() string { return e.id }

// Name is one of the names of the table of kinds.
func (e *Event) Name() string { return e.name }

// Data is the event's JSON, on one line.
func (e *Event) Data() []byte { return e.data }

// DataWithID is the event's data, an object that is not empty, with its id as the first
// member.
func (e *Event) DataWithID() []byte {
	return append([]byte(`{"id":`+strconv.Quote(e.id)+`,`), e.data[1:]...)
}

// Bytes is the whole event in the form f.
func (e *Event) Bytes(f wire.Format) []byte { return e.bytes[f] }

// Text is the event as one JSON object without the line feed, as a WebSocket
// message or a member of a list carries it.
func (e *Event) Text() []byte {
	line := e.bytes[wire.NDJSON]
	return line[:len(line)-1]
}

// PollText is Text as a poll carries it: an answer's last id is the one to poll on
// with, so a removal has one there.
func (e *Event) PollText() []byte {
	if e.poll != nil {
		return e.poll
	}
	return e.Text()
}

// when is the event's place among all that happens on its frame, as an id; empty
// where it has none.
func (e *Event) when() string { return cmp.Or(e.id, e.at) }

// At is when a removal happened, as an id; empty for other events.
func (e *Event) At() string { return e.at }

// Serial is the position of a viewer that has got everything up to this event.
func (e *Event) Serial() uint64 { return e.serial }

// Polled reports whether an answer to a poll carries the event. What changes
// with every viewer that comes or goes does not end a poll: each poll would end
// the next.
func (e *Event) Polled() bool { return kindOf(e.name).polled }

// searchingData is the data of a searching event.
func searchingData(keyword string) []byte {
	data, _ := json.Marshal(map[string]string{"keyword": keyword}) // strings always encode
	return data
}
