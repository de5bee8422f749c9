package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// words are the texts that stand on the picture, with the colour each has.
const words = `[...document.querySelectorAll('.ask-label, .ask-word, .ask-more, .ask-answer, .credit-title, .credit-by, .credit-note, .credit-now, .credit-word, .chip, .clock, .strip-word')]
	.filter((element) => element.offsetWidth > 0 && getComputedStyle(element).visibility === 'visible' && (element.textContent || element.placeholder))
	.map((element) => {
		const range = document.createRange();
		range.selectNodeContents(element);
		const { left, top, right, bottom } = (element.placeholder ? element : range).getBoundingClientRect();
		const { color } = element.placeholder ? getComputedStyle(element, '::placeholder') : getComputedStyle(element);
		return { name: element.className, left, top, right: Math.min(right, innerWidth), bottom: Math.min(bottom, innerHeight), color: color.match(/[\d.]+/g).slice(0, 3).map(Number) };
	})`

// fill draws letters in one colour. Nothing moves or fades meanwhile.
const fill = `* , *::placeholder, *::before, *::after { -webkit-text-fill-color: %s !important; text-decoration-color: transparent !important; caret-color: transparent !important; transition: none !important; }
	.chip::before, .ask-send, .ask-try, .ask-own::before { visibility: hidden !important; } .ask-line { border-color: transparent !important; box-shadow: none !important; }`

// bare leaves nothing but letters, in white on black.
const bare = ` *, *::before, *::after { background: none !important; box-shadow: none !important; text-shadow: none !important; filter: none !important; } html { background: #000 !important; } .stage *, .tools { visibility: hidden !important; }`

// lineToTypeOn has no width where there is none.
const lineToTypeOn = `(() => {
	const element = document.querySelector('.ask-line');
	const { left, right, bottom } = element.getBoundingClientRect();
	const { color, borderBottomWidth } = getComputedStyle(element);
	return { name: 'the line', left, right, top: bottom - parseFloat(borderBottomWidth), bottom, color: color.match(/[\d.]+/g).slice(0, 3).map(Number) };
})()`

// What WCAG 2.2 asks for text of any size (1.4.3), and for what one has to see to
// use a page (1.4.11).
const (
	minContrast     = 4.5
	minContrastLine = 3
)

// Letters are read by what touches them. Once the page is shot with its letters
// alone, and once without them but with all that is behind and around them: of the
// pixels that touch a letter, nineteen of twenty have to differ enough from its ink.
func TestWordsKeepTheirContrast(t *testing.T) {
	t.Parallel()
	p := start(t)
	g := newGate(t, p)
	g.hang(nastySet[0])
	p.Publish("main", "harbour")
	corners := []string{"top-left", "bottom-right", "top-right", "bottom-left"}
	inks := map[string]int{}
	s := blank(t)
	s.before(handInk)
	s.prefer("prefers-reduced-motion=reduce")
	for _, size := range []struct {
		width, height int64
		set           []nasty
	}{{1280, 800, nastySet}, {844, 390, nastySet}, {390, 844, nastySet[:2]}, {3840, 2160, []nasty{nastyOne("lights")}}} {
		s.size(size.width, size.height)
		for i, n := range size.set {
			query := "/?clock=24&date=1&corner=" + corners[i%len(corners)]
			if size.width == 844 && i%2 == 0 {
				query += "&ui=0"
			}
			g.hang(n)
			s.open(g.URL + query)
			s.contrast(fmt.Sprintf("%s %dx%d%s", n.name, size.width, size.height, query))
			inks[s.text(`document.getElementById('credit').dataset.ink`)]++
		}
	}
	// Two that hang side by side.
	s.size(1280, 800)
	g.hang(nastyOne("portrait"))
	s.open(g.URL + "/?clock=24&corner=bottom-right")
	p.Publish("main", "rose")
	s.until(`document.documentElement.classList.contains('is-pair')`)
	s.contrast("a pair")
	if inks["dark"] == 0 || inks["light"] == 0 {
		t.Errorf("the inks were %v, want both", inks)
	}
}

// handInk makes the page look at what is behind its words at once. inked is whether
// it has.
const handInk = `(() => {
	const [later, never] = [setTimeout, clearTimeout];
	const looks = new Set();
	window.setTimeout = (run, ms, ...rest) => {
		if (ms && ms !== 550) return later(run, ms, ...rest);
		const id = later(() => { run(); looks.delete(id); });
		looks.add(id);
		return id;
	};
	window.clearTimeout = (id) => (looks.delete(id), never(id));
	window.inked = () => looks.size === 0;
	window.framed = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
})()`

// contrast measures every word that stands on the picture. Where the page has moved
// or inked some of them between the shots, it measures once more.
func (s *screen) contrast(name string) {
	s.t.Helper()
	for range 10 {
		boxes, letters, behind := s.shootWords()
		if after := evaluate[[]box](s.t, s.ctx, words); !slices.Equal(boxes, after) {
			s.t.Logf("%s: got the words at %v, and then at %v", name, boxes, after)
			continue
		}
		if len(boxes) < 5 {
			s.t.Errorf("%s: only %v stand on the picture", name, boxes)
		}
		for _, b := range boxes {
			if got := touching(letters, behind, b); !(got >= minContrast) {
				s.t.Errorf("%s: %s has a contrast of %.2f, want %.1f", name, b.Name, got, minContrast)
			}
		}
		if b := evaluate[box](s.t, s.ctx, lineToTypeOn); b.Right > b.Left {
			if got := beside(behind, b); got < minContrastLine {
				s.t.Errorf("%s: %s has a contrast of %.2f, want %d", name, b.Name, got, minContrastLine)
			}
		}
		return
	}
	s.t.Errorf("%s: the words never stood still", name)
}

// shootWords takes a picture of the letters alone and one of what is behind them.
func (s *screen) shootWords() (boxes []box, letters, behind image.Image) {
	s.t.Helper()
	s.until(`document.querySelectorAll('[data-ink]').length === 3`)
	s.letters()
	// Words that have grown are looked at again.
	evaluate[bool](s.t, s.ctx, `framed()`)
	s.until(`inked()`)
	s.press(kb.Shift) // somebody is there: the words stay
	boxes = evaluate[[]box](s.t, s.ctx, words)
	return boxes, s.shoot(fmt.Sprintf(fill, "#fff") + bare), s.shoot(fmt.Sprintf(fill, "transparent"))
}

// A box is where a text stands, and its ink.
type box struct {
	Name                     string
	Left, Top, Right, Bottom float64
	Color                    [3]float64
}

// letters makes the page say all it can.
func (s *screen) letters() {
	s.t.Helper()
	evaluate[bool](s.t, s.ctx, `(() => {
		document.adoptedStyleSheets = [new CSSStyleSheet()];
		document.adoptedStyleSheets[0].replaceSync('* { transition: none !important; }');
		answer.dataset.kind = 'error';
		answer.textContent = 'There is no picture for that word, nor for any that is like it. Try another one: a thing, a place or an animal that somebody may have met with a camera.';
		state.dataset.kind = 'bad';
		state.textContent = 'Offline';
		state.hidden = false;
		hosted.textContent = 'on 37 of 38 screens';
		hosted.hidden = false;
		return true;
	})()`)
}

// shoot takes a picture of the page with one more style sheet.
func (s *screen) shoot(css string) image.Image {
	s.t.Helper()
	evaluate[bool](s.t, s.ctx, fmt.Sprintf(`(document.adoptedStyleSheets[0].replaceSync(%q), true)`, css))
	return s.shot()
}

// shot is a picture of the page.
func (s *screen) shot() image.Image {
	s.t.Helper()
	shot, err := chromedp.Run(s.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		s.t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		s.t.Fatal(err)
	}
	return picture
}
