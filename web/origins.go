package web

import (
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// origins decides which origins' pages may use the frame as its own page does.
type origins struct {
	allowed    []string // as originOf writes them
	trustProxy bool     // a proxy names the scheme
}

// check refuses a request with an unsafe method from a page of another origin. A
// browser says where a page is from by Sec-Fetch-Site, an older one, or one on
// plain HTTP, by Origin alone. Without either it is no page that asks.
func (o *origins) check(r *http.Request) error {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return nil
	}
	origin, site := r.Header.Get(echo.HeaderOrigin), r.Header.Get("Sec-Fetch-Site")
	switch {
	case o.allows(origin), site == "same-origin", site == "none":
		return nil
	case site == "" && (origin == "" || o.own(origin, r)):
		return nil
	}
	return request.Forbidden()
}

// allows reports whether an origin is one of those that are set.
func (o *origins) allows(origin string) bool {
	canonical, ok := originOf(origin)
	return ok && slices.Contains(o.allowed, canonical)
}

// own reports whether an origin is this server's own, as the client knows it. A
// port that a scheme has anyway is no port. Where the scheme is not known, since
// a proxy may have taken TLS off, it is the origin's.
func (o *origins) own(origin string, r *http.Request) bool {
	u, err := url.Parse(strings.ToLower(origin))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	if scheme := request.Scheme(r, o.trustProxy); scheme != "" && scheme != u.Scheme {
		return false
	}
	host := &url.URL{Scheme: u.Scheme, Host: strings.ToLower(r.Host)}
	return hostName(u) == hostName(host) && effectivePort(u) == effectivePort(host)
}

// hostName is a URL's host without its port; an IPv6 address is written in one
// way.
func hostName(u *url.URL) string {
	if address, err := netip.ParseAddr(u.Hostname()); err == nil {
		return address.String()
	}
	return u.Hostname()
}

func effectivePort(u *url.URL) string {
	switch port := u.Port(); {
	case port != "":
		return port
	case u.Scheme == "https":
		return "443"
	}
	return "80"
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
		origin := r.Header.Get(echo.HeaderOrigin)
		if !o.allows(origin) {
			return next(c)
		}
		h.Set(echo.HeaderAccessControlAllowOrigin, origin)
		h.Set(echo.HeaderAccessControlExposeHeaders, echo.HeaderRetryAfter)
		if r.Method == http.MethodOptions && r.Header.Get(echo.HeaderAccessControlRequestMethod) != "" {
			h.Set(echo.HeaderAccessControlAllowMethods, "GET, HEAD, POST")
			h.Set(echo.HeaderAccessControlAllowHeaders, "Accept, Cache-Control, Content-Type, Last-Event-ID")
			h.Set(echo.HeaderAccessControlMaxAge, "600")
			return c.NoContent(http.StatusNoContent)
		}
		return next(c)
	}
}
