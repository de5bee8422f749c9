package e2e

import (
	"context"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// One Chromium serves all tests; each test gets a window of its own, with its
// own cookies, caches and storage.
var (
	browserOnce   sync.Once
	browser       context.Context
	closeBrowsers []context.CancelFunc
	browserErr    error
)

func startBrowser() {
	path, err := exec.LookPath("chromium")
	if err != nil {
		browserErr = err
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
	browser, quit = chromedp.NewContext(allocator)
	closeBrowsers = append(closeBrowsers, stop, quit)
	browserErr = chromedp.Do(browser)
}

func closeBrowser() {
	for i := len(closeBrowsers) - 1; i >= 0; i-- {
		closeBrowsers[i]()
	}
}

// window opens a new browser profile (as a private window does) with one tab
// in it. More tabs of the same profile come from tab.
func window(t *testing.T) context.Context {
	t.Helper()
	browserOnce.Do(startBrowser)
	if browserErr != nil {
		t.Fatalf("no browser: %v (make setup installs it)", browserErr)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
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
	ctx, cancel := context.WithTimeout(ctx, 5*patience) // for all that a test does in it
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
