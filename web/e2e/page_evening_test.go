package e2e

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"picture-frame/hub/redis/redistest"
)

// twentyWords asks for twenty pictures at once, all of which wait for the host.
func (p *program) twentyWords() {
	p.t.Helper()
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			p.check(row{"POST", "/publish", head("Content-Type", asForm), fmt.Sprint("keyword=word", i), http.StatusAccepted, "waiting"})
		})
	}
	all.Wait()
}

// pressCard presses the button of the card for a word.
func (s *screen) pressCard(word, kind string) {
	s.t.Helper()
	s.settle()
	s.click(fmt.Sprintf(".card [aria-label='%s “\u2068%s\u2069”']", kind, word))
}

// pressTwice does what cannot be undone. The page measures the time between the two
// presses, so it makes them itself; a press before them has been forgotten.
func (s *screen) pressTwice(selector string) {
	s.t.Helper()
	evaluate[bool](s.t, s.ctx, fmt.Sprintf(`new Promise((done) => {
		const button = document.querySelector(%q);
		button.dispatchEvent(new Event('blur'));
		button.click();
		setTimeout(() => done(button.click() ?? true), 400);
	})`, selector))
}

// A whole evening with two hosts, who see the same, and a wall.
func TestEvening(t *testing.T) {
	p := start(t, "ADMIN_TOKEN="+token)
	p.Publish("main", "harbour")
	wall := visit(t, p.URL)
	wall.shows("harbour")
	one, two := openDesk(t, p.URL), openDesk(t, p.URL)
	one.until(`document.getElementById('wall-word').textContent === 'harbour'`)
	one.click("#approve")
	two.until(`approve.getAttribute('aria-pressed') === 'true'`)
	wall.until(`hosted.textContent === 'The host chooses what hangs' && !hosted.hidden`)

	p.twentyWords()
	for _, s := range []*screen{one, two} {
		s.until(`cards.children.length === 20`)
	}
	wall.want(`document.title`, "harbour · Picture Frame")
	one.pressCard("word7", "Drop")
	two.until(`cards.children.length === 19 && !cards.textContent.includes('word7')`)
	do(t, wall.ctx, chromedp.SendKeys(chromedp.CSS("#word"), "owl\r"))
	wall.until(`answer.textContent === '“\u2068owl\u2069” waits for the host.' && word.value === ''`)
	two.until(`cards.children.length === 20`)
	two.pressCard("owl", "Show")
	wall.shows("owl")
	wall.until(`answer.textContent === '“\u2068owl\u2069” is on the wall now.'`)
	two.pressCard("word3", "Show")
	wall.shows("word3")
	one.until(`cards.children.length === 18 && document.getElementById('wall-word').textContent === 'word3'`)

	two.click("#freeze")
	wall.until(`hosted.textContent === 'Frozen by the host'`)
	one.until(`'frozen' in document.documentElement.dataset`)
	p.check(row{"POST", "/publish", head("Content-Type", asForm), "keyword=late", http.StatusConflict, ""})
	one.pressCard("word5", "Show") // what the host lets hangs on a frozen frame too
	wall.shows("word5")
	one.click("#freeze")
	one.until(`freeze.getAttribute('aria-pressed') === 'false' && !freeze.hasAttribute('aria-busy')`)
	one.click("#approve")
	wall.until(`hosted.hidden`)

	one.pressTwice("#off")
	wall.shows("word3")
	two.until(`document.getElementById('wall-word').textContent === 'word3'`)
	two.pressTwice(".last-off") // the owl
	one.until(`lasts.children.length === 1`)
	one.pressTwice("#clear")
	wall.until(`credit.hidden && document.title === 'Picture Frame'`)
	two.until(`off.disabled && !document.getElementById('wall-empty').hidden`)
	two.click("#signout")
	two.until(`document.getElementById('token') !== null`)
}

// The same over two processes, of which one is killed: what waits goes on at the
// other, and the desk of the first says that it is not connected.
func TestEveningOverTwoProcesses(t *testing.T) {
	s := redistest.New(t).Start()
	a := launch(t, "REDIS_URL="+s.URL(), "ADMIN_TOKEN="+token)
	b := startShared(t, s, "ADMIN_TOKEN="+token)
	a.until("/readyz", "ok")
	b.until("/readyz", "ok")
	wall := visit(t, b.URL)
	one, two := openDesk(t, a.URL), openDesk(t, b.URL)
	one.click("#approve")
	wall.until(`hosted.textContent === 'The host chooses what hangs'`)
	a.twentyWords()
	for _, s := range []*screen{one, two} {
		s.until(`cards.children.length === 20`)
	}
	one.pressCard("word3", "Show")
	wall.shows("word3")
	two.pressCard("word7", "Drop")
	one.until(`cards.children.length === 18`)
	a.cmd.Process.Kill()
	one.until(`state.textContent.startsWith('Not connected')`)
	two.pressCard("word9", "Show")
	wall.shows("word9")
	two.until(`cards.children.length === 17`)

	s.Kill()
	two.click("#approve")
	two.until(`!away.hidden && document.getElementById('alert').textContent.startsWith('Approving did not work.')`)
	s.Start()
	two.until(`away.hidden && state.textContent === 'Live'`)
	command(t, two.ctx, network.ClearBrowserCookies, cdp.Empty{})
	two.click("#freeze")
	two.until(`document.getElementById('token') !== null`) // the session is over
}
