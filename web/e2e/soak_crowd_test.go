package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"sync"
	"time"
)

// soakFrames are the frames of the soak and how many of a hundred words and viewers
// each gets. The first is as any frame is, the second has a line, the third a host;
// on the fourth nobody asks, and autoplay shows what it knows.
var soakFrames = []struct {
	name   string
	weight int
}{{"main", 50}, {"line", 20}, {"stage", 22}, {"quiet", 8}}

// pick returns one of the frames; asked leaves out that on which nobody asks.
func pickFrame(r *rand.Rand, asked bool) string {
	all := 100
	if asked {
		all -= soakFrames[3].weight
	}
	n := r.IntN(all)
	for _, f := range soakFrames {
		if n -= f.weight; n < 0 {
			return f.name
		}
	}
	panic("weights")
}

// A soakFront is where viewers and askers connect, and the transports that pass there.
type soakFront struct {
	name string
	url  string
	over []way
}

// soakCrowd runs viewers until ctx ends: each watches a frame, goes, and comes back to
// another front over another transport, or somebody new comes in its place. A quarter
// of them stay until they are cut off.
type soakCrowd struct {
	ledger *ledger
	fronts []soakFront
	stay   time.Duration // of those that go, on average
	pause  time.Duration // at most, before one comes back
	seen   func(frame, id string)
	all    sync.WaitGroup
}

func (c *soakCrowd) Start(ctx context.Context, viewers int, seed uint64) {
	for n := range viewers {
		c.all.Add(1)
		go func() {
			defer c.all.Done()
			c.watch(ctx, n, rand.New(rand.NewPCG(seed, uint64(n))))
		}()
	}
}

func (c *soakCrowd) watch(ctx context.Context, n int, r *rand.Rand) {
	stays := n%4 == 0
	frame := pickFrame(r, false)
	if n < 2*len(soakFrames) { // a small crowd too has some on each
		frame = soakFrames[n%len(soakFrames)].name
		stays = true
	}
	if !sleep(ctx, rand.N(5*time.Second)) { // they do not come all at once
		return
	}
	var v *soakViewer
	for life := 0; ctx.Err() == nil; {
		front := c.fronts[r.IntN(len(c.fronts))]
		w := front.over[r.IntN(len(front.over))]
		if v == nil {
			life++
			v = &soakViewer{frame: frame}
		}
		v.name = fmt.Sprintf("%s/%d.%d over %s at %s", frame, n, life, w.name, front.name)
		visit, end := ctx, context.CancelFunc(func() {})
		if !stays {
			visit, end = context.WithTimeout(ctx, time.Duration(r.ExpFloat64()*float64(c.stay)))
		}
		err := c.listen(visit, v, w, front.url)
		went := visit.Err() != nil
		end()
		c.ledger.Left(v, err)
		if went && r.IntN(3) == 0 {
			v = nil
		}
		if !sleep(ctx, 100*time.Millisecond+time.Duration(r.Float64()*float64(c.pause))) {
			return
		}
	}
}

// listen watches over one connection until it ends.
func (c *soakCrowd) listen(ctx context.Context, v *soakViewer, w way, url string) error {
	c.ledger.Connected(v)
	w.dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		d := net.Dialer{Timeout: 10 * time.Second, KeepAlive: -1}
		return d.DialContext(ctx, network, address)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// As the page does, a viewer gives up a connection on which nothing comes.
	watchdog := time.AfterFunc(silence, cancel)
	defer watchdog.Stop()
	return w.listen(&w, ctx, url, v.frame, v.last, func(m message) bool {
		watchdog.Reset(silence)
		switch m.Event {
		case "picture":
			c.ledger.Saw(v, m.ID, m.keyword())
			if c.seen != nil {
				c.seen(v.frame, m.ID)
			}
		case "reset":
			c.ledger.Reset(v, m.ID)
		case "bye":
			return false
		default:
			if m.ID != "" {
				c.ledger.Told(v, m.ID)
			}
		}
		return true
	})
}

// silence is what the page bears.
const silence = 37 * time.Second

// sleep waits, and reports whether ctx is still on.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}
