package handlers

import (
	"context"
	"net/netip"
	"time"
)

// A RateLimiter lets a client have n turns at once, then one each minute/n. It
// returns how long to wait for a turn; 0 if it has been taken.
type RateLimiter interface {
	TakeTurn(ctx context.Context, client string, n int) (wait time.Duration)
}

// PerMinute is a Limiter: n searches at once, then one each minute/n.
type PerMinute struct {
	n     int
	turns RateLimiter
}

// NewPerMinute allows n searches a minute, counted by turns; 0 is no limit.
func NewPerMinute(n int, turns RateLimiter) *PerMinute { return &PerMinute{n, turns} }

// Take implements Limiter.
func (p *PerMinute) Take(address string) time.Duration {
	if p.n == 0 {
		return 0
	}
	return p.turns.TakeTurn(context.Background(), clientKey(address), p.n)
}

// clientKey is what limits count as one client: an IPv4 address, or the
// 64 bits of an IPv6 address behind which one customer has all the rest.
func clientKey(address string) string {
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
