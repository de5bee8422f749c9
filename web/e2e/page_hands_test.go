package e2e

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestTypingAnywhere(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	s := visit(t, p.URL)
	s.shows("harbour")

	s.press("s", "e", "a")
	s.until(`document.activeElement === word && word.value === 'sea'`)
	s.press(kb.Escape)
	s.until(`document.activeElement !== word`)
	s.press("/")
	s.until(`document.activeElement === word && word.value === 'sea'`)
	s.press(kb.Enter)
	s.shows("sea")
	s.until(`word.value === '' && word.placeholder === 'sea'`)
}

// No letter of a word does anything else, however slowly it is typed.
func TestLettersAreOnlyLetters(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	s := blank(t)
	s.before(`window.wide = 0; Element.prototype.requestFullscreen = async () => { wide++; };`)
	s.open(p.URL)
	s.press("f")
	s.until(`word.value === 'f'`)
	s.want(`pass(60000)`, "true") // an unfinished word stays a minute
	s.press("i", "s", "h")
	s.until(`word.value === 'fish'`)
	s.want(`wide`, "0")
	s.press(kb.Escape, kb.Escape) // the first one, after a while, would only have woken the page
	do(t, s.ctx, chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierAlt)))
	s.until(`wide === 1 && word.value === 'fish'`)
}

func TestEnterTwiceAsksOnce(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	s := visit(t, g.URL)
	asked, release := g.hold("/publish")
	s.press("s", "e", "a", kb.Enter)
	<-asked
	s.press(kb.Enter, kb.Enter)
	s.until(`answer.textContent.includes('Looking for')`)
	release()
	s.shows("sea")
	s.until(`answer.textContent.endsWith('is on the wall now.')`)
	if len(asked) > 0 {
		t.Errorf("the page asked %d times more, want once in all", len(asked))
	}
	// Another word meanwhile is another question.
	asked, release = g.hold("/publish")
	s.press("f", "o", "x", kb.Enter, "y", kb.Enter)
	<-asked
	<-asked
	release()
	s.until(`answer.textContent.endsWith('is on the wall now.') && word.value === '' && /^foxy?$/.test(word.placeholder)`)
}

// A remote control has arrows, Enter and a way back.
func TestRemoteControlTypesAWord(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	s := visit(t, p.URL)
	s.shows("harbour")
	s.idle()
	s.press(kb.ArrowDown) // only wakes
	s.want(`pad.hidden + String('idle' in document.documentElement.dataset)`, "truefalse")
	s.press(kb.Enter)
	s.until(`document.activeElement.textContent === 'a'`)
	s.want(`word.value`, "") // Enter is not the key's, too
	key := func(letter string, moves ...string) {
		s.press(moves...)
		s.want(`document.activeElement.textContent`, letter)
		s.press(kb.Enter)
	}
	const left, up, right, down = kb.ArrowLeft, kb.ArrowUp, kb.ArrowRight, kb.ArrowDown
	key("f", right, right, right, right, right)
	key("i", right, right, right)
	key("s", down, down, right) // round the edge
	key("h", up, up, left, left)
	key("Delete", down, down, down, down, left)
	s.want(`word.value`, "fis")
	key("h", up, up, up, up, right, right, right)
	s.want(`word.value`, "fish")
	key("Show it", down, down, down, down)
	s.shows("fish")
	s.until(`pad.hidden && word.value === ''`)

	// Up leads from it to the line, and the way back out of it.
	s.press(kb.Enter)
	s.until(`document.activeElement.className.startsWith('pad-key')`)
	s.press(up, up, up, up, up)
	s.until(`document.activeElement === word`)
	s.press(kb.Escape)
	s.until(`pad.hidden`)
	// Whoever has letters needs none on the screen.
	s.press(kb.ArrowDown)
	s.until(`!pad.hidden`)
	s.press("o", "w", "l")
	s.until(`pad.hidden && word.value === 'owl' && document.activeElement === word`)
}

func TestMovingThroughTheHistory(t *testing.T) {
	p := start(t)
	for _, word := range []string{"harbour", "forest", "desert"} {
		p.Publish("main", word)
	}
	s := visit(t, p.URL)
	s.shows("desert")
	s.press(kb.ArrowLeft)
	s.shows("forest")
	s.press(kb.ArrowLeft)
	s.shows("harbour")
	s.until(`back.disabled`)
	s.press(kb.ArrowRight)
	s.shows("forest")
	s.want(`pause.ariaPressed`, "true")

	p.Publish("main", "snow")
	p.Publish("main", "city")
	s.until(`live.textContent === 'Back to live (2 new)' && !live.hidden`)
	s.shows("forest")
	s.press(kb.End)
	s.shows("city")
	s.until(`live.hidden && pause.ariaPressed === 'false'`)

	s.press(" ")
	p.Publish("main", "sea")
	s.until(`live.textContent.includes('1 new')`)
	s.shows("city")
	s.click("#live")
	s.shows("sea")

	// By hand.
	s.click("#back")
	s.shows("city")
	s.click("#pause")
	s.shows("sea")
	s.click("#pause")
	s.press("r", "i", "v", "e", "r", kb.Enter)
	s.shows("river") // asking brings the page back to live
}

func TestSwiping(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	p.Publish("main", "forest")
	s := visit(t, p.URL)
	s.shows("forest")
	s.touchable()
	s.drag(400, 400, 700, 0)
	s.shows("harbour")
	s.drag(700, 400, 400, 1)
	s.shows("forest")
}

func TestStrip(t *testing.T) {
	p := start(t)
	for n := range 20 {
		p.Publish("hall", fmt.Sprint("sea ", n))
	}
	s := visit(t, p.URL+"/f/hall")
	s.shows("sea 19")
	s.press(kb.ArrowUp)
	s.until(`document.querySelectorAll('.strip-pick').length === 20`)
	inView := `(({ left, right }) => left >= 0 && right <= innerWidth)(document.querySelector('.strip-pick[aria-current]').getBoundingClientRect())`
	s.until("%s", inView)
	for range 12 {
		s.press(kb.ArrowLeft)
	}
	s.shows("sea 7")
	s.until("%s", inView)

	for _, word := range []string{"harbour", "forest", "desert"} {
		p.Publish("main", word)
	}
	s.open(p.URL)
	s.shows("desert")
	s.want(`document.querySelectorAll('.strip-pick').length`, "0")
	s.press(kb.ArrowUp)
	words := `[...document.querySelectorAll('.strip-word')].map((word) => word.textContent).join()`
	s.until(`%s === 'harbour,forest,desert'`, words)
	s.until(`document.activeElement.ariaCurrent === 'true' && document.activeElement.textContent === 'desert'`)
	s.press(kb.ArrowLeft)
	s.shows("forest")
	s.until(`document.activeElement.textContent === 'forest'`)
	s.click(`.strip-item:first-child .strip-pick`)
	s.shows("harbour")
	p.Publish("main", "snow")
	s.until(`%s === 'harbour,forest,desert,snow'`, words)
	s.press(kb.Escape)
	s.until(`strip.hidden && document.activeElement.id === 'earlier'`)
	s.want(`document.querySelectorAll('.strip-pick').length`, "0")
}

func TestFailureIsSaidBesideTheWord(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	p.Publish("main", "harbour")
	s := visit(t, g.URL)
	fail := func(status int, header, problem string) {
		g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != "/publish" {
				return false
			}
			name, value, _ := strings.Cut(header, "=")
			w.Header().Set(name, value)
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(status)
			w.Write([]byte(problem))
			return true
		})
	}
	fail(http.StatusServiceUnavailable, "Retry-After=40", `{"detail":"All is spent."}`)
	began := time.Now()
	s.press("a", " ", "b", kb.Enter)
	s.until(`answer.textContent.startsWith('All is spent. Again in ') && word.value === 'a b'`)
	var left int
	said := s.text(`answer.textContent`)
	fmt.Sscanf(said, "All is spent. Again in %d s.", &left)
	if most := 41 - int(time.Since(began).Seconds()); left > 40 || left < most-2 {
		t.Errorf("of 40 s are left, it says: %s", said)
	}
	s.want(`word.ariaInvalid + answer.dataset.kind`, "trueerror")

	fail(http.StatusBadGateway, "X=", `<html>`)
	s.press(kb.Enter)
	s.until(`answer.textContent === 'Something went wrong at the server.' && word.value === 'a b'`)
	g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/publish" {
			panic(http.ErrAbortHandler)
		}
		return false
	})
	s.press(kb.Enter)
	s.until(`answer.textContent.includes('could not be reached') && word.value === 'a b'`)

	fail(http.StatusNotFound, "X=", `{"detail":"There is no picture for that word."}`)
	evaluate[string](t, s.ctx, `word.value = 'tiny porcupine'`)
	s.press(kb.Enter)
	s.until(`answer.textContent.startsWith('There is no picture')`)
	g.Open()
	s.click(".ask-try")
	s.shows("porcupine")
	s.until(`answer.textContent.endsWith('is on the wall now.')`)
}

func TestSearchIsSaid(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	s := visit(t, g.URL)
	_, release := g.hold("/publish")
	s.press("s", "e", "a", kb.Enter)
	s.until(`answer.textContent.includes('Looking for') && ask.ariaBusy === 'true'`)
	release()
	s.shows("sea")
	s.until(`answer.textContent.endsWith('is on the wall now.') && ask.ariaBusy === 'false'`)
}

func TestSharing(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	s := blank(t)
	s.before(`window.board = { writeText: async (text) => { window.copied = text; } };
		Object.defineProperty(navigator, 'clipboard', { get: () => board })`)
	s.open(p.URL)
	s.shows("harbour")
	s.click("#share")
	s.until(`state.textContent === 'Link copied'`)
	link := s.text(`copied`)
	if !regexp.MustCompile(`^` + p.URL + `/p/[^/?]+\?frame=main$`).MatchString(link) {
		t.Fatalf("the link is %s", link)
	}

	p.Publish("main", "forest")
	s.open(link)
	s.shows("harbour")
	s.until(`!live.hidden && live.textContent === 'Back to live'`)
	s.click("#live")
	s.shows("forest")
	s.want(`location.pathname + location.search`, "/")

	// Where there is no clipboard, as on plain http, the address is shown.
	s.open(link)
	evaluate[bool](t, s.ctx, `(board = undefined, true)`)
	s.click("#share")
	s.until(`document.getElementById('link').matches(':popover-open') && document.getElementById('link-url').value === %q`, link)
}

func TestCardsOpenOnDemand(t *testing.T) {
	p := start(t)
	s := visit(t, p.URL)
	code := `document.querySelector('.qr')`
	s.want(code+`.naturalWidth`, "0")
	s.click(`[popovertarget="phone"]`)
	s.until(`%s.naturalWidth > 0`, code)
	s.press(kb.Escape)
	s.until(`!document.querySelector(':popover-open')`)
	s.click(`[popovertarget="about"]`)
	s.until(`about.innerText.includes('not endorsed or certified by SmugMug, Inc.')`)
}

func TestBuilderMakesTheAddressOfAWall(t *testing.T) {
	p := start(t)
	p.Publish("hall", "harbour")
	s := visit(t, p.URL+"/f/hall?fit=contain&transport=sse&qr=x")
	s.shows("harbour")
	s.click(`[popovertarget="about"]`)
	s.until(`document.getElementById('build-url').value === %q`, p.URL+"/f/hall?fit=contain&qr=1&transport=sse")
	s.click(`[name="ui"]`)
	evaluate[bool](t, s.ctx, `(build.elements.clock.value = '24', build.elements.from.value = '22:00', build.elements.to.value = '07:00', build.dispatchEvent(new Event('input')))`)
	wall := "/f/hall?ui=0&fit=contain&clock=24&dim=22-7&qr=1&transport=sse"
	s.until(`document.getElementById('build-url').value === %q`, p.URL+wall)
	s.axe("builder")
	s.click("#build-here")
	s.until(`location.pathname + location.search === %q && `+ready, wall)
	s.shows("harbour")
	s.want(`getComputedStyle(ask).display + document.documentElement.dataset.ui`, "none0")
}

// Without scripts the page shows its picture and credits it, and the form
// brings the next one.
func TestWithoutJavaScript(t *testing.T) {
	p := start(t)
	p.Publish("hall", "harbour")
	s := &screen{t: t, ctx: window(t)}
	command(t, s.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	do(t, s.ctx, chromedp.Navigate(p.URL+"/f/hall"))
	s.until(`document.querySelector('.photo').naturalWidth > 0`)
	s.want(`getComputedStyle(back).display`, "none")
	s.want(`credit.innerText.includes('by\u00a0Picture Frame')`, "true")
	s.click("#word")
	s.press("s", "n", "o", "w", kb.Enter)
	s.until(`word.placeholder === 'snow' && document.querySelector('.photo').naturalWidth > 0`)
	s.want(`location.pathname`, "/f/hall")
}
