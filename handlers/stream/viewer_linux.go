package stream

import (
	"bytes"
	"errors"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"picture-frame/hub"
	"picture-frame/hub/wire"
)

// sendBuffer bounds, in bytes, what the kernel holds for a viewer that does not
// read; a full history of pictures fits (the kernel doubles it for overhead).
const sendBuffer = 64 << 10

// A viewer is all that is kept of an open stream. It belongs to its shard.
type viewer struct {
	fd       int32
	gen      int32 // tells it from an earlier viewer with the same fd
	format   wire.Format
	ending   bool  // its last bytes are in rest or written
	slot     uint8 // when in a period its heartbeat is due
	inGroup  int32 // its index in group.viewers
	inSlot   int32 // its index in shard.slots[slot]
	group    *group
	position uint64
	ended    func(error)
	late     *late // nil: the socket has taken everything so far
}

// A group is the viewers of one frame in one shard.
type group struct {
	frame    *hub.Frame
	viewers  []*viewer
	pictures uint64 // PictureSerial that all who are not late have
}

// takeOver hijacks the connection of r, sends the response's head and the
// first events, and gives the socket to the shard. False means that the
// connection is still net/http's, and untouched.
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
		s.pool.hub.Leave(j.Frame, s, 1)
		go o.Ended(err)
		return true
	}
	n, _ := write(v.fd, b)
	if n < len(b) {
		// An error comes back when the shard writes the rest, and is dealt with there.
		v.late = &late{rest: bytes.Clone(b[n:])}
	}
	s.pool.sent.Add(1)
	s.arrive(arrival{v, j.Frame})
	return true
}

// appendHead appends a response's status line and header (RFC 9112). The
// connection serves no other request afterwards, and says so.
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
	// Both only make a dead or sleeping peer cheaper and known sooner, so a
	// socket that refuses them serves as well.
	_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_SNDBUF, sendBuffer)
	_ = unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(stall.Milliseconds()))
	return int32(fd), nil
}

// write writes what the socket takes without blocking. A full socket is no
// error.
func write(fd int32, b []byte) (int, error) {
	for {
		n, err := unix.Write(int(fd), b)
		switch err {
		case nil:
			return n, nil
		case unix.EINTR:
		case unix.EAGAIN:
			return 0, nil
		default:
			return 0, err
		}
	}
}
