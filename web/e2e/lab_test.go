package e2e

import (
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// labSocket sends a request over a bare socket.
func labSocket(t *testing.T, p *program, request string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", "127.0.0.1:"+p.Port)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(patience))
	io.WriteString(conn, strings.ReplaceAll(request, "\n", "\r\n")+"\r\n\r\n")
	return conn
}

// How the bytes are paced, handlers/lab/demos_test.go shows under a clock of its own.
func TestLabStreamsOnTheWire(t *testing.T) {
	t.Parallel()
	p := start(t)
	ping := strings.Repeat("5\r\nping\n\r\n", 5) + "9\r\nok, bye!\n\r\n0\r\n\r\n"
	for request, want := range map[string]string{
		"GET /lab/ping HTTP/1.1\nHost: frame\nConnection: close":             ping,
		"GET /lab/ping HTTP/1.0":                                             strings.Repeat("ping\n", 5) + "ok, bye!\n",
		"GET /lab/count HTTP/1.1\nHost: frame\nConnection: close":            "2\r\n0\n\r\n2\r\n1\n\r\n2\r\n2\n\r\n2\r\n3\n\r\n2\r\n4\n\r\n0\r\n\r\n",
		"GET /lab/count?buffered=1 HTTP/1.1\nHost: frame\nConnection: close": "a\r\n0\n1\n2\n3\n4\n\r\n0\r\n\r\n",
		// A stream is never compressed, whatever the client takes.
		"GET /lab/count HTTP/1.0\nAccept-Encoding: gzip":          "0\n1\n2\n3\n4\n",
		"HEAD /lab/ping HTTP/1.1\nHost: frame\nConnection: close": "",
	} {
		t.Run(request, func(t *testing.T) {
			t.Parallel()
			answer, err := io.ReadAll(labSocket(t, p, request))
			if err != nil {
				t.Fatal(err)
			}
			header, body, _ := strings.Cut(string(answer), "\r\n\r\n")
			if body != want || !strings.Contains(header, "\r\nContent-Type: text/plain") || !strings.Contains(header, "\r\nX-Accel-Buffering: no") {
				t.Errorf("got %q, want %q; header: %s", body, want, header)
			}
		})
	}
}

func TestLabEndsWithTheProgram(t *testing.T) {
	t.Parallel()
	p := launch(t)
	times := labSocket(t, p, "GET /lab/time HTTP/1.1\nHost: frame")
	visit := labSocket(t, p, "GET /lab/stream?visit=0123456789abcdef0123456789abcdef HTTP/1.1\nHost: frame")
	wall, _, err := websocket.Dial(t.Context(), p.URL+"/lab/wall", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer wall.CloseNow()
	if _, _, err := wall.Read(t.Context()); err != nil { // the greeting
		t.Fatal(err)
	}
	for _, stream := range []net.Conn{times, visit} {
		if _, err := stream.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
	}
	code := make(chan int, 1)
	go func() { code <- p.Stop(syscall.SIGTERM) }()
	if _, _, err := wall.Read(t.Context()); websocket.CloseStatus(err) != websocket.StatusGoingAway {
		t.Errorf("the wall ends with %v", err)
	}
	for name, stream := range map[string]net.Conn{"time": times, "stream": visit} {
		if rest, err := io.ReadAll(stream); err != nil || !strings.HasSuffix(string(rest), "0\r\n\r\n") {
			t.Errorf("%s ends with %q, %v", name, rest, err)
		}
	}
	if code := <-code; code != 0 {
		t.Errorf("exit code %d", code)
	}
	for _, line := range p.Tail(10) {
		if line["msg"] == "stopped" && line["err"] != nil {
			t.Errorf("the stop was not in order: %v", line["err"])
		}
	}
}

// passesUpgrades is what nginx needs to be told for WebSockets.
const passesUpgrades = `proxy_set_header Host $http_host; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";`

func TestLabSaysWhetherTheNetworkIsHonest(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		nginx                   *string // what its location says; nil: no nginx
		stream, version, socket string
		advice                  string
	}{
		"directly": {nil, "!Buffered", "HTTP/1.1 from here, HTTP/1.1 at the server.", "Yes.", ""},
		"behind nginx as it is installed": {
			new(""), "!Buffered", "HTTP/1.1 from here, HTTP/1.0 at the server, nginx between.", "No", "proxy_http_version"},
		"behind nginx that passes upgrades": {
			new(passesUpgrades), "!Buffered", "HTTP/1.1 from here, HTTP/1.1 at the server, nginx between.", "Yes.", ""},
		"behind nginx that is made to buffer": {
			new("proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;"),
			"Buffered", "HTTP/1.1 from here, HTTP/1.0 at the server, nginx between.", "No", "proxy_ignore_headers X-Accel-Buffering"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			address := p.URL
			if tc.nginx != nil {
				address = nginx(t, p, *tc.nginx).URL
			}
			s := &screen{t: t, ctx: window(t)}
			s.open(address + "/lab")
			verdict := func(check string) string {
				return s.text(fmt.Sprintf(`document.querySelector('#check-%s .verdict').textContent`, check))
			}
			// A browser that is busy for 4 s gets a stream in one piece, and one that
			// is for 8 s gives a WebSocket up: these are measured again.
			for range 5 {
				s.click("#measure")
				s.until(`document.getElementById('measure-state').textContent.startsWith('Measured at')`)
				buffered := strings.HasPrefix(verdict("stream"), "Buffered")
				if buffered == (tc.stream == "Buffered") && strings.HasPrefix(verdict("socket"), tc.socket) {
					break
				}
			}
			if got := verdict("stream"); strings.HasPrefix(got, "Buffered") != (tc.stream == "Buffered") {
				t.Errorf("the stream: %s", got)
			}
			if got := verdict("version"); got != tc.version {
				t.Errorf("the version: %s, want %s", got, tc.version)
			}
			if got := verdict("socket"); !strings.HasPrefix(got, tc.socket) {
				t.Errorf("WebSockets: %s, want %s", got, tc.socket)
			}
			if got := s.text(`[...document.querySelectorAll('.advice')].map((e) => e.textContent).join()`); !strings.Contains(got, tc.advice) {
				t.Errorf("the advice is %q, want %q in it", got, tc.advice)
			}
		})
	}
}

func TestLabTellsHowLongSilenceLives(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ location, want string }{
		// The page itself may take longer.
		"until it is cut": {"location = /lab/quiet { proxy_pass %s; proxy_read_timeout 2s; }", "Ended after"},
		"to its end":      {"# %s", "It lived through 10 s of silence."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &screen{t: t, ctx: window(t)}
			p := start(t)
			s.open(nginx(t, p, fmt.Sprintf(tc.location+"\n", p.URL)).URL + "/lab")
			s.text(`document.getElementById('idle-for').value = '10'`)
			s.click("#idle-go")
			s.until(`document.querySelector('#check-idle .verdict').textContent.startsWith(%q)`, tc.want)
		})
	}
}
