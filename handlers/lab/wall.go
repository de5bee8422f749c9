package lab

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/coder/websocket"
	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub"
)

// wallDemo greets, then answers each message with the time and the message.
func wallDemo(ctx context.Context, conn *websocket.Conn) error {
	err := writeText(ctx, conn, "Welcome to the wall")
	for err == nil {
		var message string
		if message, err = readText(ctx, conn); err != nil {
			break
		}
		now := time.Now().UTC().Format(time.RFC3339)
		err = writeText(ctx, conn, now+": "+message)
	}
	return err
}

func (l *Lab) wall(c echo.Context) error {
	if err := stream.CheckUpgrade(c.Response().Header(), c.Request()); err != nil {
		return err
	}
	if err := l.sameOrigin(c.Request()); err != nil {
		return err
	}
	leave, err := l.enter(c.RealIP())
	if err != nil {
		return err
	}
	defer leave()
	conn, err := stream.Upgrade(c.Response(), c.Request())
	if err != nil {
		l.log.Debug("websocket refused", "err", err)
		return nil // it has been answered
	}
	defer conn.CloseNow()
	conn.SetReadLimit(request.MaxBody) // beyond it the library closes with 1009
	viewer := stream.LogOpened(l.log, "lab", c.Path(), c.RealIP())
	viewer.Closed(l.talk(conn))
	return nil
}

// talk runs the demonstration until one side ends it, and closes conn. The
// demonstration's context never ends, because the library closes the connection
// when the context of a read does, and then the close frame could not be sent.
func (l *Lab) talk(conn *stream.WebSocket) error {
	ended := make(chan error, 1)
	go func() { ended <- wallDemo(context.Background(), conn.Conn) }()
	var cause error
	select {
	case cause = <-ended:
	case <-l.stopping.Done():
		cause = hub.ErrClosed
	}
	switch {
	case errors.Is(cause, hub.ErrClosed):
		conn.Close(websocket.StatusGoingAway, "restarting")
	case errors.Is(cause, errNotText):
		conn.Close(websocket.StatusUnsupportedData, cause.Error())
	case errors.Is(cause, errGarbled):
		conn.Close(websocket.StatusInvalidFramePayloadData, cause.Error())
	case websocket.CloseStatus(cause) >= 0:
		return nil // the client has left
	}
	return cause
}

var (
	errNotText = errors.New("text frames only")
	// errGarbled ends the connection (RFC 6455, 8.1).
	errGarbled = errors.New("text has to be UTF-8")
)

func readText(ctx context.Context, conn *websocket.Conn) (string, error) {
	kind, message, err := conn.Read(ctx)
	switch {
	case err != nil:
	case kind != websocket.MessageText:
		err = errNotText
	case !utf8.Valid(message):
		err = errGarbled
	}
	return string(message), err
}

func writeText(ctx context.Context, conn *websocket.Conn, text string) error {
	ctx, cancel := context.WithTimeout(ctx, stream.Stall)
	defer cancel()
	return conn.Write(ctx, websocket.MessageText, []byte(text))
}
