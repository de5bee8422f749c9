package handlers

import (
	"net/netip"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// addressesKept bounds the addresses that a limit remembers. One that has not
// been heard of for longest is forgotten first.
const addressesKept = 20_000

// PerMinute is a Limiter of one process: n at once, then one each 1/n minute.
type PerMinute struct {
	n         int
	mu        sync.Mutex // Get and Add belong together
	addresses *lru.Cache[string, *rate.Limiter]
}

// NewPerMinute allows n searches a minute; 0 is no limit.
func NewPerMinute(n int) *PerMinute {
	addresses, _ := lru.New[string, *rate.Limiter](addressesKept) // fails for sizes below 1 only
	return &PerMinute{n: n, addresses: addresses}
}

// Take implements Limiter.
func (p *PerMinute) Take(address string) time.Duration {
	if p.n == 0 {
		return 0
	}
	turn := p.limiter(neighbourhood(address)).Reserve()
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
