package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

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

// TestShots is for looking.
func TestShots(t *testing.T) {
	dir := os.Getenv("SHOTS")
	if dir == "" {
		t.Skip()
	}
	p := start(t, "ADMIN_TOKEN="+token)
	for _, word := range []string{"harbour", "forest", "desert", "lighthouse at the end of the world", "snow", "sushi"} {
		p.Publish("main", word)
	}
	for i, word := range []string{"castle", "balloons over the meadow", "owl"} {
		p.Publish(fmt.Sprint("w", i), word)
	}
	history := func(frame string) (list []any) {
		_, body := p.request("GET", "/history?frame="+frame, nil, "")
		var h struct{ Pictures []any }
		json.Unmarshal([]byte(body), &h)
		return h.Pictures
	}
	d := newFakeDesk()
	g := newGate(t, p)
	g.Rule(d.answer)
	for _, size := range [][2]int64{{390, 844}, {1920, 1080}} {
		s := blank(t)
		s.size(size[0], size[1])
		shot := func(name string) {
			s.until(`[...document.images].every((i) => i.complete || i.loading === 'lazy')`)
			png, err := chromedp.Run(s.ctx, chromedp.CaptureScreenshot())
			if err != nil {
				t.Fatal(err)
			}
			os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, size[0])), png, 0o600)
		}
		d.set("waiting", []any{})
		d.set("pictures", []any{})
		d.set("frozen", false)
		d.set("approve", false)
		do(t, s.ctx, chromedp.Navigate(g.URL+"/host"))
		s.until(`document.querySelector('[name=token]')`)
		shot("signedout")
		do(t, s.ctx, chromedp.SendKeys(chromedp.CSS("#token"), "wrong\r"))
		s.until(`document.querySelector('#problem')`)
		shot("wrong")
		do(t, s.ctx, chromedp.SendKeys(chromedp.CSS("#token"), token+"\r"))
		s.until(`document.getElementById('desk') && !freeze.disabled`)
		shot("empty")
		d.set("pictures", history("main"))
		s.until(`lasts.children.length === 5`)
		shot("calm")
		d.set("approve", true)
		var waiting []any
		for i, word := range []string{"castle", "balloons over the meadow", "owl"} {
			waiting = append(waiting, map[string]any{"ticket": fmt.Sprint("t", i), "keyword": word, "picture": history(fmt.Sprint("w", i))[0], "approved": false})
		}
		waiting = append(waiting, map[string]any{"ticket": "t9", "keyword": "harbour", "picture": history("main")[5], "approved": true})
		d.set("waiting", waiting)
		s.until(`cards.children.length === 3`)
		shot("approving")
		s.axe("approving")
		d.set("frozen", true)
		d.set("waiting", []any{})
		s.until(`'frozen' in document.documentElement.dataset`)
		shot("frozen")
		s.axe("frozen")
		g.Rule(refuse(502))
		s.until(`dispatchEvent(new Event('offline')) && 'cut' in document.documentElement.dataset`)
		shot("cut")
		g.Rule(d.answer)
		d.refuse(503)
		s.until(`dispatchEvent(new Event('online')) && !('cut' in document.documentElement.dataset)`)
		s.click("#freeze")
		s.until(`!away.hidden && !document.getElementById('alert').hidden`)
		shot("away")
		s.axe("away")
		d.refuse(0)
	}
}
