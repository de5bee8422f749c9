package e2e

import (
	"fmt"
	"strings"
	"testing"
)

func TestLabDemonstrations(t *testing.T) {
	t.Parallel()
	s := lab(t, start(t))
	lines := func(log string) string {
		return fmt.Sprintf(`[...document.querySelectorAll('%s > li span:nth-child(2)')].map((line) => line.textContent.replaceAll('\n', ', ')).join(', ')`, log)
	}
	run := func(demo string) {
		s.click(`[data-shows="demo-` + demo + `"]`)
		s.click("#demo-" + demo + " [data-run]")
	}

	run("ping")
	s.until(`%s === '200, ping, ping, ping, ping, ping, ok, bye!, the end'`, lines("#demo-ping .demo-log"))
	s.want(`document.querySelector('#demo-ping [data-run]').textContent`, "Run")

	run("count")
	s.until(`document.querySelector('#demo-count [data-run]').textContent === 'Run both'`)
	s.want(lines("#demo-count .demo-live > :first-child .demo-log"), "200, 0, 1, 2, 3, 4, the end")
	s.want(lines("#demo-count .demo-live > :last-child .demo-log"), "200, 0, 1, 2, 3, 4, the end")
	s.want(`document.querySelectorAll('#demo-count .demo-live > :last-child .demo-log > li').length`, "3") // all numbers at once
	// A browser that is busy for 4 s reads them at once here too.
	streamed := `document.querySelectorAll('#demo-count .demo-live > :first-child .demo-log > li').length > 3`
	for n := 0; n < 5 && s.text(streamed) != "true"; n++ {
		run("count")
		s.until(`document.querySelector('#demo-count [data-run]').textContent === 'Run both'`)
	}
	s.want(streamed, "true")

	run("time")
	s.saw("#demo-time .demo-log", "T..:..:..Zid 2")
	// The next one ends it: connections are few.
	run("prices")
	s.until(`/^FRAME [0-9]+[.][0-9]{2}$/.test(document.querySelector('#demo-prices .demo-big').textContent)`)
	s.until(`document.querySelector('#demo-prices polyline').getAttribute('points').includes(' ')`)
	s.want(`document.querySelector('#demo-time [data-run]').textContent`, "Run")

	run("wall")
	s.saw("#demo-wall .demo-log", "Welcome to the wall$")
	s.text(`document.getElementById('demo-wall-word').value = 'hello, <b>wall<.b>'`)
	s.click("#demo-wall form button")
	s.saw("#demo-wall .demo-log", "T..:..:..Z: hello, <b>wall<.b>$")
	run("wall")
	s.saw("#demo-wall .demo-log", "closed with")

	for _, demo := range []string{"ping", "count", "time", "prices", "wall"} {
		source := s.text(fmt.Sprintf(`document.querySelector('#demo-%s .source code').textContent`, demo))
		if !strings.HasPrefix(source, "func "+demo+"Demo(") {
			t.Errorf("the source of %s is shown as %s", demo, source)
		}
	}
}
