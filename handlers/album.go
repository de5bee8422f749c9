package handlers

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"picture-frame/flickr/album"
	"picture-frame/flickr/album/raster"
)

// A Printer makes PNG files of drawings; raster.Printer is one.
type Printer interface {
	PNG(ctx context.Context, id string, width, height int) ([]byte, error)
}

// An edition is a form in which a drawing is served, by what follows its id in
// the address.
type edition struct {
	ending        string
	width, height int
}

var (
	// whole is the drawing as a file for what cannot show SVG, in its own size.
	whole = edition{".png", 1600, 1000}
	// preview is cut to the shape that link previews have.
	preview = edition{".1200x630.png", 1200, 630}
)

// of returns the address of a drawing in this edition, of which url is the
// address as SVG; "" if it is none of a drawing.
func (e edition) of(url string) string {
	if id, ok := strings.CutSuffix(url, ".svg"); ok && strings.HasPrefix(id, album.Prefix) {
		return id + e.ending
	}
	return ""
}

// Album is GET /album/ID.svg: a picture that the program draws itself. The same
// in pixels is ID.png, and ID.1200x630.png for link previews. Draw returns the
// same picture for an id every time, so clients may cache it for ever; it returns
// false if no picture has that id.
func Album(draw func(id string) ([]byte, bool), prints Printer) echo.HandlerFunc {
	return func(c echo.Context) error {
		file := c.Param("file")
		h := c.Response().Header()
		for _, e := range []edition{preview, whole} { // the longer ending first
			if id, ok := strings.CutSuffix(file, e.ending); ok {
				png, err := prints.PNG(c.Request().Context(), id, e.width, e.height)
				if c.Request().Context().Err() != nil {
					return nil // nobody waits for it any more
				}
				if err != nil {
					return err
				}
				h.Set(echo.HeaderCacheControl, forEver)
				return c.Blob(http.StatusOK, "image/png", png)
			}
		}
		id, ok := strings.CutSuffix(file, ".svg")
		if !ok {
			return echo.ErrNotFound
		}
		svg, ok := draw(id)
		if !ok {
			return raster.ErrUnknown
		}
		h.Set(echo.HeaderCacheControl, forEver)
		// A browser that opens the address shows the drawing as a document, whose
		// inline styles this policy has to allow.
		h.Set(echo.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'")
		return c.Blob(http.StatusOK, "image/svg+xml", svg)
	}
}

// forEver lets clients keep what never changes.
const forEver = "public, max-age=31536000, immutable"
