package handlers

import (
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/hub/wire"
)

// Publish is POST /publish: it starts a search and waits for its end, so that the
// client learns of a failure. All viewers, this client among them, get the picture
// on their streams.
//
// A picture that waits for the host is answered with 202 and a ticket.
func Publish(s *Searches, clients *request.Clients, limit *request.PerMinute) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := request.Frame(c)
		if err != nil {
			return err
		}
		keyword, err := request.Keyword(c)
		if err != nil {
			return err
		}
		end, err := s.Start(c.Request().Context(), frame, keyword, askerOf(frame, clients.Of(c), limit))
		if err != nil {
			return err
		}
		// The search ends whether the client still waits or not. The server cannot
		// tell: a client that has shut down its sending side may still read.
		r := <-end
		if r.Err != nil {
			return r.Err
		}
		if r.Ticket != "" {
			if request.ForPeople(c.Request()) {
				return waitsForHost()
			}
			return c.JSONBlob(http.StatusAccepted, waiting(r.Ticket, keyword))
		}
		if request.ForPeople(c.Request()) {
			return c.Redirect(http.StatusSeeOther, request.FramePath(frame))
		}
		return c.JSONBlob(http.StatusOK, r.Picture)
	}
}

// waiting is what the asker of a picture that waits for the host gets.
func waiting(ticket, keyword string) json.RawMessage {
	text, _ := json.Marshal(struct { // strings always encode
		Ticket  string `json:"ticket"`
		Keyword string `json:"keyword"`
		Status  string `json:"status"`
	}{ticket, keyword, "waiting"})
	return wire.EscapeLineEnds(text)
}

// waitsForHost is the same for people whose browsers run no scripts: a page that says
// so, which looks like those for errors.
func waitsForHost() error {
	p := request.NewProblem(http.StatusAccepted, "The host of this frame looks at every picture before it hangs.")
	p.Title = "Your word is with the host"
	return p
}
