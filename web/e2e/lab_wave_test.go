package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// feedsWire lets a test put bytes into the lab's stream, and keeps receipts.
const feedsWire = `(() => {
	const real = window.fetch;
	window.beacons = [];
	navigator.sendBeacon = (url, body) => { body.text().then((text) => beacons.push(url + ' ' + body.type + ' ' + text)); return true; };
	window.fetch = async (url, options) => {
		const answer = await real(url, options);
		if (!/^.subscribe.frame=lab-/.test(url) || options?.headers?.Accept !== 'text/event-stream') return answer;
		const { readable, writable } = new TransformStream({ start: (controller) => { window.feed = (text) => controller.enqueue(new TextEncoder().encode(text)); } });
		answer.body.pipeTo(writable).catch(() => {});
		return new Response(readable, { headers: answer.headers });
	};
})()`

// secondOld is true once the lab's stream is a second old: what comes sooner was there
// before.
const secondOld = `/^([1-9]|..+)[.]/.test(document.getElementById('wire-age').textContent)`

func TestLabWave(t *testing.T) {
	t.Parallel()
	p := start(t)
	s := lab(t, p, feedsWire)
	s.until(secondOld)
	s.text(`document.getElementById('wave-word').value = 'dunes'`)
	s.click("#wave-one")
	s.until(`document.querySelectorAll('#wave-rows > li').length === 1 && !document.querySelector('#wave-chart .own').hidden`)
	s.until(`beacons.length === 1`)
	var receipt struct {
		Frame, ID, Screen string
		Wait              *int
	}
	beacon := s.text(`beacons[0]`)
	if body, ok := strings.CutPrefix(beacon, "/seen application/json "); !ok || json.Unmarshal([]byte(body), &receipt) != nil ||
		receipt.Frame != s.text(`sessionStorage.getItem('lab-frame')`) || receipt.ID != s.text(`document.getElementById('wire-id').textContent`) || receipt.Screen == "" || receipt.Wait == nil {
		t.Errorf("got the receipt %s", beacon)
	}
	seen := fmt.Sprintf(`event: seen\ndata: {"id":"%s","screens":37,"of":38,"arrived":{"p50":31,"p95":60},"shown":{"p50":92,"p95":180}}\n\n`, receipt.ID)
	s.text("feed(`" + seen + "`)")
	s.until(`document.getElementById('wave-big').textContent === 'on 37 of 38 screens, there and back in 92 ms (median)'`)
	s.until(`document.querySelector('#wave-rows .wave-text').textContent === '37 of 38: arrived 31 ms, shown 92 ms, 95 %% 180 ms'`)
	s.until(`document.getElementById('way-count').textContent.endsWith('The last picture is on 37 of 38 screens, there and back in 92 ms (median).')`)
	s.click("#wave-ten")
	s.until(`document.querySelectorAll('#wave-rows > li').length === 11 && !document.getElementById('wave-ten').disabled`)
}

// keepsWaves lets a test look at what the lab opens for the receipts.
const keepsWaves = `(() => {
	const Real = EventSource;
	window.waves = [];
	window.EventSource = class extends Real {
		constructor(url) { super(url); if (String(url).startsWith('/lab/wave?')) waves.push(this); }
	};
})()`

// The receipts of two browsers, as they are, while they are looked at.
func TestLabWaveOfTwo(t *testing.T) {
	t.Parallel()
	p := start(t)
	s := lab(t, p, keepsWaves)
	s.size(1280, 720)
	s.prefer("prefers-reduced-motion=reduce") // or it is still scrolling
	guest := visit(t, p.URL+s.text(`document.getElementById('join-link').getAttribute('href')`))
	guest.takesNoReplay(2)
	s.until(`document.getElementById('way-count').textContent === '2 streams are open on this frame.'`)
	s.until(secondOld)
	s.want(`waves.length`, "0")
	s.press("3")
	s.until(`waves.length === 1 && waves[0].readyState === EventSource.OPEN`)
	s.text(`document.getElementById('wave-word').value = 'dunes'`)
	s.click("#wave-one")
	guest.shows("dunes")
	const table = `[...document.querySelectorAll('#wave-table tr')].reduce(([arrived, shown], { cells }) => [arrived + Number(cells[1].textContent), shown + Number(cells[2].textContent)], [0, 0]).join()`
	s.until(table + ` === '2,2' && document.getElementById('wave-sum').textContent === '2 ÷ 1 = 2 of 2'`)
	s.want(`document.getElementById('wave-caption').textContent.startsWith('2 receipts of 1 picture; the highest bar is ')`, "true")
	s.until(`document.getElementById('wave-big').textContent.startsWith('on 2 of 2 screens, there and back in ')`)
	s.saw("#wave-rows", "dunes2 of 2: arrived [0-9,]+ ms, shown [0-9,]+ ms, 95 % [0-9,]+ ms$")
	s.press("1")
	s.until(`waves[0].readyState === EventSource.CLOSED && document.getElementById('wave-why').textContent === ''`)
}
