package stream

import (
	"golang.org/x/sys/unix"

	"picture-frame/hub"
)

// This file is about the shard's lists of viewers, and how a viewer gets on and
// off them.

// add takes a viewer that has arrived into the shard's lists.
func (s *shard) add(a arrival) {
	v := a.v
	g := s.groups[a.frame]
	if g == nil {
		g = &group{frame: a.frame, pictures: a.frame.Now().PictureSerial()}
		s.groups[a.frame] = g
	}
	v.group = g
	v.inGroup = int32(len(g.viewers))
	g.viewers = append(g.viewers, v)

	s.gen++
	v.gen = s.gen
	// Slots are given out in turn, by gen. Given out by count, viewers that join
	// each after another has left would all get the same slot.
	v.slot = uint8(uint32(v.gen) % slots)
	v.inSlot = int32(len(s.slots[v.slot]))
	s.slots[v.slot] = append(s.slots[v.slot], v)

	if need := int(v.fd) + 1; need > len(s.byFD) {
		s.byFD = append(s.byFD, make([]*viewer, need-len(s.byFD))...)
	}
	s.byFD[v.fd] = v
	s.count++
	if v.late != nil {
		s.fallBehind(v, v.late.rest)
	}
	// The poller also reports a hang-up or an error that has already happened.
	if !s.watch(v, unix.EPOLL_CTL_ADD) || v.late != nil {
		return
	}
	if now := a.frame.Now(); v.position < now.Serial() || now.Closing() {
		s.update(v, now)
	}
}

// watch has the poller report when v's client hangs up and, if v is late, when
// its socket has room. It reports whether v is still there: v is dropped if the
// poller refuses it.
func (s *shard) watch(v *viewer, op int) bool {
	if err := s.poller.control(op, v.fd, v.gen, v.late != nil); err != nil {
		s.drop(v, err)
		return false
	}
	return true
}

// handlePoll handles what the poller reports of a socket.
func (s *shard) handlePoll(e unix.EpollEvent) {
	v := s.byFD[e.Fd]
	switch {
	case v == nil || v.gen != e.Pad: // the viewer was dropped since, and another one may have its descriptor
	case e.Events&(unix.EPOLLRDHUP|unix.EPOLLHUP|unix.EPOLLERR) != 0:
		s.drop(v, whyGone(e))
	case v.late != nil:
		s.catchUp(v)
	}
}

// whyGone tells whether a viewer has left or the kernel has given it up, see
// limitSocket.
func whyGone(e unix.EpollEvent) error {
	if e.Events&unix.EPOLLERR != 0 {
		if code, err := unix.GetsockoptInt(int(e.Fd), unix.SOL_SOCKET, unix.SO_ERROR); err == nil && code == int(unix.ETIMEDOUT) {
			return ErrStalled
		}
	}
	return ErrGone
}

// finish ends the stream of a viewer that has got its last byte.
func (s *shard) finish(v *viewer) {
	// Bytes from the client that are left unread would make the kernel send a
	// reset on close, and the client would lose the end of its stream.
	var ignored [512]byte
	for range 16 {
		if n, err := unix.Read(int(v.fd), ignored[:]); n <= 0 || err != nil {
			break
		}
	}
	s.drop(v, hub.ErrClosed)
}

// drop closes a viewer's socket, which also takes it out of the poller, and takes
// the viewer off every list.
func (s *shard) drop(v *viewer, cause error) {
	if s.byFD[v.fd] != v {
		return
	}
	s.byFD[v.fd] = nil
	_ = unix.Close(int(v.fd))
	s.count--

	g := v.group
	last := g.viewers[len(g.viewers)-1]
	g.viewers[v.inGroup], last.inGroup = last, v.inGroup
	g.viewers[len(g.viewers)-1] = nil
	if g.viewers = g.viewers[:len(g.viewers)-1]; len(g.viewers) == 0 {
		delete(s.groups, g.frame)
	}

	slot := s.slots[v.slot]
	last = slot[len(slot)-1]
	slot[v.inSlot], last.inSlot = last, v.inSlot
	slot[len(slot)-1] = nil
	s.slots[v.slot] = slot[:len(slot)-1]

	if v.late != nil {
		s.clearLate(v)
	}
	s.left[leaver{g.frame, hub.Transport(transportOf(v.format))}]++
	s.gone = append(s.gone, departure{v.ended, End{cause, Sent{Events: uint64(v.events), Bytes: v.bytes}}})
}

// notifyLeft tells the owners of the streams and the hub which viewers have left. The
// owners come first: when the hub knows, the process may end.
func (s *shard) notifyLeft() {
	if len(s.gone) == 0 {
		return
	}
	for _, g := range s.gone {
		g.ended(g.end)
	}
	s.gone = nil
	for l, n := range s.left {
		s.pool.hub.Leave(l.frame, l.by, s, n)
	}
	clear(s.left)
}

var _ hub.Waker = (*shard)(nil)
