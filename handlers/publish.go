package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// Publish is POST /publish: it starts a search and waits for its end, so that the
// client learns of a failure. All viewers, this client among them, get the picture
// on their streams.
func Publish(s *Searches, limit *request.PerMinute) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := request.Frame(c)
		if err != nil {
			return err
		}
		keyword, err := request.Keyword(c)
		if err != nil {
			return err
		}
		if err := limit.Allow(c.RealIP()); err != nil {
			return err
		}
		end, err := s.Start(frame, keyword)
		if err != nil {
			return err
		}
		// The search ends whether the client still waits or not. The server cannot
		// tell: a client that has shut down its sending side may still read.
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
