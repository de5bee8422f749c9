package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// Publish is POST /publish: the way up. It waits for the search that it starts,
// so that failures reach whoever asked; the picture itself comes down to all,
// the asker among them, on their streams.
func Publish(s *Searches, limit Limiter) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := frameOf(c)
		if err != nil {
			return err
		}
		keyword, err := keywordOf(c)
		if err != nil {
			return err
		}
		if err := takeTurn(limit, c.RealIP()); err != nil {
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
		if ForPeople(c.Request()) {
			return c.Redirect(http.StatusSeeOther, FramePath(frame))
		}
		return c.JSONBlob(http.StatusOK, r.Picture)
	}
}

// A Limiter allows a client address so many searches a minute. Take returns
// how long the address has to wait for its next; zero lets it pass.
type Limiter interface {
	Take(address string) (wait time.Duration)
}

func takeTurn(l Limiter, address string) error {
	if wait := l.Take(address); wait > 0 {
		return problem(http.StatusTooManyRequests, "Too many searches from your address. Wait a moment.").after(wait)
	}
	return nil
}
