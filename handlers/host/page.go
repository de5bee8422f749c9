package host

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// page is what host.html needs.
type page struct {
	Frame    string
	Home     string // path of the frame's page
	Session  string // where to sign in and out
	SignedIn bool
	Problem  string // with the last try to sign in
	Request  string // the id of the request with that problem
	Data     pageData
}

// pageData is what the scripts need, as JSON in the page.
type pageData struct {
	Frame    string `json:"frame"`
	SignedIn bool   `json:"signedIn"`
}

func newPage(frame string, signedIn bool, problem string) *page {
	return &page{
		Frame:    frame,
		Home:     request.FramePath(frame),
		Session:  "/host/session?" + request.FrameQuery(frame),
		SignedIn: signedIn,
		Problem:  problem,
		Data:     pageData{frame, signedIn},
	}
}

// Page is GET /host: the desk of a frame, or the form to sign in.
func (a *Access) Page(c echo.Context) error {
	if a.token == "" {
		return echo.ErrNotFound
	}
	frame, err := request.Frame(c)
	if err != nil {
		return err
	}
	return renderPage(c, http.StatusOK, newPage(frame, a.SignedIn(c.Request()), ""))
}

func renderPage(c echo.Context, status int, p *page) error {
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	return c.Render(status, "host.html", p)
}
