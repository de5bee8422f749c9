package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/flickr"
	"picture-frame/handlers/request"
	"picture-frame/hub"
)

func TestProblems(t *testing.T) {
	wrapped := func(err error) error { return fmt.Errorf("with internal words: %w", err) }
	for err, want := range map[error]struct {
		status int
		after  time.Duration
	}{
		flickr.ErrNoPhoto: {404, 0}, flickr.ErrUnsearchable: {404, 0}, flickr.ErrBlocked: {422, 0},
		flickr.ErrUnreachable: {502, 0}, flickr.ErrAnswer: {502, 0}, flickr.ErrTimeout: {504, 0},
		&flickr.BudgetError{After: time.Hour}: {503, time.Hour}, flickr.ErrBusy: {503, time.Second}, flickr.ErrClosed: {503, 2 * time.Second},
		hub.ErrClosed: {503, 2 * time.Second}, hub.ErrFull: {503, time.Minute},
		echo.ErrNotFound: {404, 0}, echo.ErrMethodNotAllowed: {405, 0}, &http.MaxBytesError{Limit: 4096}: {413, 0},
		errors.New("secret"): {500, 0}, echo.NewHTTPError(500, "secret"): {500, 0}, echo.NewHTTPError(400, "secret"): {400, 0},
		request.Unauthorized(): {401, 0}, request.Forbidden(): {403, 0},
	} {
		p := ProblemOf(wrapped(err))
		if p.Status != want.status || p.RetryAfter != want.after || p.Title != http.StatusText(want.status) || p.Detail == "" || p.Type == "" {
			t.Errorf("%v is told as %+v, want %+v", err, p, want)
		}
		for _, word := range []string{"internal", "secret"} {
			if strings.Contains(fmt.Sprintf("%+v", *p), word) {
				t.Errorf("%v is told as %+v", err, p)
			}
		}
	}
}
