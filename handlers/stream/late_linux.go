package stream

import (
	"time"

	"golang.org/x/sys/unix"

	"picture-frame/hub"
)

// This file is about viewers whose socket is full: they leave the fast path
// until they have caught up, or are dropped.

// A late is the state of a viewer whose socket was full. It gets no event before
// rest is written.
type late struct {
	rest     []byte
	events   uint32    // in rest, not counted yet
	progress time.Time // when the socket last took something
	at       int       // its index in shard.late
}

// fallBehind makes v late; rest is what it has to get before anything else. The
// caller tells the poller, by watch.
func (s *shard) fallBehind(v *viewer, rest []byte) {
	v.late = &late{rest: rest, progress: time.Now(), at: len(s.late)}
	s.late = append(s.late, v)
}

// clearLate takes v off the list of late viewers.
func (s *shard) clearLate(v *viewer) {
	last := s.late[len(s.late)-1]
	s.late[v.late.at], last.late.at = last, v.late.at
	s.late[len(s.late)-1] = nil
	s.late = s.late[:len(s.late)-1]
	v.late = nil
}

// catchUp writes to a late viewer until it has everything or takes no more.
func (s *shard) catchUp(v *viewer) {
	for {
		n, err := s.write(v, v.late.rest, v.late.events)
		v.late.events = 0
		if err != nil {
			s.drop(v, err)
			return
		}
		if n > 0 {
			v.late.progress = time.Now()
		}
		if v.late.rest = v.late.rest[n:]; len(v.late.rest) > 0 {
			return
		}
		if v.ending {
			s.finish(v)
			return
		}
		now := v.group.frame.Now()
		switch events, behind := now.After(v.position, nil); {
		case behind:
			s.drop(v, hub.ErrBehind)
			return
		case now.Closing():
			v.ending = true
			var pending []byte
			for _, e := range events {
				pending = append(pending, e.Bytes(v.format)...)
			}
			v.late.rest, v.late.events = appendEnd(nil, pending, v.format), uint32(len(events)+1)
		case len(events) == 0:
			s.clearLate(v)
			s.watch(v, unix.EPOLL_CTL_MOD)
			return
		default: // one at a time, so that nothing has to be copied
			v.late.rest, v.late.events = events[0].Bytes(v.format), 1
			v.position = events[0].Serial()
		}
	}
}

// dropStalled drops the late viewers whose sockets have taken nothing for too long.
func (s *shard) dropStalled(now time.Time) {
	for i := len(s.late) - 1; i >= 0; i-- { // downwards: drop moves the last viewer, already checked, to i
		v := s.late[i]
		limit := s.pool.stall - tick // a viewer is checked once a tick
		if v.group.frame.Now().Closing() {
			limit = stallAtEnd
		}
		if now.Sub(v.late.progress) >= limit {
			s.drop(v, ErrStalled)
		}
	}
}
