package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// Healthz is GET /healthz: the process is alive.
func Healthz(c echo.Context) error { return c.String(http.StatusOK, "ok") }

// Readyz is GET /readyz: the process can take requests. Ready reports whether it
// can: not once it has begun to stop, nor while what it shares with other
// processes cannot be reached.
func Readyz(ready func() bool) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !ready() {
			return c.String(http.StatusServiceUnavailable, "not ready")
		}
		return Healthz(c)
	}
}
