package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"math"
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

// words are the texts that stand on the picture, with the colour each has.
const words = `[...document.querySelectorAll('.ask-label, .ask-word, .ask-answer, .credit-title, .credit-by, .credit-note, .credit-now, .credit-word, .chip, .clock, .strip-word')]
	.filter((element) => element.offsetWidth > 0 && (element.textContent || element.placeholder))
	.map((element) => {
		const range = document.createRange();
		range.selectNodeContents(element);
		const { left, top, right, bottom } = (element.placeholder ? element : range).getBoundingClientRect();
		const { color, opacity } = element.placeholder ? getComputedStyle(element, '::placeholder') : getComputedStyle(element);
		return { name: element.className, left, top, right: Math.min(right, innerWidth), bottom: Math.min(bottom, innerHeight), color: color.match(/[\d.]+/g).slice(0, 3).map(Number), opacity: Number(opacity) };
	})`

// minContrast is what WCAG 2.2 asks for text of any size (1.4.3).
const minContrast = 4.5

// The words are taken away, and what is left behind them is measured pixel by
// pixel: the worst of all pixels counts.
func TestWordsKeepTheirContrast(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	for name, photo := range photos {
		for _, size := range []struct{ width, height int64 }{{1280, 800}, {844, 390}, {390, 844}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size.width, size.height), func(t *testing.T) {
				g.paint(photo)
				p.Publish("main", "harbour")
				s := visit(t, p.URL, "prefers-reduced-motion=reduce")
				s.size(size.width, size.height)
				s.open(g.URL + "/?clock=1")
				s.shows("harbour")
				visit(t, p.URL)
				s.until(`!viewers.hidden`)
				evaluate[bool](t, s.ctx, `(() => {
					answer.dataset.kind = 'error';
					answer.textContent = 'There is no picture for that word.';
					state.dataset.kind = 'bad';
					state.textContent = 'Offline';
					state.hidden = false;
					return true;
				})()`)
				type box struct {
					Name                     string
					Left, Top, Right, Bottom float64
					Color                    [3]float64
					Opacity                  float64
				}
				boxes := evaluate[[]box](t, s.ctx, words)
				if len(boxes) < 7 {
					t.Fatalf("only %v stand on the picture", boxes)
				}
				evaluate[bool](t, s.ctx, `(() => {
					const sheet = new CSSStyleSheet();
					sheet.replaceSync('*, *::placeholder, *::before { color: transparent !important; text-decoration-color: transparent !important; text-shadow: none !important; border-color: transparent !important; } .chip::before, .ask-send, .ask-try { visibility: hidden !important; }');
					document.adoptedStyleSheets = [sheet];
					return true;
				})()`)
				s.press(kb.Shift) // somebody is there: the scrims stay
				shot, err := chromedp.Run(s.ctx, chromedp.CaptureScreenshot())
				if err != nil {
					t.Fatal(err)
				}
				picture, err := png.Decode(bytes.NewReader(shot))
				if err != nil {
					t.Fatal(err)
				}
				for _, b := range boxes {
					where := image.Rect(int(b.Left)+1, int(b.Top)+1, int(b.Right)-1, int(b.Bottom)-1)
					if got := worstContrast(picture, where, b.Color, b.Opacity); got < minContrast {
						t.Errorf("%s has a contrast of %.2f, want %.1f", b.Name, got, minContrast)
					}
				}
			})
		}
	}
}

func worstContrast(picture image.Image, where image.Rectangle, ink [3]float64, opacity float64) float64 {
	worst := math.Inf(1)
	where = where.Intersect(picture.Bounds())
	for y := where.Min.Y; y < where.Max.Y; y++ {
		for x := where.Min.X; x < where.Max.X; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			ground := [3]float64{float64(r >> 8), float64(g >> 8), float64(b >> 8)}
			var mixed [3]float64
			for i := range mixed {
				mixed[i] = ink[i]*opacity + ground[i]*(1-opacity)
			}
			text, behind := luminance(mixed), luminance(ground)
			worst = min(worst, (max(text, behind)+0.05)/(min(text, behind)+0.05))
		}
	}
	return worst
}

// luminance is WCAG's relative luminance of a colour with parts from 0 to 255.
func luminance(colour [3]float64) float64 {
	linear := func(part float64) float64 {
		if part /= 255; part <= 0.04045 {
			return part / 12.92
		}
		return math.Pow((part+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(colour[0]) + 0.7152*linear(colour[1]) + 0.0722*linear(colour[2])
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
		problem := s.text(`(() => {
			scrollTo(0, 0);
			const parts = [...document.querySelectorAll('.credit, .tools, .clock, .ask')].map((element) => [element.className, element.getBoundingClientRect()]);
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
		})()`)
		if problem != "" {
			t.Errorf("%d by %d: %s", size.width, size.height, problem)
		}
	}
	s.want(`document.querySelector('.credit-now').innerText`, "On screen now")
	s.until(`document.querySelectorAll('.strip-pick').length === 1 && document.querySelector('.strip').offsetHeight > 0`)
}
