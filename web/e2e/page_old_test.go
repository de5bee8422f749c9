package e2e

import (
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The oldest browser that gets everything, and one that gets the floor: it cannot
// read the page's modules.
var (
	chromium92 = &engine{find: unpack("@sparticuz/chromium")}
	chromium80 = &engine{find: unpack("chrome-aws-lambda")}
)

// unpack returns what unpacks a browser out of an npm package, beside the binary.
func unpack(name string) func() (string, error) {
	return func() (string, error) {
		packed := filepath.Join("../../static/test/node_modules", name, "bin/chromium.br")
		path := filepath.Join(filepath.Dir(binary), filepath.Base(name))
		out, err := exec.Command("node", "testdata/unpack.mjs", packed, path).CombinedOutput()
		if err != nil {
			return "", fmt.Errorf("%w: %s", err, out)
		}
		return path, nil
	}
}

func TestOldestBrowserHasEverything(t *testing.T) {
	p := start(t)
	for _, word := range []string{"harbour", "forest"} {
		p.Publish("main", word)
	}
	s := &screen{t: t, ctx: chromium92.window(t)}
	s.before(handClock + `; window.problems = []; addEventListener('error', ({ message }) => problems.push(message));
		addEventListener('unhandledrejection', ({ reason }) => problems.push(String(reason)))`)
	s.open(p.URL + "/?clock=1")
	s.want(`navigator.userAgent.match(/Chrome\/(\d+)/)[1]`, "92")
	s.shows("forest")
	s.press("s", "e", "a", kb.Enter)
	s.shows("sea")
	p.Publish("main", "snow")
	s.shows("snow")
	// Style: the picture fills the window, the line is below, the tools above.
	s.want(fmt.Sprintf(`Math.round((%s).parentElement.getBoundingClientRect().height) === innerHeight`, front), "true")
	s.want(`ask.getBoundingClientRect().top > innerHeight / 2 && tools.getBoundingClientRect().bottom < innerHeight / 2`, "true")
	s.want(`getComputedStyle(about).display`, "none")

	s.press(kb.ArrowLeft)
	s.shows("sea")
	s.press(kb.End)
	s.shows("snow")
	s.press(kb.ArrowUp)
	s.until(`[...document.querySelectorAll('.strip-thumb')].filter(({ naturalWidth }) => naturalWidth > 0).length === 4`)
	s.press(kb.Escape)
	s.until(`strip.hidden`)

	// Cards, without the browser's help.
	s.click(`[popovertarget="about"]`)
	s.want(`getComputedStyle(about).display + (document.activeElement === about)`, "blocktrue")
	s.press(kb.Escape)
	s.want(`getComputedStyle(about).display + document.activeElement.getAttribute('popovertarget')`, "noneabout")
	s.click(`[popovertarget="phone"]`)
	s.until(`document.querySelector('.qr').naturalWidth > 0`)
	s.click("#enlarge")
	s.until(`large.open && large.querySelector('.qr').offsetHeight > innerHeight * .8 && getComputedStyle(phone).display === 'none'`)
	s.press(kb.Escape)
	s.until(`!large.open && getComputedStyle(large).display === 'none' && getComputedStyle(phone).display === 'block' && document.activeElement.id === 'enlarge'`)
	s.click("#enlarge")
	s.click("#large .card-url")
	s.until(`!large.open && document.activeElement.id === 'enlarge'`)
	s.click(`#phone .card-close`)
	s.want(`getComputedStyle(phone).display`, "none")
	s.click(`[popovertarget="about"]`)
	do(t, s.ctx, chromedp.MouseClickXY(30, 400))
	s.want(`getComputedStyle(about).display`, "none")

	s.idle()
	s.until(`getComputedStyle(tools).opacity === '0'`)
	s.size(390, 844)
	s.until(`document.querySelectorAll('.strip-pick').length === 4 && document.querySelector('.strip').offsetHeight > 0`)
	s.want(`document.documentElement.scrollWidth <= innerWidth`, "true")
	s.want(`problems.join()`, "")
}

// hangs waits until a picture fills the floor's window.
func (s *screen) hangs(picture map[string]any) {
	s.t.Helper()
	s.until(`document.body.style.backgroundImage.includes(%q)`, picture["url"])
}

func (s *screen) openFloor(url string) {
	s.t.Helper()
	do(s.t, s.ctx, chromedp.Navigate(url))
	s.until(`'floor' in document.documentElement.dataset`)
}

func TestFloor(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	harbour := p.Publish("main", "harbour")
	s := &screen{t: t, ctx: chromium80.window(t)}
	s.openFloor(g.URL)
	s.want(`navigator.userAgent.match(/Chrome\/(\d+)/)[1]`, "80")
	s.hangs(harbour)
	s.hangs(p.Publish("main", "snow\u202e"))
	s.until(`document.title === '\u2068snow\u202e\u2069 · Picture Frame' && credit.innerText.includes('by Picture Frame')`)
	s.want(`getComputedStyle(document.body).backgroundSize`, "cover")

	posts := make(chan string, 10)
	g.Rule(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/publish" {
			posts <- r.URL.Path
		}
		return false
	})
	evaluate[bool](t, s.ctx, `(word.focus(), true)`) // this browser cannot be told to scroll there and click
	s.press("s", "e", "a", kb.Enter, kb.Enter)
	s.until(`document.title === 'sea · Picture Frame' && word.value === ''`)
	if len(posts) != 1 {
		t.Errorf("Enter twice made %d posts, want 1", len(posts))
	}
	s.want(`document.querySelectorAll('body > *').length > 1 && document.body.scrollHeight <= innerHeight`, "true")

	// The stream comes back by itself, and picks up where it was.
	g.Rule(refuse(http.StatusServiceUnavailable, "/subscribe"))
	evaluate[bool](t, s.ctx, `(document.getElementById('answer').textContent = 'not reloaded', true)`)
	g.CloseStreams()
	last := p.Publish("main", "city")
	g.Open()
	s.hangs(last)
	s.want(`answer.textContent`, "not reloaded")

	s.openFloor(g.URL + "/?ui=0&fit=contain&qr=1")
	s.want(`ask.offsetHeight + getComputedStyle(document.body).backgroundSize`, "0contain")
	s.until(`document.querySelector('#invite .qr').naturalWidth > 0 && invite.offsetHeight >= 120`)
}

// Whatever keeps the modules from starting: a feature that is missing, or a file
// that does not come.
func TestFloorTakesOverWhereTheModulesDoNotStart(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	p.Publish("main", "harbour")
	s := blank(t)
	s.open(g.URL)
	s.want(`'floor' in document.documentElement.dataset`, "false")
	g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/js/app.js") {
			return false
		}
		w.WriteHeader(http.StatusBadGateway)
		return true
	})
	s = blank(t)
	s.openFloor(g.URL)
	s.hangs(p.Publish("main", "forest"))

	g.Open()
	s = blank(t)
	s.before(`delete Array.prototype.at`)
	s.openFloor(g.URL)
	s.hangs(p.Publish("main", "snow"))
	// A word's flood does not flash: a change a second, and the newest in the end.
	s.before(`window.changes = []`)
	evaluate[bool](t, s.ctx, `(window.changes = [], new MutationObserver(() => changes.push(performance.now())).observe(document.querySelector('title'), { childList: true }), true)`)
	var last map[string]any
	for n := range 8 {
		last = p.Publish("main", fmt.Sprint("sea ", n))
	}
	s.hangs(last)
	s.want(`changes.every((at, i) => !i || at - changes[i - 1] >= 990)`, "true")

	// On a permalink's page the picture stays.
	s.openFloor(g.URL + "/p/" + p.newest("main"))
	p.Publish("main", "city")
	s.hangs(last)
}

func TestFloorWithoutEventSourceReloads(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	p.Publish("main", "harbour")
	s := blank(t)
	s.before(`delete Array.prototype.at; delete window.EventSource;
		const later = setTimeout;
		window.setTimeout = (run, ms, ...rest) => (ms >= 60_000 ? (window.due = run, 0) : later(run, ms, ...rest));`)
	s.openFloor(g.URL)
	s.until(`window.due`)
	snow := p.Publish("main", "snow")
	g.Rule(refuse(http.StatusBadGateway))
	evaluate[bool](t, s.ctx, `(window.tried = due, due = null, tried(), true)`)
	s.until(`window.due`) // no error page: it waits for the server
	g.Open()
	s.want(`(word.value = 'half a wo', window.tried = due, due = null, tried(), Boolean(due))`, "true")
	evaluate[bool](t, s.ctx, `(word.value = '', due(), true)`)
	s.hangs(snow)
}

// es6 is what a browser from before ES2015 stops at.
var es6 = regexp.MustCompile("=>|`|\\b(?:let|const|class|of|async|await|import|export)\\b |\\.\\.\\.|\\?\\.|\\?\\?|\\*\\*|\\b\\d+_\\d")

func TestFloorIsPlainAsServed(t *testing.T) {
	p := start(t)
	_, html := p.request(http.MethodGet, "/", nil, "")
	path := regexp.MustCompile(`<script defer src="([^"]+/floor\.js)"`).FindStringSubmatch(html)
	if path == nil {
		t.Fatal("the page does not load the floor")
	}
	_, source := p.request(http.MethodGet, path[1], nil, "")
	source = regexp.MustCompile(`(?m)//.*$|/\*[\s\S]*?\*/`).ReplaceAllString(source, "")
	source = regexp.MustCompile(`'[^'\n]*'|"[^"\n]*"`).ReplaceAllString(source, "''")
	if got := es6.FindString(source); got != "" {
		t.Errorf("floor.js has %q, want nothing newer than ES5", got)
	}
}
