package request

import (
	"context"
	"net/http"
	"net/netip"
	"time"
)

// A RateLimiter lets a client make n attempts at once, then one each minute/n,
// n > 0. It returns how long to wait for the next; 0 if it has been taken.
type RateLimiter interface {
	TakeAttempt(ctx context.Context, client string, n int) (wait time.Duration)
}

// addressShare is how many times what one client may search all clients of one
// address may together: a hall is behind one, and somebody who drops cookies is too.
const addressShare = 10

// PerMinute allows a client n searches at once, then one each minute/n, and ten times
// that to all clients of one address together.
type PerMinute struct {
	n       int
	limiter RateLimiter
}

// NewPerMinute allows n searches a minute, counted by limiter; 0 is no limit.
func NewPerMinute(n int, limiter RateLimiter) *PerMinute { return &PerMinute{n, limiter} }

// On reports whether there is a limit.
func (p *PerMinute) On() bool { return p.n > 0 }

// Allow takes a search of a client's. The error is a Problem with status 429 that
// says how long the client has to wait for its next search.
func (p *PerMinute) Allow(c Client) error {
	if p.n == 0 {
		return nil
	}
	if wait := p.limiter.TakeAttempt(context.Background(), c.Key(), p.n); wait > 0 {
		return NewProblem(http.StatusTooManyRequests, "That was one word after the other. There is room for yours again in a moment.").After(wait)
	}
	if wait := p.limiter.TakeAttempt(context.Background(), "all:"+ClientKey(c.address), addressShare*p.n); wait > 0 {
		return NewProblem(http.StatusTooManyRequests, "Very many words come from where you are. There is room for yours again in a moment.").After(wait)
	}
	return nil
}

// ClientKey returns what limits count as one client: an IPv4 address, or the
// /64 prefix of an IPv6 address, because one customer has all addresses in it.
// What is not an address is returned as it is.
func ClientKey(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if a = a.Unmap(); a.Is4() {
		return a.String()
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return p.String()
}
