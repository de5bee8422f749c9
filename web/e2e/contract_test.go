package e2e

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

const (
	html    = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" // as a browser asks
	asForm  = "application/x-www-form-urlencoded"
	friend  = "https://friend.example"
	token   = "a-secret-for-the-admin"
	problem = "application/problem+json"
)

// A row is one request and what has to come back.
type row struct {
	method, path string
	header       http.Header
	body         string
	status       int
	want         string // in the body
}

func head(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Add(pairs[i], pairs[i+1])
	}
	return h
}

// check sends a row's request. Whatever goes wrong has to be told as a problem
// to programs, and as a page to people.
func (p *program) check(r row) {
	p.t.Helper()
	resp, body := p.request(r.method, r.path, r.header, r.body)
	what := r.method + " " + r.path
	if resp.StatusCode != r.status || !strings.Contains(body, r.want) {
		p.t.Errorf("%s %v %.60q: %d %.200q; want %d with %q", what, r.header, r.body, resp.StatusCode, body, r.status, r.want)
		return
	}
	if resp.StatusCode < 400 {
		return
	}
	if cache := resp.Header.Get("Cache-Control"); cache != "no-store" {
		p.t.Errorf("%s: an error may be cached: %q", what, cache)
	}
	kind, id := resp.Header.Get("Content-Type"), resp.Header.Get("X-Request-Id")
	if r.header.Get("Accept") == html {
		if !strings.HasPrefix(kind, "text/html") || r.method != http.MethodHead && !(strings.Contains(body, "<h1>") && id != "" && strings.Contains(body, "<code>"+id+"</code>")) {
			p.t.Errorf("%s for people: %s %.100q", what, kind, body)
		}
		return
	}
	if kind != problem {
		p.t.Errorf("%s: the error is %s, want %s", what, kind, problem)
	}
	if r.method == http.MethodHead {
		return
	}
	var members map[string]any
	if err := json.Unmarshal([]byte(body), &members); err != nil || members["status"] != float64(r.status) ||
		members["title"] != http.StatusText(r.status) || members["type"] == "" || members["detail"] == "" || id == "" || members["request_id"] != id {
		p.t.Errorf("%s: the problem is %s (%v)", what, body, err)
	}
}

// Every row of the table of requests and of the table of errors, as far as one
// program with an album can show it.
func TestContract(t *testing.T) {
	t.Parallel()
	p := start(t, "ADMIN_TOKEN="+token, "ALLOWED_ORIGINS="+friend+", http://Other.example:80", "BLOCKED_WORDS=spider,Tax Return")
	picture := p.Publish("main", "sushi")
	p.Publish("other", "pumpkin")
	id := p.newest("main")
	form := head("Content-Type", asForm)
	with := func(pairs ...string) http.Header {
		h := head(pairs...)
		h.Set("Content-Type", asForm)
		return h
	}
	admin := head("Authorization", "Bearer "+token)
	for _, r := range []row{
		{"GET", "/", nil, "", 200, "sushi"},
		{"GET", "/f/main", nil, "", 200, "sushi"},
		{"GET", "/f/other", nil, "", 200, "pumpkin"},
		{"GET", "/?frame=other", nil, "", 200, "pumpkin"},
		{"GET", "/?frame=Other", nil, "", 404, ""},
		{"GET", "/f/%6fther", nil, "", 200, "pumpkin"},
		{"GET", "/f/" + strings.Repeat("a", 32), nil, "", 200, ""},
		{"GET", "/f/" + strings.Repeat("a", 33), nil, "", 404, ""},
		{"GET", "/f/Other", nil, "", 404, ""},
		{"GET", "/f/a_b", nil, "", 404, ""},
		{"GET", "/f/%C3%A9", nil, "", 404, ""},
		{"GET", "/f/a%2Fb", nil, "", 404, ""},
		{"GET", "/f/a%00", nil, "", 404, ""},
		{"GET", "/f/", nil, "", 404, ""},
		{"GET", "/f/other/", nil, "", 404, ""},
		{"GET", "/nothing", head("Accept", html), "", 404, "nothing at this address"},
		{"GET", "/nothing", head("Accept", "text/html;q=0"), "", 404, ""},
		{"GET", "/subscribe/", nil, "", 404, ""},
		{"GET", "/static/x/nothing.js", nil, "", 404, ""},
		{"GET", "/static/x/", nil, "", 404, ""},
		{"GET", "/static/x/../../main.go", nil, "", 404, ""},
		{"GET", "/static/x/%2e%2e/%2e%2e/main.go", nil, "", 404, ""},
		{"GET", "/album/nothing.svg", nil, "", 404, ""},
		{"GET", "/album/nothing.png", nil, "", 404, ""},
		{"GET", strings.Replace(picture["url"].(string), ".svg", ".1200x630.png", 1), nil, "", 200, "\x89PNG"},
		{"GET", "/current", nil, "", 302, ""},
		{"HEAD", "/current?frame=empty", nil, "", 302, ""},
		{"GET", "/current", head("If-None-Match", `"`+id+`"`), "", 304, ""},
		{"GET", "/current?frame=Other", nil, "", 404, ""},
		{"POST", "/current", form, "", 405, ""},
		{"GET", picture["url"].(string), nil, "", 200, "<svg"},

		{"GET", "/subscribe?once=1", nil, "", 200, "id: " + id + "\nevent: picture\ndata: {"},
		{"GET", "/subscribe?once=1", head("Accept", "application/x-ndjson"), "", 200, `{"id":"` + id + `","event":"picture","data":{`},
		{"GET", "/subscribe?once=1&frame=empty", nil, "", 204, ""},
		{"HEAD", "/subscribe", nil, "", 200, ""},
		{"GET", "/subscribe", head("Accept", html), "", 200, "curl -N"},
		// A line that people paste into a shell holds nothing but what we mean.
		{"GET", "/subscribe?frame=other&x=$(reboot)", head("Accept", html), "", 200, "<code>curl -N '" + p.URL + "/subscribe?frame=other'</code>"},
		{"GET", "/subscribe?frame=NOT", nil, "", 404, ""},
		{"GET", "/subscribe?frame=", nil, "", 404, ""},
		{"GET", "/subscribe?frame=%zz", nil, "", 400, ""},
		{"GET", "/subscribe?frame=a;b", nil, "", 400, ""},
		{"POST", "/subscribe", form, "keyword=x", 405, ""},
		{"GET", "/ws", nil, "", 426, ""},
		{"GET", "/ws", head("Accept", html), "", 426, ""},
		{"HEAD", "/ws", nil, "", 426, ""},

		{"GET", "/poll", nil, "", 200, `{"events":[{"id":"` + id},
		{"GET", "/poll?lastEventId=gone", nil, "", 200, `{"events":[{"event":"reset","data":{}},{"id":"` + id},
		{"GET", "/poll?frame=A", nil, "", 404, ""},
		{"HEAD", "/poll", nil, "", 200, ""},
		{"GET", "/history", nil, "", 200, `{"pictures":[{"id":"` + id + `","url":"/album/`},
		{"GET", "/history?limit=1", nil, "", 200, id},
		{"GET", "/history?limit=100", nil, "", 200, id},
		{"GET", "/history?frame=empty", nil, "", 200, `{"pictures":[]}`},
		{"GET", "/history?limit=0", nil, "", 400, ""},
		{"GET", "/history?limit=101", nil, "", 400, ""},
		{"GET", "/history?limit=-1", nil, "", 400, ""},
		{"GET", "/history?limit=ten", nil, "", 400, ""},
		{"GET", "/history?limit=", nil, "", 400, ""},
		{"GET", "/history?limit=99999999999999999999", nil, "", 400, ""},
		{"GET", "/p/" + id, nil, "", 200, "sushi"},
		{"GET", "/p/" + id + "?frame=other", nil, "", 404, ""},
		{"GET", "/p/unknown", head("Accept", html), "", 404, "no longer kept"},
		{"GET", "/p/", nil, "", 404, ""},
		{"GET", "/healthz", nil, "", 200, "ok"},
		{"GET", "/readyz", nil, "", 200, "ok"},
		{"GET", "/metrics", nil, "", 200, "\npictureframe_viewers "},
		{"GET", "/metrics", nil, "", 200, "\ngo_goroutines "},
		{"GET", "/metrics", nil, "", 200, "\nprocess_open_fds "},

		{"POST", "/publish", form, "keyword=+sushi%0A", 200, `"keyword":"sushi"`},
		{"POST", "/publish?frame=other", head("Content-Type", "application/json; charset=utf-8"), `{"keyword":"a\u0000\r\n<b>\u2028🎃"}`, 200, `"keyword":"a\u0000\r\n\u003cb\u003e\u2028🎃"`},
		{"POST", "/publish", with("Accept", html), "keyword=sushi", 303, ""},
		{"POST", "/publish?frame=other", with("Accept", html), "keyword=sushi", 303, ""},
		{"POST", "/publish", with("Accept", html), "keyword=", 400, "Type a word"},
		{"POST", "/publish", form, "keyword=%00%01", 400, ""},
		{"POST", "/publish", form, "keyword=%ff", 400, ""},
		{"POST", "/publish", form, "keyword=" + strings.Repeat("🎃", 100), 200, ""},
		{"POST", "/publish", form, "keyword=" + strings.Repeat("🎃", 101), 400, ""},
		{"POST", "/publish", nil, "keyword=sushi", 415, ""},
		{"POST", "/publish", head("Content-Type", "text/plain"), "sushi", 415, ""},
		{"POST", "/publish", form, "keyword=" + strings.Repeat("x", 5000), 413, ""},
		{"POST", "/publish", form, "keyword=x&" + strings.Repeat("x", 1<<20), 413, ""},
		{"POST", "/publish?frame=NOT", form, "keyword=x", 404, ""},
		{"POST", "/publish?frame=%zz", form, "keyword=x", 400, ""},
		{"POST", "/publish", form, "keyword=a+SPIDER", 422, ""},
		{"POST", "/publish", form, "keyword=my+tax+return,+please", 422, ""},
		{"POST", "/publish", form, "keyword=spiders", 200, ""},
		{"GET", "/publish?keyword=x", nil, "", 405, ""},
		{"HEAD", "/publish", nil, "", 405, ""},
		{"PUT", "/publish", form, "keyword=x", 405, ""},
		{"BREW", "/publish", nil, "", 405, ""},
		{"POST", "/", form, "keyword=x", 405, ""},
		{"POST", "/nothing", with("Accept", html), "keyword=" + strings.Repeat("x", 1<<20), 404, ""},

		{"POST", "/publish", with("Sec-Fetch-Site", "cross-site"), "keyword=x", 403, ""},
		{"POST", "/publish", with("Sec-Fetch-Site", "same-site"), "keyword=x", 403, ""},
		{"POST", "/publish", with("Sec-Fetch-Site", "cross-site", "Accept", html), "keyword=x", 403, ""},
		{"POST", "/publish", with("Origin", "https://evil.example"), "keyword=x", 403, ""},
		{"POST", "/publish", with("Origin", "null"), "keyword=x", 403, ""},
		{"POST", "/publish", with("Sec-Fetch-Site", "same-origin", "Origin", "https://frame.example"), "keyword=x", 200, ""},
		{"POST", "/publish", with("Sec-Fetch-Site", "none"), "keyword=x", 200, ""},
		{"POST", "/publish", with("Origin", p.URL), "keyword=x", 200, ""},
		{"POST", "/publish", with("Sec-Fetch-Site", "cross-site", "Origin", friend), "keyword=x", 200, ""},
		{"POST", "/publish", with("Sec-Fetch-Site", "cross-site", "Origin", "http://other.example"), "keyword=x", 200, ""},
		{"DELETE", "/history?frame=other", head("Authorization", "Bearer "+token, "Origin", "https://evil.example"), "", 403, ""},
		{"GET", "/history", head("Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"), "", 200, ""},

		{"DELETE", "/history?frame=other", nil, "", 401, ""},
		{"DELETE", "/history?frame=other", head("Authorization", "Bearer "+token+"x"), "", 401, ""},
		{"DELETE", "/history?frame=other", head("Authorization", "Basic "+token), "", 401, ""},
		{"DELETE", "/history?frame=other", head("Authorization", token), "", 401, ""},
		{"DELETE", "/history?frame=NOT", admin, "", 404, ""},
		{"GET", "/history?frame=other&limit=1", nil, "", 200, `"id"`},
		{"DELETE", "/history?frame=other", admin, "", 204, ""},
		{"GET", "/history?frame=other", nil, "", 200, `{"pictures":[]}`},
		{"GET", "/history?limit=1", nil, "", 200, `"id"`},
		{"GET", "/debug/pprof/", nil, "", 401, ""},
		{"GET", "/debug/pprof/", admin, "", 200, "goroutine"},
		{"GET", "/debug/pprof/cmdline", head("Authorization", "bearer "+token), "", 200, "picture-frame"},
	} {
		p.check(r)
	}
	for _, line := range p.Tail(1 << 20) {
		if text, _ := json.Marshal(line); strings.Contains(string(text), token) {
			t.Errorf("the admin token is in the log: %s", text)
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	p := start(t, "ALLOWED_ORIGINS="+friend)
	p.Publish("main", "sushi")
	for _, want := range []struct {
		method, path string
		header       http.Header
		answer       map[string]string // "" must be missing
	}{
		{"GET", "/subscribe?once=1", head("Origin", friend), map[string]string{
			"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no",
			"Access-Control-Allow-Origin": friend, "Vary": "Origin, Accept"}},
		{"HEAD", "/subscribe", head("Accept", "application/x-ndjson"), map[string]string{
			"Content-Type": "application/x-ndjson", "Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}},
		{"GET", "/subscribe", head("Origin", friend, "Accept", html), map[string]string{"Content-Type": "text/html; charset=UTF-8", "Vary": "Origin, Accept"}},
		{"GET", "/history", head("Origin", friend), map[string]string{"Access-Control-Allow-Origin": friend}},
		{"GET", "/history", head("Origin", "https://evil.example"), map[string]string{"Access-Control-Allow-Origin": "", "Vary": "Origin"}},
		{"GET", "/nothing", head("Origin", friend), map[string]string{"Access-Control-Allow-Origin": friend, "Vary": "Origin, Accept"}},
		{"POST", "/publish", head("Origin", "https://evil.example"), map[string]string{"Access-Control-Allow-Origin": "", "Vary": "Origin, Accept"}},
		{"POST", "/publish", head("Origin", friend, "Content-Type", "text/plain"), map[string]string{"Access-Control-Allow-Origin": friend}},
		{"OPTIONS", "/publish", head("Origin", friend, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type"),
			map[string]string{"Access-Control-Allow-Origin": friend, "Access-Control-Allow-Methods": "GET, HEAD, POST"}},
		{"OPTIONS", "/publish", head("Origin", "https://evil.example", "Access-Control-Request-Method", "POST"),
			map[string]string{"Access-Control-Allow-Origin": "", "Access-Control-Allow-Methods": ""}},
		{"GET", "/publish", nil, map[string]string{"Allow": "OPTIONS, POST"}},
		{"POST", "/subscribe", nil, map[string]string{"Allow": "OPTIONS, GET, HEAD"}},
		{"GET", "/ws", nil, map[string]string{"Upgrade": "websocket"}},
		{"GET", "/", nil, map[string]string{"X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": ""}},
		{"DELETE", "/history", nil, map[string]string{"Content-Type": problem}},
		{"POST", "/publish", head("Accept", html), map[string]string{"Content-Type": "text/html; charset=UTF-8"}},
	} {
		resp, _ := p.request(want.method, want.path, want.header, "")
		for name, value := range want.answer {
			got := strings.Join(resp.Header.Values(name), ", ")
			got = strings.Replace(got, ", Accept-Encoding", "", 1) // where an answer may be compressed
			if got != value {
				t.Errorf("%s %s %v: %s is %q, want %q", want.method, want.path, want.header, name, got, value)
			}
		}
	}
	// Without a token there is nothing behind it.
	p.check(row{"DELETE", "/history", head("Authorization", "Bearer "), "", 404, ""})
	p.check(row{"GET", "/debug/pprof/", nil, "", 404, ""})
	for frame, home := range map[string]string{"main": "/", "other": "/f/other"} {
		resp, _ := p.request("POST", "/publish?frame="+frame, head("Content-Type", asForm, "Accept", html), "keyword=x")
		if got := resp.Header.Get("Location"); got != home {
			t.Errorf("a form of frame %s leads to %q, want %q", frame, got, home)
		}
	}
}

// HEAD is GET without the body: the same status and the same header.
func TestHead(t *testing.T) {
	t.Parallel()
	p := start(t)
	url := p.Publish("main", "sushi")["url"].(string)
	for _, path := range []string{
		"/", "/f/other", "/history", "/p/" + p.newest("main"), "/healthz", "/readyz", "/metrics", url, "/qr.svg", "/manifest.webmanifest",
		"/subscribe?once=1", "/subscribe?once=1&frame=other", "/poll", "/nothing", "/p/unknown", "/history?limit=0", "/ws", "/lab",
	} {
		for _, accept := range []string{"*/*", html} {
			got, body := p.request("HEAD", path, head("Accept", accept), "")
			want, _ := p.request("GET", path, head("Accept", accept), "")
			if body != "" || got.StatusCode != want.StatusCode || got.Header.Get("Content-Type") != want.Header.Get("Content-Type") ||
				got.Header.Get("Cache-Control") != want.Header.Get("Cache-Control") {
				t.Errorf("HEAD %s (%s): %s %v with %q; GET: %s %v", path, accept, got.Status, got.Header, body, want.Status, want.Header)
			}
		}
	}
}
