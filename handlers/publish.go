package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// Publish is POST /publish: the way up. It waits for the search that it starts,
// so that failures reach whoever asked; the picture itself comes down to all,
// the asker among them, on their streams.
func Publish(s *Searches, limit request.Limiter) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := request.Frame(c)
		if err != nil {
			return err
		}
		keyword, err := request.Keyword(c)
		if err != nil {
			return err
		}
		if err := request.TakeTurn(limit, c.RealIP()); err != nil {
			return err
		}
		end, err := s.Start(frame, keyword)
		if err != nil {
			return err
		}
		// It ends whether the asker still waits or not. That the asker has left is
		// not known either: a client may shut its side down and yet read.
		r := <-end
		if r.Err != nil {
			return r.Err
		}
		if request.ForPeople(c.Request()) {
			return c.Redirect(http.StatusSeeOther, request.FramePath(frame))
		}
		return c.JSONBlob(http.StatusOK, r.Picture)
	}
}
