package e2e

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"

	"picture-frame/hub/redis/redistest"
)

// bearer is the header of a request with the admin token.
func bearer() http.Header { return head("Authorization", "Bearer "+token) }

// signIn tries a token as a program does.
func (p *program) signIn(secret string, pairs ...string) *http.Response {
	p.t.Helper()
	h := head(append([]string{"Content-Type", asForm}, pairs...)...)
	resp, _ := p.request("POST", "/host/session", h, url.Values{"token": {secret}}.Encode())
	return resp
}

// session signs in and returns the header that shows it.
func (p *program) session() http.Header {
	p.t.Helper()
	resp := p.signIn(token)
	if resp.StatusCode != http.StatusNoContent || len(resp.Cookies()) != 1 {
		p.t.Fatalf("signing in: got %s with %d cookies, want 204 with one", resp.Status, len(resp.Cookies()))
	}
	return head("Cookie", resp.Cookies()[0].Name+"="+resp.Cookies()[0].Value)
}

// remove takes a picture off a frame.
func (p *program) remove(frame, id string) {
	p.t.Helper()
	p.check(row{"DELETE", "/history/" + id + "?frame=" + frame, bearer(), "", 204, ""})
}

// A session is a cookie for our own pages, which says nothing of the token.
func TestHostSession(t *testing.T) {
	t.Parallel()
	p := start(t, "ADMIN_TOKEN="+token, "ALLOWED_ORIGINS="+friend, "TRUST_PROXY=true")
	p.Publish("main", "harbour")
	resp := p.signIn(token)
	cookie := resp.Cookies()[0]
	if cookie.MaxAge != 12*60*60 || !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode || cookie.Secure || cookie.Path != "/" ||
		strings.Contains(cookie.String(), token) || resp.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("got the cookie %q, want one of 12 h for our own pages' requests", cookie)
	}
	if cookie := p.signIn(token, "X-Forwarded-Proto", "https").Cookies()[0]; !cookie.Secure {
		t.Errorf("signing in by https: got the cookie %q, want it Secure", cookie)
	}
	with := func(pairs ...string) http.Header {
		return head(append([]string{"Cookie", cookie.Name + "=" + cookie.Value}, pairs...)...)
	}
	forged := []byte(cookie.Value)
	forged[0] ^= 1
	form := "token=" + token
	for _, r := range []row{
		{"POST", "/host/session", head("Content-Type", asForm, "Accept", html), form, 303, ""},
		{"POST", "/host/session?frame=hall", head("Content-Type", "application/json"), `{"token":"` + token + `"}`, 204, ""},
		{"POST", "/host/session", head("Content-Type", "text/plain"), form, 415, ""},
		{"POST", "/host/session", head("Content-Type", asForm), form + strings.Repeat("x", 5000), 413, ""},
		{"POST", "/host/session?frame=NOT", head("Content-Type", asForm), form, 404, ""},
		{"POST", "/host/session", head("Content-Type", asForm, "Origin", friend), form, 403, ""},
		{"POST", "/host/session", head("Content-Type", asForm, "Sec-Fetch-Site", "same-site"), form, 403, ""},
		{"POST", "/host/session", head("Content-Type", asForm), "token=wrong", 401, ""},
		{"POST", "/host/session", head("Content-Type", asForm, "Accept", html), "token=%3Cb%3E", 401, "That is not the token."},
		{"PUT", "/host/session", nil, "", 405, ""},
		{"GET", "/host", nil, "", 200, `name="token"`},
		{"GET", "/host?frame=hall", with(), "", 200, "Host of hall"},
		{"GET", "/host?frame=NOT", with(), "", 404, ""},

		{"DELETE", "/history?frame=a", with("Origin", friend), "", 403, ""},
		{"DELETE", "/history?frame=a", with("Sec-Fetch-Site", "same-site"), "", 403, ""},
		{"DELETE", "/history?frame=a", with("Sec-Fetch-Site", "same-origin"), "", 204, ""},
		{"DELETE", "/history?frame=a", with("Origin", p.URL), "", 204, ""},
		{"DELETE", "/history?frame=a", with("Authorization", "Bearer wrong"), "", 401, ""},
		{"DELETE", "/history?frame=a", head("Cookie", cookie.Name+"="+string(forged)), "", 401, ""},
		{"DELETE", "/history?frame=a", head("Cookie", cookie.Name+"="+token), "", 401, ""},
		{"DELETE", "/history?frame=a", head("Cookie", cookie.Name+"=; "+cookie.Name+"="+cookie.Value), "", 204, ""},
		{"DELETE", "/history/nothing", nil, "", 401, ""},
		{"DELETE", "/history/nothing", with(), "", 404, "not kept"},
		{"GET", "/debug/pprof/cmdline", with(), "", 401, ""},

		{"DELETE", "/host/session", head("Accept", html), "", 303, ""},
		{"DELETE", "/host/session?frame=hall", nil, "", 204, ""},
	} {
		p.check(r)
	}
	if resp, _ := p.request("DELETE", "/host/session", nil, ""); resp.Cookies()[0].Name != cookie.Name || resp.Cookies()[0].MaxAge >= 0 {
		t.Errorf("signing out: got %q, want the cookie's end", resp.Cookies())
	}
	if resp, _ := p.request("POST", "/host/session?frame=hall", head("Content-Type", asForm, "Accept", html), form); resp.Header.Get("Location") != "/host?frame=hall" {
		t.Errorf("signing in: got sent to %q, want the desk of the frame", resp.Header.Get("Location"))
	}
	for _, line := range p.Tail(1000) {
		if text, _ := json.Marshal(line); strings.Contains(string(text), token) || strings.Contains(string(text), cookie.Value) {
			t.Errorf("the log has a secret: %s", text)
		}
	}

	other := start(t, "ADMIN_TOKEN="+token) // as after a restart
	other.check(row{"DELETE", "/history", with(), "", 204, ""})
	changed := start(t, "ADMIN_TOKEN=another")
	changed.check(row{"DELETE", "/history", with(), "", 401, ""})
	unset := start(t)
	for _, r := range []row{
		{"GET", "/host", with(), "", 404, ""},
		{"POST", "/host/session", head("Content-Type", asForm), "token=", 404, ""},
		{"DELETE", "/host/session", nil, "", 404, ""},
		{"DELETE", "/history/x", with(), "", 404, ""},
		{"DELETE", "/history", with(), "", 404, ""},
	} {
		unset.check(r)
	}
}

// After five wrong tokens not even the right one opens a session, for a while, at
// any process; right ones count for nothing.
func TestHostGuessing(t *testing.T) {
	t.Parallel()
	s := redistest.New(t).Start()
	a, b := startShared(t, s, "ADMIN_TOKEN="+token, "TRUST_PROXY=true"), startShared(t, s, "ADMIN_TOKEN="+token, "TRUST_PROXY=true")
	a.until("/readyz", "ok")
	b.until("/readyz", "ok")
	for range 7 {
		a.session()
	}
	for i := range 5 {
		if resp := []*program{a, b}[i%2].signIn("wrong"); resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("wrong token %d: got %s, want 401", i+1, resp.Status)
		}
	}
	for _, secret := range []string{"wrong", token} {
		if resp := b.signIn(secret); resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("Retry-After") == "" || len(resp.Cookies()) > 0 {
			t.Errorf("after five wrong tokens: got %s, Retry-After %q, want 429 and when", resp.Status, resp.Header.Get("Retry-After"))
		}
	}
	h := head("Content-Type", asForm, "Accept", html)
	if resp, body := a.request("POST", "/host/session", h, "token="+token); resp.StatusCode != 429 || !strings.Contains(body, `name="token"`) {
		t.Errorf("in a browser: got %s, want 429 with the form", resp.Status)
	}
	if resp := a.signIn(token, "X-Forwarded-For", "192.0.2.7"); resp.StatusCode != http.StatusNoContent {
		t.Errorf("from another address: got %s, want 204", resp.Status)
	}
	a.check(row{"DELETE", "/history", bearer(), "", 204, ""}) // a program with the token goes on
}

// A picture that is taken off leaves every transport, list and address; who was
// away learns of it, and resumes without a gap or a reset, from the removed id too.
func TestTakeOff(t *testing.T) {
	t.Parallel()
	p := start(t, "ADMIN_TOKEN="+token)
	p.Publish("main", "a")
	a := p.newest("main")
	var viewers []*feed
	for _, w := range ways {
		viewers = append(viewers, p.follow(w, "main", a))
	}
	p.Publish("main", "b")
	b := p.newest("main")
	for i, v := range viewers {
		if m := v.next("picture"); m.ID != b {
			t.Fatalf("%s got %s %s, want b", ways[i].name, m.ID, m.Data)
		}
	}
	p.remove("main", b)
	for i, v := range viewers {
		m := v.next("removed", "picture", "reset")
		if m.Event != "removed" || string(m.Data) != `{"id":"`+b+`"}` || m.ID != "" && !strings.HasPrefix(ways[i].name, "poll") {
			t.Errorf("%s got %s %s %s, want the removal of %s without an id", ways[i].name, m.ID, m.Event, m.Data, b)
		}
	}
	for _, r := range []row{
		{"DELETE", "/history/" + b, bearer(), "", 404, "not kept"},
		{"DELETE", "/history/" + a + "?frame=hall", bearer(), "", 404, "not kept"},
		{"GET", "/p/" + b, nil, "", 404, ""},
		{"GET", "/current", head("If-None-Match", `"`+a+`"`), "", 304, ""},
		{"GET", "/", nil, "", 200, `"id":"` + a + `"`},
		{"GET", "/subscribe?once=1", nil, "", 200, "id: " + a},
	} {
		p.check(r)
	}
	p.Publish("main", "c")
	for i, w := range ways {
		viewer := p.follow(w, "main", b)
		if m := viewer.next("removed", "picture", "reset"); m.Event != "removed" {
			t.Errorf("%s resumed after what was removed with %s %s, want the removal", w.name, m.Event, m.Data)
		}
		if m := viewer.next("removed", "picture", "reset"); m.keyword() != "c" {
			t.Errorf("%s went on with %s %s, want c", w.name, m.Event, m.Data)
		}
		if m := viewers[i].next("picture", "removed", "reset"); m.keyword() != "c" {
			t.Errorf("%s got %s %s, want c and nothing twice", w.name, m.Event, m.Data)
		}
	}
}

// What was taken off stays off after the end of a process that has a disk.
func TestTakenOffForGood(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := launchIn(t, t.TempDir(), "ADMIN_TOKEN="+token, "DATA_DIR="+dir)
	p.Publish("main", "a")
	p.Publish("main", "b")
	b := p.newest("main")
	p.remove("main", b)
	p.Stop(syscall.SIGKILL)
	again := start(t, "ADMIN_TOKEN="+token, "DATA_DIR="+dir)
	if m := again.follow(ways[0], "main", b).next("removed", "picture", "reset"); m.Event != "removed" {
		t.Errorf("resuming after the restart: got %s %s, want the removal", m.Event, m.Data)
	}
	_, body := again.request("GET", "/history", nil, "")
	if strings.Contains(body, b) || strings.Count(body, `"id"`) != 1 {
		t.Errorf("after the restart: got %s, want a alone", body)
	}
}

// The screen that shows the picture goes back to the one before, and its thumbnail
// leaves; so does one that was away.
func TestTakenOffThePage(t *testing.T) {
	p := start(t, "ADMIN_TOKEN="+token)
	g := newGate(t, p)
	for _, word := range []string{"harbour", "forest", "desert"} {
		p.Publish("main", word)
	}
	s := visit(t, g.URL)
	s.shows("desert")
	s.click("#earlier")
	s.until(`document.querySelectorAll('.strip-item').length === 3`)
	p.remove("main", p.newest("main"))
	s.shows("forest")
	s.until(`document.querySelectorAll('.strip-item').length === 2`)
	s.want(`document.title`, "forest · Picture Frame")
	s.want(`document.querySelector('[aria-current]').getAttribute('aria-label').split(':')[0]`, "forest")

	// A page that was away learns of it when it comes back; what came before its only
	// picture it has to ask for.
	g.Rule(refuse(http.StatusServiceUnavailable, "/subscribe", "/ws", "/poll"))
	s.open(g.URL)
	s.shows("forest")
	p.remove("main", p.newest("main"))
	g.Open()
	s.until(`dispatchEvent(new Event('online'))`)
	s.shows("harbour")
	p.remove("main", p.newest("main"))
	s.until(`credit.hidden && document.title === 'Picture Frame'`)
	p.Publish("main", "snow")
	s.shows("snow")
}
