package stream

import (
	"golang.org/x/sys/unix"

	"picture-frame/hub"
)

// This file is about who is there: the shard's lists, and how a viewer enters
// and leaves them.

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
	// Slots go round, whoever leaves meanwhile. Given by how many there are, all
	// who take a leaver's place would get the same one.
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
	// A hang-up or an error that has already happened is told too.
	if !s.watch(v, unix.EPOLL_CTL_ADD) || v.late != nil {
		return
	}
	if now := a.frame.Now(); v.position < now.Serial() || now.Closing() {
		s.update(v, now)
	}
}

// watch tells the poller what v waits for: its client's hang-up, and room in
// the socket if it is late.
func (s *shard) watch(v *viewer, op int) bool {
	if err := s.poller.control(op, v.fd, v.gen, v.late != nil); err != nil {
		s.drop(v, err)
		return false
	}
	return true
}

// attend deals with what the poller says of a socket.
func (s *shard) attend(e unix.EpollEvent) {
	v := s.byFD[e.Fd]
	switch {
	case v == nil || v.gen != e.Pad: // dropped since, perhaps with a successor
	case e.Events&(unix.EPOLLRDHUP|unix.EPOLLHUP|unix.EPOLLERR) != 0:
		s.drop(v, ErrGone)
	case v.late != nil:
		s.catchUp(v)
	}
}

// finish ends the stream of a viewer that has got its last byte.
func (s *shard) finish(v *viewer) {
	// What the client may have sent meanwhile would, left unread, turn our
	// close into a reset that takes its last bytes away.
	var ignored [512]byte
	for range 16 {
		if n, err := unix.Read(int(v.fd), ignored[:]); n <= 0 || err != nil {
			break
		}
	}
	s.drop(v, hub.ErrClosed)
}

// drop closes a viewer's socket, which also ends the poller's watch over it,
// and strikes it off every list.
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
		s.isOnTime(v)
	}
	s.left[g.frame]++
	s.gone = append(s.gone, farewell{v.ended, cause})
}

// sayFarewell tells the hub and the streams' owners who has left. The owners
// may take their time, so a goroutine of its own tells them.
func (s *shard) sayFarewell() {
	if len(s.gone) == 0 {
		return
	}
	for f, n := range s.left {
		s.pool.hub.Leave(f, s, n)
	}
	clear(s.left)
	gone := s.gone
	s.gone = nil
	go func() {
		for _, g := range gone {
			g.ended(g.cause)
		}
	}()
}

var _ hub.Waker = (*shard)(nil)
