package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"html/template"
	"image"
	"image/color"
	_ "image/png" // the icons
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"
	"github.com/labstack/echo/v4"

	"picture-frame/flickr"
	"picture-frame/hub"
	"picture-frame/hub/memory"
	"picture-frame/static"
	"picture-frame/templates"
)

type pageSet struct{ set *template.Template }

func (p pageSet) Render(w io.Writer, name string, data any, _ echo.Context) error {
	return p.set.ExecuteTemplate(w, name, data)
}

// newSite serves the page's endpoints over a hub of its own.
func newSite(t *testing.T, trustProxy bool) (*echo.Echo, *hub.Hub) {
	t.Helper()
	set, err := templates.Parse(static.Path)
	if err != nil {
		t.Fatal(err)
	}
	h := hub.New(memory.New(), slog.New(slog.DiscardHandler))
	go h.Run()
	t.Cleanup(h.Close)
	e := echo.New()
	e.Renderer = pageSet{set}
	e.GET("/", Page(h, trustProxy))
	e.GET("/f/:frame", Page(h, trustProxy))
	e.GET("/p/:id", Permalink(h, trustProxy))
	e.GET("/current", Current(h))
	e.HEAD("/current", Current(h))
	e.GET("/manifest.webmanifest", Manifest(static.Path))
	e.GET("/qr.svg", QR(trustProxy))
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		p := ProblemOf(err)
		if err := c.JSON(p.Status, p); err != nil {
			t.Error(err)
		}
	}
	return e, h
}

func getPage(e *echo.Echo, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	return w
}

func hang(t *testing.T, h *hub.Hub, frame string, p Picture) (id string) {
	t.Helper()
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	id, err = h.Publish(context.Background(), frame, data)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

var sushi = Picture{
	URL: "https://live.staticflickr.com/1/2_3_b.jpg", Keyword: "sushi", Photo: flickr.Photo{
		Title: "Lunch <b>", Owner: "Ann", OwnerURL: "https://www.flickr.com/photos/ann/", PageURL: "https://www.flickr.com/photos/ann/2",
		License: "CC BY 4.0", LicenseURL: "https://creativecommons.org/licenses/by/4.0/", Source: "feed",
	},
}

// dataOf reads what the page tells its scripts.
func dataOf(t *testing.T, html string) (d pageData) {
	t.Helper()
	found := regexp.MustCompile(`(?s)<script type="application/json" id="frame-data">(.*?)</script>`).FindStringSubmatch(html)
	if found == nil {
		t.Fatal("the page has no data for its scripts")
	}
	if err := json.Unmarshal([]byte(found[1]), &d); err != nil {
		t.Fatalf("%v in %s", err, found[1])
	}
	return d
}

func wantParts(t *testing.T, html string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(html, part) {
			t.Errorf("the page lacks %s", part)
		}
	}
}

func TestPageWithoutPictures(t *testing.T) {
	e, _ := newSite(t, false)
	w := getPage(e, "http://frame.test/")
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	html := w.Body.String()
	wantParts(t, html,
		`src="`+welcome+`" alt="A drawn landscape" fetchpriority="high" draggable="false">`,
		`Nobody has asked for a picture yet`,
		`action="/publish?frame=main"`,
		`<meta property="og:image" content="http://frame.test/album/wvs-dwn-0000000.1200x630.png">`,
		`<meta property="og:image:width" content="1200">`,
		`<meta property="og:image:height" content="630">`,
	)
	if d := dataOf(t, html); string(d.Picture) != "null" || d.ID != "" || d.Welcome != welcome || d.Home != "/" {
		t.Errorf("data is %+v", d)
	}
}

func TestPageShowsTheNewestPicture(t *testing.T) {
	e, h := newSite(t, false)
	hang(t, h, "main", Picture{URL: "/album/x.svg", Keyword: "old"})
	id := hang(t, h, "main", sushi)
	html := getPage(e, "http://frame.test/").Body.String()
	wantParts(t, html,
		`src="https://live.staticflickr.com/1/2_3_b.jpg" alt="sushi: Lunch &lt;b&gt; by Ann" fetchpriority="high" draggable="false" crossorigin="anonymous">`,
		`<title>sushi · Picture Frame</title>`,
		`<meta property="og:image" content="https://live.staticflickr.com/1/2_3_b.jpg">`,
		`placeholder="sushi"`,
		`href="https://www.flickr.com/photos/ann/2"`,
		`href="https://creativecommons.org/licenses/by/4.0/"`,
		`not endorsed or certified by SmugMug, Inc.`,
	)
	if strings.Contains(html, "old") && strings.Contains(html, "/album/x.svg") {
		t.Error("the page shows an older picture too")
	}
	d := dataOf(t, html)
	if d.ID != id {
		t.Errorf("the stream would go on from %q, want %q", d.ID, id)
	}
	var p struct{ ID, URL, Keyword string }
	if err := json.Unmarshal(d.Picture, &p); err != nil || p.ID != id || p.URL != sushi.URL || p.Keyword != "sushi" {
		t.Errorf("the picture in the data is %s (%v)", d.Picture, err)
	}
}

// What people type and photographers write ends up in attributes, in text and
// in a script element. None of it may become markup.
func TestPageEscapes(t *testing.T) {
	e, h := newSite(t, false)
	nasty := `</script><script>alert(1)</script>"'<img src=x onerror=alert(1)>` + "\u2028"
	hang(t, h, "main", Picture{
		URL: "javascript:alert(1)", Keyword: nasty, Photo: flickr.Photo{
			Title: nasty, Owner: nasty, License: nasty, Note: nasty, Source: "feed",
			PageURL: "javascript:alert(1)", OwnerURL: "javascript:alert(1)", LicenseURL: "javascript:alert(1)",
		},
	})
	html := getPage(e, "http://frame.test/").Body.String()
	for _, bad := range []string{"<script>alert", "<img src=x", `src="javascript:`, `href="javascript:`} {
		if strings.Contains(html, bad) {
			t.Errorf("the page contains %s", bad)
		}
	}
	var p Picture
	if err := json.Unmarshal(dataOf(t, html).Picture, &p); err != nil || p.Keyword != nasty {
		t.Errorf("the scripts read the word %q (%v)", p.Keyword, err)
	}
}

// What turns letters round, as U+202E does, ends with the text that brought it: an
// end of its own would leave its isolate open.
func TestPageContainsDirections(t *testing.T) {
	e, h := newSite(t, false)
	p := sushi
	p.Keyword, p.Title, p.Owner = "\u202egnp", "\u2069\u202d1", "\u2066Ann"
	hang(t, h, "main", p)
	html := getPage(e, "http://frame.test/").Body.String()
	const word, described = "\u2068\u202egnp\u2069", "\u2068\u202egnp\u2069: \u2068\u202d1\u2069 by \u2068Ann\u2069"
	wantParts(t, html, "<title>"+word+" · Picture Frame</title>", `<meta property="og:title" content="`+word+` · Picture Frame">`,
		`<meta name="description" content="`+described+`">`, `alt="`+described+`"`, "<bdi>\u2068Ann\u2069</bdi>", "placeholder=\"\u202egnp\"")
	if d := dataOf(t, html); !strings.Contains(string(d.Picture), "\"keyword\":\"\u202egnp\"") {
		t.Errorf("the scripts get %s, want the word as it is", d.Picture)
	}
}

// The content policy has no room for inline styles and scripts.
func TestPageObeysTheContentPolicy(t *testing.T) {
	e, h := newSite(t, false)
	hang(t, h, "main", sushi)
	html := getPage(e, "http://frame.test/").Body.String()
	if bad := regexp.MustCompile(`(?i)\s(style|on[a-z]+)=|<style|<script(>| type="module">)`).FindString(html); bad != "" {
		t.Errorf("the page contains %q", bad)
	}
}

func TestFramesAndPermalinks(t *testing.T) {
	e, h := newSite(t, false)
	first := hang(t, h, "hall", sushi)
	hang(t, h, "hall", Picture{URL: "/album/x.svg", Keyword: "newer"})
	for _, test := range []struct {
		name, target string
		status       int
		want         string
	}{
		{"another frame", "/f/hall", http.StatusOK, `<title>newer · Picture Frame</title>`},
		{"its form", "/f/hall", http.StatusOK, `action="/publish?frame=hall"`},
		{"a bad name", "/f/No!", http.StatusNotFound, "small letter"},
		{"a name too long", "/f/" + strings.Repeat("a", 33), http.StatusNotFound, "small letter"},
		{"a permalink", "/p/" + first + "?frame=hall", http.StatusOK, `<title>sushi · Picture Frame</title>`},
		{"its own address", "/p/" + first + "?frame=hall", http.StatusOK, `og:url" content="http://frame.test/p/` + first + `?frame=hall"`},
		{"its way back", "/p/" + first + "?frame=hall", http.StatusOK, `id="fixed" href="/f/hall"`},
		{"a permalink into another frame", "/p/" + first, http.StatusNotFound, "no longer kept"},
		{"a permalink to nothing", "/p/nothing?frame=hall", http.StatusNotFound, "no longer kept"},
		{"a wall without controls", "/f/hall?ui=0", http.StatusOK, `data-ui="0"`},
		{"a wall that invites", "/f/hall?qr=1", http.StatusOK, `<button class="invite"`},
		{"a wall that invites, without controls", "/f/hall?QR=1&qr&ui=Off", http.StatusOK, `<span class="invite"`},
		{"a manifest", "/manifest.webmanifest?frame=hall", http.StatusOK, `"start_url":"/f/hall"`},
		{"a manifest of no frame", "/manifest.webmanifest?frame=No!", http.StatusNotFound, "small letter"},
		{"a code of no frame", "/qr.svg?frame=No!", http.StatusNotFound, "small letter"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := getPage(e, "http://frame.test"+test.target)
			if w.Code != test.status {
				t.Errorf("status %d, want %d", w.Code, test.status)
			}
			// JSON and HTML write some characters in other ways.
			body := strings.NewReplacer("&#43;", "+", "&amp;", "&").Replace(w.Body.String())
			if !strings.Contains(body, test.want) {
				t.Errorf("the answer lacks %s", test.want)
			}
		})
	}
	if d := dataOf(t, getPage(e, "http://frame.test/p/"+first+"?frame=hall").Body.String()); !d.Fixed || d.ID != first {
		t.Errorf("a permalink's data is %+v", d)
	}
}

func TestSiteAddress(t *testing.T) {
	for _, test := range []struct {
		name       string
		trustProxy bool
		proto      string
		want       string
	}{
		{"as it came", false, "", "http://frame.test/"},
		{"a claim nobody vouches for", false, "https", "http://frame.test/"},
		{"a proxy that is trusted", true, "https", "https://frame.test/"},
		{"one of several proxies", true, "http, https", "https://frame.test/"},
		{"nonsense from a proxy", true, "javascript", "http://frame.test/"},
	} {
		t.Run(test.name, func(t *testing.T) {
			e, _ := newSite(t, test.trustProxy)
			html := getPage(e, "http://frame.test/", "X-Forwarded-Proto", test.proto).Body.String()
			wantParts(t, html, `<meta property="og:url" content="`+test.want+`">`)
		})
	}
}

type closedHub struct{}

func (closedHub) Show(context.Context, string) (hub.View, error) { return hub.View{}, hub.ErrClosed }

func TestPageWhenTheHubIsClosed(t *testing.T) {
	for name, handler := range map[string]echo.HandlerFunc{
		"page": Page(closedHub{}, false), "permalink": Permalink(closedHub{}, false),
	} {
		c := echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/", nil), httptest.NewRecorder())
		if err := handler(c); !errors.Is(err, hub.ErrClosed) {
			t.Errorf("%s: got %v, want %v", name, err, hub.ErrClosed)
		}
	}
}

func TestManifestNamesFilesThatExist(t *testing.T) {
	e, _ := newSite(t, false)
	w := getPage(e, "http://frame.test/manifest.webmanifest")
	if got := w.Header().Get("Content-Type"); got != "application/manifest+json" {
		t.Errorf("the type is %q", got)
	}
	var m manifest
	if err := json.Unmarshal(w.Body.Bytes(), &m); err != nil {
		t.Fatal(err)
	}
	for _, icon := range m.Icons {
		name := strings.TrimPrefix(icon.Src, static.Path(""))
		data, ok := static.File(name)
		if !ok {
			t.Errorf("%s is not served", name)
			continue
		}
		if icon.Type != "image/png" {
			continue
		}
		config, _, err := image.DecodeConfig(bytes.NewReader(data))
		if want := strings.Split(icon.Sizes, "x")[0]; err != nil || want != strconv.Itoa(config.Width) || config.Width != config.Height {
			t.Errorf("%s is %d by %d (%v), the manifest says %s", name, config.Width, config.Height, err, icon.Sizes)
		}
	}
}

// The drawing is read back, module by module: it has to be the code, with its
// quiet zone around it.
func TestQRDrawsTheCode(t *testing.T) {
	e, _ := newSite(t, false)
	svg := getPage(e, "http://frame.test/qr.svg?frame=hall").Body.String()
	code, err := qr.Encode("http://frame.test/f/hall", qr.M, qr.Auto)
	if err != nil {
		t.Fatal(err)
	}
	side := code.Bounds().Dx() + 2*quietZone
	drawn := image.NewGray(image.Rect(0, 0, side, side))
	for _, run := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1`).FindAllStringSubmatch(svg, -1) {
		for x := range number(t, run[3]) {
			drawn.SetGray(number(t, run[1])+x, number(t, run[2]), color.Gray{Y: 1})
		}
	}
	for y := range side {
		for x := range side {
			in := image.Pt(x-quietZone, y-quietZone)
			want := in.In(code.Bounds()) && dark(code.At(in.X, in.Y))
			if got := drawn.GrayAt(x, y).Y == 1; got != want {
				t.Fatalf("the module at %d, %d is dark: %t, want %t", x, y, got, want)
			}
		}
	}
}

// A name of the server that no code can hold is the asker's doing.
func TestQRRefusesWhatNoCodeHolds(t *testing.T) {
	e, _ := newSite(t, false)
	if w := getPage(e, "http://"+strings.Repeat("a", 4000)+"/qr.svg"); w.Code != http.StatusBadRequest {
		t.Errorf("status %d, want 400", w.Code)
	}
}

func number(t *testing.T, digits string) int {
	t.Helper()
	n, err := strconv.Atoi(digits)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAddressBreaksWithinNoNumber(t *testing.T) {
	for address, want := range map[string]string{
		"http://192.168.178.20:33319": "http:// 192 .168 .178 .20 :33319",
		"https://frame.example":       "https:// frame .example",
		"http://[fe80::1]:8080":       "http:// [fe80::1] :8080",
		"http://odd..name":            "http:// odd ..name",
	} {
		if got := strings.Join(broken(address), " "); got != want {
			t.Errorf("%s breaks as %s, want %s", address, got, want)
		}
	}
}
