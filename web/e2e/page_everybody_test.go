package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// checkers is what is hardest to write on: white and black side by side.
const checkers = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1000"><defs><pattern id="p" width="80" height="80" patternUnits="userSpaceOnUse"><path fill="#fff" d="M0 0h80v80H0z"/><path d="M0 0h40v40H0zM40 40h40v40H40z"/></pattern></defs><path fill="url(#p)" d="M0 0h1600v1000H0z"/></svg>`

var photos = map[string]string{
	"white":    plainSVG("#fff", "#eee"),
	"dark":     plainSVG("#000", "#222"),
	"checkers": checkers,
}

func TestAccessibilityRules(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	for name, photo := range photos {
		g.paint(photo)
		p.Publish("main", "harbour")
		s := visit(t, g.URL)
		s.shows("harbour")
		s.axe(name)
		s.press(kb.ArrowUp)
		s.until(`document.querySelector('.strip-pick')`)
		s.axe(name + ", strip open")
		s.press(kb.Escape)
		s.click(`[popovertarget="about"]`)
		s.until(`about.matches(':popover-open')`)
		s.axe(name + ", about")
		s.press(kb.Escape)
		s.click(`[popovertarget="phone"]`)
		s.until(`document.querySelector('.qr').complete`)
		s.axe(name + ", code")
		s.press(kb.Escape)
		s.size(390, 844)
		s.until(`document.querySelector('.strip-pick')`)
		s.axe(name + ", remote")
	}
}

// With the colours that the system forces, and with more contrast, nothing is
// lost either, neither the dots nor the night.
func TestSystemColours(t *testing.T) {
	t.Parallel()
	p := start(t, "ADMIN_TOKEN="+token)
	g := newGate(t, p)
	g.paint(checkers)
	p.Publish("main", "harbour")
	p.Publish("main", "forest")
	s := openDesk(t, g.URL)
	for _, colours := range [][]string{{"prefers-contrast=more"}, {"forced-colors=active", "prefers-color-scheme=light"}} {
		s.prefer(append(colours, "prefers-reduced-motion=reduce")...)
		s.open(g.URL + "/host")
		s.axe(colours[0] + ", desk")
		s.open(g.URL + "/lab")
		s.axe(colours[0] + ", lab")
		s.size(390, 844)
		s.open(g.URL)
		s.until(`document.querySelector('.strip-pick')`)
		s.axe(colours[0] + ", remote")
		s.size(1280, 800)
		s.open(g.URL + "/?clock=24&dim=0-24,black")
		if got := brightest(s.shot()); got > 230 {
			t.Errorf("%s: the night is as bright as %d", colours[0], got)
		}
		s.press(kb.ArrowUp, kb.ArrowUp)
		s.until(`document.querySelector('.strip-pick')`)
		s.axe(colours[0] + ", strip open")
		s.press(kb.Escape)
		s.until(`strip.hidden`)
		s.axe(colours[0] + ", wall")
		s.want(`matchMedia('(forced-colors: active)').matches && getComputedStyle(word, '::placeholder').color !== 'rgb(0, 0, 0)'`, "false")
		s.want(`getComputedStyle(document.querySelector('.credit-dot')).backgroundImage.startsWith('radial-gradient(circle, rgb(' + (matchMedia('(forced-colors: active)').matches ? '0, 0, 0' : ''))`, "true")
	}
}

func TestFirstVisitAndErrorsAreAccessible(t *testing.T) {
	p := start(t)
	s := visit(t, p.URL+"/f/nobody-was-here")
	s.axe("first visit")
	s.press(kb.ArrowDown)
	s.until(`!pad.hidden`)
	s.axe("letters")
	do(t, s.ctx, chromedp.Navigate(p.URL+"/nowhere"))
	s.until(`document.body.classList.contains('plain')`)
	s.axe("error page")
}

func TestPicturesAreSaidAloud(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	s := visit(t, p.URL)
	s.shows("harbour")
	s.want(`say.getAttribute('aria-live') + say.textContent`, "polite")
	title := p.Publish("main", "snow")["title"].(string)
	s.until(`say.textContent === %q`, "snow: "+title+" by Picture Frame")
	s.want(`document.querySelectorAll('.layer:not([aria-hidden="true"])').length`, "1")
	s.want(`document.querySelectorAll('main, h1').length`, "2")
	s.want(`word.labels[0].textContent`, "Show a picture of")
}

// With the keyboard alone every control can be reached, and seen to be.
func TestKeyboardReachesEverything(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	p.Publish("main", "forest")
	s := visit(t, p.URL)
	s.shows("forest")
	reached := map[string]bool{}
	for range 20 {
		s.press(kb.Tab)
		reached[s.text(`document.activeElement.getAttribute('popovertarget') || document.activeElement.id || document.activeElement.className`)] = true
		s.until(`document.activeElement === document.body || document.activeElement === word || getComputedStyle(document.activeElement).outlineStyle !== 'none'`)
	}
	for _, name := range []string{"word", "back", "pause", "earlier", "phone", "share", "full", "about"} {
		if !reached[name] {
			t.Errorf("Tab never reaches %s, only %v", name, reached)
		}
	}
}

func TestWordsFromRightToLeft(t *testing.T) {
	p := start(t)
	s := visit(t, p.URL)
	s.click("#word")
	evaluate[string](t, s.ctx, `word.value = 'قطة في الثلج'`)
	s.want(`getComputedStyle(word).direction`, "rtl")
	s.press(kb.Enter)
	s.shows("قطة في الثلج")
	s.want(`getComputedStyle(document.querySelector('.credit-word')).direction`, "rtl")
	s.until(`document.title === 'قطة في الثلج · Picture Frame'`)
	// An override ends with its word, even one that would end its isolate first.
	p.Publish("main", "\u2069\u202eretal")
	s.until(`document.title === '\u2068\u202eretal\u2069 · Picture Frame'`)
	s.until(`(` + front + `).alt?.startsWith('\u2068\u202eretal\u2069: ')`)
}

// From a small phone to a large wall nothing is cut off or lies on another
// thing; 640 by 400 is a laptop at 200 %.
func TestEveryScreenHoldsItAll(t *testing.T) {
	p := start(t)
	p.Publish("main", "a rather long word for a picture")
	s := visit(t, p.URL, "prefers-reduced-motion=reduce")
	for _, size := range []struct{ width, height int64 }{
		{3840, 2160}, {1920, 1080}, {1280, 800}, {960, 540}, {844, 390}, {640, 400}, {768, 1024}, {390, 844}, {360, 640}, {360, 290}, {320, 568}, {320, 256},
	} {
		s.size(size.width, size.height)
		s.open(p.URL + "/?clock=1")
		s.shows("a rather long word for a picture")
		s.want(`document.documentElement.scrollWidth <= innerWidth`, "true")
		const problem = `(() => {
			scrollTo(0, 0);
			const parts = [...document.querySelectorAll('.credit, .tools, .clock, .ask, .chip')].map((element) => [element.className, element.getBoundingClientRect()]);
			// A remote's line lies over what scrolls below it, until its end.
			const dock = getComputedStyle(ask).position === 'sticky' && document.documentElement.scrollHeight - innerHeight;
			const boxes = parts.map(([name, { left, top, right, bottom }]) => [name, { left, right, top: top + (name === 'ask' && dock), bottom: bottom + (name === 'ask' && dock) }]);
			if (dock && Math.abs(ask.getBoundingClientRect().bottom - innerHeight) > 1) return 'the line is not at the bottom';
			for (const [name, box] of boxes) {
				if (box.left < 0 || box.right > innerWidth + .5 || box.top < 0) return name + ' is cut off';
				for (const [other, its] of boxes) {
					if (other !== name && box.left < its.right - 1 && its.left < box.right - 1 && box.top < its.bottom - 1 && its.top < box.bottom - 1) return name + ' lies on ' + other;
				}
			}
			return '';
		})()`
		if got := s.text(problem); got != "" {
			t.Errorf("%d by %d: %s", size.width, size.height, got)
		}
		// All that can be said, at once.
		if got := s.text(`(document.querySelectorAll('.chip').forEach((chip) => { chip.textContent ||= 'Looking for “a long word”'; chip.hidden = false; }), ` + problem + `)`); got != "" {
			t.Errorf("%d by %d with much to say: %s", size.width, size.height, got)
		}
	}
	s.want(`document.querySelector('.credit-now').innerText`, "On screen now")
	s.until(`document.querySelectorAll('.strip-pick').length === 1 && document.querySelector('.strip').offsetHeight > 0`)
}
