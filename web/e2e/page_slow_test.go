package e2e

import (
	"flag"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
)

// A slow line and a slow processor, for make slow. A test run has neither.
var (
	lineKbits = flag.Float64("kbits", 0, "bandwidth in kbit/s for TestWhatComesFirst; 0 is no limit")
	slowCPU   = flag.Float64("cpu", 1, "how many times slower TestWhatComesFirst makes the processor")
)

// lineLatency is what a slow line adds to each request, in milliseconds.
const lineLatency = 150

// timeline records when the picture was painted and when the stream opened.
const timeline = `(() => {
	window.line = { picture: 0, asked: 0, stream: 0 };
	const { EventSource: Native } = window;
	window.EventSource = class extends Native {
		constructor(...all) {
			super(...all);
			line.asked ||= performance.now();
			this.addEventListener('open', () => { line.stream ||= performance.now(); });
		}
	};
	// The picture fills the window, and so it is no largest contentful paint.
	new MutationObserver(() => document.querySelector('.photo')?.setAttribute('elementtiming', 'picture')).observe(document, { childList: true, subtree: true });
	new PerformanceObserver((list) => { line.picture ||= list.getEntries()[0].renderTime; }).observe({ type: 'element' });
})()`

func TestWhatComesFirst(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	visit(t, p.URL).shows("harbour") // whatever the program makes at the first request is made
	s := blank(t)
	s.before(timeline)
	if *lineKbits > 0 {
		bytes := *lineKbits * 1000 / 8
		command(t, s.ctx, network.Enable, network.EnableParams{})
		command(t, s.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Latency: lineLatency, DownloadThroughput: bytes, UploadThroughput: bytes}},
		})
	}
	command(t, s.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: *slowCPU})
	s.open(p.URL)
	s.until(`line.picture && line.stream`)
	before := func(what string) string {
		return s.text(fmt.Sprintf(`1 + performance.getEntriesByType('resource').filter(({ startTime }) => startTime < line.%s).length`, what))
	}
	t.Logf("picture %s ms, %s requests; stream asked %s open %s ms, %s requests", s.text(`Math.round(line.picture)`), before("picture"), s.text(`Math.round(line.asked)`), s.text(`Math.round(line.stream)`), before("asked"))
	t.Log(s.text(`performance.getEntriesByType('resource').map(({ name, startTime, requestStart, responseEnd, transferSize }) => [Math.round(startTime), Math.round(requestStart), Math.round(responseEnd), transferSize, name.split('/').slice(3).join('/')].join(' ')).join('\n') + '\n' + JSON.stringify(performance.getEntriesByType('navigation')[0]) + JSON.stringify(performance.getEntriesByType('paint'))`))
}
