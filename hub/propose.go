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
	usual := h.usual(w)
	if usual == 0 {
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
		c, forHost, err = s.arrive(waiting, w.Shared, usual)
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

// usual is how long a picture stays for which the next one waits, where the host has
// set nothing else.
func (h *Hub) usual(w Word) time.Duration {
	if w.AtOnce {
		return 0
	}
	return h.Hold
}

// Room returns why a word would find no place now: ErrFrozen, or a *FullError. It asks
// nobody, so what it knows of other processes may be old.
func (h *Hub) Room(w Word) (err error) {
	h.call(func() {
		now := time.Now()
		s := &LineState{Now: now}
		if line := h.lines[w.Frame]; line != nil {
			s = line.at(now)
		} else if f := h.frames[w.Frame]; f != nil && len(f.Now().pictures) > 0 {
			s.Shown = f.pictured
		}
		waiting := Waiting{Client: w.Client, Patience: LineTime}
		switch {
		case s.Frozen:
			err = ErrFrozen
		case s.Approve:
			err = s.roomForHost()
		default:
			err = s.room(waiting, w.Shared, h.usual(w))
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
