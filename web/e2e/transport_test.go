package e2e

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/evanw/esbuild/pkg/api"
)

// evaluate runs an expression in the page, waits for its promise if it is one,
// and returns its value. The page's policy forbids chromedp.Poll, which needs
// `new Function`.
func evaluate[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// within waits until an expression is true in the page.
func within(t *testing.T, ctx context.Context, limit time.Duration, expression string) {
	t.Helper()
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	loop := fmt.Sprintf(`new Promise((done) => {
		const look = () => ((%s) ? done(true) : setTimeout(look, 20));
		look();
	})`, expression)
	if _, err := chromedp.Run(limited, chromedp.Evaluate[bool](loop, chromedp.EvalAwaitPromise)); err != nil {
		state := evaluate[string](t, ctx, `JSON.stringify([window.link, window.seen, document.title])`)
		t.Fatalf("not within %v: %s: %v; the page has %s", limit, expression, err, state)
	}
}

// transportScript is the page's transport module, as an object of a page.
var transportScript = sync.OnceValue(func() string {
	built := api.Build(api.BuildOptions{EntryPoints: []string{"../../static/js/transport/index.js"}, Bundle: true, GlobalName: "transport"})
	return string(built.OutputFiles[0].Contents)
})

// listen opens an empty page of the site at base and connects it to a frame with
// the page's own transport module. The page then has the connection in `c`, its
// last state in `link`, and in `seen` the keywords of all pictures, "reset" among
// them where there was one.
func listen(t *testing.T, ctx context.Context, base, options string) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(base+"/healthz"))
	evaluate[bool](t, ctx, transportScript()+fmt.Sprintf(`;
		window.seen = [];
		window.link = {};
		window.c = transport.connect(%s);
		c.addEventListener('state', (e) => { link = e.detail; });
		c.addEventListener('picture', (e) => seen.push(e.detail.data.keyword));
		c.addEventListener('reset', () => seen.push('reset'));
		true`, options))
}

// live waits until the page's connection is up.
func live(t *testing.T, ctx context.Context) {
	t.Helper()
	within(t, ctx, patience, `link.state === 'live'`)
}

// sees waits until the page has been told of exactly these pictures.
func sees(t *testing.T, ctx context.Context, want ...string) {
	t.Helper()
	within(t, ctx, patience, fmt.Sprintf(`seen.includes(%q)`, want[len(want)-1]))
	if got := evaluate[[]string](t, ctx, `seen`); !slices.Equal(got, want) {
		t.Errorf("the page saw %v, want %v", got, want)
	}
}

// Browsers give up an EventSource at the first 503.
func TestHalfAMinuteOf503(t *testing.T) {
	t.Parallel()
	p := start(t)
	g := newGate(t, p)
	ctx := window(t)
	listen(t, ctx, g.URL, `{ frame: 'down' }`)
	live(t, ctx)
	p.Publish("down", "before")
	sees(t, ctx, "before")

	var refused atomic.Int32
	began := time.Now()
	g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/subscribe" {
			// It is this wire that finds the server back: readyz, asked after the last
			// refusal and answered with ok, would put the blame on the stream.
			if time.Since(began) > 30*time.Second {
				g.Open()
				return false
			}
			refused.Add(1)
		}
		w.WriteHeader(http.StatusServiceUnavailable)
		return true
	})
	evaluate[bool](t, ctx, `(c.reconnect(), true)`)
	p.Publish("down", "during")
	within(t, ctx, 2*patience, `seen.includes('during')`) // 30 s, and up to 30 s to the next attempt
	sees(t, ctx, "before", "during")
	if n := refused.Load(); n < 3 || n > 12 {
		t.Errorf("%d attempts in 30 s, want a few", n)
	}
	if kind := evaluate[string](t, ctx, `link.transport`); kind != "sse" {
		t.Errorf("it came back over %q: the stream was not to blame", kind)
	}
}

// Nobody tells the browser that the other side is gone: it has to miss it. Its
// idle connections are dead too, and it does not know that either.
func TestHalfOpen(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, transport := range []string{"auto", "ws"} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			w := newWire(t, p)
			ctx := window(t)
			listen(t, ctx, w.URL, fmt.Sprintf(`{ frame: 'cut-%s', transport: %q }`, transport, transport))
			live(t, ctx)
			p.Publish("cut-"+transport, "one")
			sees(t, ctx, "one")
			w.Cut()
			p.Publish("cut-"+transport, "two")
			within(t, ctx, 2*patience, `seen.includes('two')`) // silence counts for 37 s, and then it has to find a way
			sees(t, ctx, "one", "two")
		})
	}
}

func TestFallback(t *testing.T) {
	t.Parallel()
	rules := map[string]struct {
		rule func(http.ResponseWriter, *http.Request) bool
		want string
	}{
		"nothing in the way":    {func(http.ResponseWriter, *http.Request) bool { return false }, "sse"},
		"streams are buffered":  {withhold("/subscribe"), "ws"},
		"streams are forbidden": {refuse(http.StatusForbidden, "/subscribe"), "ws"},
		"and WebSockets too":    {refuse(http.StatusForbidden, "/subscribe", "/ws"), "poll"},
	}
	p := start(t)
	for name, c := range rules {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			frame := strings.ToLower(strings.ReplaceAll(name, " ", "-"))
			g := newGate(t, p)
			g.Rule(c.rule)
			p.Publish(frame, "one")
			ctx := window(t)
			// On a machine that is slow for 5 s the page takes the next transport.
			kind := ""
			for range 5 {
				listen(t, ctx, g.URL, fmt.Sprintf(`{ frame: %q }`, frame))
				live(t, ctx)
				if kind = evaluate[string](t, ctx, `link.transport`); kind == c.want {
					break
				}
			}
			if kind != c.want {
				t.Fatalf("the page uses %q, want %q", kind, c.want)
			}
			p.Publish(frame, "two")
			p.Publish(frame, "three")
			sees(t, ctx, "one", "two", "three")
		})
	}
}

// A page that waits in the back/forward cache must let go of its connection to
// be kept there at all, and catches up when it returns.
func TestBackForwardCache(t *testing.T) {
	t.Parallel()
	p := start(t)
	ctx := window(t)
	// A browser may also have reasons of its own to keep no page, such as having
	// no time for it; a page that holds on to its connection is never kept.
	const goes = 5
	for n := range goes {
		frame := fmt.Sprint("back", n)
		listen(t, ctx, p.URL, fmt.Sprintf(`{ frame: %q }`, frame))
		live(t, ctx)
		p.Publish(frame, "one")
		sees(t, ctx, "one")
		do(t, ctx, chromedp.Navigate(p.URL+"/readyz"))
		p.Publish(frame, "two")
		p.Publish(frame, "three")
		if goBack(t, ctx) == page.NavigationTypeBackForwardCacheRestore {
			sees(t, ctx, "one", "two", "three")
			return
		}
	}
	t.Errorf("the page was not kept in %d goes", goes)
}

// goBack goes back in the tab's history and says how the page was made.
func goBack(t *testing.T, ctx context.Context) page.NavigationType {
	t.Helper()
	navigated := chromedp.Events(ctx, page.FrameNavigated)
	evaluate[bool](t, ctx, `(history.back(), true)`)
	for event, err := range navigated {
		if err != nil {
			t.Fatal(err)
		}
		return event.Type
	}
	return ""
}

// A restarted process has forgotten the pictures, but not told lies: the page
// hears of a reset, and of each picture once.
func TestRestart(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			p := launch(t, "HOST="+home)
			ctx := window(t)
			listen(t, ctx, p.URL, `{ frame: 'again' }`)
			live(t, ctx)
			p.Publish("again", "one")
			sees(t, ctx, "one")
			p.Stop(signal)
			within(t, ctx, patience, `link.state === 'waiting'`)
			p = launch(t, "HOST="+home, "PORT="+p.Port)
			p.Publish("again", "two")
			sees(t, ctx, "one", "reset", "two")
			p.Publish("again", "three")
			sees(t, ctx, "one", "reset", "two", "three")
		})
	}
}
