package hub

import (
	"context"
	"time"
)

// A Patch is what a host changes: what is not nil.
type Patch struct {
	Frozen, Approve *bool
	Hold            *time.Duration
}

// A Desk is what the host of a frame sees.
type Desk struct {
	Frozen, Approve bool
	Hold            time.Duration
	Viewers         Viewers
	Waiting         []DeskEntry // first what waits for the host, then what is in line
	Pictures        []*Event    // oldest first; not to be changed
}

// A DeskEntry is a picture that does not hang yet.
type DeskEntry struct {
	Ticket   string
	Keyword  string
	Picture  []byte
	Approved bool // it only waits for its turn
}

// SetDesk changes what the host of a frame has set, for all processes, and returns
// the desk. ErrAway and ErrUnkept mean that it could not.
func (h *Hub) SetDesk(ctx context.Context, frame string, p Patch) (Desk, error) {
	if err := h.cluster.Check(ctx); err != nil {
		return Desk{}, err
	}
	err := h.changeLine(ctx, frame, func(s *LineState) (Change, bool, error) {
		next := s.Settings
		if p.Frozen != nil {
			next.Frozen = *p.Frozen
		}
		if p.Approve != nil {
			next.Approve = *p.Approve
		}
		if p.Hold != nil {
			next.Hold = p.Hold
		}
		return s.set(next, h.Hold), true, nil
	})
	if err != nil {
		return Desk{}, err
	}
	return h.Desk(ctx, frame)
}

// Decide has a picture that waits hang in its turn, or drops it. ErrNoTicket means
// that it no longer waits.
func (h *Hub) Decide(ctx context.Context, frame, ticket string, show bool) error {
	if err := h.cluster.Check(ctx); err != nil {
		return err
	}
	return h.changeLine(ctx, frame, func(s *LineState) (Change, bool, error) {
		c, err := s.decide(ticket, show, h.Hold)
		return c, true, err
	})
}

// Desk returns a frame's desk as this process knows it.
func (h *Hub) Desk(_ context.Context, frame string) (d Desk, err error) {
	d.Hold = h.Hold
	closed := true
	h.call(func() {
		closed, d.Viewers = h.closing, h.remote[frame]
		if f := h.frames[frame]; f != nil {
			d.Pictures, d.Viewers = f.Now().pictures, f.by.Plus(d.Viewers)
		}
		line := h.lines[frame]
		if line == nil {
			return
		}
		s := &line.state
		d.Frozen, d.Approve, d.Hold = s.Frozen, s.Approve, s.hold(h.Hold)
		for _, w := range s.ForHost {
			d.Waiting = append(d.Waiting, DeskEntry{w.Ticket, w.Keyword, w.Picture, false})
		}
		for _, w := range s.InTurn {
			d.Waiting = append(d.Waiting, DeskEntry{w.Ticket, w.Keyword, w.Picture, true})
		}
	})
	if closed {
		return d, ErrClosed
	}
	return d, nil
}

// A DeskWatch is told when a frame's desk may have changed. It is no viewer.
type DeskWatch struct {
	hub   *Hub
	frame string
	more  chan struct{}
}

// WatchDesk begins to watch a desk. The caller owes a Close.
func (h *Hub) WatchDesk(frame string) (*DeskWatch, error) {
	w := &DeskWatch{h, frame, make(chan struct{}, 1)}
	if !h.call(func() { h.desks[w] = true }) {
		return nil, ErrClosed
	}
	return w, nil
}

// More receives when Desk may return something else, or ErrClosed.
func (w *DeskWatch) More() <-chan struct{} { return w.more }

// Close ends the watch.
func (w *DeskWatch) Close() { w.hub.call(func() { delete(w.hub.desks, w) }) }

// wakeDesks tells who watches a frame's desk, all desks without a name. It runs on
// the hub's goroutine.
func (h *Hub) wakeDesks(frame string) {
	for w := range h.desks {
		if frame != "" && w.frame != frame {
			continue
		}
		select {
		case w.more <- struct{}{}:
		default: // it has been told already
		}
	}
}
