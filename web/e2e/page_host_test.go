package e2e

import (
	"net/http"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The form to sign in works without a script, and whoever is signed in need not do
// it again where a link from elsewhere has lost the session.
func TestSigningIn(t *testing.T) {
	p := start(t, "ADMIN_TOKEN="+token)
	d := newFakeDesk()
	g := newGate(t, p)
	g.Rule(d.answer)
	s := blank(t)
	s.size(390, 844)
	command(t, s.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	do(t, s.ctx, chromedp.Navigate(g.URL+"/host?frame=hall"))
	do(t, s.ctx, chromedp.SendKeys(chromedp.CSS("#token"), "wrong\r"))
	do(t, s.ctx, chromedp.WaitVisible(chromedp.CSS("#problem")))
	do(t, s.ctx, chromedp.SendKeys(chromedp.CSS("#token"), token+"\r"))
	do(t, s.ctx, chromedp.WaitVisible(chromedp.CSS("#signout")))
	command(t, s.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{})
	s.open(g.URL + "/host?frame=hall")
	s.until(`state.textContent === 'Live' && document.title === 'Host of hall · Picture Frame'`)
	s.want(`document.cookie`, "")

	// Another site's link comes without the cookie.
	do(t, s.ctx, chromedp.Navigate("data:text/html,<a href='"+g.URL+"/host?frame=hall'>desk</a>"))
	s.click("a")
	s.until(`location.protocol === 'http:' && document.getElementById('desk') && state.textContent === 'Live'`)
	s.click("#signout")
	s.until(`document.getElementById('token') && !document.getElementById('desk')`)
	s.axe("signed out")
}

// What the host sees and does, with one thumb.
func TestDeskInOneHand(t *testing.T) {
	p := start(t, "ADMIN_TOKEN="+token)
	for _, word := range []string{"harbour", "forest", "desert"} {
		p.Publish("main", word)
	}
	pictures := p.history("main")
	id := func(i int) string { return pictures[i].(map[string]any)["id"].(string) }
	d := newFakeDesk()
	g := newGate(t, p)
	g.Rule(d.answer)
	s := openDesk(t, g.URL)
	s.want(`[off.disabled, clear.disabled, document.getElementById('waiting').hidden, viewers.textContent, hold.textContent].join()`, "true,true,true,12 watching · 9 SSE · 2 WebSocket · 1 polling,3 s")
	s.axe("empty")
	d.set("pictures", pictures)
	s.until(`document.getElementById('wall-word').textContent === 'desert' && lasts.children.length === 2`)

	s.click("#freeze")
	d.want(s, `PATCH /host/desk?frame=main {"frozen":true}`)
	d.set("frozen", true)
	s.until(`freeze.getAttribute('aria-pressed') === 'true' && !freeze.hasAttribute('aria-busy')`)
	s.axe("frozen")
	s.letters200(func() { s.keepsWidth("the desk in letters of twice the size") })
	s.click("#freeze")
	d.want(s, `PATCH /host/desk?frame=main {"frozen":false}`)
	s.click("#approve")
	d.want(s, `PATCH /host/desk?frame=main {"approve":true}`)

	// What cannot be undone takes two presses, of which one that slipped is none.
	s.want(`(off.click(), off.click(), off.textContent)`, "Press again to take it off")
	s.pressTwice("#off")
	d.want(s, "DELETE /history/"+id(0)+"?frame=main")
	s.want(`off.textContent`, "Take this one off")
	s.click("#off")
	d.set("pictures", pictures[1:])
	s.until(`document.getElementById('wall-word').textContent === 'forest' && off.textContent === 'Take this one off'`)
	s.pressTwice(".last-off")
	d.want(s, "DELETE /history/"+id(2)+"?frame=main")
	s.pressTwice("#clear")
	d.want(s, "DELETE /history?frame=main")

	// Presses in a row are one wish.
	s.want(`(longer.click(), longer.click(), hold.textContent)`, "5 s")
	d.want(s, `PATCH /host/desk?frame=main {"hold":5000}`)
	if got := d.took(); len(got) > 0 {
		t.Errorf("the host has also done %q, want nothing", got)
	}
}

// What waits is large, and shown or dropped by button, key or swipe. What moves
// under a finger takes no press.
func TestApprovingOnAPhone(t *testing.T) {
	p := start(t, "ADMIN_TOKEN="+token)
	waiting := p.waits("castle", "owl", "snow", "let it be")
	d := newFakeDesk()
	d.set("approve", true)
	d.set("waiting", waiting)
	g := newGate(t, p)
	g.Rule(d.answer)
	s := openDesk(t, g.URL)
	other := openDesk(t, g.URL)
	s.until(`cards.children.length === 3 && rows.children.length === 1`)
	s.want(`document.title`, "(3) Host · Picture Frame")
	s.want(`cards.children[0].querySelector('img').clientWidth > 350`, "true")
	s.axe("approving")
	command(t, s.ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
	s.settle()
	s.click(`[aria-label*="castle"][data-kind="show"]`)
	d.want(s, `POST /host/desk/waiting/ticket-castle?frame=main {"show":true}`)
	s.want(`cards.children[0].ariaBusy`, "true")
	s.until(`say.textContent.startsWith('Shown')`)
	s.want(`document.activeElement.closest('li').querySelector('.card-word').textContent`, "castle")
	// A press in the moment in which another card moves there is none.
	s.text(`window.slip = new Promise((done) => {
		new MutationObserver((_, moves) => {
			if (cards.children.length > 2) return;
			moves.disconnect();
			const next = cards.children[0];
			next.querySelector('[data-kind="show"]').click();
			done(String(next.ariaBusy));
		}).observe(cards, { childList: true });
	})`)
	d.set("waiting", waiting[1:])
	for _, each := range []*screen{s, other} {
		each.until(`cards.children.length === 2`)
	}
	s.want(`document.activeElement.getAttribute('aria-label').includes('owl') && document.activeElement.dataset.kind`, "show")
	if busy := evaluate[string](t, s.ctx, `slip`); busy != "null" {
		t.Errorf("a card that has just moved there is busy: %s, want null", busy)
	}
	s.settle()
	s.press(kb.Enter)
	d.want(s, `POST /host/desk/waiting/ticket-owl?frame=main {"show":true}`)
	d.set("waiting", waiting[2:])
	s.until(`cards.children.length === 1`)
	s.settle()

	swipe := func(by float64) {
		at := evaluate[[]float64](t, s.ctx, `(() => { const b = document.querySelector('.card-photo').getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()`)
		for i, x := range []float64{at[0], at[0] + by/2, at[0] + by, -1} {
			touch := input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchMove, TouchPoints: []*input.TouchPoint{{X: x, Y: at[1]}}}
			switch i {
			case 0:
				touch.Type = input.DispatchTouchEventTypeTouchStart
			case 3:
				touch.Type, touch.TouchPoints = input.DispatchTouchEventTypeTouchEnd, []*input.TouchPoint{}
			}
			command(t, s.ctx, input.DispatchTouchEvent, touch)
		}
	}
	swipe(60)
	s.want(`cards.children[0].ariaBusy`, "null")
	swipe(-120)
	d.want(s, `POST /host/desk/waiting/ticket-snow?frame=main {"show":false}`)
	s.click(".row-drop")
	d.want(s, `POST /host/desk/waiting/ticket-let%20it%20be?frame=main {"show":false}`)

	// Another host was first.
	d.set("waiting", p.waits("tower"))
	s.until(`cards.children.length === 1 && !cards.children[0].dataset.decided`)
	s.settle()
	d.refuse(http.StatusNotFound)
	s.click(".key-drop")
	s.until(`document.getElementById('alert').textContent.includes('no longer waits') && cards.children[0].ariaBusy === null`)
}

// The desk says when it is not connected, what cannot be done, and when the session
// is over.
func TestDeskWithoutItsServer(t *testing.T) {
	p := start(t, "ADMIN_TOKEN="+token)
	d := newFakeDesk()
	g := newGate(t, p)
	g.Rule(d.answer)
	s := openDesk(t, g.URL)
	s.until(`state.textContent === 'Live'`)
	d.refuse(http.StatusServiceUnavailable)
	s.click("#approve")
	s.until(`document.getElementById('alert').textContent === 'Approving did not work. It is 503.' && away.textContent.includes('memory') && !away.hidden`)
	s.want(`approve.getAttribute('aria-pressed')`, "false")
	s.axe("while Redis is away")

	g.Rule(refuse(http.StatusBadGateway))
	d.set("viewers", 13)
	s.until(`dispatchEvent(new Event('offline')) && state.textContent.startsWith('Not connected')`)
	s.axe("not connected")
	s.click("#approve")
	s.until(`document.getElementById('alert').textContent.startsWith('Approving did not work.')`)
	d.refuse(0)
	g.Rule(d.answer)
	s.until(`state.textContent === 'Live' && viewers.textContent.startsWith('13 watching · ') && away.hidden`)

	g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
		return r.URL.Path == "/host/desk" && refuse(http.StatusUnauthorized)(w, r)
	})
	command(t, s.ctx, network.ClearBrowserCookies, cdp.Empty{})
	s.until(`dispatchEvent(new Event('offline')) && document.getElementById('token') !== null`)
}
