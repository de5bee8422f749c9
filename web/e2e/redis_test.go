package e2e

import (
	"fmt"
	"net/http"
	"syscall"
	"testing"
	"time"

	"picture-frame/hub/redis/redistest"
)

// startShared starts a process that shares its frames over a Redis.
func startShared(t *testing.T, s *redistest.Server, env ...string) *program {
	t.Helper()
	return start(t, append([]string{"REDIS_URL=" + s.URL()}, env...)...)
}

// A picture that is published through one process reaches the viewers of all,
// over every transport, with the same id; and one resumes at any of them.
func TestProcessesAreOneFrame(t *testing.T) {
	t.Parallel()
	s := redistest.New(t).Start()
	a, b := startShared(t, s), startShared(t, s)
	a.until("/readyz", "ok")
	b.until("/readyz", "ok")
	var viewers []*feed
	for i, w := range ways {
		viewers = append(viewers, []*program{a, b}[i%2].follow(w, "main", ""))
	}
	for string(viewers[0].next("presence").Data) != fmt.Sprintf(`{"viewers":%d,"sample":1}`, len(ways)) {
	}
	for i := range 4 {
		word := fmt.Sprint("word", i)
		publisher := []*program{a, b}[i%2]
		publisher.Publish("main", word)
		id := publisher.newest("main") // the other may not have heard of it yet
		for j, v := range viewers {
			if m := v.next("picture"); m.keyword() != word || m.ID != id {
				t.Errorf("%s got %q as %s, want %q as %s", ways[j%len(ways)].name, m.keyword(), m.ID, word, id)
			}
		}
	}
	_, atA := a.request("GET", "/history", nil, "")
	if _, atB := b.request("GET", "/history", nil, ""); atA != atB {
		t.Errorf("two histories:\n%s\n%s", atA, atB)
	}
	id := a.newest("main")
	b.Publish("main", "later")
	if m := b.follow(ways[0], "main", id).next("picture", "reset"); m.keyword() != "later" {
		t.Errorf("resumed elsewhere with %s %s", m.Event, m.Data)
	}
}

// The wall survives a restart of every process.
func TestWallSurvivesARestart(t *testing.T) {
	t.Parallel()
	s := redistest.New(t).Start()
	first := startShared(t, s)
	first.until("/readyz", "ok")
	first.Publish("main", "seen")
	id := first.newest("main")
	first.Publish("main", "missed")
	if code := first.Stop(syscall.SIGTERM); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	second := startShared(t, s) // and nobody waits until it is ready
	if m := second.follow(ways[0], "main", id).next("picture", "reset"); m.keyword() != "missed" {
		t.Errorf("resumed with %s %s", m.Event, m.Data)
	}
}

// While Redis is away, also at the start, nothing breaks but publishing; and
// when it is back nothing has to be done.
func TestRedisIsAway(t *testing.T) {
	t.Parallel()
	s := redistest.New(t)
	p := startShared(t, s, "ADMIN_TOKEN=secret")
	refused := func() {
		t.Helper()
		if resp, _ := p.request("GET", "/readyz", nil, ""); resp.StatusCode != 503 {
			t.Errorf("readyz: %s", resp.Status)
		}
		p.check(row{"POST", "/publish", head("Content-Type", asForm), "keyword=fox", 503, "lost touch"})
		p.check(row{"DELETE", "/history", head("Authorization", "Bearer secret"), "", 503, ""})
		resp, _ := p.request("POST", "/publish", head("Content-Type", asForm), "keyword=fox")
		if resp.Header.Get("Retry-After") == "" {
			t.Error("503 without Retry-After")
		}
		socket := p.talk("/ws", nil).say(1, `{"keyword":"fox"}`)
		if m := socket.hear("error", "published"); m.Event != "error" {
			t.Errorf("a socket's word was %s", m.Event)
		}
		p.check(row{"GET", "/healthz", nil, "", 200, "ok"})
		p.check(row{"GET", "/", nil, "", 200, "<form"})
	}
	refused()
	viewer := p.follow(ways[0], "main", "")
	viewer.next("presence")
	s.Start()
	p.until("/readyz", "ok")
	p.Publish("main", "before")
	viewer.next("picture")
	for range 2 {
		s.Kill() // and with it, everything it knew
		p.until("/readyz", "not ready")
		refused()
		if m := p.follow(ways[0], "main", "").next("picture"); m.keyword() != "before" {
			t.Errorf("a new viewer sees %q", m.keyword())
		}
		s.Start()
		p.until("/readyz", "ok")
	}
	before := p.newest("main")
	p.Publish("main", "after")
	if m := viewer.next("picture"); m.keyword() != "after" || m.ID <= before {
		t.Errorf("the stream that stayed open goes on with %q, id %s after %s", m.keyword(), m.ID, before)
	}
	other := startShared(t, s)
	other.until("/readyz", "ok")
	if m := other.follow(ways[0], "main", before).next("picture", "reset"); m.keyword() != "after" {
		t.Errorf("another process resumes with %s %s", m.Event, m.Data)
	}
}

// Limits and Flickr's budget are those of all processes together.
func TestLimitsAreShared(t *testing.T) {
	t.Parallel()
	s := redistest.New(t).Start()
	env := append(fakeFlickr(t, func(word string, w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"photos":{"photo":[{"id":"53","owner":"1@N00","secret":"0123456789","server":"65535","title":"x","ispublic":1,"media":"photo"}]},"stat":"ok"}`)
	}), "PICTURES=flickr", "SEARCHES_PER_MINUTE=3", "MAX_VIEWERS=3", "MAX_VIEWERS_PER_ADDRESS=2", "TRUST_PROXY=true")
	a, b := startShared(t, s, env...), startShared(t, s, env...)
	a.until("/readyz", "ok")
	b.until("/readyz", "ok")
	a.Publish("main", "fox")
	b.Publish("main", "dog")
	a.Publish("main", "cat")
	b.check(row{"POST", "/publish", head("Content-Type", asForm), "keyword=cow", 429, ""})

	if n := s.Client.LLen(t.Context(), "pictureframe:queries:flickr").Val(); n != 3 {
		t.Fatalf("%d queries are counted, want 3", n)
	}
	now := time.Now().UnixMicro()
	spent := make([]any, 3600)
	for i := range spent {
		spent[i] = now
	}
	s.Client.LPush(t.Context(), "pictureframe:queries:flickr", spent...)
	s.Client.Del(t.Context(), "pictureframe:turns:127.0.0.1")
	b.check(row{"POST", "/publish", head("Content-Type", asForm), "keyword=cow", 503, "spent"})

	a.follow(ways[0], "main", "").next("presence")
	a.follow(ways[0], "main", "").next("presence")
	b.until("/poll", "Too many viewers from your address")
	b.check(row{"GET", "/poll", head("X-Forwarded-For", "198.51.100.1"), "", 200, ""})
}
