package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// The first touch of a page on which nothing can be seen brings the controls back,
// and presses nothing that lies under it.
func TestFirstTouchOnlyWakes(t *testing.T) {
	for _, options := range []string{"", "?dim=0-24", "?ui=0", "?ui=0&dim=0-24"} {
		t.Run(options, func(t *testing.T) {
			p := start(t)
			p.Publish("main", "harbour")
			p.Publish("main", "forest")
			s := visit(t, p.URL+"/"+options)
			s.touchable()
			s.shows("forest")
			evaluate[bool](t, s.ctx, `(window.followed = 0, document.querySelector('.credit-license a').onclick = () => { followed++; return false; }, true)`)
			awake := `'idle' in document.documentElement.dataset`
			s.idle()
			s.tap(".credit-license a", 0)
			s.until(`!(%s)`, awake)
			s.tap(".credit-license a", 0.3) // a double tap
			s.want(`followed`, "0")
			s.tap(".credit-license a", 2)
			s.until(`followed === 1`)
			if options != "" && options != "?dim=0-24" {
				return
			}
			for n, control := range []string{"#pause", "#back", `[popovertarget="about"]`, "#word"} {
				after := float64(10 * (n + 1))
				s.idle()
				s.tap(control, after)
				s.until(`!(%s)`, awake)
				s.want(`pause.ariaPressed + (document.activeElement === word) + Boolean(document.querySelector(':popover-open'))`, "falsefalsefalse")
			}
			s.idle()
			s.drag(400, 400, 700, 60) // a swipe is a touch
			s.until(`!(%s)`, awake)
			s.want(`pause.ariaPressed`, "false")
			// So is a key that does not write; the control with the focus is as invisible as the others.
			evaluate[bool](t, s.ctx, `(pause.focus(), true)`)
			for _, key := range []string{kb.Enter, " ", kb.ArrowLeft} {
				s.want(`pass(60000)`, "true") // so long a control that has the focus stays
				s.press(key)
				s.until(`!(%s)`, awake)
				s.want(`pause.ariaPressed`, "false")
			}
			s.tap("#pause", 70)
			s.until(`pause.ariaPressed === 'true'`)
		})
	}
}

func TestNothingPinsWithoutControls(t *testing.T) {
	p := start(t)
	for _, word := range []string{"harbour", "forest"} {
		p.Publish("main", word)
	}
	s := visit(t, p.URL+"/?ui=0")
	s.touchable()
	s.shows("forest")
	s.drag(400, 400, 700, 0)
	s.drag(400, 400, 700, 5)
	s.press(kb.ArrowLeft, " ", kb.ArrowUp, kb.Enter, "a")
	for _, word := range []string{"desert", "snow", "city"} {
		p.Publish("main", word)
	}
	s.shows("city")
	s.want(`strip.hidden && pad.hidden && word.value === ''`, "true")
}

// handAbsence lets a test say how long nobody has been there.
const handAbsence = `(() => {
	const later = setTimeout;
	window.setTimeout = (run, ms, ...rest) => (/#check\(\)/.test(run) ? (window.look = run, 0) : later(run, ms, ...rest));
})()`

func TestForgottenPauseEnds(t *testing.T) {
	p := start(t)
	for _, word := range []string{"harbour", "forest"} {
		p.Publish("main", word)
	}
	s := blank(t)
	s.before(handAbsence)
	s.open(p.URL)
	s.shows("forest")
	s.press(kb.ArrowLeft)
	s.shows("harbour")
	absent := func(ms int, says string) {
		t.Helper()
		s.until(`(pass(%d), look(), true)`, ms)
		s.want(`returning.hidden ? '' : returning.innerText`, says)
	}
	absent(260_000, "")
	absent(15_000, "Back to live in 25 s, unless somebody is here")
	s.want(`getComputedStyle(returning).opacity + document.documentElement.hasAttribute('data-idle')`, "1true")
	s.press(kb.ArrowLeft) // somebody is: the key does nothing else
	absent(0, "")
	s.shows("harbour")
	absent(299_000, "Back to live in 1 s, unless somebody is here")
	s.until(`say.textContent.includes('Back to live')`)
	absent(1_000, "")
	s.shows("forest")
	s.until(`live.hidden`)

	// Whoever opened a picture's own address wants to see that one.
	s.press(kb.ArrowLeft, kb.ArrowLeft)
	s.shows("harbour")
	s.open(p.URL + "/p/" + p.newest("main"))
	s.want(`pause.ariaPressed + typeof look`, "trueundefined")
}
