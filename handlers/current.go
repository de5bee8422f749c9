package handlers

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"picture-frame/flickr"
)

// Current is GET /current, for what shows a file now and then instead of
// following a stream: it leads to the file of a frame's current picture, which is
// a PNG or a JPEG, or to the drawing that welcomes.
func Current(h shower) echo.HandlerFunc {
	return func(c echo.Context) error {
		_, view, err := show(c, h)
		if err != nil {
			return err
		}
		id, file := "welcome", whole.of(welcome)
		if n := len(view.Pictures); n > 0 {
			current := view.Pictures[n-1]
			var p Picture
			if err := json.Unmarshal(current.Data(), &p); err != nil {
				return err
			}
			id, file = current.ID(), p.file()
		}
		tag := strconv.Quote(id)
		header := c.Response().Header()
		header.Set("ETag", tag)
		header.Set(echo.HeaderCacheControl, "no-cache") // kept, but asked for each time
		if hasTag(c.Request().Header.Values("If-None-Match"), tag) {
			return c.NoContent(http.StatusNotModified)
		}
		return c.Redirect(http.StatusFound, file)
	}
}

// still is the address of a file that everything can show.
var still = regexp.MustCompile(`^https://[^?#]+\.(?:jpe?g|png)$`)

// file returns the address of the picture as a PNG or a JPEG: the drawing that
// welcomes if it has none.
func (p *Picture) file() string {
	if drawn := whole.of(p.URL); drawn != "" {
		return drawn
	}
	for _, size := range append([]flickr.Size{{URL: p.URL}}, p.Sizes...) {
		if still.MatchString(size.URL) {
			return size.URL
		}
	}
	return whole.of(welcome)
}

// hasTag reports whether an If-None-Match names the tag (RFC 9110, 13.1.2).
func hasTag(header []string, tag string) bool {
	for one := range strings.SplitSeq(strings.Join(header, ","), ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == tag {
			return true
		}
	}
	return false
}
