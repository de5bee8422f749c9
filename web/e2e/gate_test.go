package e2e

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// A gate is a proxy before the program that misbehaves on command. Used as a
// forward proxy too, it sends requests for any host to the program.
type gate struct {
	URL string
	// CloseStreams cuts all connections that browsers have.
	CloseStreams func()
	rule         atomic.Pointer[func(w http.ResponseWriter, r *http.Request) bool]
}

// newGate starts a gate that lets everything pass.
func newGate(t *testing.T, p *program) *gate {
	t.Helper()
	target, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host
		},
		FlushInterval: -1,
		ErrorHandler:  func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	g := &gate{}
	g.Open()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !(*g.rule.Load())(w, r) {
			proxy.ServeHTTP(w, r)
		}
	}))
	g.URL, g.CloseStreams = server.URL, server.CloseClientConnections
	t.Cleanup(func() {
		server.CloseClientConnections() // streams never end by themselves
		server.Close()
	})
	return g
}

// Rule sets what happens to requests: those that it answers go no further.
func (g *gate) Rule(rule func(w http.ResponseWriter, r *http.Request) (answered bool)) {
	g.rule.Store(&rule)
}

// Open lets everything pass from now on.
func (g *gate) Open() {
	g.Rule(func(http.ResponseWriter, *http.Request) bool { return false })
}

// refuse answers requests for the given paths, or for all, with a status.
func refuse(status int, paths ...string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		for _, path := range paths {
			if r.URL.Path == path {
				w.WriteHeader(status)
				return true
			}
		}
		if len(paths) == 0 {
			w.WriteHeader(status)
		}
		return len(paths) == 0
	}
}

// withhold lets the browser wait for the head of an answer, as a proxy does
// that buffers a stream until its end.
func withhold(path string) func(http.ResponseWriter, *http.Request) bool {
	return func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != path {
			return false
		}
		<-r.Context().Done()
		return true
	}
}

// A wire carries bytes between browsers and the program until it is cut in a
// way that neither side notices: its connections stay open, silent.
type wire struct {
	URL string

	mu    sync.Mutex
	conns []net.Conn
	dead  map[net.Conn]bool
}

func newWire(t *testing.T, p *program) *wire {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{URL: "http://" + listener.Addr().String(), dead: map[net.Conn]bool{}}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			browser, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", strings.TrimPrefix(p.URL, "http://"))
			if err != nil {
				browser.Close()
				continue
			}
			w.mu.Lock()
			w.conns = append(w.conns, browser, server)
			w.mu.Unlock()
			running.Go(func() { w.carry(browser, server) })
			running.Go(func() { w.carry(server, browser) })
		}
	})
	t.Cleanup(func() {
		listener.Close()
		w.mu.Lock()
		for _, conn := range w.conns {
			conn.Close()
		}
		w.mu.Unlock()
		running.Wait()
	})
	return w
}

// carry moves bytes from one side to the other; from a dead wire it moves none
// but keeps reading, so that nobody is told.
func (w *wire) carry(to, from net.Conn) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		w.mu.Lock()
		dead := w.dead[from]
		w.mu.Unlock()
		if dead {
			if err == nil {
				continue
			}
			io.Copy(io.Discard, to)
			return
		}
		if n > 0 {
			to.Write(buffer[:n]) // a failure shows at the next read
		}
		if err != nil {
			to.Close()
			return
		}
	}
}

// Cut silences the connections there are. New ones work.
func (w *wire) Cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, conn := range w.conns {
		w.dead[conn] = true
	}
}
