package lab

import (
	"context"
	"errors"
	"time"

	"github.com/coder/websocket"
	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub"
)

// wallDemo greets, then answers each message with the time and the message.
func wallDemo(ctx context.Context, visit *stream.Visit, conn *stream.WebSocket) error {
	err := writeText(ctx, visit, conn, "Welcome to the wall")
	for err == nil {
		var message []byte
		if message, err = conn.ReadText(ctx, request.MaxBody); err != nil {
			break
		}
		now := time.Now().UTC().Format(time.RFC3339)
		err = writeText(ctx, visit, conn, now+": "+string(message))
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
	visit, leave, err := l.enter(c)
	if err != nil {
		return err
	}
	defer leave()
	end := stream.End{Cause: stream.ErrRefused}
	defer func() { visit.Leave(end) }()
	conn, err := stream.Upgrade(c.Response(), c.Request())
	if err != nil {
		l.log.DebugContext(c.Request().Context(), "websocket refused", "err", err)
		return nil // it has been answered
	}
	defer conn.CloseNow()
	end.Cause = l.talk(visit, conn)
	return nil
}

// talk runs the demonstration until one side ends it, and closes conn. The
// demonstration's context never ends, because the library closes the connection
// when the context of a read does, and then the close frame could not be sent.
func (l *Lab) talk(visit *stream.Visit, conn *stream.WebSocket) error {
	ended := make(chan error, 1)
	go func() { ended <- wallDemo(context.Background(), visit, conn) }()
	var cause error
	select {
	case cause = <-ended:
	case <-l.stopping.Done():
		cause = hub.ErrClosed
	}
	switch {
	case errors.Is(cause, hub.ErrClosed):
		conn.Close(websocket.StatusGoingAway, "restarting")
	case errors.Is(cause, stream.ErrNotText):
		conn.Close(websocket.StatusUnsupportedData, cause.Error())
	case errors.Is(cause, stream.ErrNotUTF8):
		conn.Close(websocket.StatusInvalidFramePayloadData, cause.Error())
	case errors.Is(cause, stream.ErrTooLarge):
		conn.Close(websocket.StatusMessageTooBig, cause.Error())
	case websocket.CloseStatus(cause) >= 0:
		return stream.ErrGone
	}
	return cause
}

func writeText(ctx context.Context, visit *stream.Visit, conn *stream.WebSocket, text string) error {
	ctx, cancel := context.WithTimeout(ctx, stream.Stall)
	defer cancel()
	visit.Count(stream.Sent{Events: 1, Bytes: uint64(len(text)), Writes: 1})
	return conn.Write(ctx, websocket.MessageText, []byte(text))
}
