package handlers

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/flickr/album"
	"picture-frame/handlers/request"
	"picture-frame/hub"
)

// welcome is the picture of a frame without pictures.
const welcome = album.Prefix + album.Welcome + ".svg"

// page is what frame.html needs. Addresses are paths unless said otherwise.
type page struct {
	Frame       string
	Title       string // of the document and of link previews
	Description string
	Alt         string // stands for the picture where it cannot be seen
	Placeholder string // the last keyword, or a first suggestion
	Src         string // of the picture; never empty
	Foreign     bool   // it comes from another server, whose leave the scripts need to look at it
	Picture     *Picture
	Blank       Picture // for the template that the scripts fill
	First       bool    // the frame has no picture yet
	Fixed       bool    // a permalink's page
	Bare        bool    // without controls, for a screen out of reach
	Invites     bool    // a small code stays beside the credit
	Now         string  // the time in RFC 3339, where the address asks for dark hours

	Home     string
	Publish  string
	Manifest string
	QR       string
	URL      string   // absolute, of this page
	Broken   []string // the frame's absolute address, in the parts between which a line may end
	FrameURL string   // absolute, of the frame
	Image    string   // absolute, for link previews: never an SVG
	Wide     int      // the image's size in pixels; 0 where it is not known
	High     int
	Smaller  []string // the same in smaller sizes, for where Image does not exist

	Data pageData
}

// pageData is what the scripts need, as JSON in the page.
type pageData struct {
	Frame string `json:"frame"`
	Home  string `json:"home"`
	// ID is the id of the current picture's event: the stream goes on after it.
	ID      string          `json:"id"`
	Picture json.RawMessage `json:"picture"` // with its id, or null
	Viewers int             `json:"viewers"`
	// Sample is the part of the viewers that is to say what it shows, until presence tells.
	Sample  float64 `json:"sample"`
	Fixed   bool    `json:"fixed"`
	Welcome string  `json:"welcome"`
	// Version is what time events say of a page that is made of the same as this one.
	Version string `json:"version"`
	// Labels are what the page calls the sources, by their names.
	Labels map[string]string `json:"labels"`
}

// Page is GET / and GET /f/NAME: the frame with its current picture. TrustProxy is
// as for request.Site.
func Page(h shower, trustProxy bool) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := request.Frame(c)
		if name := c.Param("frame"); name != "" {
			frame, err = request.CheckFrame(name)
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
		p, err := newPage(frame, current, request.Site(c, trustProxy))
		if err != nil {
			return err
		}
		p.URL = p.FrameURL
		p.Data.Viewers, p.Data.Sample, p.Data.Version = view.Viewers, hub.SampleOf(view.Viewers), view.Version
		return render(c, p)
	}
}

// Permalink is GET /p/ID: the page of ?frame=NAME fixed on one of its pictures.
func Permalink(h shower, trustProxy bool) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, view, err := show(c, h)
		if err != nil {
			return err
		}
		event := view.Find(c.Param("id"))
		if event == nil {
			return request.NewProblem(http.StatusNotFound, "This picture is no longer kept. A frame remembers its last %d.", hub.HistorySize)
		}
		root := request.Site(c, trustProxy)
		p, err := newPage(frame, event, root)
		if err != nil {
			return err
		}
		p.Fixed, p.Data.Fixed, p.Data.Sample, p.Data.Version = true, true, hub.SampleOf(view.Viewers), view.Version
		p.URL = root + "/p/" + url.PathEscape(event.ID()) + "?" + request.FrameQuery(frame)
		return render(c, p)
	}
}

func render(c echo.Context, p *page) error {
	p.Bare = isOff(c, "ui")
	p.Invites = request.HasQuery(c.Request(), "qr") && !isOff(c, "qr")
	if request.Query(c.Request(), "dim") != "" {
		p.Now = time.Now().UTC().Format(time.RFC3339)
	}
	// The page contains the current picture, so a cached copy is out of date.
	c.Response().Header().Set(echo.HeaderCacheControl, "no-cache")
	return c.Render(http.StatusOK, "frame.html", p)
}

// isOff reports whether an option in the page's address is switched off, by the
// words that options.js knows too.
func isOff(c echo.Context, option string) bool {
	switch strings.ToLower(request.Query(c.Request(), option)) {
	case "0", "false", "off", "no":
		return true
	}
	return false
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
		Home:        request.FramePath(frame),
		Publish:     "/publish?" + request.FrameQuery(frame),
		Manifest:    "/manifest.webmanifest?" + request.FrameQuery(frame),
		QR:          "/qr.svg?" + request.FrameQuery(frame),
		Broken:      append(broken(root), strings.TrimSuffix(request.FramePath(frame), "/")),
		FrameURL:    root + request.FramePath(frame),
	}
	p.Data = pageData{Frame: frame, Home: p.Home, Picture: json.RawMessage("null"), Welcome: welcome, Labels: sourceLabels}
	if event == nil {
		p.Image, p.Wide, p.High = root+preview.of(welcome), preview.width, preview.height
		return p, nil
	}
	p.Picture = new(Picture)
	if err := json.Unmarshal(event.Data(), p.Picture); err != nil {
		return nil, err
	}
	p.Src = p.Picture.URL
	p.Foreign = !strings.HasPrefix(p.Src, "/")
	p.Placeholder = p.Picture.Keyword
	p.Title = request.Contain(p.Picture.Keyword) + " · Picture Frame"
	p.Alt = p.Picture.describe()
	p.Picture.Owner = request.Contain(p.Picture.Owner) // other words follow it
	p.Description = p.Alt
	p.Image, p.Wide, p.High, p.Smaller = p.Src, p.Picture.Width, p.Picture.Height, smallerSizes(p.Src)
	if drawn := preview.of(p.Src); drawn != "" {
		p.Image, p.Wide, p.High = root+drawn, preview.width, preview.height
	}
	p.Data.ID = event.ID()
	p.Data.Picture = event.DataWithID()
	return p, nil
}

var partOf = regexp.MustCompile(`^\w+://|\[.*\]|[.:/]+[^.:/[]*|[^.:/[]+|.`)

// broken parts a server's address before its dots, colons and slashes: nobody can
// tell whether a number that goes on in the next line is one.
func broken(address string) []string { return partOf.FindAllString(address, -1) }

// describe returns the picture's alternative text; picture.js makes the same.
func (p *Picture) describe() string {
	words := request.Contain(p.Keyword)
	if p.Title != "" {
		words += ": " + request.Contain(p.Title)
		if p.Owner != "" {
			words += " by " + request.Contain(p.Owner)
		}
	}
	return words
}
