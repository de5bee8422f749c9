package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// Album is GET /album/ID.svg: a picture that the program draws itself. Draw
// returns the same picture for an id every time, so clients may cache it for ever;
// it returns false if no picture has that id.
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
		// A browser that opens the address shows the drawing as a document, whose
		// inline styles this policy has to allow.
		h.Set(echo.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'")
		return c.Blob(http.StatusOK, "image/svg+xml", svg)
	}
}
