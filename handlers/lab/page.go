package lab

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// page is what lab.html needs.
type page struct {
	Root     string // the address of this server
	Present  bool   // it is the presenter's view
	Sections []section
	Demos    []demo
}

// Section returns a section of the table by its ID.
func (p page) Section(id string) section {
	return p.Sections[slices.IndexFunc(p.Sections, func(s section) bool { return s.ID == id })]
}

// Key returns the key of the section with an index, "" beyond the ninth.
func (p page) Key(i int) string {
	if i > 8 {
		return ""
	}
	return strconv.Itoa(i + 1)
}

// Curl returns a command of a demonstration's, for another part of the page.
func (p page) Curl(name string, n int) string {
	i := slices.IndexFunc(p.Demos, func(d demo) bool { return d.Name == name })
	return p.Demos[i].Curl[n]
}

func newPage(root string, present bool) page {
	p := page{root, present, sections, slices.Clone(demos)}
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
// is made there, in the browser. With ?present=1 it is the presenter's view: one
// experiment a screen, in type for the back row. TrustProxy is as for request.Site.
func Page(trustProxy bool) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderCacheControl, "no-cache")
		return c.Render(http.StatusOK, "lab.html", newPage(request.Site(c, trustProxy), request.Query(c.Request(), "present") == "1"))
	}
}
