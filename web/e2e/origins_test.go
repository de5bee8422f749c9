package e2e

import (
	"net/http"
	"strings"
	"testing"
)

// An origin is compared by scheme, host and effective port, however the two
// sides write them, wherever one is compared.
func TestOriginsAreCompared(t *testing.T) {
	t.Parallel()
	p := start(t, "ALLOWED_ORIGINS=https://Friend.example:443, http://[2001:DB8::1]:80")
	behind := start(t, "TRUST_PROXY=true")
	const https = "X-Forwarded-Proto: https\r\n"
	for _, c := range []struct {
		p                   *program
		host, origin, extra string
		ours                bool
	}{
		{p, "frame.lan:80", "http://frame.lan", "", true},
		{p, "frame.lan", "http://frame.lan:80", "", true},
		{p, "Frame.LAN", "http://frame.lan", "", true},
		{p, "frame.lan:443", "https://frame.lan", "", true},
		{p, "frame.lan:8080", "http://frame.lan:8080", "", true},
		{p, "[::1]:80", "http://[::1]", "", true},
		{p, "[2001:DB8:0:0::2]", "http://[2001:db8::2]:80", "", true},
		{p, "[::1]:8080", "http://[::1]:8080", "", true},
		{p, "frame.lan", "https://friend.example", "", true},
		{p, "frame.lan", "https://FRIEND.example:443", "", true},
		{p, "frame.lan", "http://[2001:db8:0::1]", "", true},
		{p, "frame.lan", "https://friend.example", "Sec-Fetch-Site: cross-site\r\n", true},
		{p, "frame.lan:80", "http://frame.lan", "Sec-Fetch-Site: same-origin\r\n", true},
		{behind, "frame.lan", "https://frame.lan", https, true},
		{behind, "frame.lan:443", "https://frame.lan", https, true},
		{behind, "frame.lan:80", "https://frame.lan", https, true},

		{p, "frame.lan:8080", "http://frame.lan", "", false},
		{p, "frame.lan:443", "http://frame.lan", "", false},
		{p, "frame.lan:80", "https://frame.lan", "", false},
		{p, "frame.lan", "http://frame.lan.evil.example", "", false},
		{p, "frame.lan", "http://friend.example", "", false},
		{p, "frame.lan", "https://friend.example:8443", "", false},
		{p, "frame.lan", "null", "", false},
		{p, "frame.lan", "frame.lan", "", false},
		{p, "frame.lan", "http://x@frame.lan", "", false},
		{p, "frame.lan", "ftp://frame.lan", "", false},
		{p, "[::1]", "http://[::2]", "", false},
		{p, "frame.lan", "http://frame.lan", "Sec-Fetch-Site: cross-site\r\n", false},
		{behind, "frame.lan", "http://frame.lan", https, false},
	} {
		fields := "Host: " + c.host + "\r\nOrigin: " + c.origin + "\r\n" + c.extra
		const body, upgrade = "keyword=x", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
		for request, want := range map[string]int{
			"POST /publish HTTP/1.1\r\n" + fields + "Content-Type: " + asForm + "\r\nContent-Length: 9\r\n\r\n" + body: 200,
			"GET /ws HTTP/1.1\r\n" + fields + upgrade + "\r\n":                                                         101,
			"GET /lab/wall HTTP/1.1\r\n" + fields + upgrade + "\r\n":                                                   101,
		} {
			if !c.ours {
				want = 403
			}
			conn := c.p.raw()
			resp, err := http.ReadResponse(conn.send("%s", request).in, nil)
			if err != nil || resp.StatusCode != want {
				line, _, _ := strings.Cut(request, " HTTP")
				t.Errorf("%s, Host %s, Origin %s %q: got %v, %v; want %d", line, c.host, c.origin, c.extra, resp, err, want)
			}
			conn.Close()
		}
	}
	// CORS: the browser compares the answer with the origin as it wrote it.
	for origin, want := range map[string]string{
		"https://friend.example": "https://friend.example", "https://Friend.example:443": "https://Friend.example:443",
		"http://[2001:db8::1]": "http://[2001:db8::1]", "http://friend.example": "", "null": "",
	} {
		resp, _ := p.request("GET", "/history", head("Origin", origin), "")
		if got := resp.Header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("CORS for %s: got %q, want %q", origin, got, want)
		}
	}
}
