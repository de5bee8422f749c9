package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// The lab's wire is a stream that has to be one, so that its bytes can be seen.
// The labs of a browser that find no connection wait for one, and leave the last
// to pages and posts.
func TestManyLabs(t *testing.T) {
	t.Parallel()
	p := start(t)
	all := tabs(t, 8)
	labs, frames := all[:6], all[6:]
	for _, ctx := range labs[:4] {
		do(t, ctx, chromedp.Navigate(p.URL+"/lab"))
		eventually(t, ctx, `document.getElementById('wire-state').textContent === 'Live'`)
	}
	for _, ctx := range labs[4:] {
		do(t, ctx, chromedp.Navigate(p.URL+"/lab"))
		eventually(t, ctx, `/^Back in/.test(document.getElementById('wire-state').textContent)`)
	}
	// An experiment takes the fifth; the other stream of this one finds no room.
	do(t, labs[0], chromedp.Click(chromedp.CSS("#break-open")))
	eventually(t, labs[0], `[...document.querySelectorAll('#ours-log, #bare-log')].some((log) => log.textContent.includes('no connection is free'))`)
	for i, ctx := range frames {
		frame, word := fmt.Sprint("beside", i), fmt.Sprint("word ", i)
		do(t, ctx, chromedp.Navigate(p.URL+"/f/"+frame))
		post(t, ctx, frame, word)
		within(t, ctx, patience, fmt.Sprintf(`document.title.startsWith(%q)`, word))
	}
	do(t, labs[1], chromedp.Navigate("about:blank"))
	eventually(t, labs[4], `document.getElementById('wire-state').textContent === 'Live' || document.getElementById('wire-log').childElementCount > 3`)
}
