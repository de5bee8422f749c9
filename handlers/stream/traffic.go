package stream

import (
	"sync/atomic"

	"picture-frame/hub"
	"picture-frame/hub/wire"
)

// A Transport is how a stream goes, for the log and for metrics.
type Transport uint8

// All there are: those of hub, and the streams that belong to no frame's viewers.
const (
	OverSSE       = Transport(hub.SSE)
	OverNDJSON    = Transport(hub.NDJSON)
	OverWebSocket = Transport(hub.WebSocket)
	OverPoll      = Transport(hub.Poll)
	OfLab         = OverPoll + 1 // a demonstration
	OfDesk        = OverPoll + 2 // a host's
	Transports    = int(OfDesk) + 1
)

// String returns the name of t.
func (t Transport) String() string {
	return [Transports]string{"sse", "ndjson", "websocket", "poll", "lab", "desk"}[t]
}

// transportOf returns how a viewer follows that gets events in the form f.
func transportOf(f wire.Format) Transport {
	if f.Chunked() == wire.NDJSONChunked {
		return OverNDJSON
	}
	return OverSSE
}

// Sent is how much has been sent.
type Sent struct {
	Events uint64 // time and bye events among them
	Bytes  uint64 // with the header where the stream has a connection to itself
	Writes uint64
}

func (s *Sent) add(n Sent) {
	s.Events += n.Events
	s.Bytes += n.Bytes
	s.Writes += n.Writes
}

// Traffic is what has been sent over each transport.
type Traffic [Transports]struct{ events, bytes, writes atomic.Uint64 }

// Add counts what a stream, or many, have been sent.
func (t *Traffic) Add(by Transport, n Sent) {
	t[by].events.Add(n.Events)
	t[by].bytes.Add(n.Bytes)
	t[by].writes.Add(n.Writes)
}

// Of returns what has been sent over a transport so far.
func (t *Traffic) Of(by Transport) Sent {
	return Sent{t[by].events.Load(), t[by].bytes.Load(), t[by].writes.Load()}
}
