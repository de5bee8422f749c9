package e2e

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
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

func TestLoneFIsFullScreenAndFishAWord(t *testing.T) {
	p := start(t)
	s := blank(t)
	// The 350 ms that an f waits for a second letter pass when the test says so.
	s.before(`window.wide = 0; Element.prototype.requestFullscreen = async () => { wide++; };
		window.second = null;
		const [later, never] = [setTimeout, clearTimeout];
		window.setTimeout = (run, ms, ...rest) => (ms === 350 ? (second = run, -350) : later(run, ms, ...rest));
		window.clearTimeout = (id) => (id === -350 ? (second = null) : never(id));`)
	s.open(p.URL)
	s.press("f")
	s.want(`typeof second`, "function")
	s.press("i", "s", "h")
	s.until(`word.value === 'fish'`)
	s.want(`wide + String(second)`, "0null")
	s.press(kb.Escape, "f")
	s.want(`(second(), wide)`, "1")
	s.want(`word.value`, "fish")
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
	command(t, s.ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
	swipe := func(from, to float64) {
		began := float64(time.Now().UnixMilli()) / 1000
		for i, step := range []struct {
			kind input.DispatchTouchEventType
			x    float64
		}{
			{input.DispatchTouchEventTypeTouchStart, from},
			{input.DispatchTouchEventTypeTouchMove, (from + to) / 2},
			{input.DispatchTouchEventTypeTouchMove, to},
			{input.DispatchTouchEventTypeTouchEnd, 0},
		} {
			at := input.TimeSinceEpoch(began + float64(i)*0.05) // a finger is quick, whatever the machine is
			touch := input.DispatchTouchEventParams{Type: step.kind, TouchPoints: []*input.TouchPoint{}, Timestamp: at}
			if step.kind != input.DispatchTouchEventTypeTouchEnd {
				touch.TouchPoints = append(touch.TouchPoints, &input.TouchPoint{X: step.x, Y: 400})
			}
			command(t, s.ctx, input.DispatchTouchEvent, touch)
		}
	}
	swipe(400, 700)
	s.shows("harbour")
	swipe(700, 400)
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
	fail(http.StatusTooManyRequests, "Retry-After=40", `{"detail":"Too many searches."}`)
	began := time.Now()
	s.press("a", " ", "b", kb.Enter)
	s.until(`answer.textContent.startsWith('Too many searches. Again in ') && word.value === 'a b'`)
	var left int
	said := s.text(`answer.textContent`)
	fmt.Sscanf(said, "Too many searches. Again in %d s.", &left)
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
	s.until(`answer.textContent === ''`)
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
	s.until(`answer.textContent === '' && ask.ariaBusy === 'false'`)
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

// Without scripts the page shows its picture and credits it, and the form
// brings the next one.
func TestWithoutJavaScript(t *testing.T) {
	p := start(t)
	p.Publish("hall", "harbour")
	s := &screen{t, window(t)}
	command(t, s.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	do(t, s.ctx, chromedp.Navigate(p.URL+"/f/hall"))
	s.until(`document.querySelector('.photo').naturalWidth > 0`)
	s.want(`getComputedStyle(back).display`, "none")
	s.want(`credit.innerText.includes('by Picture Frame')`, "true")
	s.click("#word")
	s.press("s", "n", "o", "w", kb.Enter)
	s.until(`word.placeholder === 'snow' && document.querySelector('.photo').naturalWidth > 0`)
	s.want(`location.pathname`, "/f/hall")
}
