package hub

import (
	"context"
	"crypto/rand"
	"errors"
	"hash/maphash"
	"sync"
	"time"
)

// A Word is a found picture that wants to hang on a frame.
type Word struct {
	Frame    string
	Keyword  string
	Picture  []byte // JSON on one line
	Client   string // who asks
	Shared   bool   // a client may have only so many words in line
	Autoplay bool   // nobody asks: it hangs behind people's
	AtOnce   bool   // Hold does not count for it, only what the frame's host has set
	// Patience is how long its asker can wait, at most LineTime; 0 is LineTime.
	Patience time.Duration
}

// turnTime bounds what a process does for a turn that is due, and turnAgain is
// when it tries again after that has failed.
const (
	turnTime  = 5 * time.Second
	turnAgain = time.Second
	// spread is by how much processes that do not wait for a turn themselves are
	// behind the one that does, so that they do not all take it at once.
	spread = 100 * time.Millisecond
)

// lineLocks let one change of a frame's line begin after the other in this
// process, because of two that are under way one is in vain.
type lineLocks struct {
	seed  maphash.Seed
	locks [64]sync.Mutex
}

func (l *lineLocks) lock(frame string) (unlock func()) {
	m := &l.locks[maphash.String(l.seed, frame)%uint64(len(l.locks))]
	m.Lock()
	return m.Unlock
}

// Propose has a picture hang, and returns when it does: at once, or in its turn.
// Where the host has to let it hang first, it returns with a ticket.
// ErrFrozen, ErrDropped and a *FullError say that it will not hang; ErrClosed, ErrAway
// and ErrUnkept that it may.
func (h *Hub) Propose(ctx context.Context, w Word) (ticket string, err error) {
	if h.Hold == 0 || w.AtOnce {
		if _, err := h.Publish(ctx, w.Frame, w.Picture); !errors.Is(err, ErrTurns) {
			return "", err
		}
	}
	waiting := Waiting{Ticket: rand.Text(), Keyword: w.Keyword, Client: w.Client, Picture: w.Picture, Patience: w.Patience, Autoplay: w.Autoplay}
	if waiting.Patience <= 0 || waiting.Patience > LineTime {
		waiting.Patience = LineTime
	}
	end, forget, err := h.expect(waiting.Ticket)
	if err != nil {
		return "", err
	}
	defer forget()
	var hung, forHost bool
	err = h.changeLine(ctx, w.Frame, func(s *LineState) (c Change, changed bool, err error) {
		c, forHost, err = s.arrive(waiting, w.Shared, h.Hold)
		hung = c.Hang != nil
		return c, true, err
	})
	switch {
	case err != nil || hung:
		return "", err
	case forHost:
		return waiting.Ticket, nil
	}
	late := time.NewTimer(waiting.Patience + turnTime)
	defer late.Stop()
	select {
	case err := <-end:
		if err == errToHost {
			return waiting.Ticket, nil
		}
		return "", err
	case <-late.C:
		return "", ErrAway
	case <-h.done:
		return "", ErrClosed
	case <-ctx.Done():
		return "", ErrClosed
	}
}

// Room returns why a word would find no place now: ErrFrozen, or a *FullError. It asks
// nobody, so what it knows of other processes may be old.
func (h *Hub) Room(w Word) (err error) {
	h.call(func() {
		line := h.lines[w.Frame]
		if line == nil {
			return
		}
		s := line.at(time.Now())
		waiting := Waiting{Client: w.Client, Patience: LineTime}
		switch {
		case s.Frozen:
			err = ErrFrozen
		case s.Approve:
			err = s.roomForHost()
		default:
			err = s.room(waiting, w.Shared, h.Hold)
		}
	})
	return err
}

// changeLine changes a frame's line as change says, which is called again if the
// line has changed meanwhile.
func (h *Hub) changeLine(ctx context.Context, frame string, change func(s *LineState) (c Change, changed bool, err error)) error {
	defer h.lineLocks.lock(frame)()
	for ctx.Err() == nil {
		was, err := h.cluster.Line(ctx, frame)
		if err != nil {
			return err
		}
		next := was
		next.Line = was.Line.clone()
		c, changed, err := change(&next)
		if err != nil {
			return err
		}
		if !changed {
			h.wakeAfter(frame, was.wake(h.Hold))
			return nil
		}
		swapped, err := h.cluster.SwapLine(ctx, frame, was, next.Line, c)
		if swapped || err != nil {
			return err
		}
	}
	return ErrClosed
}

// takeTurn hangs the next picture of a frame if it is its turn. All processes try, and
// the first one does it.
func (h *Hub) takeTurn(frame string) {
	ctx, cancel := context.WithTimeout(context.Background(), turnTime)
	defer cancel()
	err := h.changeLine(ctx, frame, func(s *LineState) (Change, bool, error) {
		c := s.settle(h.Hold)
		return c, c.Hang != nil || len(c.Gone) > 0, nil
	})
	if err == nil {
		return
	}
	h.log.Debug("a turn has to wait", "frame", frame, "err", err)
	h.wakeAfter(frame, turnAgain)
}

// wakeAfter looks at a line again after a time; 0 is never.
func (h *Hub) wakeAfter(frame string, wait time.Duration) {
	h.call(func() {
		if line := h.lines[frame]; line != nil && wait > 0 && !h.closing {
			line.timer.Stop()
			line.timer = time.AfterFunc(wait, func() { h.takeTurn(frame) })
		}
	})
}

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
