// Package handlers answers the requests: one endpoint a file, each in the
// order parse, call, answer. What they call is behind small interfaces.
package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/flickr"
	"picture-frame/hub"
)

// A Problem is what a client may know of an error (RFC 9457). The cause stays
// in the log.
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`

	// RetryAfter is when it may work again; zero if waiting does not help.
	RetryAfter time.Duration `json:"-"`
}

// Error makes a Problem an error that a handler can return.
func (p *Problem) Error() string { return fmt.Sprintf("%d: %s", p.Status, p.Detail) }

func problem(status int, format string, args ...any) *Problem {
	return &Problem{
		Type:   "about:blank", // RFC 9457, 4.2.1: the title says it all
		Title:  http.StatusText(status),
		Status: status,
		Detail: fmt.Sprintf(format, args...),
	}
}

func (p *Problem) after(d time.Duration) *Problem {
	p.RetryAfter = d
	return p
}

// ProblemOf is the one table from errors to what a client may know of them.
func ProblemOf(err error) *Problem {
	var (
		known  *Problem
		framed *echo.HTTPError
		budget *flickr.BudgetError
		large  *http.MaxBytesError
	)
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &large):
		return problem(http.StatusRequestEntityTooLarge, "The request is larger than %d bytes.", large.Limit)
	case errors.Is(err, flickr.ErrNoPhoto):
		return problem(http.StatusNotFound, "There is no picture for that word. Try another, or a simpler one.")
	case errors.Is(err, flickr.ErrUnsearchable):
		return problem(http.StatusNotFound, "Flickr cannot search for that. Try a plainer word.")
	case errors.Is(err, flickr.ErrBlocked):
		return problem(http.StatusUnprocessableEntity, "That word is not shown here.")
	case errors.Is(err, flickr.ErrTimeout):
		return problem(http.StatusGatewayTimeout, "Flickr did not answer in time. Try again.")
	case errors.Is(err, flickr.ErrUnreachable):
		return problem(http.StatusBadGateway, "Flickr could not be reached. Try again in a moment.")
	case errors.Is(err, flickr.ErrAnswer):
		return problem(http.StatusBadGateway, "Flickr answered with an error. Try again in a moment.")
	case errors.As(err, &budget):
		return problem(http.StatusServiceUnavailable,
			"All of this hour's searches are spent.").after(budget.After)
	case errors.Is(err, flickr.ErrBusy):
		return problem(http.StatusServiceUnavailable, "Too many searches at once. Try again in a moment.").after(time.Second)
	case errors.Is(err, hub.ErrClosed), errors.Is(err, flickr.ErrClosed):
		return problem(http.StatusServiceUnavailable, "The frame is restarting. Try again in a moment.").after(2 * time.Second)
	case errors.Is(err, hub.ErrAway):
		return problem(http.StatusServiceUnavailable,
			"The frame has lost touch with its memory. What it shows stays; try again in a moment.").after(2 * time.Second)
	case errors.Is(err, hub.ErrUnkept):
		return problem(http.StatusServiceUnavailable,
			"The frame cannot keep new pictures: its disk is full or does not answer. What it shows stays; try again in a moment.").after(5 * time.Second)
	case errors.Is(err, hub.ErrFull):
		return problem(http.StatusServiceUnavailable, "All frames are in use.").after(time.Minute)
	case errors.As(err, &framed) && framed.Code == http.StatusNotFound:
		return problem(framed.Code, "There is nothing at this address.")
	case errors.As(err, &framed) && framed.Code == http.StatusMethodNotAllowed:
		return problem(framed.Code, "This address does not take that method.")
	case errors.As(err, &framed) && framed.Code < http.StatusInternalServerError:
		return problem(framed.Code, "The request could not be understood.")
	}
	return problem(http.StatusInternalServerError, "Something went wrong here.")
}

// Unauthorized refuses who does not bear the admin token.
func Unauthorized() error {
	return problem(http.StatusUnauthorized, "This needs the admin token.")
}

// Forbidden refuses the page of another origin.
func Forbidden() error {
	return problem(http.StatusForbidden, "Pages of other origins cannot do this.")
}
