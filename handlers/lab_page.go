package handlers

import (
	_ "embed"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

//go:embed lab_demos.go
var demosSource string

//go:embed lab_wall.go
var wallSource string

// labPage is what lab.html needs.
type labPage struct {
	Root   string            // the address of this server
	Source map[string]string // the demonstrations' functions, as they run
}

// LabPage is GET /lab: the page that shows what the stream does. All that is
// measured is measured there, in the browser.
func LabPage(trustProxy bool) echo.HandlerFunc {
	source := map[string]string{"labWall": function(wallSource, "labWall")}
	for _, name := range []string{"labPing", "labCount", "labTime", "labPrices"} {
		source[name] = function(demosSource, name)
	}
	return func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderCacheControl, "no-cache")
		return c.Render(http.StatusOK, "lab.html", labPage{request.Site(c, trustProxy), source})
	}
}

// function cuts a function out of a source file that is formatted as gofmt
// does it, with a tab shown as four spaces.
func function(file, name string) string {
	_, from, _ := strings.Cut(file, "\nfunc "+name+"(")
	body, _, _ := strings.Cut(from, "\n}\n")
	return strings.ReplaceAll("func "+name+"("+body+"\n}", "\t", "    ")
}
