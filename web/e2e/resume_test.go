package e2e

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// A ration is a connection that breaks after so many bytes have come.
type ration struct {
	net.Conn
	left int
}

func (r *ration) Read(p []byte) (int, error) {
	if r.left <= 0 {
		r.Conn.Close()
		return 0, io.EOF
	}
	n, err := r.Conn.Read(p[:min(len(p), r.left)])
	r.left -= n
	return n, err
}

// rationed dials connections each of which breaks somewhere, often in the
// middle of an event, and some of which can carry all that a poll has missed.
func rationed(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &ration{conn, rand.N(1 << (8 + rand.N(9)))}, nil
}

// A caravan lets a publisher go on only while nobody is further behind than
// the history reaches.
type caravan struct {
	mu    sync.Mutex
	moved *sync.Cond
	at    []int
	dead  bool
}

func newCaravan(members int) *caravan {
	c := &caravan{at: make([]int, members)}
	c.moved = sync.NewCond(&c.mu)
	return c
}

func (c *caravan) move(member, to int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at[member] = to
	c.moved.Broadcast()
}

func (c *caravan) give(up bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dead = c.dead || up
	c.moved.Broadcast()
}

// wait returns when everybody has got beyond mark; false if somebody gave up.
func (c *caravan) wait(mark int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for !c.dead {
		least := c.at[0]
		for _, n := range c.at {
			least = min(least, n)
		}
		if least >= mark {
			return true
		}
		c.moved.Wait()
	}
	return false
}

// Connections that break at any byte, while pictures are being published: every
// viewer gets every picture once and in order, whatever the transport.
func TestEveryPictureOnceOverConnectionsThatBreak(t *testing.T) {
	t.Parallel()
	const published, viewers, slack = 300, 3, 60
	p := start(t)
	for _, w := range ways {
		w.dial = rationed
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			frame := strings.ToLower(strings.NewReplacer(" ", "-", ".", "-").Replace(w.name))
			p.Publish(frame, "n0")
			from := p.newest(frame)
			all := newCaravan(viewers)
			ctx, cancel := context.WithTimeout(t.Context(), 4*patience)
			defer cancel()
			defer context.AfterFunc(ctx, func() { all.give(true) })()
			var group sync.WaitGroup
			var cuts atomic.Int32
			for v := range viewers {
				group.Go(func() {
					seen, last := 0, from
					for ; seen < published && ctx.Err() == nil; cuts.Add(1) {
						w.listen(&w, ctx, p.URL, frame, last, func(m message) bool {
							switch m.Event {
							case "reset":
								t.Errorf("viewer %d was reset after picture %d", v, seen)
								all.give(true)
								cancel()
								return false
							case "picture":
								if want := fmt.Sprint("n", seen+1); m.keyword() != want {
									t.Errorf("viewer %d got %q, want %q", v, m.keyword(), want)
									all.give(true)
									cancel()
									return false
								}
								seen++
								last = m.ID
								all.move(v, seen)
							}
							return seen < published
						})
					}
					if seen < published {
						t.Errorf("viewer %d got %d pictures, want %d", v, seen, published)
					}
				})
			}
			for n := 1; n <= published && all.wait(n-slack); n++ {
				p.Publish(frame, fmt.Sprint("n", n))
			}
			group.Wait()
			if n := cuts.Load(); n < 2*viewers {
				t.Errorf("%d viewers were cut off %d times only", viewers, n)
			}
		})
	}
}

// A hundred missed pictures come, more do not; and the newest is not repeated.
func TestResumeAtTheEdgesOfTheHistory(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "too old")
	tooOld := p.newest("main")
	p.Publish("main", "first")
	first := p.newest("main")
	for n := range 100 {
		p.Publish("main", fmt.Sprint("n", n))
	}
	newest := p.newest("main")
	var current []*feed
	for _, w := range ways {
		complete := p.follow(w, "main", first)
		for n := range 100 {
			if m := complete.next("picture", "reset"); m.keyword() != fmt.Sprint("n", n) {
				t.Fatalf("%s: after the last of 100 pictures came %s %s, want n%d", w.name, m.Event, m.Data, n)
			}
		}
		complete.Stop()
		for _, id := range []string{tooOld, "never-heard-of", newest + "0", strings.Repeat("x", 4000), "\u2028%é"} {
			lost := p.follow(w, "main", id)
			if m := lost.next("picture", "reset"); m.Event != "reset" || m.ID != "" || string(m.Data) != "{}" {
				t.Errorf("%s: %.20q is answered with %+v, want a reset", w.name, id, m)
			}
			if m := lost.next("picture", "reset"); m.keyword() != "n99" || m.ID != newest {
				t.Errorf("%s: after the reset came %+v, want the current picture", w.name, m)
			}
			lost.Stop()
		}
		current = append(current, p.follow(w, "main", newest))
	}
	p.viewers(len(ways))
	p.Publish("main", "next")
	for i, f := range current {
		if m := f.next("picture", "reset"); m.keyword() != "next" {
			t.Errorf("%s: after the newest picture came %+v, want the next", ways[i].name, m)
		}
		f.Stop()
	}
}

// The header is newer than the address that the client has kept.
func TestResumeByHeaderWins(t *testing.T) {
	t.Parallel()
	p := start(t)
	for n := range 3 {
		p.Publish("main", fmt.Sprint("n", n))
	}
	newest := p.newest("main")
	_, body := p.request("GET", "/poll?lastEventId=unknown", nil, "")
	if !strings.Contains(body, "reset") {
		t.Errorf("the address's id alone is answered with %s, want a reset", body)
	}
	p.Publish("main", "n3")
	_, body = p.request("GET", "/poll?lastEventId=unknown", http.Header{"Last-Event-Id": {newest}}, "")
	if strings.Contains(body, "reset") || strings.Count(body, `"id"`) != 1 || !strings.Contains(body, `"n3"`) {
		t.Errorf("the header's id is answered with %s, want n3 alone", body)
	}
}
