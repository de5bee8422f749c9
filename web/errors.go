package web

import (
	"encoding/json"
	"log/slog"
	"math"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers"
	"picture-frame/handlers/request"
)

const mimeProblem = "application/problem+json"

// failures answers requests that ended with an error: with a page for people, with
// problem+json (RFC 9457) for programs. Only the log gets the cause.
type failures struct{ log *slog.Logger }

// ErrorPage is what error.html shows.
type ErrorPage struct {
	Status        int
	Title, Detail string
	Home          string // the way back to a frame
	Keyword       string
	RequestID     string
}

func (f failures) answer(err error, c echo.Context) {
	ctx := c.Request().Context()
	p := handlers.ProblemOf(err).In(ctx)
	if p.Status >= http.StatusInternalServerError {
		level := slog.LevelWarn
		if p.RetryAfter > 0 { // what is away, full or spent is warned of elsewhere, and anybody can ask again and again
			level = slog.LevelInfo
		}
		f.log.Log(ctx, level, "request failed", "path", c.Request().URL.Path, "status", p.Status, "err", err)
	}
	if c.Response().Committed {
		return // what has been sent cannot be taken back
	}
	h := c.Response().Header()
	h.Set(echo.HeaderCacheControl, "no-store")
	h.Add(echo.HeaderVary, echo.HeaderAccept)
	if p.RetryAfter > 0 {
		h.Set(echo.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(p.RetryAfter.Seconds()))))
	}
	if request.ForPeople(c.Request()) {
		h.Set(echo.HeaderContentType, echo.MIMETextHTMLCharsetUTF8)
		page := ErrorPage{p.Status, p.Title, p.Detail, home(c), request.Contain(request.Asked(c)), p.RequestID}
		if err := c.Render(p.Status, "error.html", page); err != nil {
			f.log.ErrorContext(ctx, "cannot render the error page", "err", err)
		}
		return
	}
	h.Set(echo.HeaderContentType, mimeProblem) // an endpoint may have set its own before it failed
	body, _ := json.Marshal(p)                 // strings and numbers always encode
	if err := c.Blob(p.Status, mimeProblem, body); err != nil {
		f.log.DebugContext(ctx, "cannot send the error", "err", err)
	}
}

// home returns the path of the frame that a failed request was about.
func home(c echo.Context) string {
	return request.FramePath(request.Query(c.Request(), "frame"))
}
