package request

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// A Problem is what a client may know of an error (RFC 9457). The cause stays
// in the log.
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	// RequestID is an extension member (RFC 9457, 3.2): who tells an operator of it
	// leads them to the request's lines in the log.
	RequestID string `json:"request_id,omitempty"`

	// RetryAfter is how long the client should wait before it tries again; zero
	// if waiting does not help.
	RetryAfter time.Duration `json:"-"`
}

// NewProblem returns a Problem with an HTTP status and a detail, which is
// formatted as by fmt.Sprintf and shown to the client.
func NewProblem(status int, format string, args ...any) *Problem {
	return &Problem{
		Type:   "about:blank", // RFC 9457, 4.2.1: the title says it all
		Title:  http.StatusText(status),
		Status: status,
		Detail: fmt.Sprintf(format, args...),
	}
}

// Error makes a Problem an error that a handler can return.
func (p *Problem) Error() string { return fmt.Sprintf("%d: %s", p.Status, p.Detail) }

// After sets RetryAfter and returns p.
func (p *Problem) After(d time.Duration) *Problem {
	p.RetryAfter = d
	return p
}

// In returns a copy of p for the client of the request that ctx comes from.
func (p *Problem) In(ctx context.Context) *Problem {
	mine := *p
	mine.RequestID = ID(ctx)
	return &mine
}

// ProblemOf returns what a client may know of an error that a request caused:
// a Problem as it is, a body that was too large, or an error of Echo's. Every
// other error becomes a status 500 without details.
func ProblemOf(err error) *Problem {
	var (
		known *Problem
		large *http.MaxBytesError
		echos *echo.HTTPError
	)
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &large):
		return NewProblem(http.StatusRequestEntityTooLarge, "The request is larger than %d bytes.", large.Limit)
	case errors.As(err, &echos) && echos.Code == http.StatusNotFound:
		return NewProblem(echos.Code, "There is nothing at this address.")
	case errors.As(err, &echos) && echos.Code == http.StatusMethodNotAllowed:
		return NewProblem(echos.Code, "This address does not take that method.")
	case errors.As(err, &echos) && echos.Code < http.StatusInternalServerError:
		return NewProblem(echos.Code, "The request could not be understood.")
	}
	return NewProblem(http.StatusInternalServerError, "Something went wrong here.")
}

// Unauthorized returns the error for a request without the admin token.
func Unauthorized() error {
	return NewProblem(http.StatusUnauthorized, "This needs the admin token.")
}

// Forbidden returns the error for a request from a page of another origin.
func Forbidden() error {
	return NewProblem(http.StatusForbidden, "Pages of other origins cannot do this.")
}
