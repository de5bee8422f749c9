package lab

import (
	"fmt"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/stream"
)

// pingDemo says ping five times, a second apart, then goodbye.
func pingDemo(s *stream.Writer) error {
	for range 5 {
		if err := s.Wait(time.Second); err != nil {
			return err // the client has left
		}
		fmt.Fprintln(s, "ping")
	}
	_, err := fmt.Fprintln(s, "ok, bye!")
	return err
}

func (l *Lab) ping(c echo.Context) error {
	return l.answer(c, echo.MIMETextPlainCharsetUTF8, pingDemo)
}
