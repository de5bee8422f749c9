package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// An engine is a Chromium, started for the first test that needs it. It serves
// all of them; each test gets a window of its own, with its own cookies, caches
// and storage.
type engine struct {
	find  func() (path string, err error)
	once  sync.Once
	ctx   context.Context
	close []context.CancelFunc
	err   error
}

// chromium is the distribution's, which most tests use.
var chromium = &engine{find: func() (string, error) { return exec.LookPath("chromium") }}

func (e *engine) start() {
	path, err := e.find()
	if err != nil {
		e.err = fmt.Errorf("%w (make setup installs it)", err)
		return
	}
	options := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	options = append(options,
		chromedp.ExecPath(path),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.WindowSize(1280, 800),
		chromedp.WSURLReadTimeout(patience),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium's sandbox refuses root
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	var quit context.CancelFunc
	e.ctx, quit = chromedp.NewContext(allocator)
	e.close = append(e.close, stop, quit)
	e.err = chromedp.Do(e.ctx)
}

// closeBrowsers ends all browsers that tests have started.
func closeBrowsers() {
	for _, e := range []*engine{chromium, chromium92, chromium80} {
		for i := len(e.close) - 1; i >= 0; i-- {
			e.close[i]()
		}
	}
}

// window opens a new browser profile (as a private window does) with one tab
// in it. More tabs of the same profile come from tab.
func window(t *testing.T) context.Context {
	t.Helper()
	return chromium.window(t)
}

func (e *engine) window(t *testing.T) context.Context {
	t.Helper()
	e.once.Do(e.start)
	if e.err != nil {
		t.Fatalf("no browser: %v", e.err)
	}
	ctx, cancel := chromedp.NewContext(e.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	return bounded(t, ctx)
}

// tab opens another tab in the profile of ctx.
func tab(t *testing.T, ctx context.Context) context.Context {
	t.Helper()
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return bounded(t, ctx)
}

// bounded starts the tab before its time limit is set: the context that starts
// a tab must outlive it.
func bounded(t *testing.T, ctx context.Context) context.Context {
	t.Helper()
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	limit := 5*patience + time.Duration(*memoryPictures)*time.Second + *soakFor // for all that a test does in it
	ctx, cancel := context.WithTimeout(ctx, limit)
	t.Cleanup(cancel)
	return ctx
}

// do runs browser actions and fails the test if one fails.
func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// eventually waits until a JavaScript expression is true in the page. It is
// asked again and again from here: chromedp.Poll compiles code in the page,
// which the content policy forbids, and a promise would die with a navigation.
func eventually(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(patience)
	for {
		value, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`Boolean(`+expression+`)`))
		if value && err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-limit:
			text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body.innerText`))
			t.Fatalf("never true: %s: %v\npage says: %s", expression, err, text)
		}
	}
}
