package stream

import (
	"runtime"
	"slices"
	"time"

	"golang.org/x/sys/unix"

	"picture-frame/hub"
	"picture-frame/hub/wire"
)

// A memo caches the bytes that lie after a position in a snapshot. Most viewers
// of a pass need the same.
type memo struct {
	snapshot *hub.Snapshot
	position uint64
	events   uint32
	bytes    []byte
	scratch  []byte // the memory of bytes if they belong to several events
}

// pass writes to each viewer of g what it does not have of the events that have
// come by the start of the pass, in one write, so that a burst of pictures costs
// no more writes than one. A pass that can wait serves new pictures in between.
//
// It goes upwards through the viewers, because that is the order of their sockets
// in memory. Downwards, cache misses add 1 to 2 % to all work.
func (s *shard) pass(g *group, canWait bool) {
	began, now := time.Now(), g.frame.Now()
	for i := 0; i < len(g.viewers); {
		if i%yieldEvery == 0 {
			if !s.pool.spareCPU {
				runtime.Gosched() // publishers wait for their answers
			}
			if canWait && len(s.signal) > 0 {
				<-s.signal
				s.collect()
				if i >= len(g.viewers) { // collect has dropped some
					break
				}
			}
		}
		v := g.viewers[i]
		if v.late == nil && !v.ending && (v.position < now.Serial() || now.Closing()) {
			s.update(v, now)
		}
		if i < len(g.viewers) && g.viewers[i] == v { // else v was dropped, and drop has moved the last viewer to i
			i++
		}
	}
	if !canWait {
		s.passEnded = time.Now()
		s.passTook = s.passEnded.Sub(began)
		s.burst = now.Newer(g.pictures) > 1
	}
	for at := range now.Broadcasts(g.pictures) {
		s.pool.spread(time.Since(at))
	}
	g.pictures = max(g.pictures, now.PictureSerial())
}

// update writes what lies between v's position and now.
func (s *shard) update(v *viewer, now *hub.Snapshot) {
	m := &s.memo[v.format]
	if m.snapshot != now || m.position != v.position {
		s.remember(m, now, v.position, v.format)
	}
	b, events := m.bytes, m.events
	v.position = now.Serial()
	if now.Closing() {
		v.ending = true
		b = appendEnd(m.scratch[:0:0], b, v.format)
		events++ // the bye
	}
	s.send(v, b, events, len(m.scratch) == 0 && !v.ending)
}

func (s *shard) remember(m *memo, now *hub.Snapshot, position uint64, f wire.Format) {
	m.snapshot, m.position = now, position
	m.bytes, m.scratch = nil, m.scratch[:0]
	s.events = s.events[:0]
	if position < now.Serial() {
		s.events, _ = now.After(position, s.events)
	}
	m.events = uint32(len(s.events))
	switch len(s.events) {
	case 0:
	case 1:
		m.bytes = s.events[0].Bytes(f)
	default:
		for _, e := range s.events {
			m.scratch = append(m.scratch, e.Bytes(f)...)
		}
		m.bytes = m.scratch
	}
	clear(s.events)
}

// appendEnd appends what a viewer still has to get, a bye, and the end of the
// chunked body.
func appendEnd(b, pending []byte, f wire.Format) []byte {
	b = append(append(b, pending...), Bye().Bytes(f)...)
	if f == f.Chunked() {
		b = append(b, "0\r\n\r\n"...)
	}
	return b
}

// send writes b, so many events, to a viewer that is not late. If the socket does not
// take all of it, the rest is copied unless it is kept: memory that an event owns.
func (s *shard) send(v *viewer, b []byte, events uint32, kept bool) {
	if len(b) == 0 {
		return
	}
	n, err := s.write(v, b, events)
	switch {
	case err != nil:
		s.drop(v, err)
		return
	case n < len(b):
		rest := b[n:]
		if !kept {
			rest = slices.Clone(rest)
		}
		s.fallBehind(v, rest)
		s.watch(v, unix.EPOLL_CTL_MOD)
	case v.ending:
		s.finish(v)
	}
}
