package host

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub"
	"picture-frame/hub/wire"
)

// deskEvery is the least time between two desk events: each has all that is on the
// desk, and under many words it changes all the time.
const deskEvery = 250 * time.Millisecond

// retry is when a browser comes back to a desk whose stream was cut.
const retry = time.Second

// follow is GET /host/desk as a stream: the event desk at once, and whenever it
// changes. A host is no viewer.
func (d *Desk) follow(c echo.Context, frame string) error {
	stream.SetHeader(c.Response().Header(), request.MIMEEventStream)
	if c.Request().Method == http.MethodHead {
		return c.NoContent(http.StatusOK)
	}
	frame = strings.Clone(frame)
	watch, err := d.hub.WatchDesk(frame)
	if err != nil {
		return err
	}
	defer watch.Close()
	stream.Answer(c.Response(), c.Request(), d.admission.Note(c, stream.OfDesk, frame), func(out *stream.Writer) error {
		return d.write(out, watch, frame)
	})
	return nil
}

func (d *Desk) write(out *stream.Writer, watch *hub.DeskWatch, frame string) error {
	if err := out.Send(wire.Message{Comment: "picture frame", Retry: retry}); err != nil {
		return err
	}
	beat := time.NewTicker(stream.Heartbeat)
	defer beat.Stop()
	var before []byte
	for {
		desk, err := d.hub.Desk(context.Background(), frame)
		if err != nil {
			_, _ = out.Last(stream.Bye().Bytes(wire.SSE)) // the stream ends either way
			return err
		}
		if now := wire.EscapeLineEnds(encode(desk)); !bytes.Equal(now, before) {
			before = now
			if err := out.Send(wire.Message{Name: "desk", Data: now}); err != nil {
				return err
			}
		}
		if err := out.Wait(deskEvery); err != nil {
			return err
		}
		for waiting := true; waiting; {
			select {
			case <-watch.More():
				waiting = false
			case now := <-beat.C:
				if _, err := out.Write(d.hub.NewTime(now).Bytes(wire.SSE)); err != nil {
					return err
				}
			case <-out.Done():
				return out.Err()
			}
		}
	}
}
