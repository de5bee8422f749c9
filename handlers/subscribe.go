package handlers

import (
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/stream"
	"picture-frame/hub"
	"picture-frame/hub/wire"
)

const (
	mimeEventStream = "text/event-stream"
	mimeNDJSON      = "application/x-ndjson"
)

// Subscribe is GET /subscribe: the way down, as Server-Sent Events or NDJSON.
func Subscribe(h shower, streams *stream.Pool, door *Admission, trustProxy bool, log *slog.Logger) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := frameOf(c)
		if err != nil {
			return err
		}
		r := c.Request()
		format, kind := wire.SSE, prefer(r, mimeEventStream, mimeNDJSON, echo.MIMETextHTML)
		switch kind {
		case mimeNDJSON:
			format = wire.NDJSON
		case echo.MIMETextHTML:
			c.Response().Header().Add(echo.HeaderVary, echo.HeaderAccept)
			return c.Render(http.StatusOK, "stream.html", map[string]string{
				"Frame": frame, "Home": FramePath(frame), "URL": site(c, trustProxy) + "/subscribe?" + frameQuery(frame),
			})
		}
		streamHeader(c.Response().Header(), kind)
		if c.QueryParam("once") == "1" {
			return once(c, h, frame, format)
		}
		if r.Method == http.MethodHead {
			return c.NoContent(http.StatusOK)
		}
		leave, err := door.Enter(c.RealIP())
		if err != nil {
			return err
		}
		// What the stream keeps must not keep the request's memory with it.
		from := viewerLog{log, strings.Clone(frame), kind, strings.Clone(c.RealIP()), time.Now()}
		from.opened()
		ended := func(cause error) {
			leave()
			from.closed(cause)
		}
		err = streams.Serve(c.Response(), r, stream.Stream{Frame: from.frame, LastID: lastEventID(c), Format: format, Ended: ended})
		if err != nil {
			ended(err)
		}
		return err
	}
}

// streamHeader asks everything on the way to pass the stream on as it comes.
func streamHeader(h http.Header, kind string) {
	h.Set(echo.HeaderContentType, kind)
	h.Set(echo.HeaderCacheControl, "no-cache, no-transform")
	h.Set("X-Accel-Buffering", "no") // nginx
	h.Add(echo.HeaderVary, echo.HeaderAccept)
}

// once answers with the current picture and nothing else.
func once(c echo.Context, h shower, frame string, f wire.Format) error {
	view, err := h.Show(c.Request().Context(), frame)
	if err != nil {
		return err
	}
	if len(view.Pictures) == 0 {
		return c.NoContent(http.StatusNoContent)
	}
	body := view.Pictures[len(view.Pictures)-1].Bytes(f)
	c.Response().Header().Set(echo.HeaderContentLength, strconv.Itoa(len(body)))
	c.Response().WriteHeader(http.StatusOK)
	_, err = c.Response().Write(body)
	return err
}

// A viewerLog writes the two lines that a stream leaves in the log.
type viewerLog struct {
	log     *slog.Logger
	frame   string
	kind    string
	address string
	since   time.Time
}

func (v *viewerLog) opened() {
	v.log.Info("stream opened", "frame", v.frame, "kind", v.kind, "address", v.address)
}

func (v *viewerLog) closed(cause error) {
	if errors.Is(cause, hub.ErrClosed) || errors.Is(cause, stream.ErrGone) {
		cause = nil // as streams end
	}
	v.log.Info("stream closed", "frame", v.frame, "kind", v.kind, "address", v.address,
		"lasted", time.Since(v.since), "err", cause)
}
