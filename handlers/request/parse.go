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
// it. The error is a Problem.
func Frame(c echo.Context) (string, error) {
	for pair := range strings.SplitSeq(c.Request().URL.RawQuery, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if percentDecode(key) != "frame" {
			continue
		}
		if _, err := url.ParseQuery(pair); err != nil {
			return "", NewProblem(http.StatusBadRequest, "The frame's name could not be read.")
		}
		return CheckFrame(percentDecode(value))
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
// it was added to an address that had one.
func LastEventID(c echo.Context) string {
	if id := c.Request().Header.Get("Last-Event-ID"); id != "" {
		return id
	}
	ids := values(c.Request().URL.RawQuery, "lastEventId")
	if len(ids) == 0 {
		return ""
	}
	return ids[len(ids)-1]
}

// Site returns the scheme and host under which the client knows this server,
// such as "https://frame.example", for links that have to be absolute.
func Site(c echo.Context, trustProxy bool) string {
	return cmp.Or(Scheme(c.Request(), trustProxy), "http") + "://" + c.Request().Host
}

// Scheme returns the scheme by which the client has asked, or "" if that is not
// known: something before this server may have taken TLS off. With trustProxy it
// is what the nearest proxy names.
func Scheme(r *http.Request, trustProxy bool) string {
	if r.TLS != nil {
		return "https"
	}
	if !trustProxy {
		return ""
	}
	schemes := strings.Split(r.Header.Get(echo.HeaderXForwardedProto), ",") // the nearest proxy's is the last
	switch strings.ToLower(strings.TrimSpace(schemes[len(schemes)-1])) {
	case "http", "ws": // some name a WebSocket's own scheme
		return "http"
	case "https", "wss":
		return "https"
	}
	return ""
}
