package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// Seen is POST /seen: a page's receipt for a picture. It is answered before it is
// counted, and the same whether it will be or not.
func Seen(r *Receipts) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := request.Frame(c)
		if err != nil {
			return err
		}
		said, err := request.ReadReceipt(c)
		if err != nil {
			return err
		}
		if said.Frame != "" {
			frame = said.Frame
		}
		if _, err := request.CheckFrame(frame); err == nil {
			r.Add(frame, said)
		}
		return c.NoContent(http.StatusNoContent)
	}
}
