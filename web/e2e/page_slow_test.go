package e2e

import (
	"flag"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"
)

// A slow line and a slow processor, for make slow.
var (
	lineKbits = flag.Float64("kbits", 0, "bandwidth in kbit/s for TestPictureComesFirst, which tells the times then")
	slowCPU   = flag.Float64("cpu", 1, "how many times slower it makes the processor meanwhile")
)

// lineLatency is what a slow line adds to each request, in milliseconds.
const lineLatency = 150

// timeline records when the picture was painted and when the stream opened.
const timeline = `(() => {
	window.line = { picture: 0, stream: 0 };
	const { EventSource: Native } = window;
	window.EventSource = class extends Native {
		constructor(...all) {
			super(...all);
			this.addEventListener('open', () => { line.stream ||= Math.round(performance.now()); });
		}
	};
	// The picture fills the window, and so it is no largest contentful paint.
	new MutationObserver(() => document.querySelector('.photo')?.setAttribute('elementtiming', 'picture')).observe(document, { childList: true, subtree: true });
	new PerformanceObserver((list) => { line.picture ||= Math.round(list.getEntries()[0].renderTime); }).observe({ type: 'element' });
})()`

// On a slow line every request before the one that matters is waited for.
func TestPictureComesFirst(t *testing.T) {
	p := start(t)
	picture := p.Publish("main", "harbour")["url"].(string)
	g := newGate(t, p)
	var mu sync.Mutex
	var came []string
	scripts := make(chan struct{})
	g.Rule(func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/controls.js") {
			<-r.Context().Done() // they never come
			return true
		}
		if strings.Contains(r.URL.Path, "/js/") {
			select {
			case <-scripts:
			case <-r.Context().Done():
			}
		}
		mu.Lock()
		defer mu.Unlock()
		if !strings.Contains(r.URL.Path, "/icons/") { // when that is asked for is the browser's to say
			came = append(came, regexp.MustCompile("^/static/[^/]*").ReplaceAllString(r.URL.Path, ""))
		}
		return false
	})
	want := func(before string, want ...string) {
		t.Helper()
		mu.Lock()
		defer mu.Unlock()
		if slices.Sort(came); !slices.Equal(came, want) {
			t.Errorf("before %s the page needs %s, want %s", before, came, want)
		}
	}
	s := blank(t)
	s.before(timeline)
	command(t, s.ctx, page.Navigate, page.NavigateParams{URL: g.URL})
	s.until(`line.picture`)
	want("the picture", "/", picture, "/css/pages/frame.css")
	close(scripts)
	s.until(`line.stream`)
	want("the stream", "/", picture, "/css/pages/frame.css", "/js/app.js", "/js/chunk.js", "/js/floor.js", "/subscribe")
	if *lineKbits > 0 {
		p.timeSlowLine()
	}
}

// timeSlowLine says how long that takes on a line and a processor that are as slow
// as the flags say.
func (p *program) timeSlowLine() {
	t := p.t
	s := blank(t)
	s.before(timeline)
	bytes := *lineKbits * 1000 / 8
	command(t, s.ctx, network.Enable, network.EnableParams{})
	command(t, s.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Latency: lineLatency, DownloadThroughput: bytes, UploadThroughput: bytes}},
	})
	command(t, s.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: *slowCPU})
	s.open(p.URL)
	s.until(`line.picture && line.stream`)
	t.Logf("picture after %s ms, stream after %s ms", s.text(`line.picture`), s.text(`line.stream`))
	t.Log(s.text(`performance.getEntriesByType('resource').map(({ name, startTime, responseEnd, transferSize }) =>
		[Math.round(startTime), Math.round(responseEnd), transferSize, name].join(' ')).join('\n')`))
}

// The picture changes and a word is not lost while the controls do not come.
func TestPageFollowsWithoutItsControls(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	g := newGate(t, p)
	var asked atomic.Int32
	released := make(chan struct{})
	g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/controls.js") {
			return false
		}
		if asked.Add(1) == 1 {
			w.WriteHeader(http.StatusBadGateway)
			return true
		}
		<-released
		return false
	})
	s := blank(t)
	command(t, s.ctx, page.Navigate, page.NavigateParams{URL: g.URL})
	s.until(`'js' in document.documentElement.dataset`)
	p.Publish("main", "forest")
	s.shows("forest")
	evaluate[bool](t, s.ctx, `(word.focus(), true)`)
	s.press("s", "e", "a", kb.Enter)
	s.want(`word.value + !pause.hidden`, "seafalse")
	close(released)
	s.until(ready)
	s.shows("sea")
	if n := asked.Load(); n < 2 {
		t.Errorf("the controls were asked for %d times, want a second one after the failure", n)
	}
}
