package request

import (
	"context"
	"net/http"
	"net/netip"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// addressesKept bounds the clients that a PerMinute remembers; beyond it, the
// client that has searched least recently is forgotten.
const addressesKept = 20_000

// A Limiter allows a client address so many searches a minute. Take returns
// how long the address has to wait for its next search; zero lets it pass.
type Limiter interface {
	Take(address string) (wait time.Duration)
}

// TakeTurn takes a search from l. If the address has to wait, the error is a
// Problem with status 429 that says how long.
func TakeTurn(l Limiter, address string) error {
	if wait := l.Take(address); wait > 0 {
		return NewProblem(http.StatusTooManyRequests, "Too many searches from your address. Wait a moment.").After(wait)
	}
	return nil
}

// A RateLimiter counts the searches of a client for all processes together: n
// at once, then one each 1/n minute.
type RateLimiter interface {
	TakeTurn(ctx context.Context, client string, n int) (wait time.Duration, err error)
}

// PerMinute is a Limiter: n at once, then one each 1/n minute.
type PerMinute struct {
	n         int
	shared    RateLimiter // nil, or asked first: this process counts where it fails
	mu        sync.Mutex  // makes Get and Add one step
	addresses *lru.Cache[string, *rate.Limiter]
}

// NewPerMinute allows n searches a minute; 0 is no limit. Shared may be nil.
func NewPerMinute(n int, shared RateLimiter) *PerMinute {
	addresses, _ := lru.New[string, *rate.Limiter](addressesKept) // fails for sizes below 1 only
	return &PerMinute{n: n, shared: shared, addresses: addresses}
}

// Take implements Limiter.
func (p *PerMinute) Take(address string) time.Duration {
	if p.n == 0 {
		return 0
	}
	client := ClientKey(address)
	if p.shared != nil {
		if wait, err := p.shared.TakeTurn(context.Background(), client, p.n); err == nil {
			return wait
		}
	}
	turn := p.limiter(client).Reserve()
	wait := turn.Delay()
	if wait > 0 {
		turn.Cancel()
	}
	return wait
}

func (p *PerMinute) limiter(client string) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	l, ok := p.addresses.Get(client)
	if !ok {
		l = rate.NewLimiter(rate.Every(time.Minute/time.Duration(p.n)), p.n)
		p.addresses.Add(client, l)
	}
	return l
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
