package e2e

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"picture-frame/hub/redis/redistest"
)

// A whole evening before a crowd, by one process, and by two of which one is
// killed in the middle of it.
func TestEveningAtTheSocket(t *testing.T) {
	t.Parallel()
	const hold = time.Second
	env := []string{"ADMIN_TOKEN=secret", "HOLD=1s", "SEARCHES_PER_MINUTE=20", "BLOCKED_WORDS=rude"}
	t.Run("one process", func(t *testing.T) {
		p := start(t, env...)
		evening(t, p, p, hold, func() {})
	})
	t.Run("two processes", func(t *testing.T) {
		s := redistest.New(t).Start()
		env := append(env, "REDIS_URL="+s.URL())
		a, b := launch(t, env...), start(t, env...)
		a.until("/readyz", "ok")
		b.until("/readyz", "ok")
		evening(t, a, b, hold, func() { a.cmd.Process.Kill() })
	})
}

// evening has the crowd at a, the wall and the host at b. Over ends what a does, when
// everybody there has been answered or has a ticket.
func evening(t *testing.T, a, b *program, hold time.Duration, over func()) {
	wall, host := b.follow(ways[0], "main", ""), b.follow(deskWay, "main", "")
	wall.next("presence")

	// Twenty words at once: who finds no place comes again when told to.
	var crowd []<-chan string
	for i := range 20 {
		word, browser, sung := fmt.Sprint("word", i), a.browser(), make(chan string, 1)
		crowd = append(crowd, sung)
		go func() {
			for {
				o := <-browser.publish("main", word)
				if o.status != 429 {
					sung <- fmt.Sprint(word, " ", o.status)
					return
				}
				time.Sleep(time.Duration(o.after) * time.Second) // as Retry-After asks
			}
		}()
	}
	var shown []string
	for len(shown) < 20 {
		shown = append(shown, wall.next("picture").keyword())
	}
	for i, sung := range crowd {
		if got, want := <-sung, fmt.Sprint("word", i, " 200"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	words, ids := b.pictures("main")
	if !slices.Equal(words, shown) {
		t.Errorf("the wall showed %v, and the history has %v", shown, words)
	}
	slices.Sort(words)
	if len(slices.Compact(words)) != 20 {
		t.Errorf("got %v, want each of the twenty words once", words)
	}
	stayed(t, ids, hold)

	// From now on the host sees every picture first.
	b.host("PATCH", "/host/desk", `{"approve":true}`)
	wall.next("host")
	good, bad, later := a.ask("good"), a.ask("bad"), a.ask("later")
	host.nextDesk("three wait", func(d desk) bool { return d.words() == "good bad later" })
	over()
	b.decide(bad, false)
	b.decide(good, true)
	if m := wall.next("picture"); m.keyword() != "good" {
		t.Errorf("the wall showed %q, want what the host let hang", m.keyword())
	}
	b.host("PATCH", "/host/desk", `{"approve":false,"frozen":true}`)
	if o := <-b.browser().publish("main", "cold"); o.status != 409 {
		t.Errorf("a word on a frozen frame: got %d, want 409", o.status)
	}
	b.decide(later, true) // what the host wants hangs all the same
	if m := wall.next("picture"); m.keyword() != "later" {
		t.Errorf("the wall showed %q, want what the host let hang", m.keyword())
	}
	b.host("PATCH", "/host/desk", `{"frozen":false}`)
	if o := <-b.browser().publish("main", "thawed"); o.status != 200 {
		t.Errorf("a word after the thaw: got %d %s, want 200", o.status, o.body)
	}
	taken := b.newest("main")
	b.host("DELETE", "/history/"+taken, "")
	if m := wall.next("removed"); string(m.Data) != `{"id":"`+taken+`"}` {
		t.Errorf("the wall got %s, want the picture taken off", m.Data)
	}
	if d := host.nextDesk("it is taken off", func(d desk) bool { return len(d.Pictures) > 0 && d.Pictures[0].Keyword == "later" }); len(d.Waiting) != 0 {
		t.Errorf("got the desk %+v, want nothing waiting", d)
	}
	b.host("DELETE", "/history", "")
	wall.next("reset")
	host.nextDesk("it is cleared", func(d desk) bool { return len(d.Pictures) == 0 })
}
