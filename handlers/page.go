package handlers

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"picture-frame/flickr/album"
	"picture-frame/hub"
)

// welcome hangs in a frame for which nobody has asked anything yet.
const welcome = album.Prefix + album.Welcome + ".svg"

// page is what frame.html needs. Addresses are paths unless said otherwise.
type page struct {
	Frame       string
	Title       string // of the document and of link previews
	Description string
	Alt         string // stands for the picture where it cannot be seen
	Placeholder string // the last word, or one to begin with
	Src         string // of the picture; never empty
	Picture     *Picture
	Blank       Picture // for the template that the scripts fill
	First       bool    // nobody has asked for a picture yet
	Fixed       bool    // a permalink's page
	Bare        bool    // without controls, for a screen that nobody touches

	Home     string
	Publish  string
	Manifest string
	QR       string
	URL      string   // absolute, of this page
	FrameURL string   // absolute, of the frame
	Image    string   // absolute, for link previews
	Smaller  []string // the same in smaller sizes, for where Image does not exist

	Data pageData
}

// pageData is what the scripts need, as JSON in the page.
type pageData struct {
	Frame string `json:"frame"`
	Home  string `json:"home"`
	// ID is the event from which the stream goes on.
	ID      string          `json:"id"`
	Picture json.RawMessage `json:"picture"` // with its id, or null
	Viewers int             `json:"viewers"`
	Fixed   bool            `json:"fixed"`
	Welcome string          `json:"welcome"`
	// Labels are what the page calls the sources, by their names.
	Labels map[string]string `json:"labels"`
}

// Page is GET / and GET /f/NAME: the frame with its current picture. trustProxy
// says whether a proxy's word is taken for the scheme people use.
func Page(h shower, trustProxy bool) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := frameOf(c)
		if name := c.Param("frame"); name != "" {
			frame, err = checkFrame(name)
		}
		if err != nil {
			return err
		}
		view, err := h.Show(c.Request().Context(), frame)
		if err != nil {
			return err
		}
		var current *hub.Event
		if n := len(view.Pictures); n > 0 {
			current = view.Pictures[n-1]
		}
		p, err := newPage(frame, current, site(c, trustProxy))
		if err != nil {
			return err
		}
		p.URL = p.FrameURL
		p.Data.Viewers = view.Viewers
		return render(c, p)
	}
}

// Permalink is GET /p/ID: the page of ?frame=NAME fixed on one of its pictures.
func Permalink(h shower, trustProxy bool) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := frameOf(c)
		if err != nil {
			return err
		}
		event, err := h.Find(c.Request().Context(), frame, c.Param("id"))
		if err != nil {
			return err
		}
		if event == nil {
			return problem(http.StatusNotFound, "This picture is no longer kept. A frame remembers its last %d.", hub.HistorySize)
		}
		root := site(c, trustProxy)
		p, err := newPage(frame, event, root)
		if err != nil {
			return err
		}
		p.Fixed, p.Data.Fixed = true, true
		p.URL = root + "/p/" + url.PathEscape(event.ID()) + "?" + frameQuery(frame)
		return render(c, p)
	}
}

func render(c echo.Context, p *page) error {
	switch strings.ToLower(c.QueryParam("ui")) {
	case "0", "false", "off", "no":
		p.Bare = true
	}
	// The page names the picture of this moment.
	c.Response().Header().Set(echo.HeaderCacheControl, "no-cache")
	return c.Render(http.StatusOK, "frame.html", p)
}

// newPage describes a frame that shows event, or nothing yet when event is nil.
func newPage(frame string, event *hub.Event, root string) (*page, error) {
	p := &page{
		Frame:       frame,
		Title:       "Picture Frame",
		Description: "Type a word, and every open screen shows a picture of it.",
		Alt:         "A drawn landscape",
		Placeholder: "anything",
		Src:         welcome,
		First:       event == nil,
		Home:        FramePath(frame),
		Publish:     "/publish?" + frameQuery(frame),
		Manifest:    "/manifest.webmanifest?" + frameQuery(frame),
		QR:          "/qr.svg?" + frameQuery(frame),
		FrameURL:    root + FramePath(frame),
	}
	p.Data = pageData{Frame: frame, Home: p.Home, Picture: json.RawMessage("null"), Welcome: welcome, Labels: sourceLabels}
	if event == nil {
		p.Image = root + welcome
		return p, nil
	}
	p.Picture = new(Picture)
	if err := json.Unmarshal(event.Data(), p.Picture); err != nil {
		return nil, err
	}
	p.Src = p.Picture.URL
	p.Placeholder = p.Picture.Keyword
	p.Title = p.Picture.Keyword + " · Picture Frame"
	p.Alt = p.Picture.describe()
	p.Description = p.Alt
	p.Image, p.Smaller = p.Src, smallerSizes(p.Src)
	if strings.HasPrefix(p.Src, "/") {
		p.Image = root + p.Src
	}
	p.Data.ID = event.ID()
	p.Data.Picture = withID(event)
	return p, nil
}

// describe puts a picture into words: picture.js has the same ones.
func (p *Picture) describe() string {
	words := p.Keyword
	if p.Title != "" {
		words += ": " + p.Title
		if p.Owner != "" {
			words += " by " + p.Owner
		}
	}
	return words
}

func frameQuery(frame string) string { return "frame=" + frame } // nothing in a name needs escaping

// site is the address under which the client knows this server, for what has
// to be absolute: link previews and the code that phones read.
func site(c echo.Context, trustProxy bool) string {
	r := c.Request()
	scheme := "http"
	schemes := strings.Split(r.Header.Get(echo.HeaderXForwardedProto), ",") // the nearest proxy's is the last
	if r.TLS != nil || trustProxy && strings.EqualFold(strings.TrimSpace(schemes[len(schemes)-1]), "https") {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}
