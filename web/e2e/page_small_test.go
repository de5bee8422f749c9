package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// WCAG 1.4.10: at 400 % on a screen of 1280 by 1024, that is in 320 by 256, a page
// keeps everything and scrolls in one direction.
func TestEveryPageAtFourTimesItsSize(t *testing.T) {
	p := start(t, "ADMIN_TOKEN=secret-token-for-tests")
	p.Publish("main", "harbour")
	s := visit(t, p.URL)
	for _, path := range []string{"/", "/?ui=0&clock=24", "/f/nobody-was-here", "/p/" + p.newest("main"), "/nowhere", "/subscribe", "/lab", "/lab?present=1", "/host"} {
		for _, size := range []struct{ width, height int64 }{{1280, 1024}, {320, 256}} {
			s.size(size.width, size.height)
			do(t, s.ctx, chromedp.Navigate(p.URL+path))
			s.until(`document.readyState === 'complete' && (!document.getElementById('frame') || ` + ready + `)`)
			name := fmt.Sprintf("%s at %d by %d", path, size.width, size.height)
			s.axe(name)
			s.keepsWidth(name)
		}
		s.size(390, 844)
		s.text(`document.getElementById('about')?.showPopover()`)
		s.letters200(func() { s.keepsWidth(path + " in letters of twice the size") })
	}
}

// keepsWidth fails where a page scrolls sideways, or its tools or their cards are cut off.
func (s *screen) keepsWidth(name string) {
	s.t.Helper()
	if wide := s.text(`[document.documentElement, ...document.querySelectorAll('.tools, .card, .switch')].filter((part) =>
		part.scrollWidth > part.clientWidth || part.getBoundingClientRect().left < 0).map((part) => part.className || part.tagName).join()`); wide != "" {
		s.t.Errorf("%s: too wide are %s", name, wide)
	}
}

// letters200 runs look while the browser is told to make letters twice as large, and nothing else.
func (s *screen) letters200(look func()) {
	s.t.Helper()
	sizes := func(by int64) {
		command(s.t, s.ctx, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: 16 * by, Fixed: 13 * by}})
		s.until(`parseFloat(getComputedStyle(document.documentElement).fontSize) === %d`, 16*by)
	}
	sizes(2)
	look()
	sizes(1)
}

// A keyboard on the screen takes height away, and the layout stays.
func TestLayoutStaysWhileSomebodyTypes(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	layout := `[...document.querySelectorAll('.ask, .ask-word, .credit, .tools, .tools > *, .strip, .photo')].map((element) => {
		const { left, top, width, height } = element.getBoundingClientRect();
		// The line stays above the keyboard, the rest where it is.
		return [element.id, left, Math.round(ask.contains(element) ? top - innerHeight : top + scrollY), width, height].join(' ');
	}).join('\n')`
	for _, size := range []struct {
		width, high, low int64
	}{{360, 560, 290}, {320, 480, 256}, {600, 1024, 500}} {
		s := visit(t, p.URL, "prefers-reduced-motion=reduce")
		s.size(size.width, size.high)
		s.open(p.URL)
		s.until(`document.querySelector('.strip-pick')`)
		s.click("#word")
		before := s.text(layout)
		s.size(size.width, size.low)
		s.until(`innerHeight === %d`, size.low)
		if after := s.text(layout); after != before {
			t.Errorf("%d by %d, then %d: got\n%s\nwant\n%s", size.width, size.high, size.low, after, before)
		}
		s.want(`word.offsetWidth >= innerWidth - 100`, "true")
		s.want(`document.documentElement.scrollHeight > innerHeight`, "true")
	}
	// A phone that lies down, and a tablet: what is too low scrolls.
	for _, size := range []struct{ width, high, low int64 }{{844, 390, 180}, {1024, 768, 250}} {
		s := visit(t, p.URL, "prefers-reduced-motion=reduce")
		s.size(size.width, size.high)
		s.open(p.URL)
		s.shows("harbour")
		s.click("#word")
		before := s.text(`[word.offsetWidth, word.offsetHeight, tools.offsetWidth, getComputedStyle(ask).fontSize].join()`)
		s.size(size.width, size.low)
		s.until(`innerHeight === %d`, size.low)
		s.want(`[word.offsetWidth, word.offsetHeight, tools.offsetWidth, getComputedStyle(ask).fontSize].join()`, before)
		s.until(`document.documentElement.scrollHeight === 320`)
	}
}
