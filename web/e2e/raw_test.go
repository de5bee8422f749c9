package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// raw is a connection without a client: what is written is what is sent.
type raw struct {
	*net.TCPConn
	t  *testing.T
	in *bufio.Reader
}

func (p *program) raw() *raw {
	p.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.URL, "http://"))
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { conn.Close() })
	conn.SetReadDeadline(time.Now().Add(patience))
	return &raw{conn.(*net.TCPConn), p.t, bufio.NewReader(conn)}
}

func (r *raw) send(format string, args ...any) *raw {
	r.t.Helper()
	if _, err := fmt.Fprintf(r, format, args...); err != nil {
		r.t.Fatal(err)
	}
	return r
}

// answer reads one answer and its body.
func (r *raw) answer() (*http.Response, string) {
	r.t.Helper()
	resp, err := http.ReadResponse(r.in, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return resp, string(body)
}

// until reads until text has come.
func (r *raw) until(text string) string {
	r.t.Helper()
	var all strings.Builder
	for !strings.HasSuffix(all.String(), text) {
		b, err := r.in.ReadByte()
		if err != nil {
			r.t.Fatalf("%q did not come: %v after %q", text, err, all.String())
		}
		all.WriteByte(b)
	}
	return all.String()
}

// What is on the wire, to the byte.
func TestStreamOnTheWire(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "sushi")
	new := p.raw().send("GET /subscribe HTTP/1.1\r\nHost: x\r\n\r\n")
	headers := new.until("\r\n\r\n")
	for _, line := range []string{"HTTP/1.1 200 OK\r\n", "\r\nContent-Type: text/event-stream; charset=utf-8\r\n", "\r\nCache-Control: no-cache, no-transform\r\n",
		"\r\nX-Accel-Buffering: no\r\n", "\r\nTransfer-Encoding: chunked\r\n", "\r\nDate: "} {
		if !strings.Contains(headers, line) {
			t.Errorf("the header lacks %q: %q", line, headers)
		}
	}
	if strings.Contains(headers, "Content-Encoding") {
		t.Errorf("the stream is compressed: %q", headers)
	}
	new.until("\nretry: ")
	new.until("\nevent: picture\ndata: {\"url\":\"/album/")
	new.until("\"keyword\":\"sushi\"")

	zipped := p.raw().send("GET /subscribe HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, br\r\n\r\n")
	if headers := zipped.until("\r\n\r\n"); strings.Contains(headers, "Content-Encoding") {
		t.Errorf("the stream is compressed: %q", headers)
	}

	old := p.raw().send("GET /subscribe HTTP/1.0\r\n\r\n")
	headers = old.until("\r\n\r\n")
	if strings.Contains(headers, "chunked") || strings.Contains(headers, "Content-Length") {
		t.Errorf("to HTTP/1.0: %q", headers)
	}
	if body := old.until("event: picture\n"); !strings.HasPrefix(body, ": ") && !strings.HasPrefix(body, "retry: ") {
		t.Errorf("to HTTP/1.0 the stream begins %q", body)
	}

	// Both go on, whatever else is sent on the connection.
	new.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n%s", strings.Repeat("x", 10_000))
	old.send("GET / HTTP/1.0\r\n\r\n")
	pipelined := p.raw().send("GET /subscribe HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	pipelined.until("\"keyword\":\"sushi\"")
	p.Publish("main", "pumpkin")
	for _, r := range []*raw{new, old, pipelined} {
		r.until("\"keyword\":\"pumpkin\"")
	}
}

func TestOddRequests(t *testing.T) {
	t.Parallel()
	p := start(t)
	const form = "Content-Type: application/x-www-form-urlencoded\r\n"
	for name, test := range map[string]struct {
		request string
		status  int
	}{
		"absolute form":              {"GET http://elsewhere/healthz HTTP/1.1\r\nHost: x\r\n\r\n", 200},
		"no host":                    {"GET /healthz HTTP/1.1\r\n\r\n", 400},
		"HTTP/1.0":                   {"GET /healthz HTTP/1.0\r\n\r\n", 200},
		"chunked form":               {"POST /publish HTTP/1.1\r\nHost: x\r\n" + form + "Transfer-Encoding: chunked\r\n\r\n5\r\nkeywo\r\n4\r\nrd=x\r\n0\r\n\r\n", 200},
		"chunked and too large":      {"POST /publish HTTP/1.1\r\nHost: x\r\n" + form + "Transfer-Encoding: chunked\r\n\r\n1001\r\nkeyword=" + strings.Repeat("x", 0x1001-8) + "\r\n0\r\n\r\n", 413},
		"broken chunks":              {"POST /publish HTTP/1.1\r\nHost: x\r\n" + form + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
		"no length":                  {"POST /publish HTTP/1.1\r\nHost: x\r\n" + form + "\r\n", 400},
		"length and chunks":          {"POST /publish HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nkeyword=x\r\n0\r\n\r\n", 200},
		"HTTP/1.0 form":              {"POST /publish HTTP/1.0\r\n" + form + "Content-Length: 9\r\n\r\nkeyword=x", 200},
		"any method":                 {"WHATEVER /healthz HTTP/1.1\r\nHost: x\r\n\r\n", 405},
		"options of all":             {"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 200},
		"huge header":                {"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Large: " + strings.Repeat("x", 64<<10) + "\r\n\r\n", 431},
		"upgrade by HTTP/1.0":        {"GET /ws HTTP/1.0\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", 426},
		"upgrade without Connection": {"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", 426},
		"upgrade of old":             {"GET /ws HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", 426},
		"upgrade without key":        {"GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n", 400},
		"upgrade from elsewhere":     {"GET /ws HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", 403},
		"upgrade from here":          {"GET /ws HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", 101},
	} {
		resp, err := http.ReadResponse(p.raw().send("%s", test.request).in, nil)
		if err != nil || resp.StatusCode != test.status {
			t.Errorf("%s: %v, %v; want %d", name, resp, err, test.status)
		}
		if kind := ""; err == nil && strings.HasPrefix(name, "upgrade ") && test.status >= 400 {
			if kind = resp.Header.Get("Content-Type"); kind != problem {
				t.Errorf("%s: the error is %s", name, kind)
			}
		}
	}
	waiting := p.raw().send("POST /publish HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n" + form + "Content-Length: 9\r\n\r\n")
	waiting.until("HTTP/1.1 100 Continue\r\n\r\n")
	if resp, body := waiting.send("keyword=x").answer(); resp.StatusCode != 200 {
		t.Errorf("after 100: %s %s", resp.Status, body)
	}
	// A connection serves one request after the other, also sent at once.
	many := p.raw()
	for range 5 {
		many.send("POST /publish HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 9\r\n\r\nkeyword=xGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	}
	for range 5 {
		if resp, body := many.answer(); resp.StatusCode != 200 || !strings.Contains(body, `"x"`) {
			t.Fatalf("a pipelined search: %s %s", resp.Status, body)
		}
		if resp, body := many.answer(); resp.StatusCode != 200 || body != "ok" {
			t.Fatalf("what came after it: %s %s", resp.Status, body)
		}
	}
}

// A client that has sent all it will ever send may shut that side down. An
// answer still comes; from a stream it cannot be told from one that has left.
func TestHalfClosed(t *testing.T) {
	t.Parallel()
	p := start(t)
	const body = "keyword=sushi"
	post := p.raw().send("POST /publish HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", asForm, len(body), body)
	post.CloseWrite()
	if resp, body := post.answer(); resp.StatusCode != 200 || !strings.Contains(body, "sushi") {
		t.Errorf("publish: %s %q", resp.Status, body)
	}
	once := p.raw().send("GET /subscribe?once=1 HTTP/1.1\r\nHost: x\r\n\r\n")
	once.CloseWrite()
	if resp, body := once.answer(); resp.StatusCode != 200 || !strings.Contains(body, "sushi") {
		t.Errorf("once: %s %q", resp.Status, body)
	}
	stream := p.raw().send("GET /subscribe HTTP/1.1\r\nHost: x\r\n\r\n")
	stream.CloseWrite()
	stream.until("sushi")
	poll := p.raw().send("GET /poll?lastEventId=%s HTTP/1.1\r\nHost: x\r\n\r\n", p.newest("main"))
	poll.CloseWrite()
	if resp, _ := poll.answer(); resp.StatusCode != 204 {
		t.Errorf("poll: %s", resp.Status)
	}
	p.viewers(0)
}

// A client that does not finish its request within 10 s is cut off. The time is
// real, so all cases wait at once.
func TestSlowRequestsAreCutOff(t *testing.T) {
	t.Parallel()
	p := start(t)
	var all sync.WaitGroup
	for name, request := range map[string]string{
		"nothing":       "",
		"half a line":   "GET /heal",
		"half a header": "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ",
		"half a form":   "POST /publish HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nkeyword=",
		"half a chunk":  "POST /publish HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{",
		"a poll's body": "GET /poll HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx",
		"a stream's":    "GET /lab/time HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx",
		"unread":        "POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx",
	} {
		began := time.Now() // the server's 10 s begin with the connection
		conn := p.raw().send("%s", request)
		all.Go(func() {
			// It ends, by whatever answer and however it was cut.
			_, err := io.Copy(io.Discard, conn.in)
			took := time.Since(began)
			if ne, ok := err.(net.Error); ok && ne.Timeout() {
				t.Errorf("%s: still connected after %v", name, took)
			}
			if name != "unread" && took < 9*time.Second {
				t.Errorf("%s: cut off after %v, want 10 s", name, took)
			}
		})
	}
	kept := p.raw().send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	kept.answer()
	all.Wait() // kept has been idle for longer than a request may take
	if resp, _ := kept.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").answer(); resp.StatusCode != 200 {
		t.Errorf("after 10 s of rest: %s", resp.Status)
	}
}
