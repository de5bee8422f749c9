package e2e

import (
	"net/http"
	"testing"

	"github.com/gorilla/websocket"
)

// The lab's words are drawn by the album: no source is asked for them, and no
// limit counts them, and they wait for no turn. Everybody else's words are as ever.
func TestLabWordsCountForNobody(t *testing.T) {
	t.Parallel()
	url, asked := fakeServer(t, 200, ferry)
	p := start(t, "PICTURES=openverse", "OPENVERSE_URL="+url, "SEARCHES_PER_MINUTE=1", "HOLD=20s", "BLOCKED_WORDS=secret")
	const own = "lab-0123456789"
	for range 3 {
		if picture := p.Publish(own, "harbour"); picture["source"] != "album" || picture["note"] != nil {
			t.Errorf("got %v in the lab, want a drawing without a note", picture)
		}
	}
	form := head("Content-Type", "application/x-www-form-urlencoded")
	if resp, body := p.request("POST", "/publish?frame="+own, form, "keyword=secret"); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("got %s %s for a blocked word, want 422", resp.Status, body)
	}
	s := p.talk("/ws?frame="+own, nil)
	s.say(websocket.TextMessage, `{"keyword":"dunes"}`)
	for {
		var m struct{ Event string }
		if err := s.ReadJSON(&m); err != nil {
			t.Fatal(err)
		}
		if m.Event == "error" {
			t.Fatal("a word over the lab's WebSocket got an error")
		}
		if m.Event == "published" {
			break
		}
	}
	if got := asked.Load(); got != 0 {
		t.Errorf("the source was asked %d times for the lab's words, want 0", got)
	}
	// A name that only looks like the lab's is anybody's.
	for i, frame := range []string{"lab-0123456789a", "lab-frame"} {
		resp, body := p.request("POST", "/publish?frame="+frame, form, "keyword=ferry")
		if want := []int{200, 429}[i]; resp.StatusCode != want {
			t.Errorf("%s: got %s %s, want %d", frame, resp.Status, body, want)
		}
	}
	if got := asked.Load(); got != 1 {
		t.Errorf("the source was asked %d times for other words, want 1", got)
	}
}
