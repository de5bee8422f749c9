package hub

import (
	"context"
	"time"
)

// A Record is what a Bus carries: an event before it has its bytes.
type Record struct {
	Frame string
	ID    string // of a picture; empty: the hub gives it one. Of a reset: the time of it, as an id
	Name  string
	Data  []byte
}

// A Bus puts the events of all processes in one order. It may do I/O, so it is
// called from the publisher's goroutine, never from the hub's, but for Watched.
type Bus interface {
	// Open is called once, before all else: every record goes to h.Deliver, one
	// at a time, in the one order.
	Open(h *Hub)
	// Publish returns once r is ordered, kept and delivered here, with the id it
	// got. ErrAway means that the other processes cannot be reached.
	Publish(ctx context.Context, r Record) (id string, err error)
	// Watched tells how many viewers a frame has in this process. It is called on
	// the hub's goroutine and must not block.
	Watched(frame string, viewers int)
	// Lag is how long a picture may take to come here that another process's
	// viewers have got already; 0 without other processes.
	Lag() time.Duration
}

// Memory is the bus of a single process: the hub's own order is the order.
type Memory struct{ hub *Hub }

// Open keeps h.
func (m *Memory) Open(h *Hub) { m.hub = h }

// Publish delivers r at once.
func (m *Memory) Publish(ctx context.Context, r Record) (string, error) {
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	return m.hub.Deliver(r)
}

// Watched does nothing: there is nobody to tell.
func (m *Memory) Watched(string, int) {}

// Lag is 0: nobody has anything before this process.
func (m *Memory) Lag() time.Duration { return 0 }
