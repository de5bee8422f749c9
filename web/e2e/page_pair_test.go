package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// besides is the word of the picture on the left of the one that hangs, "" where
// it hangs alone.
const besides = `[...document.querySelectorAll('.is-shown .beside')].filter((each) => getComputedStyle(each).visibility === 'visible').map(({ alt }) => alt.split(':')[0]).join()`

// credited is what the label says of it.
const credited = `[...document.querySelectorAll('.credit-beside .credit-word')].filter(({ offsetWidth }) => offsetWidth > 0).map(({ textContent }) => textContent).join()`

// hungPortraits starts a wall whose pictures are portraits, with a rose.
func hungPortraits(t *testing.T) (*program, *gate) {
	t.Helper()
	p := start(t, "ADMIN_TOKEN=secret-token-for-tests")
	g := newGate(t, p)
	g.paint(strings.Replace(plainSVG("#fff", "#000"), `width="1600" height="1000"`, `width="600" height="900"`, 1))
	p.Publish("main", "rose")
	return p, g
}

// takeOff takes a picture off, as the host.
func (p *program) takeOff(id string) {
	p.t.Helper()
	p.check(row{"DELETE", "/history/" + id + "?frame=main", head("Authorization", "Bearer secret-token-for-tests"), "", 204, ""})
}

func TestTwoPortraitsHangSideBySide(t *testing.T) {
	t.Parallel()
	p, g := hungPortraits(t)
	s := visit(t, g.URL)
	s.size(1280, 800)
	s.shows("rose")
	hang := func(left, right string) {
		t.Helper()
		s.shows(right)
		s.until(`%s === %q`, besides, left)
		if left != "" {
			s.want(`(([left, right]) => left.x >= 0 && left.right < right.x && right.right <= innerWidth && left.top === right.top && left.height === right.height)(
				['.is-shown .beside', '.is-shown .photo'].map((each) => document.querySelector(each).getBoundingClientRect()))`, "true")
			left = fmt.Sprintf("Left: “\u2068%s\u2069”", left)
		}
		s.until(`(%s) === %q`, credited, left)
	}
	hang("", "rose")

	p.Publish("main", "tulip")
	tulip := p.newest("main")
	hang("rose", "tulip")
	s.want(`word.placeholder`, "tulip")
	s.until(`say.textContent.includes('tulip') && say.textContent.includes('Left of it: rose')`)
	s.axe("two portraits")

	// Whoever looks back sees one after the other.
	s.press(kb.ArrowLeft)
	hang("", "rose")
	s.press(kb.ArrowRight)
	hang("rose", "tulip")

	// There is no room for two on an upright screen.
	s.size(800, 1280)
	hang("", "tulip")
	s.size(1280, 800)
	hang("rose", "tulip")

	p.Publish("main", "lily")
	hang("tulip", "lily")
	// The host takes the one on the left off.
	p.takeOff(tulip)
	hang("", "lily")

	g.Open() // what is landscape hangs alone
	p.Publish("main", "harbour")
	hang("", "harbour")
}

// What the host takes off while it is about to be put beside another is not hung.
func TestPortraitThatIsTakenOffInBetween(t *testing.T) {
	t.Parallel()
	p, g := hungPortraits(t)
	s := blank(t)
	s.size(1280, 800)
	s.before(`
		const decode = HTMLImageElement.prototype.decode;
		Object.assign(globalThis, { held: [], loaded: 0 });
		HTMLImageElement.prototype.decode = async function () {
			if (this.className === 'beside' && held) await new Promise((release) => held.push(release));
			await decode.call(this);
			if (this.className !== 'beside') loaded++;
		};`)
	s.open(g.URL)
	s.shows("rose")
	s.recordShown()
	p.Publish("main", "tulip")
	s.until(`held.length === 1`)
	s.run(`window.before = loaded`)
	p.takeOff(p.newest("main"))
	p.Publish("main", "lily")
	s.until(`loaded > before`) // and so it has heard of the other before
	s.run(`const [release] = held; held = null; release()`)
	s.shows("lily")
	s.want(`shown.join()`, "lily")
}
