package handlers

import (
	"cmp"
	"net"

	"golang.org/x/sys/unix"

	"picture-frame/handlers/stream"
)

// boundSilence has the kernel end a connection whose client takes nothing for
// so long. A write would notice only when the kernel's buffers are full.
func boundSilence(conn *net.TCPConn) error {
	raw, err := conn.SyscallConn()
	if err != nil {
		return err
	}
	failed := raw.Control(func(fd uintptr) {
		err = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(stream.Stall.Milliseconds()))
	})
	return cmp.Or(failed, err)
}
