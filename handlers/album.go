package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// Album is GET /album/ID.svg: a picture that the program draws itself. An id
// always draws the same, so it may be kept for ever.
func Album(draw func(id string) ([]byte, bool)) echo.HandlerFunc {
	return func(c echo.Context) error {
		id, ok := strings.CutSuffix(c.Param("file"), ".svg")
		if !ok {
			return echo.ErrNotFound
		}
		svg, ok := draw(id)
		if !ok {
			return request.NewProblem(http.StatusNotFound, "There is no such picture.")
		}
		h := c.Response().Header()
		h.Set(echo.HeaderCacheControl, "public, max-age=31536000, immutable")
		// Opened on its own, a drawing is a document: its styles are its own.
		h.Set(echo.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'")
		return c.Blob(http.StatusOK, "image/svg+xml", svg)
	}
}
