package e2e

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

// caddy runs in front of the program with one line of configuration and
// compression, as its manual shows them. It speaks HTTP/1.1 and h2c.
func caddy(t *testing.T, p *program) *program {
	t.Helper()
	address := freeAddress(t)
	host, port, _ := net.SplitHostPort(address)
	file := filepath.Join(t.TempDir(), "Caddyfile")
	config := fmt.Sprintf(`
{
	admin off
	servers {
		protocols h1 h2c
	}
}
http://:%s {
	bind %s
	encode gzip
	reverse_proxy %s
}
`, port, host, strings.TrimPrefix(p.URL, "http://"))
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return runProxy(t, address, "caddy", "run", "--adapter", "caddyfile", "--config", file)
}

// Behind Caddy, which needs no line for it, every event passes at once and
// uncompressed, over HTTP/1.1 and h2c, and a POST from the page's own origin.
func TestBehindCaddy(t *testing.T) {
	t.Parallel()
	for name, over := range map[string][]way{"HTTP/1.1": ways[1:], "h2c": overH2C()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			front := caddy(t, p)
			feeds, _ := passThrough(t, p, front, over)
			resp, _ := front.request("GET", "/subscribe?once=1", head("Accept-Encoding", "gzip"), "")
			if resp.Header.Get("Content-Encoding") != "" {
				t.Errorf("a stream is compressed on the way: %v", resp.Header)
			}
			s := front.talk("/ws", head("Origin", front.URL))
			s.say(websocket.TextMessage, `{"keyword":"up"}`).hear("published")
			front.check(row{"POST", "/publish", head("Content-Type", asForm, "Origin", front.URL), "keyword=x", 200, ""})
			endsWell(t, p, over, feeds)
		})
	}
}
