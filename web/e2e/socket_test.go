package e2e

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// A talk is a WebSocket as another project's client speaks it.
type talk struct {
	*websocket.Conn
	t *testing.T
}

func (p *program) talk(path string, header http.Header) *talk {
	p.t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(p.URL, "http")+path, header)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { conn.Close() })
	conn.SetReadDeadline(time.Now().Add(patience))
	return &talk{conn, p.t}
}

func (s *talk) say(kind int, text string) *talk {
	s.t.Helper()
	if err := s.WriteMessage(kind, []byte(text)); err != nil {
		s.t.Fatal(err)
	}
	return s
}

// hear returns the next event of one of these names.
func (s *talk) hear(names ...string) message {
	s.t.Helper()
	for {
		var m message
		if err := s.ReadJSON(&m); err != nil {
			s.t.Fatalf("none of %q came: %v", names, err)
		}
		for _, name := range names {
			if m.Event == name {
				return m
			}
		}
	}
}

// end reads to the end, which has to be a close frame with this code.
func (s *talk) end(code int) {
	s.t.Helper()
	for {
		if _, _, err := s.ReadMessage(); err != nil {
			if !websocket.IsCloseError(err, code) {
				s.t.Errorf("the socket ended with %v, want code %d", err, code)
			}
			return
		}
	}
}

func TestSocketBothWays(t *testing.T) {
	t.Parallel()
	p := start(t, "BLOCKED_WORDS=spider")
	a := p.talk("/ws?frame=a", nil)
	other := p.talk("/ws?frame=b", nil)
	other.hear("presence")
	if m := a.hear("presence"); string(m.Data) != `{"viewers":1,"sample":1}` {
		t.Errorf("presence is %s", m.Data)
	}
	b := p.talk("/ws?frame=a", nil)
	b.hear("presence")
	a.say(websocket.TextMessage, `{"keyword":" su\u0000shi\n"}`)
	answers := map[string]message{}
	for range 2 {
		m := a.hear("published", "picture")
		answers[m.Event] = m
	}
	if string(answers["published"].Data) != string(answers["picture"].Data) || answers["published"].keyword() != "su\x00shi" {
		t.Errorf("the asker got %v", answers)
	}
	m := b.hear("picture", "published", "error")
	if m.ID == "" || m.ID != p.newest("a") || m.Event != "picture" {
		t.Errorf("the others got %+v", m)
	}
	if string(m.Data) != string(answers["picture"].Data) {
		t.Errorf("the others got %s, the asker %s", m.Data, answers["picture"].Data)
	}
	for text, status := range map[string]int{
		`{"keyword":""}`: 400, `{"keyword":"` + strings.Repeat("🎃", 101) + `"}`: 400, `{"keyword":1}`: 400, `nonsense`: 400, `[]`: 400, "": 400,
		`{"keyword":"spider"}`: 422,
	} {
		a.say(websocket.TextMessage, text)
		var problem struct {
			Status              int
			Type, Title, Detail string
		}
		if m := a.hear("error", "published"); json.Unmarshal(m.Data, &problem) != nil || m.Event != "error" ||
			problem.Status != status || problem.Title == "" || problem.Detail == "" || problem.Type == "" {
			t.Errorf("%.50s is answered with %s %s, want %d", text, m.Event, m.Data, status)
		}
	}
	a.say(websocket.TextMessage, `{"keyword":"`+strings.Repeat("🎃", 100)+`"}`).hear("published")
	// A message may come in pieces.
	w, err := a.NextWriter(websocket.TextMessage)
	if err != nil {
		t.Fatal(err)
	}
	for _, piece := range []string{`{"key`, `word":`, `"pieces"}`} {
		w.Write([]byte(piece))
	}
	w.Close()
	if m := a.hear("published"); m.keyword() != "pieces" {
		t.Errorf("a message in pieces is answered with %s", m.Data)
	}
	// Resuming, and leaving as one should.
	c := p.talk("/ws?frame=a&lastEventId="+m.ID, nil)
	for _, want := range []string{strings.Repeat("🎃", 100), "pieces"} {
		if m := c.hear("picture", "reset"); m.keyword() != want {
			t.Errorf("resumed with %s %s, want %q", m.Event, m.Data, want)
		}
	}
	c.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1000, "enough"), time.Now().Add(patience))
	c.end(1000)
	c.Close()
	other.say(websocket.TextMessage, `{"keyword":"elsewhere"}`)
	if m := other.hear("picture", "published"); m.keyword() != "elsewhere" {
		t.Errorf("frame b got %s", m.Data)
	}
	pong := make(chan string, 1)
	b.SetPongHandler(func(text string) error { pong <- text; return nil })
	b.WriteControl(websocket.PingMessage, []byte("are you there"), time.Now().Add(patience))
	go func() {
		for {
			if _, _, err := b.ReadMessage(); err != nil {
				return
			}
		}
	}()
	select {
	case text := <-pong:
		if text != "are you there" {
			t.Errorf("the pong says %q", text)
		}
	case <-patient(t):
		t.Error("no pong came")
	}
}

// The close code tells a client which rule it has broken.
func TestSocketCloseCodes(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, wrong := range []struct{ kind, size, code int }{
		{websocket.TextMessage, 4097, websocket.CloseMessageTooBig},
		{websocket.TextMessage, 5000, websocket.CloseMessageTooBig},
		{websocket.TextMessage, 1 << 20, websocket.CloseMessageTooBig},
		{websocket.BinaryMessage, 10, websocket.ClosePolicyViolation},
		{websocket.BinaryMessage, 1 << 20, websocket.ClosePolicyViolation},
	} {
		s := p.talk("/ws", nil)
		s.WriteMessage(wrong.kind, bytes.Repeat([]byte("x"), wrong.size)) // it may be cut off before its end
		s.end(wrong.code)
	}
	long := p.talk("/ws", nil)
	long.say(websocket.TextMessage, `{"keyword":"x"}`+strings.Repeat(" ", 4096-len(`{"keyword":"x"}`)))
	long.hear("published")
	p.viewers(1)
	long.Close()
	p.viewers(0)
}

func TestSocketOrigins(t *testing.T) {
	t.Parallel()
	p := start(t, "ALLOWED_ORIGINS="+friend)
	for _, h := range []http.Header{nil, head("Origin", p.URL), head("Origin", friend), head("Origin", "https://x.example", "Sec-Fetch-Site", "same-origin")} {
		p.talk("/ws", h).say(websocket.TextMessage, `{"keyword":"x"}`).hear("published")
	}
	for _, h := range []http.Header{head("Origin", "https://evil.example"), head("Origin", "null"), head("Sec-Fetch-Site", "cross-site"),
		head("Origin", friend+".evil.example")} {
		_, resp, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(p.URL, "http")+"/ws", h)
		if err == nil || resp.StatusCode != http.StatusForbidden {
			t.Errorf("%v: %v, %v; want 403", h, resp, err)
		}
	}
}

// The limit on searches counts those by socket too, and a socket may not have
// many words under way.
func TestSocketLimits(t *testing.T) {
	t.Parallel()
	p := start(t, "SEARCHES_PER_MINUTE=2")
	s := p.talk("/ws", nil)
	for range 2 {
		s.say(websocket.TextMessage, `{"keyword":"x"}`).hear("published")
	}
	if m := s.say(websocket.TextMessage, `{"keyword":"x"}`).hear("published", "error"); !strings.Contains(string(m.Data), `"status":429`) {
		t.Errorf("the third search is answered with %s", m.Data)
	}
	p.check(row{"POST", "/publish", head("Content-Type", asForm), "keyword=x", 429, ""})

	flickr, env := newSlowFlickr(t)
	slow := start(t, env...)
	s = slow.talk("/ws", nil)
	for _, word := range []string{"a", "b", "c", "d", "e"} {
		s.say(websocket.TextMessage, `{"keyword":"`+word+`"}`)
	}
	for refused, told := false, false; !refused || !told; { // in any order
		switch m := s.hear("published", "error", "searching"); m.Event {
		case "searching":
			if told = true; !strings.Contains(`abcd`, m.keyword()) || m.ID != "" {
				t.Errorf("searching is %+v", m)
			}
		default:
			if refused = true; !strings.Contains(string(m.Data), `"status":429`) {
				t.Errorf("the fifth word at once is answered with %s", m.Data)
			}
		}
	}
	close(flickr.release)
	for range 4 {
		s.hear("published")
	}
}
