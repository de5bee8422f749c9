package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// Healthz is GET /healthz: the process is alive.
func Healthz(c echo.Context) error { return c.String(http.StatusOK, "ok") }

// Readyz is GET /readyz: the process wants requests. Ready turns false the
// moment it begins to stop, and while what it shares with others is away.
func Readyz(ready func() bool) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !ready() {
			return c.String(http.StatusServiceUnavailable, "not ready")
		}
		return Healthz(c)
	}
}
