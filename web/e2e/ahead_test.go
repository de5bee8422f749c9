package e2e

import (
	"net/http"
	"strings"
	"testing"

	"picture-frame/hub/redis/redistest"
)

// Viewers that come from a process which had more keep what they have, on every
// transport: no reset, nothing older, nothing twice, and what follows once the
// process has caught up.
func TestResumeAtAProcessThatIsBehind(t *testing.T) {
	t.Parallel()
	s := redistest.New(t).Start()
	line := redistest.NewCable(t, s.URL())
	a, b := startShared(t, s), start(t, "REDIS_URL="+line.URL)
	a.until("/readyz", "ok")
	b.until("/readyz", "ok")
	a.Publish("main", "w1")
	b.until("/history", "w1")
	line.Pull()
	b.until("/readyz", "not ready")
	a.Publish("main", "w2")
	seen2 := a.newest("main")
	a.Publish("main", "w3")
	seen3 := a.newest("main")
	var at2, at3 []*feed
	for _, w := range ways {
		at2 = append(at2, b.follow(w, "main", seen2))
		at3 = append(at3, b.follow(w, "main", seen3))
	}
	newcomer := b.follow(ways[0], "main", "")
	b.joined("main", 2*len(ways)+1)
	a.Publish("main", "w4")
	line.Plug()
	b.until("/readyz", "ok")
	b.Publish("main", "w5")
	check := func(name string, f *feed, want ...string) {
		t.Helper()
		for _, word := range want {
			if m := f.next("picture", "reset"); m.keyword() != word {
				t.Errorf("%s: got %s %s, want %s", name, m.Event, m.Data, word)
			}
		}
	}
	for i, w := range ways {
		check(w.name+" at w2", at2[i], "w3", "w4", "w5")
		check(w.name+" at w3", at3[i], "w4", "w5")
	}
	check("a newcomer", newcomer, "w1", "w2", "w3", "w4", "w5")
}

// Every stream begins with an id, so that a viewer of a frame without a picture
// resumes without a gap. A poll that brings nothing has it in its header.
func TestFirstID(t *testing.T) {
	t.Parallel()
	p := start(t, "ADMIN_TOKEN=secret")
	p.Publish("cleared", "old")
	old := p.newest("cleared")
	p.request(http.MethodDelete, "/history?frame=cleared", head("Authorization", "Bearer secret"), "")
	for _, frame := range []string{"never", "cleared"} {
		var ids []string
		for _, w := range ways {
			if strings.HasPrefix(w.name, "poll") {
				continue // it waits 25 s for something to say
			}
			ids = append(ids, p.opening(w, frame).ID)
		}
		for _, word := range []string{"a", "b", "c"} {
			p.Publish(frame, word)
		}
		for i, id := range ids {
			f := p.follow(ways[i], frame, id)
			for _, word := range []string{"a", "b", "c"} {
				if m := f.next("picture", "reset"); m.keyword() != word {
					t.Errorf("%s, %s after %q: got %s %s, want %s", frame, ways[i].name, id, m.Event, m.Data, word)
				}
			}
			f.Stop()
		}
	}
	for _, last := range []string{old, ""} {
		resp, body := p.request(http.MethodGet, "/poll?frame=cleared&lastEventId="+last, nil, "")
		if got, want := resp.Header.Get("Last-Event-ID"), p.newest("cleared"); got != want {
			t.Errorf("a poll after %q goes on with %q, want %q: %s", last, got, want, body)
		}
	}
	// Where a reset is all there is, it says from where to go on.
	var watching []*feed
	for _, w := range ways {
		watching = append(watching, p.follow(w, "cleared", p.newest("cleared")))
	}
	p.joined("cleared", len(ways))
	p.request(http.MethodDelete, "/history?frame=cleared", head("Authorization", "Bearer secret"), "")
	for i, f := range watching {
		if m := f.next("reset"); m.ID == "" || m.ID <= old {
			t.Errorf("%s: got a reset with the id %q, want a newer one than %s", ways[i].name, m.ID, old)
		}
	}
	resp, body := p.request(http.MethodGet, "/poll?frame=cleared&lastEventId="+old, nil, "")
	if id := resp.Header.Get("Last-Event-ID"); id == "" || !strings.Contains(body, `{"id":"`+id+`","event":"reset"`) {
		t.Errorf("a poll of a cleared frame: got %s with %q, want a reset with that id", body, id)
	}
}

// Who watches a frame while it is cleared, on any transport, comes back from there, and
// misses nothing of what came meanwhile.
func TestClearedWhileWatching(t *testing.T) {
	t.Parallel()
	p := start(t, "ADMIN_TOKEN=secret")
	p.Publish("main", "old")
	var feeds []*feed
	for _, w := range ways {
		feeds = append(feeds, p.follow(w, "main", p.newest("main")))
	}
	p.viewers(len(ways))
	p.request(http.MethodDelete, "/history", head("Authorization", "Bearer secret"), "")
	var ids []string
	for i, f := range feeds {
		m := f.next("picture", "reset")
		if m.Event != "reset" || m.ID == "" {
			t.Errorf("%s: a clear comes as %+v, want a reset with an id", ways[i].name, m)
		}
		ids = append(ids, m.ID)
		f.Stop()
	}
	for _, word := range []string{"a", "b", "c"} {
		p.Publish("main", word)
	}
	for i, id := range ids {
		f := p.follow(ways[i], "main", id)
		for _, word := range []string{"a", "b", "c"} {
			if m := f.next("picture", "reset"); m.keyword() != word {
				t.Errorf("%s: got %s %s, want %s", ways[i].name, m.Event, m.Data, word)
			}
		}
	}
}

// opening returns the first message of a stream of an empty frame, with the id that
// a client has then.
func (p *program) opening(w way, frame string) message {
	p.t.Helper()
	f := p.follow(w, frame, "")
	defer f.Stop()
	m := f.next("presence", "picture", "reset")
	if m.Event != "presence" || m.ID == "" {
		p.t.Errorf("%s of %s begins with %s and the id %q, want presence and an id", w.name, frame, m.Event, m.ID)
	}
	return m
}
