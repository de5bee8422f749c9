package stream

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coder/websocket"

	"picture-frame/handlers/request"
)

// CloseTime is how long the closing handshake of a WebSocket may take. The
// library would wait longer for a client that does not answer, longer than the
// process may take to stop.
const CloseTime = time.Second

// A WebSocket is an open WebSocket connection.
type WebSocket struct {
	*websocket.Conn
	tcp net.Conn
}

// Close closes the connection with a status and a reason. If the client does
// not answer within CloseTime, the TCP connection is closed under it.
func (s *WebSocket) Close(code websocket.StatusCode, reason string) error {
	defer time.AfterFunc(CloseTime, func() { s.tcp.Close() }).Stop()
	return s.Conn.Close(code, reason)
}

// How a client can break the rules of a connection that takes text.
var (
	ErrNotText  = errors.New("text frames only")
	ErrTooLarge = errors.New("a message is too large")
	ErrNotUTF8  = errors.New("text has to be UTF-8") // RFC 6455, 8.1
)

// ReadText returns the next message, of limit bytes at most. It returns an error
// as soon as the message breaks a rule, even if it is not complete: ErrNotText,
// ErrTooLarge, ErrNotUTF8. The connection stays open for a reply.
func (s *WebSocket) ReadText(ctx context.Context, limit int) ([]byte, error) {
	kind, message, err := s.Reader(ctx)
	if err != nil {
		return nil, err
	}
	if kind != websocket.MessageText {
		return nil, ErrNotText
	}
	text, checked := make([]byte, 0, 512), 0
	for {
		n, err := message.Read(text[len(text):cap(text)])
		text = text[:len(text)+n]
		for checked < len(text) && (utf8.FullRune(text[checked:]) || err == io.EOF) {
			r, size := utf8.DecodeRune(text[checked:])
			if r == utf8.RuneError && size == 1 {
				return nil, ErrNotUTF8
			}
			checked += size
		}
		switch {
		case len(text) > limit:
			return nil, ErrTooLarge
		case err == io.EOF:
			return text, nil
		case err != nil:
			return nil, err
		case len(text) == cap(text):
			text = append(text, 0)[:len(text)]
		}
	}
}

// CheckUpgrade refuses a request that does not open a WebSocket (RFC 6455,
// 4.2.1) with a Problem, and sets the header of the answer that says what would.
func CheckUpgrade(h http.Header, r *http.Request) error {
	switch key, err := base64.StdEncoding.DecodeString(r.Header.Get("Sec-WebSocket-Key")); {
	case r.Method != http.MethodGet, !r.ProtoAtLeast(1, 1), !hasToken(r.Header, "Connection", "upgrade"), !hasToken(r.Header, "Upgrade", "websocket"):
		h.Set("Upgrade", "websocket")
		h.Set("Connection", "Upgrade")
		return request.NewProblem(http.StatusUpgradeRequired, "This address speaks WebSocket only.")
	case r.Header.Get("Sec-WebSocket-Version") != "13":
		h.Set("Upgrade", "websocket")
		h.Set("Connection", "Upgrade")
		h.Set("Sec-WebSocket-Version", "13")
		return request.NewProblem(http.StatusUpgradeRequired, "This address speaks version 13 of WebSocket.")
	case err != nil || len(key) != 16:
		return request.NewProblem(http.StatusBadRequest, "The Sec-WebSocket-Key is not 16 bytes in base64.")
	}
	return nil
}

func hasToken(h http.Header, name, token string) bool {
	for part := range strings.SplitSeq(strings.Join(h.Values(name), ","), ",") {
		if strings.EqualFold(strings.TrimSpace(part), token) {
			return true
		}
	}
	return false
}

// Upgrade opens the WebSocket that r asks for. The caller has checked r with
// CheckUpgrade, and its origin. If Upgrade fails, it has answered the client.
func Upgrade(w http.ResponseWriter, r *http.Request) (*WebSocket, error) {
	underneath := hijacker{ResponseWriter: w}
	conn, err := websocket.Accept(&underneath, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(-1) // ReadText has a limit, after which a reply can still be sent
	return &WebSocket{conn, underneath.conn}, nil
}

// A hijacker remembers the connection that is taken over through it.
type hijacker struct {
	http.ResponseWriter
	conn net.Conn
}

// Hijack implements http.Hijacker.
func (h *hijacker) Hijack() (conn net.Conn, rw *bufio.ReadWriter, err error) {
	h.conn, rw, err = http.NewResponseController(h.ResponseWriter).Hijack()
	if tcp, ok := h.conn.(*net.TCPConn); ok {
		limitConn(tcp, Stall)
	}
	return h.conn, rw, err
}
