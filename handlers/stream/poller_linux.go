package stream

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// A poller learns from the kernel which sockets have hung up or have room
// again. It is one epoll set, itself watched by the runtime's poller: waiting
// costs neither a thread nor, while nothing happens, anything else.
type poller struct {
	fd      int
	ready   chan []unix.EpollEvent // each receive has to be followed by a send on handled
	handled chan struct{}
}

func newPoller() (*poller, error) {
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("epoll_create1", err)
	}
	if err := unix.SetNonblock(fd, true); err != nil { // the runtime polls only what does not block
		return nil, err
	}
	file := os.NewFile(uintptr(fd), "epoll")
	raw, err := file.SyscallConn()
	if err != nil {
		return nil, err
	}
	p := &poller{fd: fd, ready: make(chan []unix.EpollEvent), handled: make(chan struct{})}
	go p.run(file, raw)
	return p, nil
}

// run lasts as long as the process: file keeps the set open.
func (p *poller) run(file *os.File, raw syscall.RawConn) {
	defer file.Close()
	events := make([]unix.EpollEvent, 256)
	for {
		n := 0
		err := raw.Read(func(fd uintptr) bool {
			var err error = unix.EINTR
			for err == unix.EINTR { // each event is reported once, so waiting in Read would miss it
				n, err = unix.EpollWait(int(fd), events, 0)
			}
			return n != 0
		})
		if err != nil || n < 0 {
			return // cannot happen: the descriptor stays open and is an epoll set
		}
		p.ready <- events[:n]
		<-p.handled
	}
}

// control watches fd for a hang-up and, with room, for room in its send buffer.
// What is reported carries gen. The watch is edge-triggered: each change is
// reported once, and at once if it has happened before.
func (p *poller) control(op int, fd, gen int32, room bool) error {
	e := unix.EpollEvent{Fd: fd, Pad: gen, Events: unix.EPOLLRDHUP | unix.EPOLLET&0xffffffff}
	if room {
		e.Events |= unix.EPOLLOUT
	}
	return os.NewSyscallError("epoll_ctl", unix.EpollCtl(p.fd, op, int(fd), &e))
}
