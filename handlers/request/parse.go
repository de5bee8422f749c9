// Package request reads what a request asks for, and says what is wrong with
// it: the frame, the keyword in the body, the media types that the client
// accepts, how often it may search. It knows neither the hub nor the searches.
package request

import (
	"cmp"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"
)

// MainFrame is the name of the frame at "/".
const MainFrame = "main"

var frameName = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)

// Frame returns the name of the frame that ?frame= asks for, MainFrame without
// it. The error is a Problem. The rest of the query is ignored, however it is
// written.
func Frame(c echo.Context) (string, error) {
	for raw := range fieldsOf(c.Request().URL.RawQuery, "frame") {
		if _, err := url.ParseQuery(raw); err != nil {
			return "", NewProblem(http.StatusBadRequest, "The frame's name in the address could not be read.")
		}
		return CheckFrame(percentDecode(raw))
	}
	return MainFrame, nil
}

// CheckFrame returns name if a frame can have it, else a Problem with status 404.
func CheckFrame(name string) (string, error) {
	if !frameName.MatchString(name) {
		return "", NewProblem(http.StatusNotFound,
			"A frame's name has 1 to 32 characters, each a small letter, a digit or a hyphen.")
	}
	return name, nil
}

// FramePath returns the path of a frame's page, or "/" if no frame can have
// that name.
func FramePath(name string) string {
	if name == MainFrame || !frameName.MatchString(name) {
		return "/"
	}
	return "/f/" + name
}

// FrameQuery returns the query that asks for a frame. The name has been checked:
// nothing in it needs escaping.
func FrameQuery(name string) string { return "frame=" + name }

// LastEventID returns the id after which a client wants its stream to go on. The
// header wins over ?lastEventId=, because a browser updates the header with
// every reconnect, but repeats the address. Of two parameters the later counts:
// a client that adds its newest id to an address may leave the older one there.
func LastEventID(c echo.Context) string {
	if id := c.Request().Header.Get("Last-Event-ID"); id != "" {
		return id
	}
	id := ""
	for raw := range fieldsOf(c.Request().URL.RawQuery, "lastEventId") {
		id = percentDecode(raw)
	}
	return id
}

// Scheme returns the scheme by which the client reaches this server: https over
// TLS, with trustProxy what the nearest proxy names, else "" because a proxy may
// have taken the TLS off.
func Scheme(r *http.Request, trustProxy bool) string {
	switch schemes := strings.Split(r.Header.Get(echo.HeaderXForwardedProto), ","); {
	case r.TLS != nil:
		return "https"
	case trustProxy:
		switch strings.ToLower(strings.TrimSpace(schemes[len(schemes)-1])) { // the nearest proxy's is the last
		case "https", "wss": // some name a WebSocket's own scheme
			return "https"
		case "http", "ws":
			return "http"
		}
	}
	return ""
}

// Site returns the scheme and host under which the client knows this server,
// such as "https://frame.example", for links that have to be absolute. Where
// nothing tells the scheme, it is http.
func Site(c echo.Context, trustProxy bool) string {
	return cmp.Or(Scheme(c.Request(), trustProxy), "http") + "://" + c.Request().Host
}
