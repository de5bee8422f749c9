package flickr

import (
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	// connectTime bounds name lookup and connecting together, and then TLS
	// again. With a stand-in ready nobody should wait long for a network that
	// swallows packets.
	connectTime        = 5 * time.Second
	connectTimeStandIn = 2 * time.Second

	maxRedirects = 3
)

// newTransport returns a transport for few requests to one or two hosts.
func newTransport(connect time.Duration) *http.Transport {
	dialer := &net.Dialer{Timeout: connect, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    connect,
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    atOnce,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		DisableCompression:     true, // We unpack ourselves.
		// A connection that died while it was idle is noticed before it has
		// eaten a search's time.
		HTTP2: &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 2 * time.Second},
	}
}

// newClient returns a client that follows a redirect only within Flickr, or
// within the host that was configured. Any other is an answer we cannot use.
func newClient(transport http.RoundTripper) *http.Client {
	return &http.Client{
		Transport: transport,
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			req.Header.Del("Referer") // It is the URL before, with the key.
			if len(via) > maxRedirects || !sameHouse(via[0].URL, req.URL) {
				return http.ErrUseLastResponse
			}
			return nil
		},
	}
}

// sameHouse tells whether a redirect may be followed: never from https to
// http, and to another host only from one of Flickr's to another.
func sameHouse(from, to *url.URL) bool {
	if to.Scheme != "https" && to.Scheme != from.Scheme {
		return false
	}
	return strings.EqualFold(from.Host, to.Host) || isFlickr(from.Host) && isFlickr(to.Host)
}

func isFlickr(host string) bool {
	host = strings.ToLower(host)
	return host == "flickr.com" || strings.HasSuffix(host, ".flickr.com")
}
