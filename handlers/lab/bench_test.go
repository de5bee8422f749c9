package lab

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers"
	"picture-frame/handlers/pipetest"
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
	cluster   *memory.Store
	admission *stream.Admission
	listener  *pipetest.Listener
}

func newBench(t *testing.T) *bench {
	log := slog.New(slog.DiscardHandler)
	cluster := memory.New()
	b := &bench{t: t, hub: hub.New(cluster, log), cluster: cluster, admission: &stream.Admission{}, listener: pipetest.NewListener()}
	go b.hub.Run()
	guard := func(r *http.Request) error {
		if r.Header.Get("Origin") == "http://stranger.example" {
			return request.Forbidden()
		}
		return nil
	}
	b.lab = New(b.hub, cluster, b.admission, guard, log)
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
	route("/lab/wave", b.lab.Wave)
	route("/lab/stream", b.lab.Stream)
	e.POST("/lab/break", b.lab.Break)
	server := &http.Server{Handler: e, ReadTimeout: 10 * time.Second, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0)}
	go server.Serve(b.listener)
	t.Cleanup(func() {
		b.lab.Close()
		server.Close()
		b.hub.Close()
		b.lab.Wait(context.Background())
		b.hub.Wait(context.Background())
	})
	return b
}

func (b *bench) dial() net.Conn { return b.listener.Dial(b.t) }

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
