package lab

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub/wire"
)

// pricesDemo walks at random: every second two lines of data, symbol and price.
func pricesDemo(s *stream.Writer) error {
	cents := 57244
	return s.Loop(time.Second, 0, func(int) error {
		cents = max(1, cents+rand.IntN(401)-200)
		price := fmt.Sprintf("%d.%02d", cents/100, cents%100)
		return s.Send(wire.Message{
			Name: "prices",
			Data: []byte("FRAME\n" + price), // two lines
		})
	})
}

func (l *Lab) prices(c echo.Context) error {
	return l.answer(c, request.MIMEEventStream, pricesDemo)
}
