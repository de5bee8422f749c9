package e2e

import (
	"image"
	"regexp"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// minCodeContrast is below what reading programs want of a code: ISO/IEC 15415
// calls 0.4 of the whole range fair, which on black is more than this.
const minCodeContrast = 3

// reads compares an image on the screen, module by module, with the code for an
// address and the four light modules that have to be around it. It returns how much
// light a light module gives, of 1 for white.
func (s *screen) reads(selector, address string) float64 {
	s.t.Helper()
	code, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		s.t.Fatal(err)
	}
	s.until(`document.querySelector(%q).naturalWidth > 0`, selector)
	s.until(`!document.getAnimations().some((animation) => animation instanceof CSSTransition)`)
	at := evaluate[[]float64](s.t, s.ctx, `(({ left, top, width }) => [left, top, width])(document.querySelector('`+selector+`').getBoundingClientRect())`)
	shot := s.shot()
	const quiet = 4
	modules := code.Bounds().Dx()
	side := at[2] / float64(modules+2*quiet)
	lightest, darkest, wrong := 1.0, 0.0, 0
	for y := -quiet; y < modules+quiet; y++ {
		for x := -quiet; x < modules+quiet; x++ {
			middle := func(n int, from float64) int { return int(from + (float64(n+quiet)+0.5)*side) }
			r, g, b, _ := shot.At(middle(x, at[0]), middle(y, at[1])).RGBA()
			light := luminance([3]float64{float64(r >> 8), float64(g >> 8), float64(b >> 8)})
			isDark := false
			if image.Pt(x, y).In(code.Bounds()) {
				r, _, _, _ := code.At(x, y).RGBA()
				isDark = r == 0
			}
			if isDark {
				darkest = max(darkest, light)
			} else {
				lightest = min(lightest, light)
			}
			if isDark != (light < 0.05) {
				wrong++
			}
		}
	}
	if got := (lightest + 0.05) / (darkest + 0.05); wrong > 0 || got < minCodeContrast {
		s.t.Errorf("%s: %d modules are not those of %s, and the contrast is %.1f, want at least %d", selector, wrong, address, got, minCodeContrast)
	}
	return lightest
}

// One press shows the code to the whole room, another one or Escape ends that.
func TestCodeFillsTheScreen(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("hall", "harbour")
	s := visit(t, p.URL+"/f/hall")
	s.shows("harbour")
	s.click(`[popovertarget="phone"]`)
	s.reads("#phone .qr", p.URL+"/f/hall")
	s.click("#enlarge")
	s.until(`large.matches(':modal')`)
	s.want(`large.getAttribute('aria-label')`, "Type on your phone")
	s.want(`large.querySelector('.card-url').textContent`, p.URL+"/f/hall")
	s.want(`large.querySelector('.qr').offsetHeight > innerHeight * .8 && large.offsetWidth * large.offsetHeight > innerWidth * innerHeight / 2`, "true")
	s.want(`large.scrollHeight <= large.clientHeight`, "true")
	s.reads("#large .qr", p.URL+"/f/hall")
	s.axe("large code")
	// Wherever its address has to break, no number does.
	for _, size := range []struct{ width, height int64 }{{1280, 800}, {1024, 768}, {800, 480}, {640, 360}, {320, 568}} {
		s.size(size.width, size.height)
		lines := s.text(`(() => {
			const lines = [];
			const walk = document.createTreeWalker(large.querySelector('.card-url'), NodeFilter.SHOW_TEXT);
			for (let text, last; (text = walk.nextNode());) {
				for (let i = 0; i < text.data.length; i++) {
					const range = document.createRange();
					range.setStart(text, i);
					range.setEnd(text, i + 1);
					const { top } = range.getBoundingClientRect();
					if (lines.length === 0 || top > last + 5) lines.push('');
					lines[lines.length - 1] += text.data[i];
					last = top;
				}
			}
			return lines.join(' ');
		})()`)
		if strings.ReplaceAll(lines, " ", "") != p.URL+"/f/hall" || regexp.MustCompile(`[0-9] [0-9]`).MatchString(lines) {
			t.Errorf("%d by %d: the address stands as %s", size.width, size.height, lines)
		}
	}
	s.size(1280, 800)
	for range 3 {
		s.want(`large.contains(document.activeElement) || document.activeElement === document.body`, "true")
		s.press(kb.Tab)
	}
	const back = `!large.open && phone.matches(':popover-open') && document.activeElement.id === 'enlarge'`
	s.press(kb.Escape)
	s.until(back)
	s.press(kb.Enter)
	s.until(`large.open`)
	s.click("#large .qr")
	s.until(back)

	s.click("#enlarge")
	s.press("s", "e", "a")
	s.until(`word.value === 'sea' && !large.open && !document.querySelector(':popover-open')`)
}

// ?qr=1 keeps a small code in sight, whoever is there and whatever else is in its corner.
func TestWallInvites(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("hall", "harbour")
	const apart = `(() => {
		const boxes = [...document.querySelectorAll('.ask, .credit, .clock, .tools, .invite')].filter((part) => part.offsetWidth).map((part) => part.getBoundingClientRect());
		return boxes.length >= 3 && boxes.every((box, i) => box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight &&
			boxes.every((its, j) => i === j || box.right <= its.left || its.right <= box.left || box.bottom <= its.top || its.bottom <= box.top));
	})()`
	s := visit(t, p.URL+"/f/hall?qr=1&ui=0", "prefers-reduced-motion=reduce")
	s.shows("harbour")
	s.want(`invite.tagName`, "SPAN") // nothing to press
	for _, corner := range []string{"top-right", "bottom-left", "bottom-right"} {
		for _, size := range []struct{ width, height int64 }{{1280, 720}, {700, 500}} {
			s.size(size.width, size.height)
			for _, ui := range []string{"&ui=0", ""} {
				s.open(p.URL + "/f/hall?qr=1&clock=12&date=1&corner=" + corner + ui)
				if got := s.text(apart); got != "true" {
					t.Errorf("the code at %d by %d, clock %s%s: something lies on another thing", size.width, size.height, corner, ui)
				}
			}
		}
	}
	s.idle()
	s.until(`getComputedStyle(tools).opacity === '0'`)
	s.reads("#invite .qr", p.URL+"/f/hall")
	s.click("#invite") // is seen, so it can be pressed
	s.until(`large.matches(':modal')`)
	s.press(kb.Escape)
	s.until(`!large.open && document.activeElement.id === 'invite'`)

	s.open(p.URL + "/f/hall?qr=1&ui=0&clock=24&corner=bottom-right&dim=0-24,black")
	s.shows("harbour")
	s.idle()
	s.until(`getComputedStyle(night).opacity === '1'`)
	if light := s.reads("#invite .qr", p.URL+"/f/hall"); light > 0.15 {
		t.Errorf("at night the code shines with %.2f of white, want at most 0.15", light)
	}

	s.size(390, 844)
	s.touchable()
	for _, ui := range []string{"", "&ui=0"} {
		s.open(p.URL + "/f/hall?qr=1" + ui)
		s.want(`invite.offsetWidth`, "0") // this is a phone
	}
	do(t, s.ctx, chromedp.Navigate(p.URL+"/f/hall?qr=0"))
	s.until(ready)
	s.want(`document.getElementById('invite')`, "null")
}
