package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

// haproxy runs in front of processes, and returns a program that is all of them
// seen through it. It speaks HTTP/1.1 and h2c, by what the client begins with.
func haproxy(t *testing.T, all ...*program) *program {
	t.Helper()
	servers := ""
	if len(all) > 1 { // a process that is down is not asked
		servers = "\toption httpchk GET /healthz\n\toption redispatch\n\tdefault-server check inter 1s fall 2 rise 1\n"
	}
	for i, p := range all {
		servers += fmt.Sprintf("\tserver program%d %s\n", i, strings.TrimPrefix(p.URL, "http://"))
	}
	path, err := exec.LookPath("haproxy")
	if err != nil {
		path = "/usr/sbin/haproxy" // not on everybody's path
	}
	address := freeAddress(t)
	file := filepath.Join(t.TempDir(), "haproxy.cfg")
	config := fmt.Sprintf(`
global
	maxconn 8000
defaults
	mode http
	timeout connect 5s
	timeout client 50s
	timeout server 50s
	timeout tunnel 1h
	option abortonclose
	option http-no-delay
listen frame
	bind %s
%s`, address, servers)
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return runProxy(t, address, path, "-db", "-f", file)
}

// overH2C returns the transports as a proxy that speaks h2c has them. WebSocket
// stays on HTTP/1.1, as with every client that has not been told otherwise.
func overH2C() (over []way) {
	for _, w := range []way{ways[0], ways[2], ways[3], ways[4]} {
		w.h2c = w.name != "WebSocket"
		over = append(over, w)
	}
	return over
}

// Behind HAProxy every event passes at once, over HTTP/1.0, HTTP/1.1 and h2c,
// and a POST from the page's own origin.
func TestBehindHAProxy(t *testing.T) {
	t.Parallel()
	for name, over := range map[string][]way{"HTTP/1.1": ways, "h2c": overH2C()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			front := haproxy(t, p)
			feeds, first := passThrough(t, p, front, over)
			for _, w := range over {
				f := front.follow(w, "main", first)
				if m := f.next("picture", "reset"); m.keyword() != "n0" {
					t.Errorf("%s: resumed with %s %s, want n0", w.name, m.Event, m.Data)
				}
				f.Stop()
			}
			s := front.talk("/ws", head("Origin", front.URL))
			s.say(websocket.TextMessage, `{"keyword":"up"}`).hear("published")
			front.check(row{"POST", "/publish", head("Content-Type", asForm, "Origin", front.URL), "keyword=x", 200, ""})
			endsWell(t, p, over, feeds)
		})
	}
}

// A viewer that leaves behind a proxy is counted out at once, not when the next
// heartbeat cannot be written. The order of another viewer's events tells: its own
// heartbeat has just come, and the number has gone down before the next one.
func TestLeaversBehindProxies(t *testing.T) {
	t.Parallel()
	behindHAProxy := func(t *testing.T, p *program) *program { return haproxy(t, p) }
	const upgrade = "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;"
	for name, c := range map[string]struct {
		front func(t *testing.T, p *program) *program
		over  []way
	}{
		"nginx":            {func(t *testing.T, p *program) *program { return nginx(t, p, "") }, []way{ways[0], ways[1], ways[2], ways[4]}},
		"nginx, HTTP/1.1":  {func(t *testing.T, p *program) *program { return nginx(t, p, upgrade) }, ways[:5]},
		"HAProxy":          {behindHAProxy, ways[:5]},
		"HAProxy over h2c": {behindHAProxy, overH2C()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			p.Publish("main", "before")
			front := c.front(t, p)
			last := p.newest("main")
			var leavers []*feed
			for _, w := range c.over {
				leavers = append(leavers, front.follow(w, "main", last))
			}
			p.joined("main", len(leavers))
			stays := p.follow(ways[0], "main", last)
			p.joined("main", len(leavers)+1)
			stays.next("time")
			for _, f := range leavers {
				f.Stop()
			}
			for {
				m := stays.next("presence", "time")
				if m.Event == "time" {
					t.Fatalf("the heartbeat came before all had been counted out")
				}
				if strings.Contains(string(m.Data), `"viewers":1`) {
					return
				}
			}
		})
	}
}
