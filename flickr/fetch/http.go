package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// maxBody is how much of an answer is read, in bytes, before and after
	// unpacking. A hundred photos take some 100 KB.
	maxBody = 2 << 20

	// connectTime bounds name lookup and connecting together, and then TLS
	// again. With a backup nobody should wait long for a network that swallows
	// packets.
	connectTime       = 5 * time.Second
	connectTimeBackup = 2 * time.Second

	maxRedirects = 3

	userAgent = "picture-frame/1 (Go; one search per word, cached)"
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

// newHTTPClient returns a client that follows a redirect only within a domain,
// or within the host that was asked. Any other is an answer we cannot use.
func newHTTPClient(transport http.RoundTripper, domain string) *http.Client {
	return &http.Client{
		Transport: transport,
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			req.Header.Del("Referer") // It is the URL before, with the secret.
			if len(via) > maxRedirects || !mayFollow(via[0].URL, req.URL, domain) {
				return http.ErrUseLastResponse
			}
			return nil
		},
	}
}

// mayFollow reports whether a redirect may be followed: never from https to
// http, and to another host only where both belong to the domain.
func mayFollow(from, to *url.URL, domain string) bool {
	if to.Scheme != "https" && to.Scheme != from.Scheme {
		return false
	}
	return strings.EqualFold(from.Host, to.Host) || belongsTo(domain, from.Host) && belongsTo(domain, to.Host)
}

func belongsTo(domain, host string) bool {
	host = strings.ToLower(host)
	return domain != "" && (host == domain || strings.HasSuffix(host, "."+domain))
}

// get makes one request and returns the body of a 200, unpacked.
func (c *Client) get(ctx context.Context, u *url.URL) ([]byte, error) {
	// What fails before there is a connection is the server's being out of
	// reach; what fails later is an answer, if a poor one.
	var connected atomic.Bool
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, Unreadable("the request cannot be made")
	}
	req.Header.Set("User-Agent", userAgent)
	req.Header.Set("Accept", "application/json")
	// Set by hand, it leaves the unpacking to us, who look at the bytes and
	// not at the header, which has been seen to be wrong in both directions.
	req.Header.Set("Accept-Encoding", "gzip")

	res, err := c.http.Do(req)
	if err != nil {
		return nil, broken(ctx, err, connected.Load())
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		io.CopyN(io.Discard, res.Body, 16<<10) // So that the connection can be used again.
		return nil, c.badStatus(res)
	}
	body, err := readCapped(res.Body)
	if err != nil {
		return nil, broken(ctx, err, true)
	}
	if bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		body, err = unpack(body)
		if err != nil {
			return nil, Unreadable("damaged gzip")
		}
	}
	if len(body) > maxBody {
		return nil, Unreadable("body is too large")
	}
	return body, nil
}

// broken turns an error of the transport, or of reading, into a failure.
func broken(ctx context.Context, err error, connected bool) *Failure {
	var wrapper *url.Error
	if errors.As(err, &wrapper) {
		err = wrapper.Err // The rest of it is the URL, and that has the secret.
	}
	cause := err.Error()
	switch {
	case ctx.Err() != nil:
		return &Failure{Kind: ErrTimeout, Cause: cause, Outcome: OutcomeTimeout, Dead: true}
	case !connected:
		return &Failure{Kind: ErrUnreachable, Cause: cause, Outcome: OutcomeUnreachable, Retry: true, Dead: true}
	}
	return &Failure{Kind: ErrAnswer, Cause: cause, Outcome: OutcomeLost, Retry: true, Dead: true}
}

// readCapped reads at most one byte more than maxBody.
func readCapped(r io.Reader) ([]byte, error) {
	return io.ReadAll(io.LimitReader(r, maxBody+1))
}

func unpack(body []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return readCapped(r)
}
