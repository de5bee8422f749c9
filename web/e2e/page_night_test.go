package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"
)

// slowClock sets the device's clock back by six hours.
const slowClock = `Date = class extends Date {
	constructor(...when) { super(...(when.length ? when : [Date.now()])); }
	static now() { return super.now() - 6 * 3600_000; }
}`

// A wall that loads in dark hours is dark from the first thing that it paints,
// and stays dark until somebody is there.
func TestNightBeginsDark(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "harbour")
	g := newGate(t, p)
	kathmandu := time.Now().In(time.FixedZone("Asia/Kathmandu", 20700)).Hour()
	greenwich := time.Now().UTC().Hour()
	for _, tt := range []struct {
		query, before string
		night         bool
		darkest, most uint32 // the brightest pixel, of 255
	}{
		{"dim=0-24&clock=24", "", true, 10, 60},
		{"dim=0-24,black&ui=0", "", true, 0, 0},
		{fmt.Sprintf("dim=%d-%d,black&tz=Asia/Kathmandu", kathmandu, (kathmandu+2)%24), "", true, 0, 0},
		{fmt.Sprintf("dim=%d-%d,black&tz=UTC", greenwich, (greenwich+2)%24), slowClock, true, 0, 0},
		{fmt.Sprintf("dim=%d-%d,black&tz=Asia/Kathmandu", (kathmandu+2)%24, (kathmandu+4)%24), "", false, 250, 255},
	} {
		t.Run(tt.query, func(t *testing.T) {
			scripts := make(chan struct{})
			g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
				if strings.HasSuffix(r.URL.Path, "/js/app.js") {
					<-scripts
				}
				if !strings.HasPrefix(r.URL.Path, "/album/") {
					return false
				}
				w.Header().Set("Content-Type", "image/svg+xml")
				w.Write([]byte(plainSVG("#fff", "#fff")))
				return true
			})
			s := blank(t)
			s.before(tt.before)
			command(t, s.ctx, page.Navigate, page.NavigateParams{URL: g.URL + "/?" + tt.query})
			s.until(`document.querySelector('.photo')?.naturalWidth > 0 && performance.getEntriesByName('first-paint').length > 0`)
			if got := brightest(s.shot()); got < tt.darkest || got > tt.most {
				t.Errorf("before the scripts run, the brightest pixel is %d, want %d to %d", got, tt.darkest, tt.most)
			}
			close(scripts)
			s.until(ready)
			if !tt.night {
				return
			}
			s.want(`getComputedStyle(night).opacity > .8`, "true")
			s.press(kb.Shift)
			s.until(`getComputedStyle(night).opacity === '0'`)
		})
	}
}
