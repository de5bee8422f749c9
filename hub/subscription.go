package hub

import (
	"sync"
	"time"
)

// A Subscription is a viewer with a goroutine of its own: the plain way, for
// transports that are rare or that need one. Its methods but Close belong to
// that goroutine.
type Subscription struct {
	hub      *Hub
	joined   Joined
	by       Transport
	position uint64
	mark     string
	more     chan struct{}
	leave    sync.Once
}

// Subscribe joins a frame after the event with the id last.
func (h *Hub) Subscribe(frame, last string, by Transport) (*Subscription, error) {
	s := &Subscription{hub: h, by: by, more: make(chan struct{}, 1)}
	joined, err := h.Join(frame, last, by, s)
	if err != nil {
		return nil, err
	}
	s.joined, s.position, s.mark = joined, joined.Position, joined.Mark
	return s, nil
}

// First returns what the viewer has to get before all else.
func (s *Subscription) First() []*Event { return s.joined.Events }

// Mark is an id to come back with after what First and Next have returned.
func (s *Subscription) Mark() string { return s.mark }

// More receives when Next may have something to say.
func (s *Subscription) More() <-chan struct{} { return s.more }

// Next returns what has come since the last call, perhaps nothing. ErrClosed
// comes with the last events before the end; after ErrBehind the viewer has to
// come back with its last id.
func (s *Subscription) Next() ([]*Event, error) {
	now := s.joined.Frame.Now()
	if s.position == now.serial && !now.closing {
		return nil, nil
	}
	events, behind := now.After(s.position, nil)
	if behind {
		return nil, ErrBehind
	}
	s.position, s.mark = now.serial, now.mark()
	if now.closing {
		return events, ErrClosed
	}
	return events, nil
}

// NewTime returns the heartbeat for the time now.
func (s *Subscription) NewTime(now time.Time) *Event { return s.hub.NewTime(now) }

// Close leaves the frame. It may be called again.
func (s *Subscription) Close() {
	s.leave.Do(func() { s.hub.Leave(s.joined.Frame, s.by, s, 1) })
}

// Wake implements Waker.
func (s *Subscription) Wake(*Frame) {
	select {
	case s.more <- struct{}{}:
	default: // it has been told already
	}
}
