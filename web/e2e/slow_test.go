package e2e

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// reluctant dials connections whose client takes nothing until it is told to,
// and whose kernel keeps little for it meanwhile.
type reluctant struct {
	net.Conn
	wake chan struct{}
}

func (r *reluctant) Read(p []byte) (int, error) {
	<-r.wake
	return r.Conn.Read(p)
}

// A viewer that does not read delays nobody, is dropped after 10 s (which are
// real), and misses nothing when it comes back.
func TestSlowViewer(t *testing.T) {
	t.Parallel()
	const pictures = 100
	p := start(t)
	p.Publish("main", "start")
	from := p.newest("main")
	wake := make(chan struct{})
	var slow []*feed
	stuck := ways[:4:4]
	for _, w := range stuck { // all that stream
		w.dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			d := net.Dialer{Control: smallBuffer}
			conn, err := d.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &reluctant{conn, wake}, nil
		}
		slow = append(slow, p.follow(w, "main", from))
	}
	healthy := p.follow(ways[0], "main", from)
	p.viewers(len(slow) + 1)
	word := func(n int) string { return fmt.Sprint(n, " ", strings.Repeat("🎃", 90)) }
	for n := range pictures {
		p.Publish("main", word(n))
		if m := healthy.next("picture", "reset"); m.keyword() != word(n) {
			t.Fatalf("the viewer that reads got %s %.20s, want picture %d", m.Event, m.keyword(), n)
		}
	}
	p.viewers(1)
	for transport, want := range map[string]int{"sse": 2, "ndjson": 1, "websocket": 1} {
		p.counted(fmt.Sprintf("streams_closed_total{reason=\"slow\",transport=%q}", transport), want)
	}
	close(wake)
	for i, f := range slow {
		seen, last := 0, from
		take := func(m message) {
			if m.Event == "reset" || m.Event == "picture" && m.keyword() != word(seen) {
				t.Fatalf("%s got %s %.20s, want picture %d", stuck[i].name, m.Event, m.keyword(), seen)
			}
			if m.Event == "picture" {
				seen++
				last = m.ID
			}
		}
		for m := range f.got {
			take(m)
		}
		if seen == 0 || seen == pictures {
			t.Errorf("%s got %d pictures before it was dropped: it was not slow", stuck[i].name, seen)
		}
		again := p.follow(stuck[i], "main", last)
		for seen < pictures {
			take(again.next("picture", "reset"))
		}
	}
}

// A socket that is further behind than the history reaches is closed with 1013.
func TestSocketFallsBehind(t *testing.T) {
	t.Parallel()
	// Large pictures fill the buffers soon: in JSON each < has six bytes.
	large := strings.NewReplacer("A <b>title</b>", strings.Repeat("<", 200), `Some \u2028 body`, strings.Repeat("<", 200)).Replace(hit)
	p := start(t, fakeFlickr(t, func(_ string, w http.ResponseWriter, _ *http.Request) { io.WriteString(w, large) })...)
	// A socket is also closed if a write to it takes 10 s. A publisher that needs
	// as long has shown nothing, and begins again.
	for range 5 {
		began := time.Now()
		reset, err := p.fallBehind("main")
		if took := time.Since(began); took > 9*time.Second {
			t.Logf("after %v the socket ended with %v", took, err)
			continue
		}
		if reset {
			t.Error("got a reset on a socket that is to come back, want none")
		}
		if !websocket.IsCloseError(err, websocket.CloseTryAgainLater) {
			t.Errorf("the socket ended with %v, want 1013", err)
		}
		return
	}
	t.Error("the pictures were never published within 9 s")
}

// fallBehind opens a socket that reads nothing until many pictures have been
// published, and returns how it ended and whether it got a reset before.
func (p *program) fallBehind(frame string) (reset bool, err error) {
	p.t.Helper()
	wake := make(chan struct{})
	w := way{name: "WebSocket", listen: listenWebSocket}
	w.dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		d := net.Dialer{Control: smallBuffer}
		conn, err := d.DialContext(ctx, network, address)
		return &reluctant{conn, wake}, err
	}
	f := p.follow(w, frame, "")
	p.viewers(1)
	var all sync.WaitGroup
	for range 6 { // in all, a few dozen fill the buffers and a hundred the history
		all.Go(func() {
			for range 30 {
				p.Publish(frame, "x")
			}
		})
	}
	all.Wait()
	close(wake)
	for m := range f.got {
		reset = reset || m.Event == "reset"
	}
	err = <-f.ended
	p.viewers(0)
	return reset, err
}

// Autoplay shows another picture for one of the frame's own words while
// somebody watches. Its 10 s are real.
func TestAutoplay(t *testing.T) {
	t.Parallel()
	p := start(t, "AUTOPLAY=10s")
	p.Publish("watched", "sushi")
	p.Publish("alone", "sushi")
	f := p.follow(ways[0], "watched", "")
	first := f.next("picture")
	f.next("time") // 15 s at most
	if m := f.next("picture"); m.keyword() != "sushi" || m.ID == first.ID {
		t.Errorf("autoplay showed %+v after %+v", m, first)
	}
	if _, body := p.request(http.MethodGet, "/history?frame=alone", nil, ""); strings.Count(body, `"id"`) != 1 {
		t.Errorf("autoplay in a frame that nobody watches: %s", body)
	}
}

// With words of the operator's, a watched frame gets its first picture by itself.
func TestWordsStartAFrame(t *testing.T) {
	t.Parallel()
	p := start(t, "AUTOPLAY=10s", "WORDS=pumpkin、Pumpkin")
	if m := p.follow(ways[0], "watched", "").next("picture"); !strings.EqualFold(m.keyword(), "pumpkin") {
		t.Errorf("got the word %q, want pumpkin", m.keyword())
	}
}

// The heartbeat comes on every stream, with a clock in it.
func TestTime(t *testing.T) {
	t.Parallel()
	p := start(t)
	var feeds []*feed
	for _, w := range ways[:4] {
		feeds = append(feeds, p.follow(w, "main", ""))
	}
	_, html := p.request(http.MethodGet, "/", nil, "")
	began := time.Now()
	var told []time.Time
	for i, f := range feeds {
		m := f.next("time")
		var data struct{ Now, Version string }
		err := json.Unmarshal(m.Data, &data)
		now, wrong := time.Parse(time.RFC3339, data.Now)
		if page := fmt.Sprintf(`"version":%q`, data.Version); data.Version == "" || !strings.Contains(html, page) {
			t.Errorf("%s: the version is %q, which the page does not know", ways[i].name, data.Version)
		}
		if err = cmp.Or(err, wrong); err != nil || now.Sub(began) > time.Minute || began.Sub(now) > time.Minute || m.ID != "" {
			t.Errorf("%s: the time is %s (%v)", ways[i].name, m.Data, err)
		}
		told = append(told, now)
	}
	slices.SortFunc(told, time.Time.Compare)
	// Some hear the first soon, others after a whole period, and they join one after
	// the other.
	if apart := told[len(told)-1].Sub(told[0]); apart >= 30*time.Second {
		t.Errorf("the first times are %v apart, want less than two periods", apart)
	}
}

// smallBuffer makes the receive buffer small, so that a client that does not read
// fills it soon.
func smallBuffer(_, _ string, c syscall.RawConn) (err error) {
	failed := c.Control(func(fd uintptr) {
		err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 4096)
	})
	return cmp.Or(err, failed)
}
