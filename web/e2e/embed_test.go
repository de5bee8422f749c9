package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// A page of an allowed origin shows the frame in an iframe, where it goes on with
// the stream; a page of any other does not.
func TestAllowedOriginsEmbedTheFrame(t *testing.T) {
	t.Parallel()
	var frame string
	house := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", html)
		fmt.Fprintf(w, `<!doctype html><title>A house</title><iframe src="%s" width="800" height="600" onload="this.dataset.loaded = 1"></iframe>`, frame)
	}))
	t.Cleanup(house.Close)
	address := strings.Replace(house.URL, "127.0.0.1", "localhost", 1) // another site than the frame's
	for _, test := range []struct {
		name, setting string
		shown         bool
	}{
		{"allowed", "ALLOWED_ORIGINS=https://example.com," + address, true},
		{"another is allowed", "ALLOWED_ORIGINS=https://example.com", false},
		{"nobody is allowed", "ALLOWED_ORIGINS=", false},
	} {
		p := start(t, test.setting)
		frame = p.URL + "/f/hall"
		ctx := window(t)
		do(t, ctx, chromedp.Navigate(address))
		eventually(t, ctx, `document.querySelector('iframe').dataset.loaded`)
		if !test.shown {
			p.viewers(0)
			continue
		}
		p.viewers(1)
		path := p.Publish("hall", "harbour")["url"]
		for late := patient(t); !p.served(path); time.Sleep(between) {
			select {
			case <-late:
				t.Fatalf("%s: the embedded page never asked for %v", test.name, path)
			default:
			}
		}
	}
}

// What is not a frame's page is embedded by nobody.
func TestOnlyFramesAreEmbedded(t *testing.T) {
	t.Parallel()
	p := start(t, "ALLOWED_ORIGINS="+friend)
	p.Publish("main", "sushi")
	for path, want := range map[string]string{
		"/": "'self' " + friend, "/f/hall": "'self' " + friend, "/p/" + p.newest("main"): "'self' " + friend,
		"/lab": "'none'", "/subscribe": "'none'", "/nothing": "'none'",
	} {
		resp, _ := p.request(http.MethodGet, path, head("Accept", html), "")
		if policy := resp.Header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "; frame-ancestors "+want) {
			t.Errorf("%s: got the policy %q, want frame-ancestors %s at its end", path, policy, want)
		}
	}
}

// served reports whether the program has answered a request for a path.
func (p *program) served(path any) bool {
	for _, line := range p.Tail(1000) {
		if line["msg"] == "request" && line["path"] == path {
			return true
		}
	}
	return false
}
