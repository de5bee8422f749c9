package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// recordState keeps in window.said all that the line about the state has said.
const recordState = `document.addEventListener('DOMContentLoaded', () => {
	window.said = [];
	new MutationObserver(() => said.push(state.textContent)).observe(state, { childList: true });
})`

// takesNoReplay waits until a page no longer takes what comes for a replay: a second
// after the first word, by which it knows of the others.
func (s *screen) takesNoReplay(viewers int) {
	s.t.Helper()
	s.until(`viewers.textContent === '%d watching' && (window.heard ??= performance.now()) < performance.now() - 1000`, viewers)
}

// Every window that shows a picture says so. Who has asked for it reads on how
// many screens it is, for some seconds, and nobody else does.
func TestPageSaysOnHowManyScreens(t *testing.T) {
	t.Parallel()
	p := start(t)
	var screens []*screen
	for _, query := range []string{"", "", "?ui=0"} {
		s := blank(t)
		s.before(recordState)
		s.open(p.URL + "/f/hall" + query)
		screens = append(screens, s)
	}
	watching := p.follow(ways[0], "hall", "")
	p.joined("hall", 4)
	for _, s := range screens {
		s.takesNoReplay(4)
	}
	for i, asker := range screens[:2] {
		word := []string{"harbour", "lighthouse"}[i]
		asker.click("#word")
		do(t, asker.ctx, chromedp.SendKeys(chromedp.CSS("#word"), word+"\r"))
		for _, s := range screens {
			s.shows(word)
		}
		asker.until(`!state.hidden && /^on [123] of 4 screens · [\d.,]+ m?s$/.test(state.textContent)`)
		asker.want(`state.dataset.kind`, "good")
		// The fourth viewer is no page.
		if got := watching.counted(p.newest("hall"), 3, 4); got.Arrived.P50 > got.Shown.P50 {
			t.Errorf("got %+v, want no more shown than arrived", got)
		}
		asker.want(`unnote()`, "true")
	}
	for i, want := range []string{"1", "1", "0"} {
		screens[i].want(`said.filter((line) => line.startsWith('on ')).length`, want)
	}
}

// All tabs of one browser have one stream, and are one screen.
func TestTabsAreOneScreen(t *testing.T) {
	t.Parallel()
	p := start(t)
	first := visit(t, p.URL)
	second := &screen{t: t, ctx: tab(t, first.ctx)}
	second.open(p.URL)
	p.joined("main", 1)
	watching := p.follow(ways[0], "main", "")
	watching.next("presence")
	p.joined("main", 2)
	first.takesNoReplay(2)
	second.takesNoReplay(2)
	p.Publish("main", "harbour")
	id := watching.next("picture").ID
	first.shows("harbour")
	second.shows("harbour")
	p.acknowledge("main", id, "another", 0)
	if got := watching.sight(); got.ID != id || got.Screens > 2 || got.Of != 2 {
		t.Errorf("got %+v, want at most 2 of 2 screens", got)
	}
	p.acknowledge("main", id, "late", 0) // so that there is a final count
	if got := watching.sight(); got.ID != id || got.Screens != 3 {
		t.Errorf("got %+v in the end, want 3 screens: the browser's, and two of no page", got)
	}
}
