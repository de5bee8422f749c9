package lab

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"

	"picture-frame/hub"
	"picture-frame/hub/clustertest"
)

// seen counts receipts of a picture that came after a time.
func (b *bench) seen(id, prefix string, n int, after, wait time.Duration) {
	b.t.Helper()
	broadcast, ok := b.hub.Broadcast("lab-1", id)
	if _, err := b.cluster.CountReceipts(b.t.Context(), broadcast, clustertest.ReceiptsOf(broadcast, prefix, n, after, wait)); !ok || err != nil {
		b.t.Fatal(ok, err)
	}
}

// waves is what has come since the last call, without comments.
func (c *call) waves() (all []string) {
	synctest.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, a := range c.got {
		for block := range strings.SplitSeq(strings.TrimSuffix(a.bytes, "\n\n"), "\n\n") {
			if !strings.HasPrefix(block, ": ") {
				all = append(all, strings.TrimPrefix(block, "event: wave\ndata: "))
			}
		}
	}
	c.got = nil
	return all
}

func (c *call) wantWaves(t *testing.T, want ...string) {
	t.Helper()
	if got := c.waves(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The buckets fill while somebody looks, and nothing is said where nothing is new.
func TestLabWaveFills(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		dunes := b.hang("dunes")
		b.seen(dunes, "a", 2, 40*time.Millisecond, 30*time.Millisecond)
		c := b.open("GET /lab/wave?frame=lab-1 HTTP/1.0")
		if !strings.Contains(c.head, "\r\nContent-Type: text/event-stream") || b.admission.Open() != 1 {
			t.Errorf("got %s and %d streams, want an event stream, admitted", c.head, b.admission.Open())
		}
		const one = `{"id":"%s","receipts":%d,"sample":1,"of":0,"arrived":%s,"shown":%s}`
		c.wantWaves(t, fmt.Sprintf(one, dunes, 2, "[[10,11,2]]", "[[40,42,2]]"))
		time.Sleep(5 * waveEvery)
		c.wantWaves(t)
		harbour := b.hang("harbour")
		b.seen(dunes, "b", 1, 5*time.Second, 0)
		b.seen(harbour, "a", 1, 100*time.Millisecond, time.Minute)
		time.Sleep(waveEvery)
		c.wantWaves(t, fmt.Sprintf(one, harbour, 1, "[[0,1,1]]", "[[100,104,1]]"),
			fmt.Sprintf(one, dunes, 3, "[[10,11,2],[4864,5120,1]]", "[[40,42,2],[4864,5120,1]]"))
		time.Sleep(2 * hub.ReceiptTime)
		c.wantWaves(t)
		sub, err := b.hub.Subscribe("lab-1", "", hub.SSE)
		if err != nil {
			t.Fatal(err)
		}
		defer sub.Close()
		if got := string(sub.First()[1].Data()); !strings.Contains(got, `"viewers":1,`) {
			t.Errorf("got %s, want one viewer: who looks at the receipts is none", got)
		}
		b.lab.Close()
		if synctest.Wait(); !c.ended() {
			t.Error("it outlives the lab")
		}
	})
}

// However many look, the receipts of so many pictures a second are read. What is
// left out comes later.
func TestLabWaveIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.lab.waves = rate.NewLimiter(4, 1)
		id := b.hang("dunes")
		b.seen(id, "a", 1, 0, 0)
		var calls []*call
		for range 8 {
			calls = append(calls, b.open("GET /lab/wave?frame=lab-1 HTTP/1.0"))
		}
		reached := func() (n int) {
			for _, c := range calls {
				if len(c.waves()) > 0 {
					n++
				}
			}
			return n
		}
		if got := reached(); got != 1 {
			t.Errorf("got %d at once, want 1", got)
		}
		time.Sleep(time.Second)
		// Who has been told already may take a turn from one who has not.
		if got := reached(); got > 4 {
			t.Errorf("got %d a second later, want at most 4", got)
		}
	})
}

func TestLabWaveOfABadFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if c := newBench(t).open("GET /lab/wave?frame=A! HTTP/1.0"); !strings.HasPrefix(c.head, "HTTP/1.0 404 ") {
			t.Errorf("got %s, want 404", c.head)
		}
	})
}
