package request

import (
	"context"
	"net/http"
	"net/netip"
	"time"
)

// A RateLimiter lets a client have n turns at once, then one each minute/n, n > 0.
// It returns how long to wait for a turn; 0 if it has been taken.
type RateLimiter interface {
	TakeTurn(ctx context.Context, client string, n int) (wait time.Duration)
}

// PerMinute allows a client address n searches at once, then one each minute/n.
type PerMinute struct {
	n     int
	turns RateLimiter
}

// NewPerMinute allows n searches a minute, counted by turns; 0 is no limit.
func NewPerMinute(n int, turns RateLimiter) *PerMinute { return &PerMinute{n, turns} }

// Take takes a search of an address's. It returns how long the address has to wait
// for its next search; 0 if it has been taken.
func (p *PerMinute) Take(address string) (wait time.Duration) {
	if p.n == 0 {
		return 0
	}
	return p.turns.TakeTurn(context.Background(), ClientKey(address), p.n)
}

// Allow is Take for an answer: the error is a Problem with status 429 that says how
// long the address has to wait.
func (p *PerMinute) Allow(address string) error {
	if wait := p.Take(address); wait > 0 {
		return NewProblem(http.StatusTooManyRequests, "Too many searches from your address. Wait a moment.").After(wait)
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
