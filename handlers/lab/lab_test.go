package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers"
	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub"
	"picture-frame/hub/memory"
)

// A bench is a lab behind a real HTTP server, on connections within this
// process: time in it is synctest's, and exact.
type bench struct {
	t         *testing.T
	lab       *Lab
	hub       *hub.Hub
	admission *stream.Admission
	conns     chan net.Conn
	done      chan struct{}
}

func newBench(t *testing.T) *bench {
	log := slog.New(slog.DiscardHandler)
	b := &bench{t: t, hub: hub.New(memory.New(), log), admission: &stream.Admission{}, conns: make(chan net.Conn), done: make(chan struct{})}
	go b.hub.Run()
	guard := func(r *http.Request) error {
		if r.Header.Get("Origin") == "http://stranger.example" {
			return request.Forbidden()
		}
		return nil
	}
	b.lab = New(b.hub, b.admission, guard, log)
	e := echo.New()
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		p := handlers.ProblemOf(err)
		c.String(p.Status, p.Detail)
	}
	route := func(path string, h echo.HandlerFunc) {
		e.Match([]string{http.MethodGet, http.MethodHead}, path, h)
	}
	for path, h := range b.lab.Demonstrations() {
		route(path, h)
	}
	route("/lab/quiet", b.lab.Quiet)
	route("/lab/hop", b.lab.Hop)
	route("/lab/stream", b.lab.Stream)
	e.POST("/lab/break", b.lab.Break)
	server := &http.Server{Handler: e, ReadTimeout: 10 * time.Second, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0)}
	go server.Serve(b)
	t.Cleanup(func() {
		b.lab.Close()
		server.Close()
		b.hub.Close()
		b.lab.Wait(context.Background())
		b.hub.Wait(context.Background())
	})
	return b
}

func (b *bench) Accept() (net.Conn, error) {
	select {
	case c := <-b.conns:
		return c, nil
	case <-b.done:
		return nil, net.ErrClosed
	}
}

func (b *bench) Close() error   { close(b.done); return nil }
func (b *bench) Addr() net.Addr { return &net.TCPAddr{} }

func (b *bench) dial() net.Conn {
	here, there := net.Pipe()
	b.conns <- there
	b.t.Cleanup(func() { here.Close() })
	return here
}

// An arrival is what one read brought, and when.
type arrival struct {
	after time.Duration
	bytes string
}

func (a arrival) String() string { return fmt.Sprintf("%v %q", a.after, a.bytes) }

// A call is one request on a connection of its own.
type call struct {
	conn net.Conn
	head string
	mu   sync.Mutex
	got  []arrival // behind the header
	end  chan time.Duration
}

// open sends a request and returns once the answer's header is there.
func (b *bench) open(request string) *call {
	b.t.Helper()
	c := &call{conn: b.dial(), end: make(chan time.Duration, 1)}
	began := time.Now()
	if _, err := io.WriteString(c.conn, strings.ReplaceAll(request, "\n", "\r\n")+"\r\n\r\n"); err != nil {
		b.t.Fatal(err)
	}
	header := make(chan struct{})
	go c.read(began, header)
	<-header
	return c
}

func (c *call) read(began time.Time, header chan struct{}) {
	buf := make([]byte, 1<<16)
	for body := false; ; {
		n, err := c.conn.Read(buf)
		got := string(buf[:n])
		c.mu.Lock()
		if !body {
			c.head += got
			if c.head, got, body = strings.Cut(c.head, "\r\n\r\n"); body {
				close(header)
			}
		}
		if body && got != "" {
			c.got = append(c.got, arrival{time.Since(began), got})
		}
		c.mu.Unlock()
		if err != nil {
			if !body {
				close(header)
			}
			c.end <- time.Since(began)
			return
		}
	}
}

// arrivals is all that has come so far.
func (c *call) arrivals() []arrival {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.got)
}

func (c *call) text() string {
	var all strings.Builder
	for _, a := range c.arrivals() {
		all.WriteString(a.bytes)
	}
	return all.String()
}

func wantArrivals(t *testing.T, c *call, want ...arrival) {
	t.Helper()
	if got := c.arrivals(); !slices.Equal(got, want) {
		t.Errorf("got\n%v\nwant\n%v", got, want)
	}
}

const get = "GET %s HTTP/1.1\nHost: frame\nConnection: close"

func TestLabPing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newBench(t).open(fmt.Sprintf(get, "/lab/ping"))
		<-c.end
		for _, line := range []string{"HTTP/1.1 200 OK", "\r\nContent-Type: text/plain", "\r\nTransfer-Encoding: chunked"} {
			if !strings.Contains(c.head, line) {
				t.Errorf("the header lacks %q: %s", line, c.head)
			}
		}
		s := time.Second
		wantArrivals(t, c,
			arrival{s, "5\r\nping\n\r\n"}, arrival{2 * s, "5\r\nping\n\r\n"}, arrival{3 * s, "5\r\nping\n\r\n"},
			arrival{4 * s, "5\r\nping\n\r\n"}, arrival{5 * s, "5\r\nping\n\r\n"},
			arrival{5 * s, "9\r\nok, bye!\n\r\n"}, arrival{5 * s, "0\r\n\r\n"})
	})
}

func TestLabPingInHTTP10(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newBench(t).open("GET /lab/ping HTTP/1.0")
		if end := <-c.end; end != 5*time.Second {
			t.Errorf("ended after %v", end)
		}
		if strings.Contains(c.head, "Transfer-Encoding") {
			t.Errorf("HTTP/1.0 has no chunks: %s", c.head)
		}
		s := time.Second
		wantArrivals(t, c, arrival{s, "ping\n"}, arrival{2 * s, "ping\n"}, arrival{3 * s, "ping\n"},
			arrival{4 * s, "ping\n"}, arrival{5 * s, "ping\n"}, arrival{5 * s, "ok, bye!\n"})
	})
}

func TestLabCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		c := b.open("GET /lab/count HTTP/1.0")
		<-c.end
		s := time.Second
		wantArrivals(t, c, arrival{0, "0\n"}, arrival{s, "1\n"}, arrival{2 * s, "2\n"}, arrival{3 * s, "3\n"}, arrival{4 * s, "4\n"})
		c = b.open("GET /lab/count?buffered=1 HTTP/1.0")
		<-c.end
		wantArrivals(t, c, arrival{4 * s, "0\n1\n2\n3\n4\n"})
	})
}

func TestLabTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		block := func(id, second int) string { // synctest's clock starts there
			return fmt.Sprintf("id: %d\nevent: time\nretry: 2000\ndata: 2000-01-01T00:00:%02dZ\n\n", id, second)
		}
		s := time.Second
		c := b.open("GET /lab/time?loop=3 HTTP/1.0")
		<-c.end
		if !strings.Contains(c.head, "\r\nContent-Type: text/event-stream") {
			t.Errorf("header: %s", c.head)
		}
		wantArrivals(t, c, arrival{0, block(1, 0)}, arrival{s, block(2, 1)}, arrival{2 * s, block(3, 2)})
		c = b.open("GET /lab/time?loop=1 HTTP/1.0\nLast-Event-ID: 41")
		<-c.end
		wantArrivals(t, c, arrival{0, block(42, 2)})
		// Without a loop it goes on, past every deadline of the server.
		c = b.open("GET /lab/time HTTP/1.0\nLast-Event-ID: nonsense")
		time.Sleep(time.Hour)
		synctest.Wait()
		if got := len(c.arrivals()); got != 3601 {
			t.Errorf("%d events in an hour, want 3601", got)
		}
		c.conn.Close()
		synctest.Wait()
		if open := b.admission.Open(); open != 0 {
			t.Errorf("%d streams open after the client has left", open)
		}
	})
}

func TestLabPrices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newBench(t).open("GET /lab/prices HTTP/1.0")
		time.Sleep(time.Minute)
		synctest.Wait()
		var prices []int
		for i, a := range c.arrivals() {
			var whole, cents int
			if n, _ := fmt.Sscanf(a.bytes, "event: prices\ndata: FRAME\ndata: %d.%02d\n\n", &whole, &cents); n != 2 || a.after != time.Duration(i)*time.Second {
				t.Fatalf("arrival %d: %v", i, a)
			}
			prices = append(prices, whole*100+cents)
		}
		if len(prices) != 61 || slices.Min(prices) == slices.Max(prices) {
			t.Errorf("prices %v", prices)
		}
		for i, p := range prices[1:] {
			if step := p - prices[i]; step < -200 || step > 200 {
				t.Errorf("a step of %d", step)
			}
		}
	})
}

func TestLabQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newBench(t).open("GET /lab/quiet?seconds=90 HTTP/1.0")
		<-c.end
		wantArrivals(t, c, arrival{0, "event: quiet\ndata: 90\n\n"}, arrival{90 * time.Second, "event: done\ndata: 90\n\n"})
	})
}

func TestLabRefusesBadParameters(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		for _, path := range []string{
			"/lab/time?loop=0", "/lab/time?loop=-1", "/lab/time?loop=3601", "/lab/time?loop=x", "/lab/time?loop=", "/lab/time?loop=1.5",
			"/lab/quiet?seconds=0", "/lab/quiet?seconds=301", "/lab/stream", "/lab/stream?visit=short",
		} {
			if c := b.open(fmt.Sprintf(get, path)); !strings.HasPrefix(c.head, "HTTP/1.1 400 ") {
				t.Errorf("%s: %s", path, c.head)
			}
		}
	})
}

func TestLabHeadEndsAfterTheHeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		for path, kind := range map[string]string{
			"/lab/ping": "text/plain", "/lab/count": "text/plain", "/lab/time": request.MIMEEventStream, "/lab/prices": request.MIMEEventStream,
			"/lab/stream?visit=" + strings.Repeat("a", 32): request.MIMEEventStream,
		} {
			c := b.open("HEAD " + path + " HTTP/1.1\nHost: frame\nConnection: close")
			if end := <-c.end; end != 0 || c.text() != "" || !strings.Contains(c.head, "Content-Type: "+kind) {
				t.Errorf("%s: %q after %v, %s", path, c.text(), end, c.head)
			}
		}
	})
}

func TestLabHopTellsHowARequestArrived(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		request := "GET /lab/hop?host=frame HTTP/1.0\nHost: frame\nVia: 1.1 somebody\nX-Forwarded-For: 192.0.2.7"
		c := newBench(t).open(request)
		<-c.end
		want := fmt.Sprintf(`{"proto":"HTTP/1.0","via":"1.1 somebody","forwarded":true,"host_kept":true,"header_bytes":%d}`,
			len(strings.ReplaceAll(request, "\n", "\r\n"))+len("\r\n\r\n"))
		if got := strings.TrimSpace(c.text()); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

func TestLabStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		var calls []*call
		for _, path := range []string{"/lab/ping", "/lab/time", "/lab/prices", "/lab/quiet", "/lab/count?buffered=1"} {
			calls = append(calls, b.open(fmt.Sprintf(get, path)))
		}
		synctest.Wait()
		if open := b.admission.Open(); open != len(calls) {
			t.Errorf("%d streams count as viewers, want %d", open, len(calls))
		}
		stopped := time.Now()
		b.lab.Close()
		if err := b.lab.Wait(t.Context()); err != nil || time.Since(stopped) != 0 {
			t.Errorf("waited %v: %v", time.Since(stopped), err)
		}
		for _, c := range calls {
			<-c.end
			if got := c.text(); !strings.HasSuffix(got, "0\r\n\r\n") {
				t.Errorf("no clean end: %q", got)
			}
		}
		if c := b.open(fmt.Sprintf(get, "/lab/ping")); !strings.HasPrefix(c.head, "HTTP/1.1 503 ") {
			t.Errorf("after the stop: %s", c.head)
		}
	})
}

func TestLabStopDoesNotWaitForWhoDoesNotRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		conn := b.dial()
		io.WriteString(conn, "GET /lab/time HTTP/1.0\r\n\r\n")
		if _, err := conn.Read(make([]byte, 1<<10)); err != nil { // the header, and then it never reads
			t.Fatal(err)
		}
		synctest.Wait()
		began := time.Now()
		b.lab.Close()
		if err := b.lab.Wait(t.Context()); err != nil || time.Since(began) > 3*time.Second {
			t.Errorf("waited %v: %v", time.Since(began), err)
		}
	})
}

func TestLabStreamsNeedAPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.admission.Max = 1
		first := b.open(fmt.Sprintf(get, "/lab/time"))
		if c := b.open(fmt.Sprintf(get, "/lab/prices")); !strings.HasPrefix(c.head, "HTTP/1.1 429 ") {
			t.Errorf("a stream too many: %s", c.head)
		}
		first.conn.Close()
		synctest.Wait()
		if c := b.open(fmt.Sprintf(get, "/lab/prices")); !strings.HasPrefix(c.head, "HTTP/1.1 200 ") {
			t.Errorf("once there is room: %s", c.head)
		}
	})
}

func TestLabWaitGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.open(fmt.Sprintf(get, "/lab/time"))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := b.lab.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Wait while a stream is open: %v", err)
		}
	})
}

func TestLabShowsItsOwnSource(t *testing.T) {
	for _, d := range demos {
		got, err := d.Source()
		name := "func " + d.Name + "Demo"
		if err != nil || !strings.HasPrefix(got, name+"(") || !strings.HasSuffix(got, "\n}") || strings.Count(got, name) != 1 || strings.Count(got, "\n") > 16 {
			t.Errorf("%s is shown as\n%s\nand %v", d.Name, got, err)
		}
	}
}
