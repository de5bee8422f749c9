package e2e

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// command gives the browser an order that no chromedp action stands for.
func command[P, R any](t *testing.T, ctx context.Context, c cdp.Command[P, R], params P) {
	t.Helper()
	do(t, ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	}))
}

func lifecycle(t *testing.T, ctx context.Context, state page.SetWebLifecycleStateState) {
	t.Helper()
	command(t, ctx, page.SetWebLifecycleState, page.SetWebLifecycleStateParams{State: state})
}

// tabs opens a window with n tabs.
func tabs(t *testing.T, n int) []context.Context {
	t.Helper()
	all := []context.Context{window(t)}
	for len(all) < n {
		all = append(all, tab(t, all[0]))
	}
	return all
}

// A browser has six connections to a host over HTTP/1.1: without sharing, the
// seventh tab would not load and nothing could be posted.
func TestEightTabs(t *testing.T) {
	t.Parallel()
	p := start(t)
	all := tabs(t, 8)
	for _, ctx := range all {
		do(t, ctx, chromedp.Navigate(p.URL+"/f/eight"))
	}
	for i, word := range []string{"harbour", "forest"} {
		asker := all[len(all)-1-i]
		status := evaluate[int](t, asker, fmt.Sprintf(`fetch('/publish?frame=eight', {
			method: 'POST', body: new URLSearchParams({ keyword: %q }),
		}).then((answer) => answer.status)`, word))
		if status != http.StatusOK {
			t.Fatalf("posting from a tab: %d", status)
		}
		for _, ctx := range all {
			within(t, ctx, patience, fmt.Sprintf(`document.title.startsWith(%q)`, word))
		}
	}
	p.viewers(1) // one connection for eight tabs
}

// leader returns the position of the tab that holds the connection, once it
// knows.
func leader(t *testing.T, all []context.Context) int {
	t.Helper()
	for late := patient(t); ; {
		for i, ctx := range all {
			if evaluate[bool](t, ctx, `link.leader`) {
				return i
			}
		}
		select {
		case <-late:
			t.Fatal("no tab leads")
		case <-time.After(between):
		}
	}
}

func TestLeaderCloses(t *testing.T) {
	t.Parallel()
	p := start(t)
	all := tabs(t, 3)
	for _, ctx := range all {
		listen(t, ctx, p.URL, `{ frame: 'relay' }`)
		live(t, ctx)
	}
	p.Publish("relay", "one")
	for _, ctx := range all {
		sees(t, ctx, "one")
	}
	// The window's first tab holds the profile; let it lead no more by asking
	// it, and then close the tab that took over.
	evaluate[bool](t, all[0], `(c.close(), true)`)
	rest := all[1:]
	p.Publish("relay", "two")
	for _, ctx := range rest {
		sees(t, ctx, "one", "two")
	}
	i := leader(t, rest)
	chromedp.Call(rest[i], page.Close, cdp.Empty{}) // which may take its own answer along
	p.Publish("relay", "three")
	sees(t, rest[1-i], "one", "two", "three")
	within(t, rest[1-i], patience, `link.leader`)
}

func TestLeaderCrashes(t *testing.T) {
	t.Parallel()
	p := start(t)
	all := tabs(t, 2)
	for _, ctx := range all {
		listen(t, ctx, p.URL, `{ frame: 'crash' }`)
		live(t, ctx)
	}
	p.Publish("crash", "one")
	for _, ctx := range all {
		sees(t, ctx, "one")
	}
	i := leader(t, all)
	crashed := chromedp.Events(all[i], inspector.TargetCrashed)
	go chromedp.Call(all[i], page.Crash, cdp.Empty{}) // which is never answered
	for _, err := range crashed {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	p.Publish("crash", "two")
	sees(t, all[1-i], "one", "two")
}

func TestFrozenLeader(t *testing.T) {
	t.Parallel()
	p := start(t)
	all := tabs(t, 2)
	for _, ctx := range all {
		listen(t, ctx, p.URL, `{ frame: 'ice' }`)
		live(t, ctx)
	}
	// Without an id there is nothing to resume from, only the current picture.
	p.Publish("ice", "zero")
	for _, ctx := range all {
		sees(t, ctx, "zero")
	}
	i := leader(t, all)
	frozen, other := all[i], all[1-i]
	lifecycle(t, frozen, page.SetWebLifecycleStateStateFrozen)
	within(t, other, patience, `link.leader && link.state === 'live'`)
	p.Publish("ice", "one")
	p.Publish("ice", "two")
	sees(t, other, "zero", "one", "two")
	lifecycle(t, frozen, page.SetWebLifecycleStateStateActive)
	p.Publish("ice", "three")
	sees(t, other, "zero", "one", "two", "three")
	sees(t, frozen, "zero", "one", "two", "three")
	within(t, frozen, patience, `!link.leader`)
}

// A page from a plain http address that is not localhost has no Web Locks: its
// tabs agree without them.
func TestTabsWithoutLocks(t *testing.T) {
	t.Parallel()
	p := start(t)
	g := newGate(t, p)
	window(t) // starts the browser
	profile := chromedp.WithNewBrowserContext(func(c *target.CreateBrowserContextParams) {
		c.ProxyServer = g.URL
	})
	first, cancel := chromedp.NewContext(chromium.ctx, profile)
	t.Cleanup(cancel)
	all := []context.Context{bounded(t, first)}
	for range 2 {
		all = append(all, tab(t, all[0]))
	}
	for _, ctx := range all {
		listen(t, ctx, "http://frame.test", `{ frame: 'plain' }`)
	}
	if evaluate[bool](t, all[0], `'locks' in navigator`) {
		t.Fatal("this page has locks; it shows nothing")
	}
	for _, ctx := range all {
		live(t, ctx)
	}
	p.Publish("plain", "one")
	for _, ctx := range all {
		sees(t, ctx, "one")
	}
	p.viewers(1) // one connection for three tabs
	i := leader(t, all)
	evaluate[bool](t, all[i], `(c.close(), true)`)
	rest := slices.Delete(slices.Clone(all), i, i+1)
	p.Publish("plain", "two")
	for _, ctx := range rest {
		sees(t, ctx, "one", "two")
	}
}
