package handlers

import (
	"net/http"
	"net/url"
	"regexp"

	"github.com/labstack/echo/v4"
)

// MainFrame is the frame at "/".
const MainFrame = "main"

var frameName = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)

// frameOf returns the frame that ?frame= names. A query that cannot be read is
// refused: half of it might name another frame than was meant.
func frameOf(c echo.Context) (string, error) {
	query, err := url.ParseQuery(c.Request().URL.RawQuery)
	if err != nil {
		return "", problem(http.StatusBadRequest, "The address's query could not be read.")
	}
	values, given := query["frame"]
	if !given {
		return MainFrame, nil
	}
	return checkFrame(values[0])
}

func checkFrame(name string) (string, error) {
	if !frameName.MatchString(name) {
		return "", problem(http.StatusNotFound,
			"A frame's name has 1 to 32 characters, each a small letter, a digit or a hyphen.")
	}
	return name, nil
}

// FramePath is the address of a frame's page; that of the main one for a name
// that no frame can have.
func FramePath(name string) string {
	if name == MainFrame || !frameName.MatchString(name) {
		return "/"
	}
	return "/f/" + name
}

// lastEventID is the id after which a client wants to go on. The header is
// what a browser sends by itself, and newer than the address it sends it to.
func lastEventID(c echo.Context) string {
	if id := c.Request().Header.Get("Last-Event-ID"); id != "" {
		return id
	}
	return c.QueryParam("lastEventId")
}
