package handlers

import (
	"bufio"
	"encoding/base64"
	"net"
	"net/http"
	"strings"

	"github.com/coder/websocket"
	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// sendBuffer bounds, in bytes, what the kernel holds for a client that does not
// read: a full history of pictures.
const sendBuffer = 64 << 10

// upgrade opens the WebSocket that c asks for; its origin has been checked. Cut
// closes what it runs over, whatever the library is waiting for. After an error
// the client has been answered.
func upgrade(c echo.Context) (conn *websocket.Conn, cut func(), err error) {
	underneath := hijacker{ResponseWriter: c.Response()}
	conn, err = websocket.Accept(&underneath, c.Request(), &websocket.AcceptOptions{InsecureSkipVerify: true})
	return conn, func() { underneath.conn.Close() }, err
}

// A hijacker keeps hold of the connection that is taken over through it.
type hijacker struct {
	http.ResponseWriter
	conn net.Conn
}

func (h *hijacker) Hijack() (conn net.Conn, rw *bufio.ReadWriter, err error) {
	h.conn, rw, err = http.NewResponseController(h.ResponseWriter).Hijack()
	if tcp, ok := h.conn.(*net.TCPConn); ok {
		// Both only make who does not read cheaper, and known sooner.
		_ = tcp.SetWriteBuffer(sendBuffer)
		_ = boundSilence(tcp)
	}
	return h.conn, rw, err
}

// wantUpgrade refuses what does not open a WebSocket (RFC 6455, 4.2.1), and says
// what would.
func wantUpgrade(c echo.Context) error {
	r, h := c.Request(), c.Response().Header()
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
