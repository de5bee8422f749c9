package e2e

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"
)

// Screens say which word comes next, and who has asked where in the line it is. The
// stream is the test's own, because turns pass by themselves.
func TestPageSaysWhatComesNext(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	events, hang := make(chan string), make(chan struct{})
	g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
		switch r.URL.Path {
		case "/publish":
			select {
			case <-hang:
			case <-r.Context().Done():
			}
			return false
		case "/subscribe":
			w.Header().Set("Content-Type", "text/event-stream")
			for event := "presence\ndata: {\"viewers\":1}"; ; {
				fmt.Fprintf(w, "event: %s\n\n", event)
				w.(http.Flusher).Flush()
				select {
				case event = <-events:
				case <-r.Context().Done():
					return true
				}
			}
		}
		return false
	})
	s := visit(t, g.URL+"/?transport=sse")
	queue := func(data string) { events <- "queue\ndata: " + data }
	queue(`{"waiting":[{"keyword":"fern","in":2000},{"keyword":"fox","in":5000}],"more":2}`)
	s.until("/^Next( in \\d s)?: “\u2068fern\u2069”, then 3 more$/.test(next.textContent) && !next.hidden")
	s.axe("while words wait")
	do(t, s.ctx, chromedp.SendKeys(chromedp.CSS("#word"), "owl\r"))
	s.until(`ask.dataset.kind === 'busy'`)
	queue(`{"waiting":[{"keyword":"fox","in":1500},{"keyword":"owl","in":4500}],"more":0}`)
	s.until(`%s === '“owl” is second in line, yours in about N.' && word.value === ''`, line)
	queue(`{"waiting":[{"keyword":"owl","in":1200}],"more":0}`)
	s.until(`%s.startsWith('“owl” is next')`, line)
	s.until("/^Next( in \\d s)?: “\u2068owl\u2069”$/.test(next.textContent)")
	queue(`{"waiting":[],"more":0}`)
	close(hang)
	s.until(`next.hidden && %s === '“owl” is about to hang …'`, line) // on its stream the picture never comes
}
