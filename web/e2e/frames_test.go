package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// Long polls: at once without an id, else when there is something new.
func TestPoll(t *testing.T) {
	t.Parallel()
	p := start(t)
	first := p.follow(ways[4], "main", "") // nothing is there yet
	p.viewers(1)
	p.Publish("main", "sushi")
	m := first.next("picture")
	if m.keyword() != "sushi" || m.ID == "" {
		t.Errorf("the waiting poll got %+v", m)
	}
	p.joined("main", 1) // it asks again, and waits
	watcher := p.follow(ways[0], "main", m.ID)
	if got := watcher.next("presence"); string(got.Data) != `{"viewers":2,"sample":1}` {
		t.Errorf("with a poll and a stream there are %s", got.Data)
	}
	p.Publish("main", "pumpkin")
	if got := first.next("picture", "reset"); got.keyword() != "pumpkin" || got.ID <= m.ID {
		t.Errorf("the poll then got %+v", got)
	}
	resp, body := p.request("GET", "/poll", nil, "")
	var answer struct{ Events []map[string]any }
	if err := json.Unmarshal([]byte(body), &answer); err != nil || len(answer.Events) != 1 || len(answer.Events[0]) != 3 ||
		!strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") || resp.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("a poll without an id is answered with %v %s", resp.Header, body)
	}
	p.check(row{"GET", "/poll?lastEventId=" + m.ID, nil, "", 200, "pumpkin"})
	p.check(row{"GET", "/poll?lastEventId=gone&frame=empty", nil, "", 200, `"event":"reset","data":{}}]}`})
}

// Nobody waits for longer than routers allow. The 25 s are real.
func TestPollEndsWithoutNews(t *testing.T) {
	t.Parallel()
	p := start(t)
	began := time.Now()
	resp, body := p.request("GET", "/poll?frame=quiet", nil, "")
	if took := time.Since(began); resp.StatusCode != http.StatusNoContent || body != "" || took < 25*time.Second {
		t.Errorf("after %v: %s %q; want 204 after 25 s", took, resp.Status, body)
	}
}

func TestFramesAreApart(t *testing.T) {
	t.Parallel()
	p := start(t, "ADMIN_TOKEN="+token)
	var feeds []*feed
	for i, w := range ways[:4] {
		frame := fmt.Sprint("f", i)
		feeds = append(feeds, p.follow(w, frame, ""))
		if m := feeds[i].next("presence", "picture", "reset"); string(m.Data) != `{"viewers":1,"sample":1}` {
			t.Errorf("%s: the first event of an empty frame is %s %s", w.name, m.Event, m.Data)
		}
	}
	for i := range feeds {
		p.Publish(fmt.Sprint("f", i), fmt.Sprint("word ", i))
		p.Publish(fmt.Sprint("f", i), fmt.Sprint("other ", i))
	}
	for i, f := range feeds {
		for _, want := range []string{fmt.Sprint("word ", i), fmt.Sprint("other ", i)} {
			if m := f.next("picture", "reset"); m.keyword() != want {
				t.Errorf("frame f%d got %s %s, want %q", i, m.Event, m.Data, want)
			}
		}
	}
	p.check(row{"DELETE", "/history?frame=f1", head("Authorization", "Bearer "+token), "", 204, ""})
	if m := feeds[1].next("reset"); m.ID == "" {
		t.Error("the reset has no id")
	}
	for i, f := range feeds {
		frame := fmt.Sprint("f", i)
		p.Publish(frame, "after")
		if m := f.next("picture", "reset"); m.keyword() != "after" {
			t.Errorf("frame f%d got %s %s, want the picture after", i, m.Event, m.Data)
		}
		_, body := p.request("GET", "/history?frame="+frame, nil, "")
		var h struct {
			Pictures []struct{ ID, Keyword, URL string }
		}
		if err := json.Unmarshal([]byte(body), &h); err != nil || h.Pictures[0].Keyword != "after" || len(h.Pictures) != map[bool]int{true: 1, false: 3}[i == 1] {
			t.Fatalf("history of f%d: %v %s", i, err, body)
		}
		for _, picture := range h.Pictures {
			p.check(row{"GET", "/p/" + picture.ID + "?frame=" + frame, head("Accept", html), "", 200, `property="og:image"`})
			p.check(row{"GET", "/p/" + picture.ID, head("Accept", html), "", 404, ""})
		}
	}
}

// A thousand frames that are watched leave room for no other; one that nobody
// watches makes room.
func TestFramesAreBounded(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("idle", "x")
	var last *raw
	for i := range 999 {
		last = p.raw().send("GET /subscribe?frame=f%d HTTP/1.1\r\nHost: x\r\n\r\n", i)
	}
	p.until("/metrics", "\npictureframe_frames 1000\n")
	p.check(row{"GET", "/history?frame=idle", nil, "", 200, `"id"`})
	p.follow(ways[1], "f999", "").next("presence")
	p.check(row{"GET", "/history?frame=idle", nil, "", 200, `{"pictures":[]}`})
	p.check(row{"GET", "/subscribe?frame=more", nil, "", 503, ""})
	p.check(row{"GET", "/poll?frame=more", nil, "", 503, ""})
	p.check(row{"POST", "/publish?frame=more", head("Content-Type", asForm), "keyword=x", 503, ""})
	p.check(row{"GET", "/f/more", nil, "", 200, ""})
	if _, resp, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(p.URL, "http")+"/ws?frame=more", nil); err == nil || resp.StatusCode != 503 {
		t.Errorf("a socket for one frame more: %v, %v", resp, err)
	}
	p.viewers(1000)
	last.Close()
	p.viewers(999)
	p.follow(ways[0], "more", "").next("presence")
}

// However a viewer leaves, the others know within seconds.
func TestPresenceAfterAbruptLeave(t *testing.T) {
	t.Parallel()
	p := start(t)
	watcher := p.follow(ways[0], "main", "")
	var guests []*feed
	for range 3 {
		for _, w := range ways[:5] {
			guests = append(guests, p.follow(w, "main", ""))
		}
	}
	reset := p.raw().send("GET /subscribe HTTP/1.1\r\nHost: x\r\n\r\n")
	reset.until("retry: ")
	until := func(want int) {
		t.Helper()
		for string(watcher.next("presence").Data) != fmt.Sprintf(`{"viewers":%d,"sample":1}`, want) {
		}
	}
	until(len(guests) + 2)
	for _, g := range guests {
		g.Stop()
	}
	reset.SetLinger(0) // its close is a reset
	reset.Close()
	began := time.Now()
	until(1)
	if took := time.Since(began); took > 14*time.Second { // by 15 s a heartbeat would have found them out
		t.Errorf("the others knew after %v", took)
	}
}
