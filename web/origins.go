package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// origins decides which origins' pages may use the frame as its own page does.
type origins struct {
	allowed []string
	guard   *http.CrossOriginProtection
}

func newOrigins(allowed []string) *origins {
	o := &origins{allowed, http.NewCrossOriginProtection()}
	for _, origin := range allowed {
		// The settings have been checked: each is an origin.
		_ = o.guard.AddTrustedOrigin(origin)
	}
	return o
}

// check refuses a request with an unsafe method from a page of another origin.
func (o *origins) check(r *http.Request) error {
	if o.guard.Check(r) != nil {
		return request.Forbidden()
	}
	return nil
}

// checkSocket is check for the GET that opens a WebSocket. It counts as unsafe,
// because the page can send keywords over the connection.
func (o *origins) checkSocket(r *http.Request) error {
	unsafe := *r
	unsafe.Method = http.MethodPost
	return o.check(&unsafe)
}

// middleware refuses unsafe requests from other origins, and tells browsers which
// origins are allowed (the fetch standard's CORS protocol).
func (o *origins) middleware(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, h := c.Request(), c.Response().Header()
		if len(o.allowed) > 0 {
			h.Add(echo.HeaderVary, echo.HeaderOrigin)
		}
		if err := o.check(r); err != nil {
			return err
		}
		origin := r.Header.Get(echo.HeaderOrigin)
		if !slices.Contains(o.allowed, origin) {
			return next(c)
		}
		h.Set(echo.HeaderAccessControlAllowOrigin, origin)
		h.Set(echo.HeaderAccessControlExposeHeaders, echo.HeaderRetryAfter)
		if r.Method == http.MethodOptions && r.Header.Get(echo.HeaderAccessControlRequestMethod) != "" {
			h.Set(echo.HeaderAccessControlAllowMethods, "GET, HEAD, POST")
			h.Set(echo.HeaderAccessControlAllowHeaders, "Accept, Cache-Control, Content-Type, Last-Event-ID")
			h.Set(echo.HeaderAccessControlMaxAge, "600")
			return c.NoContent(http.StatusNoContent)
		}
		return next(c)
	}
}
