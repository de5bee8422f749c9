package e2e

import (
	"fmt"
	"testing"
)

// lab opens the lab's page, which must neither throw nor break the content
// policy until the test ends. The scripts run before its own.
func lab(t *testing.T, p *program, scripts ...string) *screen {
	t.Helper()
	s := &screen{t: t, ctx: window(t)}
	for _, script := range scripts {
		s.before(script)
	}
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

// run runs statements in the page.
func (s *screen) run(statements string, args ...any) {
	s.t.Helper()
	s.text(`(() => { ` + fmt.Sprintf(statements, args...) + ` })()`)
}

// set gives a field a value as typing does.
func (s *screen) set(id, value, event string) {
	s.t.Helper()
	s.run(`const field = document.getElementById(%q); field.value = %q; field.dispatchEvent(new Event(%q, { bubbles: true }));`, id, value, event)
}

// replay chooses a file to replay; content is an expression.
func (s *screen) replay(content, name string) {
	s.t.Helper()
	s.run(`const files = new DataTransfer(); files.items.add(new File([%s], %q));
		const field = document.getElementById('wire-file'); field.files = files.files; field.dispatchEvent(new Event('change'));`, content, name)
}

func TestLabWire(t *testing.T) {
	t.Parallel()
	p := start(t)
	s := lab(t, p)
	s.size(1280, 720)
	s.saw("#wire-log", "picture frameretry: [0-9]{4}")
	s.until(`document.getElementById('wire-log').textContent.includes('retry: ' + document.getElementById('wire-retry').textContent.replace(/[^0-9]/g, ''))`)
	s.saw("#wire-log", "event: presencedata: ..viewers.:1")
	s.text(`document.getElementById('wire-word').value = 'dunes'`)
	s.click("#wire-form button")
	s.saw("#wire-log", "id: .*event: picturedata: .*dunes")
	s.saw("#up-log", "POST .publish.frame=lab-[0-9a-f]{10}.*keyword=dunes.*200 OK.*dunes.*Down the wire [0-9.]+ ms (before|after)")
	s.until(`document.querySelector('#up-log img').naturalWidth > 0`)
	s.saw("#wire-log", "[0-9.]+ s of silence") // 15 s at most
	s.until(`'id: ' + document.getElementById('wire-id').textContent === [...document.querySelectorAll('#wire-log [data-field="id"]')].at(-1).textContent`)

	// A chosen event is parsed where it is seen, wherever the log is.
	s.text(`[...document.querySelectorAll('#wire-log button')].find((block) => block.textContent.includes('dunes')).click()`)
	s.until(`/addEventListener.'picture'.*lastEventId.*"keyword": "dunes"/s.test(document.getElementById('wire-parsed').textContent)`)
	s.want(`(() => { const { top, bottom } = document.getElementById('wire-parsed').getBoundingClientRect(); const own = document.getElementById('wire').getBoundingClientRect();
		return top > own.top && bottom <= own.bottom && bottom - top > 100; })()`, "true")
	s.until(`Number(document.getElementById('wire-bytes').textContent.replaceAll(',', '')) > 300`) // ten times a second

	s.set("wire-filter", "picture", "change")
	s.want(`[...document.querySelectorAll('#wire-log > li')].map((line) => /event: picture/.test(line.textContent)).join()`, "true")
	s.set("wire-filter", "", "change")
	s.set("wire-search", "DUNES", "input")
	s.want(`[...document.querySelectorAll('#wire-log > li')].map((line) => /dunes/.test(line.textContent)).join()`, "true")
	s.set("wire-search", "", "input")
	s.saw("#wire-log", "event: presence")

	s.click("#wire-pause")
	// The mouse is on it now: what it says stays readable.
	s.until(`(({ color, backgroundColor }) => color === 'rgb(27, 24, 21)' && backgroundColor === 'rgb(255, 255, 255)')(getComputedStyle(document.getElementById('wire-pause')))`)
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

// keepsFiles makes a page keep in window.saved what it has the browser save.
const keepsFiles = `window.saved = [];
	const make = URL.createObjectURL;
	URL.createObjectURL = (blob) => { blob.text().then((text) => saved.push(text)); return make(blob); };`

func TestLabExportsAndReplays(t *testing.T) {
	t.Parallel()
	p := start(t)
	s := lab(t, p, keepsFiles)
	s.text(`document.getElementById('wire-word').value = 'dunes'`)
	s.click("#wire-form button")
	s.saw("#wire-log", "event: picturedata: .*dunes")
	for i, format := range []string{"text", "json", "csv"} {
		s.click(`[data-export="` + format + `"]`)
		s.until(`saved.length === %d && saved[%d].includes('dunes')`, i+1, i)
		s.click("#wire-clear")
		s.replay(fmt.Sprintf("saved[%d]", i), "wire."+format)
		s.until(`document.getElementById('wire-replaying').textContent.startsWith('Replayed wire.%s')`, format)
		s.saw("#wire-log", "event: picturedata: .*dunes")
		s.saw("#wire-log", "picture frameretry: [0-9]{4}")
	}
	s.replay("'holiday'", "holiday.txt")
	s.until(`document.getElementById('wire-replaying').textContent.startsWith('This is no export of the wire.')`)
	// The stream goes on all the time.
	p.Publish(s.text(`sessionStorage.getItem('lab-frame')`), "reef")
	s.saw("#wire-log", "event: picturedata: .*reef")
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
		"stall":   {"silent for 7 s: given up", "stops sending", "true", false},
		"refuse":  {"no stream in the answer", "closed for good", came + `('#bare-log') || ` + closed, false},
		"slow":    {"slows both", "slows both", came + `('#bare-log')`, true},
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
				// What the server does is written before anything comes of it.
				for _, log := range []string{"#ours-log", "#bare-log"} {
					s.want(`(() => {
						const lines = [...document.querySelectorAll('`+log+` > li')];
						const done = lines.findIndex((line) => line.dataset.kind === 'mark' && /the server/.test(line.textContent));
						const felt = lines.findIndex((line) => line.dataset.kind !== 'mark' && /lost|error|closed|silent|bye/.test(line.textContent));
						return done >= 0 && (felt < 0 || done < felt);
					})()`, "true")
				}
				s.until(`/2 missed and caught up|[1-9] (at once|not here)/.test(document.getElementById('bare-sum').textContent) && document.querySelectorAll('#ours-lane .span').length > 0`)
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
