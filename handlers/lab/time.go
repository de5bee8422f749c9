package lab

import (
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub/wire"
)

// maxLoop bounds ?loop=: an hour.
const maxLoop = 3600

// timeDemo tells the time every second, n times, or for 0 until the client
// leaves. A client that comes back is counted on from its last id.
func timeDemo(s *stream.Writer, n, last int) error {
	return s.Loop(time.Second, n, func(i int) error {
		now := time.Now().UTC().Format(time.RFC3339)
		return s.Send(wire.Message{
			ID:    strconv.Itoa(last + 1 + i),
			Name:  "time",
			Retry: 2 * time.Second,
			Data:  []byte(now),
		})
	})
}

// time reads ?loop=N and the last id. An id that the demonstration cannot have
// sent counts as none.
func (l *Lab) time(c echo.Context) error {
	n, err := wholeNumber(c, "loop", 0, maxLoop)
	if err != nil {
		return err
	}
	last, err := strconv.Atoi(request.LastEventID(c))
	if err != nil || last < 0 || last > 1<<30 {
		last = 0
	}
	return l.answer(c, request.MIMEEventStream, func(s *stream.Writer) error { return timeDemo(s, n, last) })
}
