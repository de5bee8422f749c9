package lab

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// page is what lab.html needs.
type page struct {
	Root  string // the address of this server
	Demos []demo
}

// Curl returns a command of a demonstration's, for another part of the page.
func (p page) Curl(name string, n int) string {
	i := slices.IndexFunc(p.Demos, func(d demo) bool { return d.Name == name })
	return p.Demos[i].Curl[n]
}

func newPage(root string) page {
	p := page{root, slices.Clone(demos)}
	for i, d := range p.Demos {
		curl := slices.Clone(d.Curl)
		for j, line := range curl {
			curl[j] = strings.ReplaceAll(line, "{root}", root)
		}
		p.Demos[i].Curl = curl
	}
	return p
}

// Page is GET /lab: the page that shows what streams do. Every measurement on it
// is made there, in the browser. TrustProxy is as for request.Site.
func Page(trustProxy bool) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderCacheControl, "no-cache")
		return c.Render(http.StatusOK, "lab.html", newPage(request.Site(c, trustProxy)))
	}
}
