package handlers

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/stream"
	"picture-frame/hub/wire"
)

const (
	// maxLoop bounds ?loop= of /lab/time: an hour.
	maxLoop = 3600
	// maxQuiet bounds ?seconds= of /lab/quiet. Whatever cuts silent streams does
	// it sooner.
	maxQuiet = 300
)

// Ping is GET /lab/ping.
func (l *Lab) Ping(c echo.Context) error { return l.answer(c, echo.MIMETextPlainCharsetUTF8, labPing) }

// Count is GET /lab/count, and ?buffered=1.
func (l *Lab) Count(c echo.Context) error {
	buffered := c.QueryParam("buffered") == "1"
	return l.answer(c, echo.MIMETextPlainCharsetUTF8, func(s *stream.Writer) error { return labCount(s, buffered) })
}

// Time is GET /lab/time, and ?loop=N.
func (l *Lab) Time(c echo.Context) error {
	n, err := wholeNumber(c, "loop", 0, maxLoop)
	if err != nil {
		return err
	}
	last, err := strconv.Atoi(lastEventID(c))
	if err != nil || last < 0 || last > 1<<30 { // an id that is none of ours
		last = 0
	}
	return l.answer(c, mimeEventStream, func(s *stream.Writer) error { return labTime(s, n, last) })
}

// Prices is GET /lab/prices.
func (l *Lab) Prices(c echo.Context) error { return l.answer(c, mimeEventStream, labPrices) }

// Quiet is GET /lab/quiet?seconds=N: an event stream that says nothing for so
// long, and then that it is done. What cuts idle connections shows itself here.
func (l *Lab) Quiet(c echo.Context) error {
	n, err := wholeNumber(c, "seconds", 60, maxQuiet)
	if err != nil {
		return err
	}
	return l.answer(c, mimeEventStream, func(s *stream.Writer) error {
		if err := s.Send(wire.Message{Name: "quiet", Data: []byte(strconv.Itoa(n))}); err != nil {
			return err
		}
		if err := s.Wait(time.Duration(n) * time.Second); err != nil {
			return err
		}
		return s.Send(wire.Message{Name: "done", Data: []byte(strconv.Itoa(n))})
	})
}

// hop is how a request has arrived here, for comparison with how the browser
// sent it. It holds nothing that its sender does not know or could not find out.
type hop struct {
	Proto       string `json:"proto"`        // what the last proxy, or the browser, speaks to us
	Via         string `json:"via"`          // proxies that name themselves (RFC 9110, 7.6.3)
	Forwarded   bool   `json:"forwarded"`    // somebody says to forward
	HostKept    bool   `json:"host_kept"`    // it names the host that the sender gives as ?host=
	HeaderBytes int    `json:"header_bytes"` // of the request, as it would be written in HTTP/1.1
}

// Hop is GET /lab/hop?host=HOST.
func (l *Lab) Hop(c echo.Context) error {
	r := c.Request()
	h := hop{
		Proto:       r.Proto,
		Via:         r.Header.Get("Via"),
		Forwarded:   r.Header.Get(echo.HeaderXForwardedFor) != "" || r.Header.Get("Forwarded") != "",
		HostKept:    strings.EqualFold(r.Host, c.QueryParam("host")),
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

// wholeNumber reads a parameter from 1 to most; without it, otherwise is returned.
func wholeNumber(c echo.Context, name string, otherwise, most int) (int, error) {
	values, given := c.QueryParams()[name]
	if !given {
		return otherwise, nil
	}
	n, err := strconv.Atoi(values[0])
	if err != nil || n < 1 || n > most {
		return 0, problem(http.StatusBadRequest, "%s has to be a number from 1 to %d.", name, most)
	}
	return n, nil
}
