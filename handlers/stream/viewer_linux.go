package stream

import (
	"bytes"
	"errors"
	"net"
	"net/http"
	"reflect"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"picture-frame/hub"
	"picture-frame/hub/wire"
)

// A viewer is all that is kept of an open stream. Only its shard uses it.
type viewer struct {
	fd       int32
	gen      int32 // distinguishes it from an earlier viewer with the same fd
	format   wire.Format
	ending   bool  // the last bytes of its stream are in late.rest or written
	slot     uint8 // when in a period its heartbeat is due
	inGroup  int32 // its index in group.viewers
	inSlot   int32 // its index in shard.slots[slot]
	events   uint32
	bytes    uint64
	group    *group
	position uint64
	ended    func(End)
	late     *late // nil: the socket has taken everything so far
}

// A group is the viewers of one frame in one shard.
type group struct {
	frame    *hub.Frame
	viewers  []*viewer
	pictures uint64 // the PictureSerial that all viewers have that are not late
}

// takeOver hijacks the connection of r, sends the response's head and the
// first events, and gives the socket to the shard. It reports whether it has:
// if not, nothing was written and the connection is still net/http's.
func (s *shard) takeOver(w http.ResponseWriter, r *http.Request, o Stream, j hub.Joined) bool {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return false
	}
	v := &viewer{position: j.Position, format: o.Format, ended: o.Ended}
	buf := s.buffers.Get().(*[]byte)
	defer s.buffers.Put(buf)
	chunked := r.ProtoAtLeast(1, 1)
	b := appendHead((*buf)[:0], w.Header(), chunked)
	if chunked {
		v.format = o.Format.Chunked()
		if opening := appendOpening(nil, o.Format); len(opening) > 0 {
			b = append(append(appendChunkSize(b, len(opening)), opening...), "\r\n"...)
		}
	} else {
		b = appendOpening(b, o.Format)
	}
	for _, e := range j.Events {
		b = append(b, e.Bytes(v.format)...)
	}
	*buf = b
	if v.fd, err = detach(conn, s.pool.stall); err != nil {
		s.pool.log.Error("cannot take a stream over", "err", err)
		o.Ended(End{Cause: err})
		s.pool.hub.Leave(j.Frame, hub.Transport(transportOf(o.Format)), s, 1)
		return true
	}
	n, _ := write(v.fd, b)
	v.events, v.bytes = uint32(len(j.Events)), uint64(n)
	s.pool.traffic.Add(transportOf(o.Format), Sent{uint64(v.events), v.bytes, 1})
	if n < len(b) {
		// After an error the shard's write of the rest fails too, and drops v.
		v.late = &late{rest: bytes.Clone(b[n:])}
	}
	s.arrive(arrival{v, j.Frame})
	return true
}

// appendHead appends a response's status line and header (RFC 9112) with
// Connection: close, because the connection serves no other request.
func appendHead(b []byte, h http.Header, chunked bool) []byte {
	status := "HTTP/1.0 200 OK\r\n"
	if chunked {
		status = "HTTP/1.1 200 OK\r\n"
		h.Set("Transfer-Encoding", "chunked")
	}
	h.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	h.Set("Connection", "close")
	head := bytes.NewBuffer(append(b, status...))
	_ = h.Write(head) // a buffer takes everything
	head.WriteString("\r\n")
	return head.Bytes()
}

func appendChunkSize(b []byte, n int) []byte {
	return append(strconv.AppendInt(b, int64(n), 16), "\r\n"...)
}

// detach takes the socket out of conn, which is closed: a duplicate of the
// descriptor outlives it, unknown to the runtime's poller and to the deadlines
// that the server had set.
func detach(conn net.Conn, stall time.Duration) (int32, error) {
	defer conn.Close()
	socket, ok := conn.(syscall.Conn)
	if !ok {
		return -1, errors.New("stream: connection without a descriptor")
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return -1, err
	}
	fd := -1
	if failed := raw.Control(func(old uintptr) {
		fd, err = unix.FcntlInt(old, unix.F_DUPFD_CLOEXEC, 0)
	}); failed != nil {
		return -1, failed
	}
	if err != nil {
		return -1, err
	}
	limitSocket(fd, stall)
	return int32(fd), nil
}

// write writes what the socket takes of b, which is not empty. A full socket is no
// error.
//
// The call is raw, because it cannot block. An ordinary one tells Go's scheduler that
// it may, which then looks every 20 to 70 µs whether to give the processor to another
// thread, and in a pass of more than 10 ms does so each time: that cost four of five
// voluntary context switches and a third of the time in user mode.
func write(fd int32, b []byte) (int, error) {
	for {
		address := reflect.ValueOf(&b[0]).Pointer()
		n, _, err := unix.RawSyscall(unix.SYS_WRITE, uintptr(fd), address, uintptr(len(b)))
		runtime.KeepAlive(b) // the collector does not know that address is one; it frees, and does not move
		switch err {
		case 0:
			return int(n), nil
		case unix.EINTR:
		case unix.EAGAIN:
			return 0, nil
		default:
			return 0, err
		}
	}
}
