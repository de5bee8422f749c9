package lab

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const (
	visitor  = "0123456789abcdef0123456789abcdef"
	stranger = "fedcba9876543210fedcba9876543210"
)

// tap opens the stream of a visit in HTTP/1.0, whose bytes are the bare events.
func (b *bench) tap(visit, lastID string) *call {
	b.t.Helper()
	c := b.open("GET /lab/stream?frame=lab-1&visit=" + visit + " HTTP/1.0\nLast-Event-ID: " + lastID)
	synctest.Wait()
	return c
}

func (b *bench) breaks(visit, how string) (status string) {
	b.t.Helper()
	c := b.open("POST /lab/break?visit=" + visit + "&how=" + how + " HTTP/1.0")
	synctest.Wait()
	return strings.TrimPrefix(c.head, "HTTP/1.0 ")[:3]
}

func (b *bench) hang(keyword string) (id string) {
	b.t.Helper()
	id, err := b.hub.Publish(b.t.Context(), "lab-1", fmt.Appendf(nil, `{"keyword":%q}`, keyword))
	if err != nil {
		b.t.Fatal(err)
	}
	synctest.Wait()
	return id
}

func (c *call) ended() bool { return len(c.end) > 0 }

func TestLabStreamIsTheFramesStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		id := b.hang("dunes")
		c := b.tap(visitor, "")
		time.Sleep(5 * time.Second)
		synctest.Wait()
		got := regexp.MustCompile(`retry: \d+`).ReplaceAllString(c.text(), "retry: N")
		want := ": picture frame\nretry: N\n\nid: " + id + "\nevent: picture\ndata: {\"keyword\":\"dunes\"}\n\n" +
			"event: presence\ndata: {\"viewers\":1,\"sample\":1}\n\n" +
			"event: time\ndata: {\"now\":\"2000-01-01T00:00:02Z\",\"version\":\"\"}\n\nevent: time\ndata: {\"now\":\"2000-01-01T00:00:04Z\",\"version\":\"\"}\n\n"
		if got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		c.conn.Close()
		synctest.Wait()
		if viewers, _ := b.hub.Stats(); viewers != 0 || b.admission.Open() != 0 {
			t.Errorf("%d viewers, %d streams after the end", viewers, b.admission.Open())
		}
	})
}

func TestLabBreakIsNobodyElses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		mine, other := b.tap(visitor, ""), b.tap(stranger, "")
		for _, how := range []string{"stall", "slow", "refuse", "restart", "cut"} {
			if status := b.breaks(visitor, how); status != "204" {
				t.Errorf("%s: %s", how, status)
			}
		}
		if !mine.ended() {
			t.Error("the visitor's own stream lives on")
		}
		b.hang("dunes")
		if other.ended() || !strings.Contains(other.text(), "dunes") {
			t.Errorf("another visitor's stream has suffered: %q", other.text())
		}
		if c := b.tap(stranger, ""); !strings.HasPrefix(c.head, "HTTP/1.0 200 ") {
			t.Errorf("another visitor is refused: %s", c.head)
		}
	})
}

func TestLabBreakWantsAVisitAndAWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.tap(visitor, "")
		for _, tc := range []struct{ visit, how, want string }{
			{stranger, "cut", "404"}, {"short", "cut", "400"}, {"", "cut", "400"}, {visitor, "bend", "400"}, {visitor, "", "400"},
		} {
			if got := b.breaks(tc.visit, tc.how); got != tc.want {
				t.Errorf("visit %q, how %q: %s, want %s", tc.visit, tc.how, got, tc.want)
			}
		}
	})
}

func TestLabCutAndReplay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		id := b.hang("dunes")
		chunked := b.open("GET /lab/stream?frame=lab-1&visit=" + visitor + " HTTP/1.1\nHost: frame")
		synctest.Wait()
		b.breaks(visitor, "cut")
		if got := chunked.text(); !chunked.ended() || strings.HasSuffix(got, "0\r\n\r\n") {
			t.Errorf("a cut ends in the middle of the answer: %q", got)
		}
		b.hang("reef")
		again := b.tap(visitor, id).text()
		if strings.Contains(again, "dunes") || strings.Count(again, "reef") != 1 {
			t.Errorf("back with its id it gets what it missed, once: %q", again)
		}
	})
}

func TestLabStall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		c := b.tap(visitor, "")
		before := c.text()
		b.breaks(visitor, "stall")
		b.hang("dunes")
		time.Sleep(stallFor - time.Second)
		synctest.Wait()
		if c.ended() || c.text() != before {
			t.Errorf("ended: %v; it has brought %q since", c.ended(), strings.TrimPrefix(c.text(), before))
		}
		if fresh := b.tap(visitor, ""); !strings.Contains(fresh.text(), "dunes") {
			t.Errorf("a new connection works: %q", fresh.text())
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if !c.ended() {
			t.Error("a stalled connection stays for ever")
		}
	})
}

func TestLabRefuse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		c := b.tap(visitor, "")
		b.breaks(visitor, "refuse")
		if !c.ended() {
			t.Error("the stream lives on")
		}
		if again := b.tap(visitor, ""); !strings.HasPrefix(again.head, "HTTP/1.0 503 ") {
			t.Errorf("at once: %s", again.head)
		}
		time.Sleep(refuseFor)
		if again := b.tap(visitor, ""); !strings.HasPrefix(again.head, "HTTP/1.0 200 ") {
			t.Errorf("after %v: %s", refuseFor, again.head)
		}
	})
}

func TestLabSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		c := b.tap(visitor, "")
		before := len(c.arrivals())
		b.breaks(visitor, "slow")
		id := b.hang("dunes")
		event := fmt.Sprintf("id: %s\nevent: picture\ndata: {\"keyword\":\"dunes\"}\n\n", id)
		time.Sleep(time.Duration(len(event)/slowBytes) * slowEvery)
		synctest.Wait()
		var got string
		for i, a := range c.arrivals()[before:] {
			if a.after != time.Duration(i)*slowEvery || len(a.bytes) > slowBytes {
				t.Errorf("piece %d: %v", i, a)
			}
			got += a.bytes
		}
		if got != event {
			t.Errorf("got %q, want %q", got, event)
		}
		time.Sleep(slowFor)
		synctest.Wait()
		before = len(c.arrivals())
		b.hang("reef")
		if fast := c.arrivals()[before:]; len(fast) != 1 {
			t.Errorf("after %v a picture still comes in pieces: %v", slowFor, fast)
		}
	})
}

func TestLabVisitHasFewStreams(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		for range visitStreams {
			b.tap(visitor, "")
		}
		if c := b.tap(visitor, ""); !strings.HasPrefix(c.head, "HTTP/1.0 429 ") {
			t.Errorf("one too many: %s", c.head)
		}
		if c := b.tap(stranger, ""); !strings.HasPrefix(c.head, "HTTP/1.0 200 ") {
			t.Errorf("another visit: %s", c.head)
		}
	})
}
