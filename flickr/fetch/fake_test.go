package fetch

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// roundTrip is a transport without a network, for tests in a bubble of fake
// time: a real connection would keep its clock from moving on.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func response(r *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{},
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: r,
	}
}

func answer(body string) roundTrip {
	return func(r *http.Request) (*http.Response, error) { return response(r, http.StatusOK, body), nil }
}

func status(code int) roundTrip {
	return func(r *http.Request) (*http.Response, error) { return response(r, code, ""), nil }
}

func refused(*http.Request) (*http.Response, error) {
	return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
}

// counter counts round trips and how many are under way at once.
type counter struct {
	total, now, most atomic.Int64
}

// through lets a request pass after delay, or until its context ends.
func (c *counter) through(delay time.Duration, answer roundTrip) roundTrip {
	return func(r *http.Request) (*http.Response, error) {
		c.total.Add(1)
		now := c.now.Add(1)
		defer c.now.Add(-1)
		for most := c.most.Load(); now > most && !c.most.CompareAndSwap(most, now); most = c.most.Load() {
		}
		select {
		case <-time.After(delay):
			return answer(r)
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
}

// seen counts what Options.Observe is told.
type seen struct {
	mu     sync.Mutex
	counts map[string]int
}

func (s *seen) observe(source, outcome string, _ time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	s.counts[source+" "+outcome]++
}

func (s *seen) count(what string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[what]
}

var far = &url.URL{Scheme: "https", Host: "far.example", Path: "/"}

// words asks for a list of words.
func (c *Client) words(ctx context.Context) ([]string, error) {
	return Fetch(ctx, c, Request{URL: far}, decode)
}

func decode(body []byte) ([]string, error) {
	switch string(body) {
	case "dead":
		return nil, &Failure{Kind: ErrAnswer, Cause: "dead", Outcome: OutcomeRefused, Dead: true}
	case "garbage":
		return nil, Unreadable("garbage")
	}
	return strings.Fields(string(body)), nil
}

func logTo(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }
