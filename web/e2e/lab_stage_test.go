package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// outside lists what of an element, and of its texts, is not within two lines of
// the window; what scrolls by itself may be longer.
const outside = `((root, top, bottom) => [...root.querySelectorAll('*')].filter((e) => {
	const { width, top: t, bottom: b, right } = e.getBoundingClientRect();
	const within = e.parentElement.closest('.log, .check, pre, .source, .wire-parsed, .unseen');
	return width > 1 && !within && !e.closest('.unseen') && (t < top - 1 || b > bottom + 1 || right > innerWidth + 1);
}).map((e) => e.tagName + '.' + e.className + '#' + e.id).join(' '))`

// small lists the texts that are seen and smaller than 28 px.
const small = `(() => {
	const found = [];
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let text; (text = walk.nextNode());) {
		const range = document.createRange();
		range.selectNode(text);
		const { width, height } = range.getBoundingClientRect();
		const e = text.parentElement;
		if (!text.textContent.trim() || width < 2 || height < 2 || e.closest('.unseen')) continue;
		const px = parseFloat(getComputedStyle(e).fontSize) * (e instanceof SVGElement ? e.getScreenCTM().a : 1);
		if (px < 28) found.push(px + ': ' + text.textContent.trim());
	}
	return found.join('\n');
})()`

var labSections = []string{"way", "wire", "wave", "race", "break", "six", "network", "demos"}

// At 1280 by 720 each section is a screen, and a key away.
func TestLabSectionsAreScreens(t *testing.T) {
	t.Parallel()
	s := lab(t, start(t))
	s.prefer("prefers-reduced-motion=reduce") // or it is still scrolling
	s.size(1280, 720)
	s.click("#way-form button")
	s.click("#race-go")
	s.until(`document.querySelectorAll('#race-lanes [data-done="true"]').length === 5`)
	for i, id := range labSections {
		s.press(fmt.Sprint(i + 1))
		s.until(`document.activeElement?.id === %q`, id+"-title")
		s.want(`(({ top, bottom }) => Math.abs(top - 56) < 1 && bottom <= innerHeight + 1)(document.getElementById('`+id+`').getBoundingClientRect())`, "true")
		s.want(outside+`(document.getElementById('`+id+`'), 56, innerHeight)`, "")
	}
	// A digit that is typed is a digit, and who does not want the keys has none.
	s.press("1")
	s.click("#way-word")
	s.press("5")
	s.want(`document.getElementById('way-word').value + document.activeElement.id`, "5way-word")
	s.text(`document.getElementById('keys-on').click()`)
	s.press(kb.Escape, "5")
	s.want(`document.activeElement === document.body`, "true")
}

func TestLabPresenters(t *testing.T) {
	t.Parallel()
	p := start(t)
	s := lab(t, p)
	s.size(1280, 720)
	s.open(p.URL + "/lab?present=1")
	s.until(`document.getElementById('wire-state').textContent === 'Live'`)
	s.run(`document.querySelector('#way-form button').click(); document.querySelector('#race-go').click();`)
	s.until(`document.querySelectorAll('#race-lanes [data-done="true"]').length === 5`)
	screens := append(labSections[:7:7], "demo-ping", "demo-count", "demo-time", "demo-prices", "demo-wall")
	for i, id := range screens {
		s.want(`location.hash`, "#"+id)
		s.want(`[...document.querySelectorAll('.lab-section:not(#demos), .demo')].filter((e) => e.getBoundingClientRect().width > 0).map((e) => e.id).join()`, id)
		s.want(`document.getElementById('present-say').textContent.length > 20`, "true")
		s.want(`document.getElementById('present-place').textContent`, fmt.Sprintf("%d / %d", i+1, len(screens)))
		s.want(small, "")
		s.want(outside+`(document.getElementById('`+id+`'), 0, document.querySelector('.present-foot').getBoundingClientRect().top)`, "")
		s.want(`document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth`, "true")
		s.axe("the presenter's " + id)
		s.press(kb.ArrowRight)
	}
	s.want(`location.hash`, "#demo-wall") // it was the last
	for key, want := range map[string]string{kb.Home: "#way", "5": "#break", "8": "#demo-ping", kb.End: "#demo-wall"} {
		s.press(key)
		s.want(`location.hash`, want)
	}
	s.press("5", kb.ArrowLeft, kb.PageUp, kb.PageDown)
	s.want(`location.hash`, "#race")
	s.click("#race-word")
	s.press("a", kb.ArrowLeft, kb.ArrowRight, "5")
	s.want(`location.hash + document.getElementById('race-word').value`, "#racea5")
	s.press(kb.Escape, kb.ArrowRight)
	s.want(`location.hash`, "#break")
}

func TestLabIsForEverybody(t *testing.T) {
	t.Parallel()
	s := lab(t, start(t))
	s.click("#race-go")
	s.until(`document.querySelectorAll('#race-lanes [data-done="true"]').length === 5`)
	s.text(`document.querySelector('#wire-log button').click()`)
	s.text(`document.getElementById('break-logs').open = true`)
	for _, size := range [][2]int64{{1920, 1080}, {1280, 720}, {390, 844}} {
		s.size(size[0], size[1])
		s.axe(fmt.Sprintf("%d by %d", size[0], size[1]))
		s.want(`document.documentElement.scrollWidth <= innerWidth`, "true")
	}
	s.letters200(func() { s.keepsWidth("the lab in letters of twice the size") })
}

// Whatever button there is can be pressed, in any state, and breaks nothing.
func TestLabEveryButton(t *testing.T) {
	t.Parallel()
	s := lab(t, start(t), keepsFiles)
	pressed := s.text(`(async () => {
		let pressed = 0;
		for (const button of document.querySelectorAll('button')) {
			if (button.disabled) continue;
			button.click();
			pressed++;
			await new Promise((done) => { setTimeout(done, 50); });
		}
		window.pressed = pressed;
	})() && document.querySelectorAll('button').length`)
	s.until(`window.pressed > %s - 8`, pressed) // a few had nothing to stop, or to report
	s.until(`document.getElementById('race-go').disabled === false && document.getElementById('measure').disabled === false`)
	s.until(`!document.getElementById('six-go').disabled && document.getElementById('wire-state').textContent === 'Live'`)
}

func TestLabWay(t *testing.T) {
	t.Parallel()
	p := start(t)
	s := lab(t, p)
	frame := s.text(`sessionStorage.getItem('lab-frame')`)
	s.want(`document.getElementById('lab-frame').textContent`, frame)
	s.until(`document.getElementById('join-qr').naturalWidth > 0 && document.getElementById('join-qr').src.endsWith('/qr.svg?frame=%s')`, frame)
	s.until(`document.getElementById('way-count').textContent === '1 stream is open on this frame.'`)
	guest := visit(t, p.URL+s.text(`document.getElementById('join-link').getAttribute('href')`))
	s.until(`document.querySelectorAll('#way-phones .phone').length === 1 && document.querySelectorAll('#way-lines path').length === 2`)
	s.text(`document.getElementById('way-word').value = 'dunes'`)
	s.click("#way-form button")
	guest.shows("dunes")
	s.until(`document.getElementById('way-photo').naturalWidth > 0 && document.querySelector('#way-phones image').getAttribute('href').startsWith('/album/')`)
	s.until(`/“.dunes.”: the POST was answered after [0-9,]+ ms, the picture came down [0-9.]+ ms (before|after) that[.]/.test(document.getElementById('way-said').textContent)`)
	s.want(`document.querySelectorAll('#way-packets circle').length`, "0")
}

func TestLabSix(t *testing.T) {
	t.Parallel()
	s := lab(t, start(t))
	// The page gives six streams 6 s to open, and seven tabs 15 s. A go in which a busy
	// browser took longer has shown nothing.
	var naive, ours string
	for range 5 {
		s.click("#six-go")
		s.until(`document.getElementById('six-go').disabled`)
		s.until(`!document.getElementById('six-go').disabled && document.getElementById('six-answer').textContent === 'Done: compare the two.'`)
		naive, ours = s.text(`document.getElementById('six-naive-sum').textContent`), s.text(`document.getElementById('six-ours-sum').textContent`)
		if strings.HasPrefix(naive, "6 of 7 opened. A plain request beside them waited, too") && strings.HasPrefix(ours, "7 of 7 have the picture") {
			break
		}
		t.Logf("%s %s", naive, ours)
	}
	s.want(`document.getElementById('six-version').textContent`, "")
	if !strings.HasPrefix(naive, "6 of 7 opened. A plain request beside them waited, too") {
		t.Errorf("without sharing: %s", naive)
	}
	if !strings.HasPrefix(ours, "7 of 7 have the picture") {
		t.Errorf("with it: %s", ours)
	}
	s.want(`document.querySelectorAll('#six-naive [data-kind="bad"]').length`, "1")
	s.until(`document.getElementById('wire-state').textContent === 'Live'`)
}

func TestLabSixSaysWhatHTTP2Hides(t *testing.T) {
	t.Parallel()
	s := lab(t, start(t), `Object.defineProperty(PerformanceResourceTiming.prototype, 'nextHopProtocol', { get: () => 'h2' })`)
	s.click("#six-go")
	s.until(`/^This page came over HTTP.2, .* so it cannot be shown here[.]/.test(document.getElementById('six-version').textContent)`)
	s.click("#six-stop")
	s.until(`document.getElementById('six-answer').textContent === 'Stopped.' && document.getElementById('wire-state').textContent === 'Live'`)
}

func TestLabNetworkReport(t *testing.T) {
	t.Parallel()
	p := start(t)
	s := lab(t, p, keepsFiles, `Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } })`)
	s.want(`document.getElementById('report-link').disabled`, "true")
	s.click("#measure")
	s.until(`document.getElementById('measure-state').textContent.startsWith('Measured at')`)
	s.click("#report-json")
	s.until(`saved.length === 1`)
	var report struct {
		Format, Server string
		Checks         map[string]struct{ Kind, Text string }
	}
	if err := json.Unmarshal([]byte(s.text(`saved[0]`)), &report); err != nil || report.Server != p.URL || len(report.Checks) != 3 {
		t.Errorf("got the report %+v, %v", report, err)
	}
	s.click("#report-link")
	s.until(`window.copied`)
	other := &screen{t: t, ctx: window(t)}
	other.open(s.text(`window.copied`))
	for name, check := range report.Checks {
		other.want(`document.querySelector('#check-`+name+` .verdict').textContent`, check.Text)
		other.want(`document.getElementById('check-`+name+`').dataset.kind`, check.Kind)
	}
	other.want(`/^A report on http:.* Nothing below was measured in this browser[.]$/.test(document.getElementById('report-from').textContent)`, "true")
	if line := fmt.Sprint(p.Tail(50)); strings.Contains(line, "report=") {
		t.Error("the server got to see the report")
	}
}
