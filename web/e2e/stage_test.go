package e2e

import (
	"fmt"
	"math"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"picture-frame/hub/redis/redistest"
)

func TestDeskIsTheHosts(t *testing.T) {
	t.Parallel()
	p, closed := start(t, "ADMIN_TOKEN=secret"), start(t)
	asJSON := head("Content-Type", "application/json")
	wrong := head("Authorization", "Bearer wrong", "Content-Type", "application/json")
	evil := head("Authorization", "Bearer secret", "Content-Type", "application/json", "Origin", "https://evil.example")
	for _, r := range []row{
		{"GET", "/host/desk", nil, "", 401, ""},
		{"GET", "/host/desk", wrong, "", 401, ""},
		{"PATCH", "/host/desk", asJSON, `{"frozen":true}`, 401, ""},
		{"POST", "/host/desk/waiting/x", asJSON, `{"show":true}`, 401, ""},
		{"PATCH", "/host/desk", evil, `{"frozen":true}`, 403, ""},
		{"GET", "/host/desk", asHost, "", 200, `{"frozen":false,"approve":false,"hold":0,"viewers":0,"waiting":[],"pictures":[],"transports":{"sse":0,"ndjson":0,"websocket":0,"poll":0}}`},
		{"PATCH", "/host/desk", asHost, `{}`, 200, `"frozen":false`},
		{"PATCH", "/host/desk", asHost, `{"hold":60000,"more":1}`, 200, `"hold":60000`},
		{"PATCH", "/host/desk", asHost, `{"hold":60001}`, 400, ""},
		{"PATCH", "/host/desk", asHost, `{"hold":-1}`, 400, ""},
		{"PATCH", "/host/desk", asHost, `{"hold":"3s"}`, 400, ""},
		{"PATCH", "/host/desk", asHost, `{"frozen":"yes"}`, 400, ""},
		{"PATCH", "/host/desk", asHost, `[]`, 400, ""},
		{"PATCH", "/host/desk", asHost, `{`, 400, ""},
		{"PATCH", "/host/desk", asHost, `{"x":"` + strings.Repeat("x", 5000) + `"}`, 413, ""},
		{"PATCH", "/host/desk", head("Authorization", "Bearer secret", "Content-Type", asForm), `frozen=true`, 415, ""},
		{"PUT", "/host/desk", asHost, `{}`, 405, ""},
		{"POST", "/host/desk/waiting/x", asHost, `{"show":true}`, 404, "no longer waits"},
		{"POST", "/host/desk/waiting/x", asHost, `{}`, 400, ""},
		{"PATCH", "/host/desk?frame=No", asHost, `{}`, 404, ""},
	} {
		p.check(r)
	}
	for _, r := range []row{{"GET", "/host/desk", asHost, "", 404, ""}, {"PATCH", "/host/desk", asHost, "{}", 404, ""}, {"POST", "/host/desk/waiting/x", asHost, `{"show":true}`, 404, ""}} {
		closed.check(r)
	}
}

// An evening: what waits for the host is on the desk and nowhere else, until it is
// shown.
func TestApproving(t *testing.T) {
	t.Parallel()
	// A source that takes its time: viewers would be told of the search.
	env := append(fakeFlickr(t, func(word string, w http.ResponseWriter, r *http.Request) {
		time.Sleep(400 * time.Millisecond)
		fmt.Fprint(w, `{"photos":{"photo":[{"id":"53","owner":"1@N00","secret":"0123456789","server":"65535","title":"about `+word+`","ispublic":1,"media":"photo"}]},"stat":"ok"}`)
	}), "PICTURES=flickr", "ADMIN_TOKEN=secret")
	p := start(t, env...)
	viewer, host, other := p.follow(ways[0], "main", ""), p.follow(deskWay, "main", ""), p.follow(deskWay, "main", "")
	viewer.next("presence")
	p.host("PATCH", "/host/desk", `{"approve":true}`)
	if m := viewer.next("host"); string(m.Data) != `{"frozen":false,"approve":true}` || m.ID != "" {
		t.Errorf("viewers got %s, want the frame approved", m.Data)
	}
	if m := p.follow(ways[3], "main", "").next("host"); string(m.Data) != `{"frozen":false,"approve":true}` {
		t.Errorf("a viewer that comes got %s, want the frame approved", m.Data)
	}
	good, bad := p.ask("goodword"), p.ask("badword")
	if m := p.talk("/ws", nil).say(1, `{"keyword":"socketword"}`).hear("waiting", "published", "error"); m.Event != "waiting" || !strings.Contains(string(m.Data), `"keyword":"socketword","status":"waiting"`) {
		t.Errorf("a socket's word: got %s %s, want a ticket", m.Event, m.Data)
	}
	p.check(row{"POST", "/publish", head("Content-Type", asForm, "Accept", "text/html"), "keyword=pageword", 202, "with the host"})
	d := host.nextDesk("four wait", func(d desk) bool { return len(d.Waiting) == 4 })
	if d.words() != "goodword badword socketword pageword" || d.Waiting[0].Picture.URL == "" || !d.Approve {
		t.Errorf("got the desk %+v, want four pictures", d)
	}
	p.decide(bad, false)
	p.check(row{"POST", "/host/desk/waiting/" + bad, asHost, `{"show":true}`, 404, ""})
	p.decide(good, true)
	all := viewer.until("goodword")
	for _, leak := range []string{"badword", "socketword", "pageword", good, "searching", "queue"} {
		if strings.Contains(all, leak) {
			t.Errorf("viewers got %s, want no %s in it", all, leak)
		}
	}
	other.nextDesk("two are left and one hangs", func(d desk) bool {
		return d.words() == "socketword pageword" && len(d.Pictures) == 1 && d.Pictures[0].Keyword == "goodword" && d.Pictures[0].ID != ""
	})
	for _, path := range []string{"/", "/history", "/metrics", "/poll"} {
		if _, body := p.request("GET", path, nil, ""); strings.Contains(body, "socketword") {
			t.Errorf("%s has a word that waits", path)
		}
	}
	for _, line := range p.Tail(math.MaxInt) {
		if text := fmt.Sprint(line); line["level"] != "DEBUG" && (strings.Contains(text, "badword") || strings.Contains(text, "socketword")) {
			t.Errorf("logged: %s, want no word that waits", text)
		}
	}
	p.host("PATCH", "/host/desk", `{"approve":false}`)
	if m := viewer.next("host"); string(m.Data) != `{"frozen":false,"approve":false}` {
		t.Errorf("viewers got %s, want that nothing waits for the host", m.Data)
	}
	p.Publish("main", "free")
}

func TestFrozen(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 100)
	env := append(fakeFlickr(t, func(word string, w http.ResponseWriter, r *http.Request) {
		asked <- word
		fmt.Fprint(w, `{"photos":{"photo":[{"id":"53","owner":"1@N00","secret":"0123456789","server":"65535","title":"x","ispublic":1,"media":"photo"}]},"stat":"ok"}`)
	}), "PICTURES=flickr", "ADMIN_TOKEN=secret", "AUTOPLAY=10s", "HOLD=15s")
	p := start(t, env...)
	viewer := p.follow(ways[0], "main", "")
	p.Publish("main", "hangs")
	viewer.next("picture")
	b := p.browser()
	waits := b.publish("main", "waits")
	p.until("/metrics", "\npictureframe_waiting_turn 1\n")
	if d := p.host("GET", "/host/desk", ""); d.words() != "(waits)" || d.Viewers != 1 {
		t.Errorf("got the desk %+v, want the word in line", d)
	}
	p.host("PATCH", "/host/desk", `{"frozen":true}`)
	if m := viewer.next("host", "picture"); string(m.Data) != `{"frozen":true,"approve":false}` {
		t.Errorf("viewers got %s, want the frame frozen", m.Data)
	}
	if o := <-waits; o.status != 409 {
		t.Errorf("a word that waited: got %d %s, want 409", o.status, o.body)
	}
	for len(asked) > 0 {
		<-asked
	}
	p.check(row{"POST", "/publish", head("Content-Type", asForm), "keyword=cold", 409, "keeps the picture"})
	if resp, body := p.request("POST", "/publish", head("Content-Type", asForm, "Accept", "text/html"), "keyword=cold"); resp.StatusCode != 409 || !strings.Contains(body, "keeps the picture") || strings.Contains(body, "simpler") {
		t.Errorf("a form's word: got %s %s, want a page that says why", resp.Status, body)
	}
	if m := p.talk("/ws", nil).say(1, `{"keyword":"cold"}`).hear("error", "published"); !strings.Contains(string(m.Data), `"status":409`) {
		t.Errorf("a socket's word: got %s %s, want 409", m.Event, m.Data)
	}
	viewer.next("time") // 15 s: autoplay would have searched
	if len(asked) > 0 {
		t.Errorf("flickr was asked for %s on a frozen frame, want for nothing", <-asked)
	}
	p.host("PATCH", "/host/desk", `{"frozen":false,"hold":0}`)
	p.Publish("main", "thawed")
}

// What a host has set goes with the history: over restarts with a file, over Redis
// to every process, which also has what waits, whoever it was that asked.
func TestSettingsAreTheFrames(t *testing.T) {
	t.Parallel()
	t.Run("file", func(t *testing.T) {
		folder := t.TempDir()
		p := launch(t, "DATA_DIR="+folder, "ADMIN_TOKEN=secret")
		p.host("PATCH", "/host/desk", `{"frozen":true,"hold":2500}`)
		cookie := p.browser().Jar.Cookies(parse(t, p.URL))
		p.Stop(syscall.SIGKILL)
		p = start(t, "DATA_DIR="+folder, "ADMIN_TOKEN=secret")
		if d := p.host("GET", "/host/desk", ""); !d.Frozen || d.Approve || d.Hold != 2500 {
			t.Errorf("after kill -9: got the desk %+v, want it as it was set", d)
		}
		p.check(row{"POST", "/publish", head("Content-Type", asForm), "keyword=x", 409, ""})
		_ = cookie
		p.host("PATCH", "/host/desk", `{"frozen":false}`)
		p.Stop(syscall.SIGTERM)
		p = start(t, "DATA_DIR="+folder, "ADMIN_TOKEN=secret")
		if d := p.host("GET", "/host/desk", ""); d.Frozen || d.Hold != 2500 {
			t.Errorf("after a restart: got the desk %+v, want it as it was set", d)
		}
		if resp, _ := p.request("GET", "/", head("Cookie", cookie[0].String()), ""); resp.Header.Get("Set-Cookie") == "" {
			t.Log("the key was not on the disk yet when the process was killed")
		}
	})
	t.Run("redis", func(t *testing.T) {
		s := redistest.New(t).Start()
		env := []string{"REDIS_URL=" + s.URL(), "ADMIN_TOKEN=secret"}
		a, b := launch(t, env...), start(t, env...)
		a.until("/readyz", "ok")
		b.until("/readyz", "ok")
		at, bt := a.follow(deskWay, "main", ""), b.follow(deskWay, "main", "")
		a.host("PATCH", "/host/desk", `{"approve":true}`)
		bt.nextDesk("it is approved", func(d desk) bool { return d.Approve })
		one, two := a.ask("one"), b.ask("two")
		for _, f := range []*feed{at, bt} {
			f.nextDesk("both wait", func(d desk) bool { return d.words() == "one two" })
		}
		a.cmd.Process.Kill()
		viewer := b.follow(ways[0], "main", "")
		viewer.next("presence")
		b.decide(one, true)
		viewer.until("one")
		b.decide(two, true)
		viewer.until("two")
		b.host("PATCH", "/host/desk", `{"frozen":true}`)
		b.Stop(syscall.SIGTERM)
		c := start(t, env...)
		c.until("/readyz", "ok")
		if d := c.host("GET", "/host/desk", ""); !d.Frozen || !d.Approve || len(d.Pictures) != 2 {
			t.Errorf("after all processes: got the desk %+v, want it as it was set", d)
		}
		s.Kill()
		c.until("/readyz", "not ready")
		c.check(row{"PATCH", "/host/desk", asHost, `{"frozen":false}`, 503, "lost touch"})
		c.check(row{"POST", "/host/desk/waiting/" + two, asHost, `{"show":true}`, 503, ""})
		c.check(row{"GET", "/host/desk", asHost, "", 200, `"frozen":true`})
	})
}

// A desk's stream ends as every stream does.
func TestDeskEndsWithTheProcess(t *testing.T) {
	t.Parallel()
	p := start(t, "ADMIN_TOKEN=secret", "HOLD=20s")
	host := p.follow(deskWay, "main", "")
	host.next("desk")
	p.Publish("main", "hangs")
	waits := p.browser().publish("main", "waits")
	host.nextDesk("a word waits", func(d desk) bool { return d.words() == "(waits)" })
	p.stopsInOrder(syscall.SIGTERM)
	host.next("bye")
	if o := <-waits; o.status != 503 {
		t.Errorf("a word that waited: got %d %s, want 503", o.status, o.body)
	}
}

// A desk counts viewers by how they follow, at every process, also when they go.
func TestDeskCountsTransports(t *testing.T) {
	t.Parallel()
	s := redistest.New(t).Start()
	env := []string{"REDIS_URL=" + s.URL(), "ADMIN_TOKEN=secret"}
	a, b := start(t, env...), start(t, env...)
	a.until("/readyz", "ok")
	b.until("/readyz", "ok")
	desks := []*feed{a.follow(deskWay, "main", ""), b.follow(deskWay, "main", "")}
	var viewers []*feed
	for i, w := range ways {
		viewers = append(viewers, []*program{a, b}[i%2].follow(w, "main", ""))
	}
	shows := func(sse, ndjson, socket, poll int) {
		t.Helper()
		for _, f := range desks {
			f.nextDesk("viewers are counted", func(d desk) bool {
				n := d.Transports
				return n.SSE == sse && n.NDJSON == ndjson && n.WebSocket == socket && n.Poll == poll && d.Viewers == sse+ndjson+socket+poll
			})
		}
	}
	shows(2, 1, 1, 2)
	viewers[0].Stop()
	viewers[2].Stop()
	viewers[3].Stop()
	shows(1, 0, 0, 2)
}
