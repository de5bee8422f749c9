package hub

import (
	"slices"
	"time"
)

// Why a ticket is gone, between processes.
const (
	goneFrozen  = "frozen"
	goneLate    = "late"
	goneDropped = "dropped"
	goneToHost  = "host" // it waits for the host from now on
)

// What can happen to a line. None of these does I/O or knows a clock: they
// change a copy of what was read, and tell what follows from it. Usual is the
// hub's Hold.

// hold is how long a picture stays.
func (l *Line) hold(usual time.Duration) time.Duration {
	if l.Hold != nil {
		return *l.Hold
	}
	return usual
}

// turn is when the i-th picture in line hangs. A picture that hangs longer than
// it has to, or since a time that lies ahead, after a clock was set back, makes
// room at once.
func (s *LineState) turn(i int, usual time.Duration) time.Time {
	hold := s.hold(usual)
	free := s.Now
	if next := s.Shown.Add(hold); !s.Shown.After(s.Now) && next.After(s.Now) {
		free = next
	}
	return free.Add(time.Duration(i) * hold)
}

// words counts those that people wait for. Autoplay's picture is behind them.
func (l *Line) words() int {
	n := slices.IndexFunc(l.InTurn, func(w Waiting) bool { return w.Autoplay })
	if n < 0 {
		return len(l.InTurn)
	}
	return n
}

// room returns when a word could join the line, or nil if that is now.
func (s *LineState) room(w Waiting, shared bool, usual time.Duration) error {
	n := s.words()
	at := s.turn(n, usual).Add(-w.Patience)
	if n >= lineSize {
		at = later(at, s.turn(n-lineSize, usual))
	}
	crowd := at.Sub(s.Now)
	if shared {
		own := 0
		for i := n - 1; i >= 0; i-- {
			if s.InTurn[i].Client != w.Client {
				continue
			}
			if own++; own == lineShare { // once this one hangs there are fewer
				at = later(at, s.turn(i, usual))
			}
		}
	}
	if wait := at.Sub(s.Now); wait > 0 {
		return &FullError{wait, crowd <= 0}
	}
	return nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// roomForHost is the same for a picture that waits for the host.
func (s *LineState) roomForHost() error {
	if len(s.ForHost) < hostSize {
		return nil
	}
	return &FullError{After: max(s.ForHost[0].Found.Add(hostTime).Sub(s.Now), time.Millisecond)}
}

// arrive puts a picture that has just been found where it belongs: on the wall
// at once, in line, or before the host. Shared bounds how many one client may have
// in line.
func (s *LineState) arrive(w Waiting, shared bool, usual time.Duration) (c Change, forHost bool, err error) {
	c.Gone = s.expire(usual)
	w.Found = s.Now
	switch {
	case s.Frozen:
		return c, false, ErrFrozen
	case s.Approve && (w.Autoplay && slices.ContainsFunc(s.ForHost, func(other Waiting) bool { return other.Autoplay })):
		return c, false, &FullError{After: hostTime} // one of its own is enough for the host
	case s.Approve:
		if err := s.roomForHost(); err != nil {
			return c, false, err
		}
		s.ForHost = append(s.ForHost, w)
		return c, true, nil
	case len(s.InTurn) == 0 && !s.turn(0, usual).After(s.Now):
		c.Hang = &w
		return c, false, nil
	case w.Autoplay && s.words() < len(s.InTurn):
		return c, false, &FullError{After: s.turn(len(s.InTurn)-1, usual).Sub(s.Now)}
	}
	if err := s.room(w, shared && !w.Autoplay, usual); err != nil {
		return c, false, err
	}
	s.join(w)
	return c, false, nil
}

// join adds a picture to the line: behind people, and autoplay's behind all.
func (s *LineState) join(w Waiting) {
	at := s.words()
	if w.Autoplay {
		at = len(s.InTurn)
	}
	s.InTurn = slices.Insert(s.InTurn, at, w)
}

// settle drops what has waited for too long, and takes the next picture out of
// the line if it is its turn.
func (s *LineState) settle(usual time.Duration) (c Change) {
	c.Gone = s.expire(usual)
	c.Hang = s.next(usual)
	return c
}

// next takes the picture out of the line whose turn it is; nil for none.
func (s *LineState) next(usual time.Duration) *Waiting {
	if len(s.InTurn) == 0 || s.turn(0, usual).After(s.Now) {
		return nil
	}
	w := s.InTurn[0]
	s.InTurn = slices.Delete(s.InTurn, 0, 1)
	return &w
}

// expire drops what has waited for too long, or would have before its turn. What
// the host wants to hang waits as long as it takes.
func (s *LineState) expire(usual time.Duration) (gone map[string]string) {
	gone = map[string]string{}
	s.ForHost = slices.DeleteFunc(s.ForHost, func(w Waiting) bool {
		late := s.Now.Sub(w.Found) >= hostTime
		if late {
			gone[w.Ticket] = goneLate
		}
		return late
	})
	for i := 0; i < len(s.InTurn); {
		if w := s.InTurn[i]; !w.Let && s.turn(i, usual).Sub(w.Found) > w.Patience+lateness {
			gone[w.Ticket] = goneLate
			s.InTurn = slices.Delete(s.InTurn, i, i+1)
			continue
		}
		i++
	}
	return gone
}

// wake is how long after Now settle will have something to do; 0 for never.
func (s *LineState) wake(usual time.Duration) (wait time.Duration) {
	if len(s.InTurn) > 0 {
		wait = max(s.turn(0, usual).Sub(s.Now), time.Millisecond)
	}
	if len(s.ForHost) > 0 {
		late := max(s.ForHost[0].Found.Add(hostTime).Sub(s.Now), time.Millisecond)
		if wait == 0 || late < wait {
			wait = late
		}
	}
	return wait
}

// set makes settings those of the line. A frozen frame has no line but of what
// the host wants to hang; and so has one whose pictures wait for the host, who gets
// all others, as they have been found.
func (s *LineState) set(settings Settings, usual time.Duration) (c Change) {
	s.Settings = settings
	s.Set = s.Now.UnixMicro()
	c.Gone = s.expire(usual)
	if s.Frozen || s.Approve {
		s.InTurn = slices.DeleteFunc(s.InTurn, func(w Waiting) bool {
			switch {
			case w.Let:
				return false
			case s.Frozen:
				c.Gone[w.Ticket] = goneFrozen
			case len(s.ForHost) >= hostSize:
				c.Gone[w.Ticket] = goneLate
			default:
				c.Gone[w.Ticket] = goneToHost
				s.ForHost = append(s.ForHost, w)
			}
			return true
		})
		slices.SortStableFunc(s.ForHost, func(a, b Waiting) int { return a.Found.Compare(b.Found) })
	}
	c.Hang = s.next(usual)
	return c
}

// decide lets a picture hang in its turn, or drops it.
func (s *LineState) decide(ticket string, show bool, usual time.Duration) (c Change, err error) {
	c.Gone = map[string]string{}
	has := func(w Waiting) bool { return w.Ticket == ticket }
	if i := slices.IndexFunc(s.ForHost, has); i >= 0 {
		w := s.ForHost[i]
		s.ForHost = slices.Delete(s.ForHost, i, i+1)
		if show {
			w.Let = true
			s.join(w)
			c.Hang = s.next(usual)
		} else {
			c.Gone[ticket] = goneDropped
		}
		return c, nil
	}
	i := slices.IndexFunc(s.InTurn, has)
	if i < 0 {
		return c, ErrNoTicket
	}
	if show {
		s.InTurn[i].Let = true
	} else {
		s.InTurn = slices.Delete(s.InTurn, i, i+1)
		c.Gone[ticket] = goneDropped
	}
	return c, nil
}
