package lab

import (
	"fmt"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
)

// countDemo counts to 4, a second apart. Buffered, nothing is sent before the end.
func countDemo(s *stream.Writer, buffered bool) error {
	if buffered {
		s.Hold() // nobody flushes
	}
	return s.Loop(time.Second, 5, func(i int) error {
		_, err := fmt.Fprintln(s, i)
		return err
	})
}

// count reads ?buffered=1.
func (l *Lab) count(c echo.Context) error {
	buffered := request.Query(c.Request(), "buffered") == "1"
	return l.answer(c, echo.MIMETextPlainCharsetUTF8, func(s *stream.Writer) error { return countDemo(s, buffered) })
}
