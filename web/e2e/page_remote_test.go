package e2e

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// held is a phone's window: upright, small, with the keyboard open, or lying down.
var held = [][2]int64{{390, 844}, {390, 500}, {360, 330}, {844, 390}, {640, 190}}

// A phone is a remote for the wall: what is said of a word stands above the line,
// which is always at the bottom, under the thumb.
func TestPhoneIsARemote(t *testing.T) {
	t.Parallel()
	p := start(t)
	g := newGate(t, p)
	for _, size := range held {
		name := fmt.Sprintf("%d by %d", size[0], size[1])
		s := blank(t)
		frame := fmt.Sprint("phone-", size[0], "-", size[1])
		for _, word := range []string{"forest", "snow", "Forest", "harbour"} {
			p.Publish(frame, word)
		}
		do(t, s.ctx, chromedp.EmulateViewport(size[0], size[1], chromedp.EmulateMobile, chromedp.EmulateTouch))
		s.open(g.URL + "/f/" + frame)
		s.shows("harbour")
		s.until(`words.childElementCount === 2 && document.querySelectorAll('.strip-pick').length === 4`)
		visible := `[...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility({ checkVisibilityCSS: true }) && (element.placeholder ?? element.textContent) === 'harbour' && !element.firstElementChild).length`
		for what, want := range map[string]string{
			`[...words.children].map((word) => word.textContent).join()`:                                       "Forest,snow",
			`[...words.children].every((word) => word.offsetHeight >= 44 && word.offsetWidth >= 44)`:           "true",
			`getComputedStyle(document.querySelector('.tool-phone')).display`:                                  "none",
			`word.placeholder + document.querySelector('.ask-send').ariaLabel.replace(/[\u2066-\u2069]/g, '')`: "another like thisAnother picture of “harbour”",
			`Math.round(ask.getBoundingClientRect().bottom) - innerHeight + scrollX`:                           "0",
			`document.documentElement.scrollWidth <= innerWidth`:                                               "true",
			visible: "1",
		} {
			if got := s.text(what); got != want {
				t.Errorf("%s: %s is %q, want %q", name, what, got, want)
			}
		}
		inSight := func(what string) {
			t.Helper()
			s.until(`(answer.textContent.includes(%q) && (([said, line]) => said.top >= 0 && said.bottom <= line.top && line.bottom <= innerHeight)([answer, word].map((element) => element.getBoundingClientRect())))`, what)
		}
		evaluate[bool](t, s.ctx, `(word.focus({ preventScroll: true }), true)`)
		for status, says := range map[int]string{http.StatusNotFound: "There is nothing for that word.", http.StatusTooManyRequests: "is sent again in"} {
			g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path != "/publish" {
					return false
				}
				w.Header().Set("Content-Type", "application/problem+json")
				w.Header().Set("Retry-After", "50")
				w.WriteHeader(status)
				w.Write([]byte(`{"detail":"There is nothing for that word. Another one may find more than that."}`))
				return true
			})
			evaluate[string](t, s.ctx, `word.value = 'tiny porcupine'`)
			s.press(kb.Enter)
			inSight(says)
			evaluate[bool](t, s.ctx, `(word.value = '', word.dispatchEvent(new Event('input', { bubbles: true })))`)
		}
		g.Open()
		_, release := g.hold("/publish")
		s.press("s", "e", "a", kb.Enter)
		inSight("Looking for")
		release()
		g.Open()
	}
}

// Enter alone is for another picture of the word on screen, and a tapped word for
// one of that; neither touches what somebody is typing.
func TestAnotherLikeThis(t *testing.T) {
	t.Parallel()
	p := start(t)
	s := blank(t)
	s.phone()
	s.open(p.URL)
	s.click("#word")
	s.press(kb.Enter)
	s.until(`answer.textContent === 'Nothing hangs here yet: type a word first.' && ask.dataset.kind === 'note'`)
	for _, word := range []string{"harbour", "forest"} {
		p.Publish("main", word)
	}
	s.shows("forest")
	s.want(`word.getAttribute('aria-describedby') + more.textContent.replace(/[\u2066-\u2069]/g, '')`, "answer moreEnter alone shows another picture of “forest”.")
	s.press(kb.Enter)
	again := `fetch('/history').then((answer) => answer.json()).then(({ pictures }) => pictures.map(({ keyword }) => keyword).join())`
	s.until(`%s.includes('“forest” is on the wall now.') && felt.includes(60)`, line)
	s.want(`(`+again+`)`, "[object Promise]")
	if got := evaluate[string](t, s.ctx, again); got != "forest,forest,harbour" {
		t.Errorf("the history is %s", got)
	}
	s.press("o", "w")
	s.click(".ask-recent")
	s.shows("harbour")
	s.want(`word.value`, "ow")
	s.press(kb.Backspace)
	s.until(`document.activeElement !== word || word.value === 'o'`)

	// The wall says it below the line, and shows the word as always.
	wall := visit(t, p.URL, "prefers-reduced-motion=reduce")
	wall.shows("harbour")
	wall.click("#word")
	wall.want(`word.placeholder + getComputedStyle(more).display + getComputedStyle(words).display`, "harbourblocknone")
	wall.axe("empty line")
	do(t, wall.ctx, chromedp.KeyEvent("x"))
	wall.want(`getComputedStyle(more).display`, "none")
}
