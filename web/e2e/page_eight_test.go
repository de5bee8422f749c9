package e2e

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// post asks for a picture from a page, which gives up after 20 s as people do.
func post(t *testing.T, ctx context.Context, frame, keyword string) {
	t.Helper()
	status := evaluate[int](t, ctx, fmt.Sprintf(`fetch('/publish?frame=%s', {
		method: 'POST', body: new URLSearchParams({ keyword: %q }), signal: AbortSignal.timeout(20_000),
	}).then((answer) => answer.status, () => 0)`, frame, keyword))
	if status != http.StatusOK {
		t.Fatalf("posting from a page of the frame %s: got %d, want 200", frame, status)
	}
}

// tunnel lets CONNECT through, which browsers use for WebSockets, and answers
// nothing else.
func tunnel(p *program) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodConnect {
			return false
		}
		there, err := net.Dial("tcp", strings.TrimPrefix(p.URL, "http://"))
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return true
		}
		defer there.Close()
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return true
		}
		defer here.Close()
		io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
		go io.Copy(there, here) // ends with the other direction
		io.Copy(here, there)
		return true
	}
}

// proxied opens tabs in a profile whose requests all go through the gate, so
// that names lead to it. Pages from such a name are not trusted with locks.
func proxied(t *testing.T, g *gate, n int) []context.Context {
	t.Helper()
	window(t) // starts the browser
	first, cancel := chromedp.NewContext(chromium.ctx, chromedp.WithNewBrowserContext(func(c *target.CreateBrowserContextParams) {
		c.ProxyServer = g.URL
	}))
	t.Cleanup(cancel)
	all := []context.Context{bounded(t, first)}
	for len(all) < n {
		all = append(all, tab(t, all[0]))
	}
	return all
}

// A browser opens six connections to a host over HTTP/1.1, whatever frames its
// tabs are on: eight that stream would leave none for pages and posts.
func TestEightFrames(t *testing.T) {
	t.Parallel()
	for _, options := range []string{"", "?transport=sse", "?transport=poll", "?transport=ws", "without locks"} {
		t.Run(options, func(t *testing.T) { // one after the other: they are many tabs
			p := start(t)
			base, all := p.URL, []context.Context(nil)
			if options == "without locks" {
				options = ""
				g := newGate(t, p)
				g.Rule(tunnel(p))
				base, all = "http://frame.test", proxied(t, g, 8)
			} else {
				all = tabs(t, 8)
			}
			for i, ctx := range all {
				do(t, ctx, chromedp.Navigate(fmt.Sprintf("%s/f/eight%d%s", base, i, options)))
			}
			// A poll that has been cut short is away for some seconds.
			if options != "?transport=poll" {
				p.viewers(8)
			}
			for i, ctx := range all {
				word := fmt.Sprint("word ", i)
				post(t, ctx, fmt.Sprint("eight", i), word)
				within(t, ctx, patience, fmt.Sprintf(`document.title.startsWith(%q)`, word))
			}
		})
	}
}

// Where WebSockets do not work, the frames that have no stream poll, and do not
// wait for long.
func TestEightFramesWithoutWebSocket(t *testing.T) {
	t.Parallel()
	p := start(t)
	g := newGate(t, p)
	g.Rule(refuse(http.StatusForbidden, "/ws"))
	all := tabs(t, 8)
	for i, ctx := range all {
		do(t, ctx, chromedp.Navigate(fmt.Sprintf("%s/f/eight%d", g.URL, i)))
	}
	for i, ctx := range all {
		word := fmt.Sprint("word ", i)
		post(t, ctx, fmt.Sprint("eight", i), word)
		within(t, ctx, 2*patience, fmt.Sprintf(`document.title.startsWith(%q)`, word))
	}
}
