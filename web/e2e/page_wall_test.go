package e2e

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestControlsLeaveAndComeBack(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	s := visit(t, p.URL)
	s.shows("harbour")
	s.want(`pass(3000)`, "false")
	s.want(`pass(1000)`, "true")
	opacity := func(selector string) string {
		return fmt.Sprintf(`getComputedStyle(document.querySelector('%s')).opacity`, selector)
	}
	s.until(`%s === '0' && %s === '0' && %s === '0'`, opacity(".ask"), opacity(".tools"), opacity(".credit"))
	s.want(`getComputedStyle(document.documentElement).cursor`, "none")

	// A new picture brings its word and credit, but no controls.
	p.Publish("main", "snow")
	s.shows("snow")
	s.until(`%s === '1' && %s === '1' && %s === '0'`, opacity(".ask"), opacity(".credit"), opacity(".tools"))

	s.press(kb.Tab)
	s.until(`%s === '1' && %s === '1'`, opacity(".ask"), opacity(".tools"))
	// A word that is being typed stays, but not for ever.
	s.press("s", "e", "a")
	s.until(`word.value === 'sea'`)
	s.want(`pass(50000)`, "false")
	s.want(`pass(10000)`, "true")
	s.want(`word.value`, "sea")
	do(t, s.ctx, chromedp.MouseEvent(chromedp.MouseMoved, 300, 300))
	s.until(`!('idle' in document.documentElement.dataset)`)
}

func TestConnectionLostAndBack(t *testing.T) {
	p := launch(t, "HOST="+home)
	p.Publish("main", "harbour")
	s := visit(t, p.URL)
	s.shows("harbour")
	s.until(`state.hidden`)
	s.idle()
	p.Stop(syscall.SIGKILL)
	s.until(`!state.hidden && /^Reconnecting in \d+ s$/.test(state.textContent) && state.dataset.kind === 'warn'`)
	s.want(`getComputedStyle(state).opacity`, "1")
	s.shows("harbour")

	// The new process has never heard of the picture; it stays all the same.
	p = start(t, "HOST="+home, "PORT="+p.Port)
	s.until(`state.textContent === 'Live again'`)
	s.want(`unnote()`, "true")
	s.shows("harbour")
	p.Publish("main", "snow")
	s.shows("snow")
}

func TestViewersAreCounted(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	s := visit(t, p.URL)
	s.until(`viewers.hidden`)
	visit(t, p.URL)
	s.until(`!viewers.hidden && viewers.textContent === '2 watching'`)
}

// Polls do not say how many watch; the number in the page would grow old.
func TestViewersAreNotCountedOverPolls(t *testing.T) {
	p := start(t)
	for range 2 {
		p.follow(ways[0], "main", "").next("presence")
	}
	if _, body := p.request("GET", "/", nil, ""); !strings.Contains(body, `"viewers":2`) {
		t.Fatal("the page does not come with the number")
	}
	s := visit(t, p.URL+"/?transport=poll")
	s.until(`viewers.hidden`)
}

func TestKioskOptions(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	s := visit(t, p.URL+"/?ui=0&clock=1&dim=0-24&transport=ws")
	s.shows("harbour")
	for _, selector := range []string{".ask", ".tools", ".strip"} {
		s.want(`getComputedStyle(document.querySelector('`+selector+`')).display`, "none")
	}
	s.until(`/^\d{1,2}:\d\d/.test(clock.textContent) && clock.offsetWidth > 0`)
	s.idle()
	s.until(`Number(getComputedStyle(night).opacity) > 0.5`)
	s.want(`performance.getEntriesByType('resource').some(({ name }) => name.includes('/subscribe'))`, "false")
	p.Publish("main", "snow")
	s.shows("snow")

	s.open(p.URL + "/?dim=0-24")
	s.want(`'night' in document.documentElement.dataset`, "true")
	s.press(kb.Shift)
	s.until(`getComputedStyle(night).opacity === '0'`) // somebody is there
	s.want(`clock.hidden`, "true")
}

// At night the clock of the address's zone is all that is left, in its corner;
// a picture that arrives brings no words.
func TestClockAtNight(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "harbour")
	corner := func(s *screen, right, low bool) {
		t.Helper()
		s.want(`(({ left, top, right, bottom }) => [innerWidth - right < left, innerHeight - bottom < top])(clock.getBoundingClientRect()).join()`,
			fmt.Sprintf("%t,%t", right, low))
	}
	const there = `clock.textContent.startsWith(new Intl.DateTimeFormat(undefined,
		{ hour: 'numeric', minute: '2-digit', hourCycle: 'h23', timeZone: 'Asia/Kathmandu' }).format(Date.parse(clock.getAttribute('datetime'))))`
	s := visit(t, p.URL+"/?ui=0&clock=24&date=1&tz=Asia/Kathmandu&corner=bottom-right&dim=0-24,black")
	s.shows("harbour")
	s.want(there, "true")
	s.until(`/day/i.test(clock.querySelector('.clock-day').textContent)`)
	corner(s, true, true)
	s.idle()
	const silent = `getComputedStyle(night).opacity === '1' && getComputedStyle(credit).opacity === '0' && getComputedStyle(clock).color === 'rgb(216, 160, 102)'`
	s.until(silent)
	s.want(`Number(getComputedStyle(clock.parentElement).zIndex) > Number(getComputedStyle(night).zIndex)`, "true")
	p.Publish("main", "snow")
	s.shows("snow")
	s.until(silent)

	s.open(p.URL + "/?clock=24&tz=Mars/Olympus&corner=top-right")
	corner(s, true, false)
	s.until(`!document.getElementById('lost').hidden`)
	s.open(p.URL + "/?clock=24&corner=bottom-left")
	corner(s, false, true)
	s.until(`document.getElementById('lost').hidden && !build.hidden`)
}

func TestClearedFrameHangsTheWelcome(t *testing.T) {
	p := start(t, "ADMIN_TOKEN=secret-token-for-tests")
	gone := p.Publish("main", "harbour")["url"].(string)
	s := visit(t, p.URL)
	s.shows("harbour")
	visit(t, p.URL)
	s.until(`!viewers.hidden`) // the stream is on
	resp, body := p.request(http.MethodDelete, "/history", http.Header{"Authorization": {"Bearer secret-token-for-tests"}}, "")
	if resp.StatusCode != http.StatusNoContent {
		t.Fatalf("%s: %s", resp.Status, body)
	}
	s.until(`(%s).naturalWidth > 0 && (%s).getAttribute('src') !== %q`, front, front, gone)
	s.until(`credit.hidden && document.title === 'Picture Frame'`)
}

// Polls carry no presence, which elsewhere says that the replay is over.
func TestClearedFrameHangsTheWelcomeOverPolls(t *testing.T) {
	p := start(t, "ADMIN_TOKEN=secret-token-for-tests")
	clear := func() {
		p.check(row{"DELETE", "/history", head("Authorization", "Bearer secret-token-for-tests"), "", 204, ""})
	}
	s := visit(t, p.URL+"/?transport=poll")
	p.Publish("main", "harbour")
	s.shows("harbour")
	clear()
	s.until(`credit.hidden && document.title === 'Picture Frame'`)

	p.Publish("main", "snow")
	s.open(p.URL + "/?transport=poll")
	s.shows("snow")
	// A poll that nothing has answered yet: the page asks whether the server is
	// there, and then takes its silence for being up to date.
	s.until(`performance.getEntriesByType('resource').some(({ name, responseEnd }) =>
		name.includes('/healthz') && Date.now() - performance.timeOrigin - responseEnd > 10_000)`)
	clear()
	s.until(`credit.hidden && document.title === 'Picture Frame'`)
}

// maxPage is the budget for everything the page loads but its picture, in
// bytes over the wire.
const maxPage = 60 << 10

var linked = regexp.MustCompile(`<(?:link rel="(?:stylesheet|modulepreload|icon)"|script type="module"|script defer)[^>]*? ?(?:href|src)="([^"]+)"`)

func TestPageBudget(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	total := 0
	fetch := func(path string) string {
		resp, body := p.request(http.MethodGet, path, http.Header{"Accept-Encoding": {"gzip"}}, "")
		if resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s", path, resp.Status)
		}
		total += len(body)
		if resp.Header.Get("Content-Encoding") != "gzip" {
			if len(body) > 2<<10 {
				t.Errorf("%s is not compressed", path)
			}
			return body
		}
		plain, err := gzip.NewReader(bytes.NewReader([]byte(body)))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(plain)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	html := fetch("/")
	head, _, _ := strings.Cut(html, "</head>")
	listed := map[string]bool{}
	for _, link := range linked.FindAllStringSubmatch(head, -1) {
		if !listed[link[1]] {
			listed[link[1]] = true
			fetch(link[1])
		}
	}
	if !regexp.MustCompile(`<img class="photo" src="/album/[^"]+"[^>]*fetchpriority="high"`).MatchString(html) {
		t.Error("the picture is not in the HTML")
	}

	// Nothing is found out late: all that the page loads stands in its head, but
	// for the controls.
	s := visit(t, p.URL)
	s.shows("harbour")
	for _, name := range evaluate[[]string](t, s.ctx, `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((path) => path.startsWith('/static/'))`) {
		if !listed[name] {
			listed[name] = true
			fetch(name)
			if !strings.HasSuffix(name, "/controls.js") {
				t.Errorf("%s is loaded but not listed in the head", name)
			}
		}
	}
	t.Logf("%d files, %d bytes", len(listed)+1, total)
	if total > maxPage {
		t.Errorf("the page takes %d bytes, want at most %d", total, maxPage)
	}
}
