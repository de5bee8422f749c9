package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

// A page is ours by its scheme, host and port, however they are written.
func TestOriginsAreComparedByTheirParts(t *testing.T) {
	t.Parallel()
	plain := start(t, "ALLOWED_ORIGINS=https://Friend.example")
	behind := start(t, "TRUST_PROXY=true")
	for _, c := range []struct {
		p             *program
		host, origin  string
		proto, status string
	}{
		{plain, "frame.lan:80", "http://frame.lan", "", "200"},
		{plain, "frame.lan", "http://frame.lan:80", "", "200"},
		{plain, "FRAME.lan", "http://frame.LAN", "", "200"},
		{plain, "frame.lan", "https://frame.lan", "", "200"},
		{plain, "frame.lan:443", "https://frame.lan", "", "200"},
		{plain, "[::1]:80", "http://[::1]", "", "200"},
		{plain, "[0:0::1]:8080", "http://[::1]:8080", "", "200"},
		{plain, "frame.lan:8080", "http://frame.lan:8080", "", "200"},
		{plain, "frame.lan:8080", "http://frame.lan", "", "403"},
		{plain, "frame.lan", "http://frame.lan:8080", "", "403"},
		{plain, "frame.lan:80", "http://frame.lan.evil.example", "", "403"},
		{plain, "frame.lan:80", "https://frame.lan", "", "403"},
		{plain, "frame.lan", "null", "", "403"},
		{plain, "frame.lan", "HTTPS://friend.EXAMPLE:443", "", "200"},
		{plain, "frame.lan", "https://friend.example:8443", "", "403"},
		{behind, "frame.lan", "https://frame.lan", "https", "200"},
		{behind, "frame.lan", "http://frame.lan", "https", "403"},
	} {
		header := fmt.Sprintf("Host: %s\r\nOrigin: %s\r\n", c.host, c.origin)
		if c.proto != "" {
			header += "X-Forwarded-Proto: " + c.proto + "\r\n"
		}
		resp, _ := c.p.raw().send("POST /publish HTTP/1.1\r\n%sContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\nConnection: close\r\n\r\nkeyword=a", header).answer()
		if got := fmt.Sprint(resp.StatusCode); got != c.status {
			t.Errorf("POST to %s from %s: got %s, want %s", c.host, c.origin, got, c.status)
		}
		for _, path := range []string{"/ws", "/lab/wall"} {
			resp, _ := c.p.raw().send("GET %s HTTP/1.1\r\n%sConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", path, header).answer()
			want := map[string]int{"200": http.StatusSwitchingProtocols, "403": http.StatusForbidden}[c.status]
			if resp.StatusCode != want {
				t.Errorf("%s at %s from %s: got %d, want %d", path, c.host, c.origin, resp.StatusCode, want)
			}
		}
	}
}

// A parameter that an endpoint does not use is ignored, however it is written.
func TestOtherParametersDoNotMatter(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("hall", "fox")
	for _, odd := range []string{"utm=a;b", "ref=100%", "%zz", "%", ";", "a=%ff%fe", "&&&", "=", "\u00e9=\u00e9"} {
		for _, path := range []string{"/", "/f/hall", "/subscribe?once=1", "/poll", "/history", "/lab", "/healthz", "/readyz", "/qr.svg", "/manifest.webmanifest", "/lab/time?loop=1"} {
			address := path + "?frame=hall&" + odd
			if strings.Contains(path, "?") {
				address = path + "&" + odd + "&frame=hall"
			}
			if resp, body := p.raw().send("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", address).answer(); resp.StatusCode != http.StatusOK {
				t.Errorf("GET %s: got %d %.100q, want 200", address, resp.StatusCode, body)
			}
		}
	}
	if _, body := p.request("GET", "/history?ref=100%25;x&frame=hall", nil, ""); !strings.Contains(body, "fox") {
		t.Errorf("beside an odd parameter the frame is not found: %s", body)
	}
}

// Of two ids in the address the later counts.
func TestLaterIDCounts(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "a")
	first := p.newest("main")
	p.Publish("main", "b")
	second := p.newest("main")
	p.Publish("main", "c")
	_, body := p.request("GET", "/poll?lastEventId="+first+"&lastEventId="+second, nil, "")
	if strings.Contains(body, `"b"`) || !strings.Contains(body, `"c"`) {
		t.Errorf("got %s, want what came after the later id", body)
	}
}

// Text that is not UTF-8 ends the conversation with 1007 (RFC 6455, 8.1).
func TestSocketRefusesBadText(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, path := range []string{"/ws", "/lab/wall"} {
		for _, text := range []string{"\xff\xfe", "{\"keyword\":\"\xc3\"}", "\xed\xa0\x80"} {
			p.talk(path, nil).say(websocket.TextMessage, text).end(websocket.CloseInvalidFramePayloadData)
		}
	}
}

// No byte of an event ends a line for a client that splits at Unicode's ends, on
// any transport, and the type says that it is UTF-8.
func TestEventsAreLinesToEverybody(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "a\u0085b\u2028c\u2029d")
	for _, c := range []struct{ path, accept, kind string }{
		{"/subscribe?once=1", "text/event-stream", "text/event-stream; charset=utf-8"},
		{"/subscribe?once=1", "application/x-ndjson", "application/x-ndjson"},
		{"/poll", "*/*", "application/json"},
		{"/lab/time?loop=1", "text/event-stream", "text/event-stream; charset=utf-8"},
	} {
		resp, body := p.request("GET", c.path, head("Accept", c.accept), "")
		if got := resp.Header.Get("Content-Type"); got != c.kind {
			t.Errorf("%s: got the type %q, want %q", c.path, got, c.kind)
		}
		if strings.ContainsAny(body, "\u0085\u2028\u2029") {
			t.Errorf("%s: got %q, want no such line's end in it", c.path, body)
		}
	}
	s := p.talk("/ws", nil)
	if m := s.hear("picture"); m.keyword() != "a\u0085b\u2028c\u2029d" || bytes.ContainsAny(m.Data, "\u0085\u2028\u2029") {
		t.Errorf("the socket brings %q, want the keyword, escaped", m.Data)
	}
	s.say(websocket.TextMessage, `{"keyword":"x\u0085y"}`)
	var published json.RawMessage = s.hear("published").Data
	if bytes.ContainsAny(published, "\u0085") {
		t.Errorf("published brings %q, want it escaped", published)
	}
}
