package e2e

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// line is what a page says of the words that were typed there, without seconds.
const line = `[...answer.children].map((own) => own.textContent.replace(/[\u2068\u2069]/g, '').replace(/\d+ (s|min)\b/, 'N')).join(' | ')`

// phone makes a small window with fingers, whose vibrations are kept in felt.
func (s *screen) phone() {
	s.t.Helper()
	s.size(390, 844)
	s.before(`window.felt = [];
		navigator.vibrate = (ms) => felt.push(ms);
		window.matchMedia = ((real) => (query) => (query === '(pointer: coarse)' ? { matches: true } : real.call(window, query)))(matchMedia);`)
}

// send types a word and sends it.
func (s *screen) send(word string) {
	s.t.Helper()
	for _, letter := range word {
		s.press(string(letter))
	}
	s.press(kb.Enter)
}

// Who asks is told where the word is, all the way to the wall, and every screen
// shows who is next. What the host lets hang waits for its turn as long as it takes.
func TestTurnsAreSaid(t *testing.T) {
	t.Parallel()
	p := start(t, "ADMIN_TOKEN=secret")
	p.Publish("main", "before")
	p.host("PATCH", "/host/desk", `{"approve":true}`)
	phone, wall, bare := blank(t), visit(t, p.URL), visit(t, p.URL+"/?ui=0")
	phone.phone()
	phone.open(p.URL)
	phone.shows("before")
	words := []string{"forest", "desert", "snow"}
	for _, word := range words {
		phone.send(word)
		phone.until(`%s.startsWith('“%s” waits for the host') && word.value === ''`, line, word)
	}
	waiting := p.host("GET", "/host/desk", "").Waiting
	p.decide(p.ask("harbour"), true) // hangs at once, and for a minute from now on
	p.host("PATCH", "/host/desk", `{"hold":60000}`)
	phone.shows("harbour")
	for i, waiting := range waiting {
		p.decide(waiting.Ticket, true)
		phone.until(`%s.includes('“%s” is ')`, line, words[i])
	}
	phone.until(`%s === '“snow” is third in line, yours in about N. | “desert” is second in line, yours in about N. | “forest” is next, in about N.'`, line)
	chip := `next.textContent.replace(/[\u2068\u2069]/g, '')`
	wall.until(`/^Next in \d+ s: “forest”, then 2 more$/.test(%s) && !next.hidden`, chip)
	wall.until(`%s !== %q`, chip, wall.text(chip)) // it counts
	bare.until(`%s.includes('forest') && getComputedStyle(next).display === 'none'`, chip)
	phone.want(`felt.length`, "0")
	p.host("PATCH", "/host/desk", `{"hold":0}`)
	phone.until(`%s.startsWith('“snow” is on the wall now.') && felt.includes(60)`, line)
	wall.until(`next.hidden`)
	wall.shows("snow")
	phone.want(`answer.getAttribute('aria-live')`, "off") // its seconds are for the eye
}

// A word that finds no room stays, says so without blame, and is sent again by
// itself, unless somebody types on.
func TestWordWithoutRoomIsSentAgain(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "harbour")
	g := newGate(t, p)
	s := visit(t, g.URL)
	var full atomic.Bool
	var after atomic.Int32
	asked := make(chan string, 100)
	g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/publish" {
			return false
		}
		asked <- ""
		if !full.Load() {
			return false
		}
		w.Header().Set("Content-Type", "application/problem+json")
		w.Header().Set("Retry-After", fmt.Sprint(after.Load()))
		w.WriteHeader(http.StatusTooManyRequests)
		w.Write([]byte(`{"detail":"Many words are waiting."}`))
		return true
	})
	sent := func() {
		t.Helper()
		select {
		case <-asked:
		case <-time.After(patience):
			t.Fatal("the page has not sent the word")
		}
	}
	full.Store(true)
	after.Store(1)
	s.send("sea")
	sent()
	s.until(`%s === 'Many words are waiting. “sea” is sent again in N.' && word.value === 'sea' && word.ariaInvalid === 'false' && answer.dataset.kind === 'wait'`, line)
	sent() // by itself
	full.Store(false)
	sent()
	s.shows("sea")
	s.until(`word.value === ''`)
	for len(asked) > 0 { // a slow test sees it sent more often
		<-asked
	}

	full.Store(true)
	after.Store(40)
	s.send("fox")
	sent()
	s.until(`%s === 'Many words are waiting. “fox” is sent again in N.'`, line)
	s.press(kb.Enter) // changes nothing
	s.press("y")
	s.until(`word.value === 'foxy' && answer.childElementCount === 0`)
	if len(asked) > 0 {
		t.Errorf("the page has asked %d times more, want none: it is for somebody who types on", len(asked))
	}
}

// While somebody types, what is said of the word stands above the keyboard.
func TestAnswerIsAboveTheKeyboard(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "harbour")
	g := newGate(t, p)
	for _, size := range [][2]int64{{390, 844}, {844, 390}} {
		s := blank(t)
		s.before(`window.keys = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, scale: 1 });
			Object.defineProperty(window, 'visualViewport', { value: keys });`)
		s.size(size[0], size[1])
		s.open(g.URL)
		_, release := g.hold("/publish")
		s.send("sea")
		s.want(`(keys.height = innerHeight * .42, keys.dispatchEvent(new Event('resize')), answer.textContent.includes('Looking'))`, "true")
		s.until(`(({ top, bottom }) => top >= 0 && bottom <= keys.height)(answer.getBoundingClientRect())`)
		s.until(`word.getBoundingClientRect().top >= 0`)
		s.want(`(keys.height = innerHeight, keys.dispatchEvent(new Event('resize')), document.documentElement.style.getPropertyValue('--keyboard'))`, "")
		release()
		g.Open()
	}
}
