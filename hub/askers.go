package hub

import (
	"errors"
	"time"
)

// Who waits in this process for what becomes of a ticket.

// expect returns where the end of a ticket comes: nil once its picture hangs.
func (h *Hub) expect(ticket string) (end <-chan error, forget func(), err error) {
	c := make(chan error, 1) // answered once
	if !h.call(func() { h.askers[ticket] = c }) {
		return nil, nil, ErrClosed
	}
	return c, func() { h.call(func() { delete(h.askers, ticket) }) }, nil
}

// answer tells the asker of a ticket, if it is in this process. It runs on the hub's
// goroutine.
func (h *Hub) answer(ticket string, err error) {
	if end, ok := h.askers[ticket]; ok {
		end <- err
		delete(h.askers, ticket)
	}
}

// Gone tells the askers of tickets which were dropped why they were. It comes from
// clusters, and after whatever was published before.
func (h *Hub) Gone(frame string, why map[string]string) {
	h.call(func() {
		for ticket, reason := range why {
			h.answer(ticket, h.reason(frame, reason))
		}
	})
}

// errToHost tells an asker that its picture waits for the host now.
var errToHost = errors.New("hub: it waits for the host")

func (h *Hub) reason(frame, why string) error {
	switch why {
	case goneFrozen:
		return ErrFrozen
	case goneDropped:
		return ErrDropped
	case goneToHost:
		return errToHost
	case goneLate:
		full := &FullError{After: time.Second}
		if line := h.lines[frame]; line != nil {
			errors.As(line.at(time.Now()).room(Waiting{Patience: LineTime}, false, h.Hold), &full)
		}
		return full
	}
	return ErrAway
}

// RestoreLines makes lines all that there are, after contact with them was lost.
// Askers whose tickets are in none of them learn that nobody knows what has become
// of those.
func (h *Hub) RestoreLines(lines map[string]LineState) {
	h.call(func() {
		for frame := range h.lines {
			if _, there := lines[frame]; !there {
				h.setLine(frame, LineState{})
			}
		}
		known := map[string]bool{}
		for frame, s := range lines {
			h.setLine(frame, s)
			for _, w := range s.InTurn {
				known[w.Ticket] = true
			}
		}
		for ticket := range h.askers {
			if !known[ticket] {
				h.answer(ticket, ErrAway)
			}
		}
	})
}
