package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub/wire"
)

// Subscribe is GET /subscribe: the stream of a frame, as Server-Sent Events or
// NDJSON.
func Subscribe(h shower, streams *stream.Pool, admission *stream.Admission, trustProxy bool) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := request.Frame(c)
		if err != nil {
			return err
		}
		r := c.Request()
		format, by, kind := wire.SSE, stream.OverSSE, request.Prefer(r, request.MIMEEventStream, request.MIMENDJSON, echo.MIMETextHTML)
		switch kind {
		case request.MIMENDJSON:
			format, by = wire.NDJSON, stream.OverNDJSON
		case echo.MIMETextHTML:
			c.Response().Header().Add(echo.HeaderVary, echo.HeaderAccept)
			return c.Render(http.StatusOK, "stream.html", map[string]string{
				"Frame": frame, "Home": request.FramePath(frame), "URL": request.Site(c, trustProxy) + "/subscribe?" + request.FrameQuery(frame),
			})
		}
		stream.SetHeader(c.Response().Header(), kind)
		if request.Query(c.Request(), "once") == "1" {
			return once(c, h, frame, format)
		}
		if r.Method == http.MethodHead {
			return c.NoContent(http.StatusOK)
		}
		visit, err := admission.Enter(c, by, frame)
		if err != nil {
			return err
		}
		// Cloned, because the stream outlives the request, whose memory the string
		// would keep.
		frame = strings.Clone(frame)
		err = streams.Serve(c.Response(), r, stream.Stream{Frame: frame, LastID: request.LastEventID(c), Format: format, Ended: visit.Leave})
		if err != nil {
			visit.Leave(stream.End{Cause: stream.ErrRefused})
		}
		return err
	}
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
