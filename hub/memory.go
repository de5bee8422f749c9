package hub

import "context"

// A Record is what a Bus carries: an event before it has its bytes.
type Record struct {
	Frame string
	ID    string // empty: the hub gives a picture one
	Name  string
	Data  []byte
}

// A Bus puts the events of all processes in one order. It may do I/O, so it is
// called from the publisher's goroutine, never from the hub's.
type Bus interface {
	// Open is called once, before all else. Every record goes to deliver, one
	// at a time, in the one order. Deliver returns ErrClosed after the hub's end.
	Open(deliver func(Record) (id string, err error))
	// Publish returns once r is ordered and kept, with the id it got. An error
	// means that nobody will see it.
	Publish(ctx context.Context, r Record) (id string, err error)
}

// Memory is the bus of a single process: the hub's own order is the order.
type Memory struct {
	deliver func(Record) (string, error)
}

// Open keeps deliver.
func (m *Memory) Open(deliver func(Record) (string, error)) { m.deliver = deliver }

// Publish delivers r at once.
func (m *Memory) Publish(ctx context.Context, r Record) (string, error) {
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	return m.deliver(r)
}
