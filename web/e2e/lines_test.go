package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

// breaks are words with bytes that some client takes for a line's end: U+0085 is
// 0xC2 0x85, and so is the second half of Å's UTF-8 when it is read as Latin-1.
var breaks = []string{"Ålesund", "日本 入口", "a\u0085b", "a\u2028b\u2029c", "a\v\f\x1c\x1d\x1eb", "a\r\nid: forged\r\n\r\nb"}

// No byte of an event looks like a line's end, on any transport, nor in what is
// answered to a word.
func TestNoLineEndsInEvents(t *testing.T) {
	t.Parallel()
	p := start(t)
	var words strings.Builder
	for _, word := range breaks {
		words.WriteString(word)
	}
	const ends = "\u0085\u2028\u2029"
	body, _ := json.Marshal(map[string]string{"keyword": words.String()})
	word := string(body)
	answer, posted := p.request("POST", "/publish", head("Content-Type", "application/json"), word)
	if answer.StatusCode != 200 || strings.ContainsAny(posted, ends) {
		t.Errorf("POST is answered with %s %q", answer.Status, posted)
	}
	check := func(where, text string) {
		t.Helper()
		if !strings.Contains(text, "lesund") || strings.ContainsAny(text, ends) {
			t.Errorf("%s carries %q", where, text)
		}
	}
	visit := "visit=" + strings.Repeat("c", 32)
	for _, c := range []struct{ path, accept, kind string }{
		{"/subscribe", "text/event-stream", "text/event-stream; charset=utf-8"},
		{"/subscribe", "application/x-ndjson", "application/x-ndjson"},
		{"/lab/stream?" + visit, "text/event-stream", "text/event-stream; charset=utf-8"},
	} {
		conn := p.raw().send("GET %s HTTP/1.1\r\nHost: x\r\nAccept: %s\r\n\r\n", c.path, c.accept)
		if header := conn.until("\r\n\r\n"); !strings.Contains(header, "\r\nContent-Type: "+c.kind+"\r\n") {
			t.Errorf("%s as %s: got the header %q, want the type %s", c.path, c.accept, header, c.kind)
		}
		check(c.path, conn.until(`"source":"album"`))
		resp, body := p.request("GET", "/subscribe?once=1", head("Accept", c.accept), "")
		if got := resp.Header.Get("Content-Type"); got != c.kind {
			t.Errorf("once as %s: got the type %s, want %s", c.accept, got, c.kind)
		}
		check("once as "+c.accept, body)
	}
	for _, path := range []string{"/poll", "/history"} {
		_, body := p.request("GET", path, nil, "")
		check(path, body)
	}
	s := p.talk("/ws", nil)
	for {
		_, text, err := s.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), `"picture"`) {
			check("/ws", string(text))
			break
		}
	}
	s.say(websocket.TextMessage, word)
	for {
		_, text, err := s.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), `"published"`) {
			check("published", string(text))
			break
		}
	}
	for _, path := range []string{"/lab/time?loop=1", "/lab/prices", "/lab/quiet"} {
		resp, _ := p.request("HEAD", path, nil, "")
		if got := resp.Header.Get("Content-Type"); got != "text/event-stream; charset=utf-8" {
			t.Errorf("%s: got the type %s", path, got)
		}
	}
}
