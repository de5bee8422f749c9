package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// lab opens the lab's page, which must neither throw nor break the content
// policy until the test ends.
func lab(t *testing.T, p *program) *screen {
	t.Helper()
	s := &screen{t: t, ctx: window(t)}
	s.before(`window.wrongs = [];
		addEventListener('error', (e) => wrongs.push(e.message));
		addEventListener('unhandledrejection', (e) => wrongs.push(String(e.reason)));
		addEventListener('securitypolicyviolation', (e) => wrongs.push(e.violatedDirective + ' ' + e.blockedURI));`)
	s.open(p.URL + "/lab")
	s.until(`document.getElementById('wire-state').textContent === 'Live'`)
	t.Cleanup(func() { s.want(`wrongs.join()`, "") })
	return s
}

// said is whether a line of a log matches.
func said(log, pattern string) string {
	return fmt.Sprintf(`[...document.querySelectorAll('%s > li')].some((line) => /%s/s.test(line.textContent))`, log, pattern)
}

// saw waits until a line of a log matches.
func (s *screen) saw(log, pattern string) {
	s.t.Helper()
	s.until("%s", said(log, pattern))
}

func TestLabWire(t *testing.T) {
	t.Parallel()
	p := start(t)
	s := lab(t, p)
	s.saw("#wire-log", "picture frameretry: [0-9]{4}")
	s.saw("#wire-log", "event: presencedata: ..viewers.:1")
	s.text(`document.getElementById('wire-word').value = 'dunes'`)
	s.click("#wire-form button")
	s.saw("#wire-log", "id: .*event: picturedata: .*dunes")
	s.saw("#up-log", "POST .publish.frame=lab-[0-9a-f]{10}.*keyword=dunes.*200 OK.*dunes.*Down the wire [0-9.]+ ms (before|after)")
	s.until(`document.querySelector('#up-log img').naturalWidth > 0`)
	s.text(`[...document.querySelectorAll('#wire-log button')].find((block) => block.textContent.includes('dunes')).click()`)
	s.saw("#wire-log", "addEventListener.'picture'.*lastEventId.*\"keyword\": \"dunes\"")
	s.until(`Number(document.getElementById('wire-bytes').textContent.replaceAll(',', '')) > 300`) // ten times a second

	s.click("#wire-pause")
	p.Publish(s.text(`sessionStorage.getItem('lab-frame')`), "reef")
	s.until(`document.getElementById('wire-held').textContent.includes('held back')`)
	s.want(said("#wire-log", "reef"), "false")
	s.click("#wire-pause")
	s.saw("#wire-log", "reef")
	s.click("#wire-pause") // or the time may come after it has been cleared
	s.click("#wire-clear")
	s.want(`document.getElementById('wire-log').childElementCount`, "0")

	s.want(`document.getElementById('wire-curl').textContent === "curl -N '" + location.origin + "/subscribe?frame=" + sessionStorage.getItem('lab-frame') + "'"`, "true")
	s.text(`new MutationObserver(([{ target }]) => { window.copied ??= target.textContent; }).observe(document.querySelector('#wire [data-copy]'), { childList: true })`)
	s.click("#wire [data-copy]")
	s.until(`/Copied|Selected/.test(window.copied)`) // it says so for 2 s
}

func TestLabRace(t *testing.T) {
	t.Parallel()
	s := lab(t, start(t))
	rows := `[...document.querySelectorAll('#race-lanes tr')]`
	for range 2 {
		s.click("#race-go")
		s.until(`!document.getElementById('race-go').disabled && %s.every((row) => row.dataset.done === 'true')`, rows)
	}
	s.until(`%s.every((row) => /^[0-9,]+ ms/.test(row.querySelector('.latency').textContent) && /^[0-9]+ B$/.test(row.querySelector('.figure').textContent))`, rows)
	s.until(`%s.every((row) => /B down/.test(row.querySelector('.total').textContent))`, rows)
	s.want(`document.querySelectorAll('#race-lanes .dot').length`, "5")
	s.click("#race-stop")
	s.want(`document.getElementById('race-stop').disabled`, "true")
}

// came is whether the pictures that were hung in the trouble have come after
// all. One of them would come without any replay, as the current picture.
const came = `((log) => {
	const lines = [...document.querySelectorAll(log + ' > li')].map((line) => line.textContent);
	const words = lines.join().match(/meanwhile (.*) were hung/)?.[1].split(' and ');
	return words?.length === 2 && words.every((word) => lines.some((line) => line.includes('picture ' + word)));
})`

func TestLabBreaks(t *testing.T) {
	t.Parallel()
	closed := said("#bare-log", "closed for good")
	for how, tc := range map[string]struct {
		ours, bare string // what each goes through
		bareEnds   string // true once that is over
		bareGets   bool   // the picture, as the page does
	}{
		"cut":     {"connection lost", "readyState 0", came + `('#bare-log')`, true},
		"stall":   {"silent for 7 s", "stalled", "true", false},
		"refuse":  {"answered 503", "closed for good", came + `('#bare-log') || ` + closed, false},
		"slow":    {"no blank line yet", "slowed", came + `('#bare-log')`, true},
		"restart": {"bye", "bye", came + `('#bare-log')`, true},
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			// A trouble lasts for some seconds, after which a busy browser may find
			// that it is over: then it has shown nothing, and another one begins.
			for range 5 {
				s := brokenLab(t, p, how)
				s.until(`%s('#ours-log') && (%s) && document.getElementById('ours-state').textContent === 'live'`, came, tc.bareEnds)
				if s.text(said("#ours-log", tc.ours)+` && `+said("#bare-log", tc.bare)) != "true" {
					continue
				}
				s.want(came+`('#bare-log')`, fmt.Sprint(tc.bareGets))
				// It was this visit's connections that broke, and no other.
				s.want(`document.querySelectorAll('#wire-log .break').length`, "0")
				s.click("#break-close")
				s.until(`document.getElementById('ours-state').textContent === 'closed by you'`)
				return
			}
			t.Errorf("the page never went through %q, or the bare client through %q", tc.ours, tc.bare)
		})
	}
}

// brokenLab opens the lab and, once both of its clients know an id, breaks them.
func brokenLab(t *testing.T, p *program, how string) *screen {
	t.Helper()
	s := lab(t, p)
	s.click("#break-open")
	p.joined(s.text(`sessionStorage.getItem('lab-frame')`), 3) // the wire's stream is the third
	p.Publish(s.text(`sessionStorage.getItem('lab-frame')`), "first")
	s.saw("#ours-log", "picture .first")
	s.saw("#bare-log", "picture .first")
	s.click(`[data-how="` + how + `"]`)
	return s
}

func TestLabDemonstrations(t *testing.T) {
	t.Parallel()
	s := lab(t, start(t))
	lines := func(log string) string {
		return fmt.Sprintf(`[...document.querySelectorAll('%s > li span:nth-child(2)')].map((line) => line.textContent.replaceAll('\n', ', ')).join(', ')`, log)
	}
	run := func(demo string) { s.click("#demo-" + demo + " [data-run]") }

	run("ping")
	s.until(`%s === '200, ping, ping, ping, ping, ping, ok, bye!, the end'`, lines("#demo-ping .demo-log"))
	s.want(`document.querySelector('#demo-ping [data-run]').textContent`, "Run")

	run("count")
	s.until(`document.querySelector('#demo-count [data-run]').textContent === 'Run both'`)
	s.want(lines("#demo-count .demo-live > :first-child .demo-log"), "200, 0, 1, 2, 3, 4, the end")
	s.want(lines("#demo-count .demo-live > :last-child .demo-log"), "200, 0, 1, 2, 3, 4, the end")
	s.want(`document.querySelectorAll('#demo-count .demo-live > :last-child .demo-log > li').length`, "3") // all numbers at once
	// A browser that is busy for 4 s reads them at once here too.
	streamed := `document.querySelectorAll('#demo-count .demo-live > :first-child .demo-log > li').length > 3`
	for n := 0; n < 5 && s.text(streamed) != "true"; n++ {
		run("count")
		s.until(`document.querySelector('#demo-count [data-run]').textContent === 'Run both'`)
	}
	s.want(streamed, "true")

	run("time")
	s.saw("#demo-time .demo-log", "T..:..:..Zid 2")
	// The next one ends it: connections are few.
	run("prices")
	s.until(`/^FRAME [0-9]+[.][0-9]{2}$/.test(document.querySelector('#demo-prices .demo-big').textContent)`)
	s.until(`document.querySelector('#demo-prices polyline').getAttribute('points').includes(' ')`)
	s.want(`document.querySelector('#demo-time [data-run]').textContent`, "Run")

	run("wall")
	s.saw("#demo-wall .demo-log", "Welcome to the wall$")
	s.text(`document.getElementById('demo-wall-word').value = 'hello, <b>wall<.b>'`)
	s.click("#demo-wall form button")
	s.saw("#demo-wall .demo-log", "T..:..:..Z: hello, <b>wall<.b>$")
	run("wall")
	s.saw("#demo-wall .demo-log", "closed with")

	for _, demo := range []string{"ping", "count", "time", "prices", "wall"} {
		source := s.text(fmt.Sprintf(`document.querySelector('#demo-%s .source code').textContent`, demo))
		if !strings.HasPrefix(source, "func "+demo+"Demo(") {
			t.Errorf("the source of %s is shown as %s", demo, source)
		}
	}
}

func TestLabIsForEverybody(t *testing.T) {
	t.Parallel()
	s := lab(t, start(t))
	s.click("#race-go")
	s.until(`document.querySelectorAll('#race-lanes [data-done="true"]').length === 5`)
	for _, size := range [][2]int64{{1920, 1080}, {1280, 800}, {390, 844}} {
		s.size(size[0], size[1])
		s.axe(fmt.Sprintf("%d by %d", size[0], size[1]))
		s.want(`document.documentElement.scrollWidth <= innerWidth`, "true")
	}
}
