package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// A fakeDesk answers for a frame's desk as the server does, and writes down what the
// host does.
type fakeDesk struct {
	mu      sync.Mutex
	desk    map[string]any
	changed chan struct{} // closed with each change
	status  int           // of all that changes something; 0 is success
	done    []string      // "METHOD PATH BODY"
}

func newFakeDesk() *fakeDesk {
	return &fakeDesk{changed: make(chan struct{}), desk: map[string]any{
		"frozen": false, "approve": false, "hold": 3000, "viewers": 12, "waiting": []any{}, "pictures": []any{},
		"transports": map[string]int{"sse": 9, "ndjson": 0, "websocket": 2, "poll": 1},
	}}
}

func (d *fakeDesk) set(name string, value any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.desk[name] = value
	close(d.changed)
	d.changed = make(chan struct{})
}

func (d *fakeDesk) refuse(status int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.status = status
}

// took returns what the host has done since the last call.
func (d *fakeDesk) took() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	done := d.done
	d.done = nil
	return done
}

// answer is a gate's rule.
func (d *fakeDesk) answer(w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path == "/readyz" {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.status == 503 {
			w.WriteHeader(503)
		}
		return true
	}
	if !strings.HasPrefix(r.URL.Path, "/host/desk") && !strings.HasPrefix(r.URL.Path, "/history") {
		return false
	}
	if r.Method != http.MethodGet {
		body, _ := io.ReadAll(r.Body)
		d.mu.Lock()
		defer d.mu.Unlock()
		d.done = append(d.done, strings.TrimSpace(r.Method+" "+r.URL.RequestURI()+" "+string(body)))
		if d.status != 0 {
			w.Header().Set("Content-Type", problem)
			w.WriteHeader(d.status)
			fmt.Fprintf(w, `{"title":"x","status":%d,"detail":"It is %d."}`, d.status, d.status)
			return true
		}
		w.WriteHeader(http.StatusNoContent)
		return true
	}
	if !strings.HasPrefix(r.URL.Path, "/host/desk") {
		return false
	}
	if len(r.Cookies()) == 0 {
		return false // the server says that nobody is signed in
	}
	stream := r.Header.Get("Accept") == "text/event-stream"
	if stream {
		w.Header().Set("Content-Type", "text/event-stream")
	}
	for {
		d.mu.Lock()
		text, _ := json.Marshal(d.desk)
		changed := d.changed
		d.mu.Unlock()
		if !stream {
			w.Write(text)
			return true
		}
		fmt.Fprintf(w, "event: desk\ndata: %s\n\n", text)
		w.(http.Flusher).Flush()
		select {
		case <-changed:
		case <-r.Context().Done():
			return true
		}
	}
}

// history is what a frame keeps.
func (p *program) history(frame string) []any {
	p.t.Helper()
	_, body := p.request(http.MethodGet, "/history?frame="+frame, nil, "")
	var h struct{ Pictures []any }
	if err := json.Unmarshal([]byte(body), &h); err != nil {
		p.t.Fatal(err)
	}
	return h.Pictures
}

// waits are the entries of a desk for pictures that wait, each found for a word.
func (p *program) waits(words ...string) (waiting []any) {
	for _, word := range words {
		p.Publish("waiting", word)
		waiting = append(waiting, map[string]any{
			"ticket": "ticket-" + word, "keyword": word, "picture": p.history("waiting")[0], "approved": strings.HasPrefix(word, "let"),
		})
	}
	return waiting
}

// openDesk signs in on a phone and waits for the desk.
func openDesk(t *testing.T, url string) *screen {
	t.Helper()
	s := blank(t)
	s.size(390, 844)
	do(t, s.ctx, chromedp.Navigate(url+"/host"))
	do(t, s.ctx, chromedp.SendKeys(chromedp.CSS("#token"), token+"\r"))
	s.until(`'js' in document.documentElement.dataset && !freeze.disabled`)
	return s
}

// settle lets the time pass for which the desk takes a press for a slip, by the
// page's own clock.
func (s *screen) settle() {
	s.t.Helper()
	s.until(`performance.now() > %f`, evaluate[float64](s.t, s.ctx, `performance.now() + 400`))
}

// want waits until the host has done something, and compares it.
func (d *fakeDesk) want(s *screen, want string) {
	s.t.Helper()
	late := patient(s.t)
	for {
		done := d.took()
		switch {
		case len(done) > 0 && strings.Join(done, "; ") != want:
			s.t.Errorf("the host has done %q, want %q", done, want)
			return
		case len(done) > 0:
			return
		}
		select {
		case <-late:
			s.t.Errorf("the host has done nothing, want %q", want)
			return
		case <-time.After(between):
		}
	}
}
