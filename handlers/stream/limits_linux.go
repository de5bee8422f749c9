package stream

import (
	"net"
	"time"

	"golang.org/x/sys/unix"
)

// limitConn limits what the kernel does for a client that does not read.
func limitConn(conn *net.TCPConn, stall time.Duration) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) { limitSocket(int(fd), stall) }) // without the limits the connection works too
}

// limitSocket bounds the kernel's send buffer of a socket, and has the kernel
// close the connection when the client has acknowledged nothing for stall. A
// write would notice only once the buffer is full. Both only make a client that
// does not read cheaper, and noticed sooner, so errors do not matter.
func limitSocket(fd int, stall time.Duration) {
	_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_SNDBUF, sendBuffer)
	_ = unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(stall.Milliseconds()))
}
