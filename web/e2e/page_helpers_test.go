package e2e

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A screen is a browser tab that shows a frame.
type screen struct {
	t       *testing.T
	ctx     context.Context
	touched float64 // when a finger first touched it, in seconds
}

// handClock lets a test say when the time has passed after which a page takes
// nobody to be there, and takes the label of a new picture and a note away:
// however long a test takes, nothing leaves by itself.
const handClock = `(() => {
	let waiting, noted, passed = 0;
	const later = setTimeout;
	const now = performance.now.bind(performance); // which the transport measures silence with
	performance.now = () => (/\bIdle\b|get quiet/.test(new Error().stack) ? passed : now());
	window.setTimeout = (run, ms, ...rest) => {
		if (ms === 4000) waiting = run;
		else if (ms === 6000) noted = run;
		else if (ms !== 8000) return later(run, ms, ...rest);
		return 0;
	};
	window.pass = (ms) => { passed += ms; waiting?.(); return 'idle' in document.documentElement.dataset; };
	window.unnote = () => { noted(); return state.hidden; };
})()`

// blank is a new window whose pages go by handClock.
func blank(t *testing.T) *screen {
	t.Helper()
	s := &screen{t: t, ctx: window(t)}
	s.before(handClock)
	return s
}

// visit opens an address in a new window and waits until its scripts run. The
// media features (name=value) are what the viewer's system prefers.
func visit(t *testing.T, url string, features ...string) *screen {
	t.Helper()
	s := blank(t)
	s.prefer(features...)
	s.open(url)
	return s
}

// ready is true once the scripts of a page run; a frame's come in two parts.
const ready = `'js' in document.documentElement.dataset && (!document.getElementById('frame') || document.documentElement.dataset.js === 'all')`

func (s *screen) open(url string) {
	s.t.Helper()
	do(s.t, s.ctx, chromedp.Navigate(url))
	s.until(ready)
}

func (s *screen) prefer(features ...string) {
	s.t.Helper()
	var media []*emulation.MediaFeature
	for _, feature := range features {
		name, value, _ := strings.Cut(feature, "=")
		media = append(media, &emulation.MediaFeature{Name: name, Value: value})
	}
	command(s.t, s.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: media})
}

// before runs a script in every page that is opened from now on, ahead of the
// page's own.
func (s *screen) before(script string) {
	s.t.Helper()
	command(s.t, s.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
}

func (s *screen) size(width, height int64) {
	s.t.Helper()
	do(s.t, s.ctx, chromedp.EmulateViewport(width, height))
}

func (s *screen) press(keys ...string) {
	s.t.Helper()
	for _, key := range keys {
		do(s.t, s.ctx, chromedp.KeyEvent(key))
	}
}

func (s *screen) click(selector string) {
	s.t.Helper()
	do(s.t, s.ctx, chromedp.Click(chromedp.CSS(selector)))
}

// touchable gives the window a touch screen.
func (s *screen) touchable() {
	s.t.Helper()
	command(s.t, s.ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
	s.touched = float64(time.Now().UnixMilli()) / 1000
}

// drag moves a finger from left to right or back, so many seconds after the window
// was made touchable: what the page takes them for depends on their times alone.
func (s *screen) drag(from, y, to, after float64) {
	s.t.Helper()
	for i, step := range []struct {
		kind input.DispatchTouchEventType
		x    float64
	}{
		{input.DispatchTouchEventTypeTouchStart, from},
		{input.DispatchTouchEventTypeTouchMove, (from + to) / 2},
		{input.DispatchTouchEventTypeTouchMove, to},
		{input.DispatchTouchEventTypeTouchEnd, 0},
	} {
		at := input.TimeSinceEpoch(s.touched + after + float64(i)*0.05) // a finger is quick, whatever the machine is
		touch := input.DispatchTouchEventParams{Type: step.kind, TouchPoints: []*input.TouchPoint{}, Timestamp: at}
		if step.kind != input.DispatchTouchEventTypeTouchEnd {
			touch.TouchPoints = append(touch.TouchPoints, &input.TouchPoint{X: step.x, Y: y})
		}
		command(s.t, s.ctx, input.DispatchTouchEvent, touch)
	}
}

// tap touches the middle of an element.
func (s *screen) tap(selector string, after float64) {
	s.t.Helper()
	at := evaluate[[]float64](s.t, s.ctx, fmt.Sprintf(`(({ left, top, width, height }) => [left + width / 2, top + height / 2])(document.querySelector(%q).getBoundingClientRect())`, selector))
	s.drag(at[0], at[1], at[0], after)
}

func (s *screen) until(expression string, args ...any) {
	s.t.Helper()
	eventually(s.t, s.ctx, fmt.Sprintf(expression, args...))
}

func (s *screen) text(expression string) string {
	s.t.Helper()
	return evaluate[string](s.t, s.ctx, `String(`+expression+`)`)
}

// want compares what an expression is in the page.
func (s *screen) want(expression, want string) {
	s.t.Helper()
	if got := s.text(expression); got != want {
		s.t.Errorf("%s is %q, want %q", expression, got, want)
	}
}

// front is the photo on the layer that alone is visible, once a fade is over.
const front = `(document.querySelectorAll('.layer.is-shown').length === 1 && !document.querySelector('.layer.is-entering') && document.querySelector('.layer.is-shown .photo'))`

// shows waits until the picture for a word hangs, and no other.
func (s *screen) shows(word string) {
	s.t.Helper()
	s.until(`(%s).alt?.split(':')[0] === %q`, front, word)
}

// idle lets the time pass after which the controls leave.
func (s *screen) idle() {
	s.t.Helper()
	s.want(`pass(4000)`, "true")
}

// recordShown keeps in window.shown the words of all pictures that have
// appeared, in order.
func (s *screen) recordShown() {
	s.t.Helper()
	evaluate[bool](s.t, s.ctx, `(() => {
		window.shown = [];
		new MutationObserver(() => shown.push(document.title.split(' · ')[0])).observe(document.querySelector('title'), { childList: true });
		return true;
	})()`)
}

// hold makes requests for drawings wait. Each is told to asked; they are
// answered after release.
func (g *gate) hold(paths ...string) (asked <-chan string, release func()) {
	requests, open := make(chan string, 100), make(chan struct{}) // far more than a test asks for
	g.Rule(func(_ http.ResponseWriter, r *http.Request) bool {
		for _, path := range paths {
			if strings.HasPrefix(r.URL.Path, path) {
				requests <- r.URL.Path
				select {
				case <-open:
				case <-r.Context().Done():
				}
			}
		}
		return false
	})
	return requests, func() { close(open) }
}

// plainSVG is a picture of one colour, with a smaller one in the middle.
func plainSVG(outside, inside string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1000"><path fill="` + outside +
		`" d="M0 0h1600v1000H0z"/><circle cx="800" cy="500" r="200" fill="` + inside + `"/></svg>`
}

// paint answers every request for a drawing with the same picture.
func (g *gate) paint(svg string) {
	g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasPrefix(r.URL.Path, "/album/") {
			return false
		}
		w.Header().Set("Content-Type", "image/svg+xml")
		w.Write([]byte(svg))
		return true
	})
}

// axe runs the accessibility rules in the page and fails for each violation.
func (s *screen) axe(name string) {
	s.t.Helper()
	source, err := os.ReadFile("../../static/test/node_modules/axe-core/axe.min.js")
	if err != nil {
		s.t.Fatalf("%v (npm install in static/test puts it there)", err)
	}
	// What is still fading in has a contrast of the moment. The contrast of forced colours
	// is the system's, and styles as they are computed tell only some of them.
	s.until(`!document.getAnimations().some((animation) => animation instanceof CSSTransition)`)
	// Evaluated over the debugger's protocol it runs beside the content policy.
	do(s.t, s.ctx, chromedp.Evaluate[chromedp.Void](string(source)))
	found := evaluate[string](s.t, s.ctx, `axe.run(document, { resultTypes: ['violations'],
		rules: { 'color-contrast': { enabled: !matchMedia('(forced-colors: active)').matches } } }).then(({ violations }) =>
		violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ': ' + node.html + ' ' + node.failureSummary)).join('\n'))`)
	if found != "" {
		s.t.Errorf("%s:\n%s", name, found)
	}
}
