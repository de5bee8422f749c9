package lab

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub/wire"
)

// maxQuiet bounds ?seconds= of /lab/quiet. A proxy that ends silent streams does
// so sooner.
const maxQuiet = 300

// Quiet is GET /lab/quiet?seconds=N: an event stream with an event, N seconds of
// silence and another event. If a proxy ends idle connections, the second event
// does not come.
func (l *Lab) Quiet(c echo.Context) error {
	n, err := wholeNumber(c, "seconds", 60, maxQuiet)
	if err != nil {
		return err
	}
	return l.answer(c, request.MIMEEventStream, func(s *stream.Writer) error {
		if err := s.Send(wire.Message{Name: "quiet", Data: []byte(strconv.Itoa(n))}); err != nil {
			return err
		}
		if err := s.Wait(time.Duration(n) * time.Second); err != nil {
			return err
		}
		return s.Send(wire.Message{Name: "done", Data: []byte(strconv.Itoa(n))})
	})
}

// hop says how a request has arrived here, so that the page can compare it with
// how the browser sent it. It tells the sender nothing that the sender could not
// find out without it.
type hop struct {
	Proto       string `json:"proto"`        // the protocol of the last proxy, or of the browser
	Via         string `json:"via"`          // the proxies that name themselves (RFC 9110, 7.6.3)
	Forwarded   bool   `json:"forwarded"`    // a header says that a proxy forwards it
	HostKept    bool   `json:"host_kept"`    // its Host is the one that the sender gives as ?host=
	HeaderBytes int    `json:"header_bytes"` // of the request, as it would be written in HTTP/1.1
}

// Hop is GET /lab/hop?host=HOST.
func (l *Lab) Hop(c echo.Context) error {
	r := c.Request()
	h := hop{
		Proto:       r.Proto,
		Via:         r.Header.Get("Via"),
		Forwarded:   r.Header.Get(echo.HeaderXForwardedFor) != "" || r.Header.Get("Forwarded") != "",
		HostKept:    strings.EqualFold(r.Host, request.Query(c.Request(), "host")),
		HeaderBytes: len(r.Method) + len(" ") + len(r.RequestURI) + len(" HTTP/1.1\r\n") + len("Host: \r\n") + len(r.Host) + len("\r\n"),
	}
	for name, values := range r.Header {
		for _, v := range values {
			h.HeaderBytes += len(name) + len(": ") + len(v) + len("\r\n")
		}
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	return c.JSON(http.StatusOK, h)
}

// wholeNumber returns a query parameter, a number from 1 to most, or otherwise if
// it is missing. The error is a Problem.
func wholeNumber(c echo.Context, name string, otherwise, most int) (int, error) {
	if !request.HasQuery(c.Request(), name) {
		return otherwise, nil
	}
	n, err := strconv.Atoi(request.Query(c.Request(), name))
	if err != nil || n < 1 || n > most {
		return 0, request.NewProblem(http.StatusBadRequest, "%s has to be a number from 1 to %d.", name, most)
	}
	return n, nil
}
