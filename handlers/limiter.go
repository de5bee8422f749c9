package handlers

import (
	"context"
	"net/netip"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// addressesKept bounds the addresses that a limit remembers. One that has not
// been heard of for longest is forgotten first.
const addressesKept = 20_000

// Turns are what processes share: n turns a client at once, then one each
// 1/n minute.
type Turns interface {
	TakeTurn(ctx context.Context, client string, n int) (wait time.Duration, err error)
}

// PerMinute is a Limiter: n at once, then one each 1/n minute.
type PerMinute struct {
	n         int
	shared    Turns      // nil, or asked first: this process counts where it fails
	mu        sync.Mutex // Get and Add belong together
	addresses *lru.Cache[string, *rate.Limiter]
}

// NewPerMinute allows n searches a minute; 0 is no limit. Shared may be nil.
func NewPerMinute(n int, shared Turns) *PerMinute {
	addresses, _ := lru.New[string, *rate.Limiter](addressesKept) // fails for sizes below 1 only
	return &PerMinute{n: n, shared: shared, addresses: addresses}
}

// Take implements Limiter.
func (p *PerMinute) Take(address string) time.Duration {
	if p.n == 0 {
		return 0
	}
	client := neighbourhood(address)
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

func (p *PerMinute) limiter(address string) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	l, ok := p.addresses.Get(address)
	if !ok {
		l = rate.NewLimiter(rate.Every(time.Minute/time.Duration(p.n)), p.n)
		p.addresses.Add(address, l)
	}
	return l
}

// neighbourhood is what limits count as one client: an IPv4 address, or the
// 64 bits of an IPv6 address behind which one customer has all the rest.
func neighbourhood(address string) string {
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
