package web

import (
	"cmp"
	"net/http"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// An origin is a web page's origin (RFC 6454, 4) with its effective port, so that
// two are the same if they are equal.
type origin struct {
	scheme, host string // in small letters; an IPv6 address in its short form
	port         uint16
}

// authority is a name as browsers send it (punycode where it is not ASCII) or an
// IP address, and a port if there is one. A pattern is neither: no origin would
// ever equal it.
var authority = regexp.MustCompile(`^([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::([0-9]+))?$`)

// parseOrigin reads an origin such as https://example.com. It reports whether
// text is one.
func parseOrigin(text string) (o origin, ok bool) {
	scheme, host, _ := strings.Cut(strings.ToLower(text), "://")
	return newOrigin(scheme, host)
}

// newOrigin returns the origin of a scheme and what a Host field says.
func newOrigin(scheme, host string) (o origin, ok bool) {
	parts := authority.FindStringSubmatch(strings.ToLower(host))
	usual := map[string]string{"http": "80", "https": "443"}[scheme]
	if parts == nil || usual == "" {
		return origin{}, false
	}
	port, err := strconv.ParseUint(cmp.Or(parts[2], usual), 10, 16)
	o = origin{scheme, parts[1], uint16(port)}
	if address, bad := netip.ParseAddr(strings.Trim(o.host, "[]")); bad == nil && address.Is6() {
		o.host = "[" + address.String() + "]"
	}
	return o, err == nil && port > 0
}

// String returns the origin as browsers write it.
func (o origin) String() string {
	if o.scheme == "http" && o.port == 80 || o.scheme == "https" && o.port == 443 {
		return o.scheme + "://" + o.host
	}
	return o.scheme + "://" + o.host + ":" + strconv.Itoa(int(o.port))
}

// origins decides which origins' pages may use the frame as its own page does.
type origins struct {
	allowed    map[origin]bool
	trustProxy bool
}

// newOrigins allows a list of origins, which the settings have checked. TrustProxy
// is as for request.Site.
func newOrigins(allowed []string, trustProxy bool) *origins {
	o := &origins{map[origin]bool{}, trustProxy}
	for _, text := range allowed {
		if one, ok := parseOrigin(text); ok {
			o.allowed[one] = true
		}
	}
	return o
}

// check refuses a request with an unsafe method from a page of another origin.
// What Sec-Fetch-Site says counts first, because the browser knows; a request
// with neither that nor Origin does not come from a page.
func (o *origins) check(r *http.Request) error {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return nil
	}
	text := r.Header.Get(echo.HeaderOrigin)
	from, ok := parseOrigin(text)
	if ok && o.allowed[from] {
		return nil
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return nil
	case "":
		if text == "" || ok && o.own(r, from) {
			return nil
		}
	}
	return request.Forbidden()
}

// own reports whether from is the origin of the frame's own page, as r names it.
// A proxy of which nothing is known may have taken the TLS off, so then from's
// scheme counts as ours, and its default port as that of a Host without one.
func (o *origins) own(r *http.Request, from origin) bool {
	scheme, host := request.Scheme(r, o.trustProxy), strings.TrimSuffix(r.Host, ":")
	switch {
	case scheme == "":
		scheme = from.scheme
	case scheme == "https" && r.TLS == nil:
		host = strings.TrimSuffix(host, ":80") // the default on the way from the proxy
	}
	ours, ok := newOrigin(scheme, host)
	return ok && ours == from
}

// checkOwn refuses a request, whatever its method, of a page that is not ours: also
// one that is allowed to use the frame.
func (o *origins) checkOwn(r *http.Request) error {
	own := *o
	own.allowed = nil
	return own.checkSocket(r)
}

// checkSocket is check for the GET that opens a WebSocket. It counts as unsafe,
// because the page can send keywords over the connection.
func (o *origins) checkSocket(r *http.Request) error {
	unsafe := *r
	unsafe.Method = http.MethodPost
	return o.check(&unsafe)
}

// middleware refuses unsafe requests from other origins, and tells browsers which
// origins are allowed (the fetch standard's CORS protocol).
func (o *origins) middleware(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, h := c.Request(), c.Response().Header()
		if len(o.allowed) > 0 {
			h.Add(echo.HeaderVary, echo.HeaderOrigin)
		}
		if err := o.check(r); err != nil {
			return err
		}
		text := r.Header.Get(echo.HeaderOrigin)
		if from, ok := parseOrigin(text); !ok || !o.allowed[from] {
			return next(c)
		}
		h.Set(echo.HeaderAccessControlAllowOrigin, text)
		h.Set(echo.HeaderAccessControlExposeHeaders, "Last-Event-ID, "+echo.HeaderRetryAfter+", "+request.HeaderID)
		if r.Method == http.MethodOptions && r.Header.Get(echo.HeaderAccessControlRequestMethod) != "" {
			h.Set(echo.HeaderAccessControlAllowMethods, "GET, HEAD, POST")
			h.Set(echo.HeaderAccessControlAllowHeaders, "Accept, Cache-Control, Content-Type, Last-Event-ID")
			h.Set(echo.HeaderAccessControlMaxAge, "600")
			return c.NoContent(http.StatusNoContent)
		}
		return next(c)
	}
}
