package e2e

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
)

// handWake is a stand-in for the wake lock: locks says what happens to it, and
// timers let a test end the pause after which the page asks again.
const handWake = `window.locks = []; window.concealed = false; window.refuse = false;
	Object.defineProperty(document, 'hidden', { get: () => concealed });
	Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => {
		locks.push(refuse ? 'refused' : 'on');
		if (refuse) throw new Error('refused');
		window.sentinel = Object.assign(new EventTarget(), { release: async () => { locks.push('off'); sentinel.dispatchEvent(new Event('release')); } });
		return sentinel;
	} } });
	window.later = setTimeout;
	window.setTimeout = (run, ms, ...rest) => (/this\.update\(\)/.test(run) ? (window.again = run, 0) : later(run, ms, ...rest));
	window.show = (hidden) => { concealed = hidden; document.dispatchEvent(new Event('visibilitychange')); return true; };`

func TestScreenIsKeptAwake(t *testing.T) {
	p := start(t)
	s := blank(t)
	s.before(handWake)
	s.open(p.URL)
	s.until(`locks.join() === 'on'`)
	s.want(`document.getElementById('sleeps').hidden`, "true")
	// The browser takes it from a hidden tab.
	s.want(`(show(true), sentinel.dispatchEvent(new Event('release')), locks.join())`, "on")
	s.want(`show(false)`, "true")
	s.until(`locks.join() === 'on,on'`)
	// The system takes it, and refuses it for a while.
	s.want(`(refuse = true, sentinel.dispatchEvent(new Event('release')), again(), true)`, "true")
	s.until(`locks.join() === 'on,on,refused'`)
	s.want(`(refuse = false, again(), true)`, "true")
	s.until(`locks.join() === 'on,on,refused,on'`)

	// A phone is a remote while it is upright, and a frame when it lies down.
	s.size(390, 844)
	s.until(`locks.join() === 'on,on,refused,on,off'`)
	s.open(p.URL)
	s.want(`locks.join()`, "")
	s.size(844, 390)
	s.until(`locks.join() === 'on'`)

	// At night it would not wake again; a wall is one however small it is.
	s.size(360, 640)
	for _, wall := range []string{"/?ui=0", "/?ui=0&dim=0-24,black"} {
		s.open(p.URL + wall)
		s.until(`locks.join() === 'on'`)
	}
}

func TestBrowserThatCannotStayAwakeSaysSo(t *testing.T) {
	p := start(t)
	s := blank(t)
	s.before(`Object.defineProperty(Navigator.prototype, 'wakeLock', { value: undefined })`)
	s.open(p.URL)
	s.click(`[popovertarget="about"]`)
	s.until(`about.innerText.includes('This screen may fall asleep')`)
}

// What stands on the picture for months moves, and never out of the picture.
func TestClockAndCreditDrift(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	s := blank(t)
	s.before(`const later = setTimeout; window.setTimeout = (run, ms, ...rest) => (/#tick\(\)/.test(run) ? (window.minute = run, 0) : later(run, ms, ...rest));
		let ahead = 0;
		const { now } = performance;
		performance.now = () => now.call(performance) + (/\bClock\b|#tick/.test(new Error().stack) ? ahead : 0);
		window.passMinute = () => { ahead += 60_000; minute(); return true; };`)
	s.open(p.URL + "/?clock=24")
	s.shows("harbour")
	places := map[string]bool{}
	var left, top, right [2]float64
	// In one go: the server tells its time meanwhile, which ends what is ahead of it.
	for n, at := range evaluate[[][]float64](t, s.ctx, `Array.from({ length: 90 }, () => {
		passMinute();
		const { left, top } = clock.getBoundingClientRect();
		return [left, top, credit.getBoundingClientRect().right];
	})`) {
		for i, edge := range []*[2]float64{&left, &top, &right} {
			if n == 0 {
				*edge = [2]float64{at[i], at[i]}
			}
			*edge = [2]float64{min(edge[0], at[i]), max(edge[1], at[i])}
		}
		places[fmt.Sprint(at)] = true
	}
	if len(places) < 30 {
		t.Errorf("in 90 minutes clock and credit were at %d places, want at least 30", len(places))
	}
	for name, edge := range map[string][2]float64{"left": left, "top": top, "credit's right": right} {
		if edge[0] < 0 || edge[1] > 1280 || edge[1]-edge[0] < 6 || edge[1]-edge[0] > 12 {
			t.Errorf("the %s edge moves between %v, want some pixels and inside the window", name, edge)
		}
	}
}

// A page that was made of something else than the server's is older: it comes
// again by itself, and only when the new one is there.
func TestPageReloadsForAnotherVersion(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	p.Publish("main", "harbour")
	_, html := p.request(http.MethodGet, "/", http.Header{"Accept": {"text/html"}}, "")
	version := regexp.MustCompile(`"version":"([0-9a-f]+)"`).FindStringSubmatch(html)[1]
	var old atomic.Bool
	old.Store(true)
	var loads atomic.Int32
	g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/" {
			return false
		}
		loads.Add(1)
		if !old.Load() {
			return false
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte(strings.Replace(html, version, "an older one", 1)))
		return true
	})
	s := blank(t)
	s.before(`Math.random = () => 0; window.began = performance.timeOrigin;
		const later = setTimeout;
		window.setTimeout = (run, ms, ...rest) => (/#look\(\)/.test(run) ? (window.look = run, 0) : later(run, ms, ...rest))`)
	s.open(g.URL)
	s.shows("harbour")
	s.until(`window.look`) // the server has told its version
	first := s.text(`began`)
	s.want(`(pass(59_000), look(), true)`, "true")
	s.want(`(pass(1_000), look(), true)`, "true") // the server still gives the old page
	for loads.Load() < 2 {
		s.until(`true`)
	}
	old.Store(false)
	s.until(`(window.look?.(), began !== %s)`, first)
	s.shows("harbour")
	s.want(`JSON.parse(document.getElementById('frame-data').text).version`, version)
}
