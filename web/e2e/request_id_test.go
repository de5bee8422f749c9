package e2e

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"picture-frame/hub/redis/redistest"
)

// lines waits for a line of the log with this message and request id, and returns all
// lines of that request.
func (p *program) lines(msg, id string) (lines []map[string]any) {
	p.t.Helper()
	late := patient(p.t)
	for found := false; ; lines = nil {
		for _, line := range p.Tail(math.MaxInt) {
			if line["request_id"] == id {
				lines = append(lines, line)
				found = found || line["msg"] == msg
			}
		}
		if found {
			return lines
		}
		select {
		case <-late:
			p.t.Fatalf("%q was never logged of request %q", msg, id)
		case <-time.After(between):
		}
	}
}

// An id that a router has given is kept if it is short and plain; whatever else comes
// gets one of ours. The answer names it.
func TestRequestID(t *testing.T) {
	t.Parallel()
	p := start(t)
	routers := []string{
		"8e88dcf1-ba37-4ad0-a3c2-2f4e9d1f6a2b",   // Heroku's
		"f058ebd6-02f7-4d3f-942e-904344e8cde5:1", // made of parts
		"a.b_c/D+9=", "x", strings.Repeat("0", 200),
	}
	for _, id := range routers {
		resp, _ := p.request("GET", "/healthz", head("X-Request-Id", id), "")
		if got := resp.Header.Get("X-Request-Id"); got != id {
			t.Errorf("%q was answered as %q", id, got)
		}
		p.lines("request", id)
	}
	seen := map[string]bool{}
	for _, id := range []string{"", " ", strings.Repeat("0", 201), "a b", "a\tb", `"><script>`, "a\u00e9", "a,b", "{}", "%0a", `a\nb`} {
		for range 2 {
			resp, _ := p.request("GET", "/nowhere", head("X-Request-Id", id), "")
			got := resp.Header.Get("X-Request-Id")
			if len(got) != 26 || seen[got] || strings.Trim(got, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
				t.Errorf("%q was answered as %q, want a new id", id, got)
			}
			seen[got] = true
			p.lines("request", got)
		}
	}
	p.check(row{"GET", "/nowhere", head("X-Request-Id", "from-the-router"), "", 404, `"request_id":"from-the-router"}`})
	p.check(row{"GET", "/nowhere", head("X-Request-Id", "from-the-router", "Accept", html), "", 404, "<code>from-the-router</code>"})
	for _, path := range []string{"/", "/subscribe?once=1", "/static/x/js/app.js", "/current"} {
		if resp, _ := p.request("GET", path, nil, ""); resp.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s is answered without an id", path)
		}
	}
}

// What a search says in the log belongs to the request that began it, though it goes
// its own ways; and so does the answer to a word of a socket.
func TestSearchesAreOfARequest(t *testing.T) {
	t.Parallel()
	p := start(t, fakeFlickr(t, func(word string, w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusForbidden)
	})...)
	p.check(row{"POST", "/publish", head("Content-Type", asForm, "X-Request-Id", "posted"), "keyword=fox", 502, `"request_id":"posted"`})
	want := []string{"search failed", "search", "request failed", "request"}
	for i, line := range p.lines("request", "posted") {
		if i >= len(want) || line["msg"] != want[i] {
			t.Fatalf("line %d of the request is %v, want %v", i, line, want)
		}
	}
	socket := p.talk("/ws", head("X-Request-Id", "spoken")).say(websocket.TextMessage, `{"keyword":"dog"}`)
	var data struct {
		RequestID string `json:"request_id"`
	}
	if m := socket.hear("error"); json.Unmarshal(m.Data, &data) != nil || data.RequestID != "spoken" {
		t.Errorf("the socket's word was answered with %s", m.Data)
	}
	if lines := fmt.Sprint(p.lines("search", "posted")); !strings.Contains(lines, "msg:search request_id:posted source:flickr") {
		t.Errorf("the search's line does not name the source that failed: %s", lines)
	}
	if lines := fmt.Sprint(p.lines("search", "spoken")); !strings.Contains(lines, "search failed") {
		t.Errorf("the source's failure is not among %s", lines)
	}
}

// said reports whether a line of the log belongs to a request that has been answered.
func (p *program) said(msg, id string) bool {
	p.t.Helper()
	return slices.ContainsFunc(p.lines("request", id), func(line map[string]any) bool { return line["msg"] == msg })
}

// What Redis does to a picture belongs to the request that has asked for it.
func TestRedisLinesAreOfARequest(t *testing.T) {
	t.Parallel()
	s := redistest.New(t).Start()
	flickr, env := newSlowFlickr(t)
	p := startShared(t, s, env...)
	p.until("/readyz", "ok")
	c := p.raw().send("POST /publish HTTP/1.1\r\nHost: x\r\nX-Request-Id: refused\r\nContent-Type: %s\r\nContent-Length: 11\r\n\r\nkeyword=fox", asForm)
	<-flickr.asked
	// Scripts, by which pictures are published, and nothing else.
	if err := s.Client.Do(t.Context(), "ACL", "SETUSER", "default", "-evalsha", "-eval").Err(); err != nil {
		t.Fatal(err)
	}
	close(flickr.release)
	c.until("HTTP/1.1 503")
	if !p.said("redis refuses writes: nothing can be published", "refused") {
		t.Errorf("the line of Redis is not among %v", p.lines("request", "refused"))
	}
}
