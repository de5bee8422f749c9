// Package fetchtest is what tests of sources need instead of a network. In a bubble of
// fake time a real connection would keep the clock from moving on.
package fetchtest

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A RoundTrip is a transport without a network.
type RoundTrip func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f RoundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// Response is an answer to r.
func Response(r *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{},
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: r,
	}
}

// Status answers with a status and nothing else.
func Status(code int) RoundTrip {
	return func(r *http.Request) (*http.Response, error) { return Response(r, code, ""), nil }
}

// ErrRefused is that of a host where nobody listens.
var ErrRefused = &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}

// Refused is that host.
func Refused(*http.Request) (*http.Response, error) { return nil, ErrRefused }

// A Counter counts round trips and how many are under way at once.
type Counter struct {
	Total, Most atomic.Int64

	now atomic.Int64
}

// Through lets a request pass after delay, or until its context ends.
func (c *Counter) Through(delay time.Duration, answer RoundTrip) RoundTrip {
	return func(r *http.Request) (*http.Response, error) {
		c.Total.Add(1)
		now := c.now.Add(1)
		defer c.now.Add(-1)
		for most := c.Most.Load(); now > most && !c.Most.CompareAndSwap(most, now); most = c.Most.Load() {
		}
		select {
		case <-time.After(delay):
			return answer(r)
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
}

// Outcomes counts what an Options.Observe is told.
type Outcomes struct {
	mu     sync.Mutex
	counts map[string]int
}

// Observe is for Options.Observe.
func (o *Outcomes) Observe(source, outcome string, _ time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.counts == nil {
		o.counts = map[string]int{}
	}
	o.counts[source+" "+outcome]++
}

// Cached is for Options.Cached of the caller's, and counts as "SOURCE cached" or
// "SOURCE missed".
func (o *Outcomes) Cached(source string, hit bool) {
	outcome := "missed"
	if hit {
		outcome = "cached"
	}
	o.Observe(source, outcome, 0)
}

// Count is how often "SOURCE OUTCOME" was told.
func (o *Outcomes) Count(what string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.counts[what]
}
