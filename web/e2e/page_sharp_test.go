package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// ladder are the files of a photo that photoAPI's answer offers besides the usual
// one, as its members.
func ladder() string {
	var b strings.Builder
	for name, width := range map[string]int{"h": 1600, "k": 2048, "3k": 3072, "4k": 4096} {
		fmt.Fprintf(&b, `,"url_%[1]s":"https://live.staticflickr.com/65535/50398032413_%%[1]s_%[1]s.jpg","width_%[1]s":%[2]d,"height_%[1]s":%[3]d`, name, width, width*2/3)
	}
	return b.String()
}

// handSharp lets a test say when what hangs has settled: sharpen() looks then
// whether another file of it would fit better.
const handSharp = `(() => {
	let look = null;
	const later = setTimeout;
	window.setTimeout = (run, ms, ...rest) => {
		if (ms !== 400) return later(run, ms, ...rest);
		look = run;
		return 0;
	};
	window.settled = () => look !== null;
	window.sharpen = () => { const run = look; look = null; run(); return true; };
})()`

// startLadder runs the program with photos that come in all sizes.
func startLadder(t *testing.T) *program {
	t.Helper()
	return start(t, "PICTURES=flickr", "FLICKR_API_KEY=x", "FLICKR_API_URL="+photoAPI(t, ladder()))
}

// sharpScreen opens a page on a screen of some pixels, two to a CSS pixel.
func sharpScreen(t *testing.T, p *program, width, height int64, before ...string) (*screen, *photoHost) {
	t.Helper()
	s := blank(t)
	for _, script := range append(before, handSharp) {
		s.before(script)
	}
	command(t, s.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width / 2, Height: height / 2, ScreenWidth: width / 2, ScreenHeight: height / 2, DeviceScaleFactor: 2})
	host := s.photoHost()
	s.open(p.URL)
	return s, host
}

func TestSharperFileReplacesTheQuickOneUnseen(t *testing.T) {
	t.Parallel()
	p := startLadder(t)
	s, host := sharpScreen(t, p, 3840, 2160)
	s.until(`settled()`)
	host.Asked()
	p.Publish("main", "quay")
	s.shows("quay")
	s.until(`settled()`)
	if got := host.Asked(); got != "quay_b" {
		t.Fatalf("the page asks for %s, want quay_b first", got)
	}

	evaluate[bool](t, s.ctx, watchFrames)
	s.recordShown()
	drift := front + `.getAnimations().map(({ animationName, startTime }) => animationName + startTime).join()`
	before := s.text(drift)
	s.want(`sharpen()`, "true")
	s.until(`(%s).naturalWidth === 4096`, front)
	s.until(`document.querySelectorAll('.is-shown .photo').length === 1`) // the other is gone
	if got := host.Asked(); got != "quay_4k" {
		t.Errorf("then the page asks for %s, want quay_4k", got)
	}
	s.shows("quay") // its text stays with it
	if after := s.text(drift); after != before || !strings.HasPrefix(before, "drift") {
		t.Errorf("the picture moves by %q, before by %q", after, before)
	}
	s.want(`frames_.bad.join() + shown.join() + frames_.fading`, "0")
	s.want(`document.querySelectorAll('.photo').length`, "2")

	// A file that cannot be had leaves what hangs.
	host.Lack("_4k")
	p.Publish("main", "snow")
	s.shows("snow")
	s.until(`settled()`)
	s.want(`sharpen()`, "true")
	s.until(`performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.endsWith('snow_4k.jpg') && responseEnd > 0)`)
	s.want(front+`.naturalWidth + String(state.hidden)`, "1024true")
}

func TestNewerPictureComesBeforeASharperOne(t *testing.T) {
	t.Parallel()
	p := startLadder(t)
	s, host := sharpScreen(t, p, 3840, 2160)
	p.Publish("main", "quay")
	s.shows("quay")
	s.until(`settled()`)
	asked := host.Hold("quay_4k")
	s.want(`sharpen()`, "true")
	<-asked
	p.Publish("main", "snow")
	s.shows("snow")
	s.want(`document.querySelectorAll('.photo').length`, "2")
	// The request has ended, though nobody has answered it.
	s.until(`performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.endsWith('quay_4k.jpg') && responseEnd > 0)`)
	s.until(`settled()`)
	s.want(`sharpen()`, "true")
	s.until(`(%s).naturalWidth === 4096 && (%s).src.includes('snow')`, front, front)
}

// Phones and whoever saves data keep the quick file.
func TestQuickFileIsEnough(t *testing.T) {
	t.Parallel()
	p := startLadder(t)
	connection := func(is string) string {
		return `Object.defineProperty(navigator, 'connection', { value: ` + is + ` })`
	}
	for i, tt := range []struct {
		name, before  string
		width, height int64
		touch         bool
		want          string
	}{
		{"a wall", connection("undefined"), 3840, 2160, false, "quay_4k"},
		{"a tablet", connection("undefined"), 2048, 1280, true, "quay_k"},
		{"a phone", connection("undefined"), 1688, 780, true, ""},
		{"data is saved", connection("{ saveData: true, effectiveType: '4g' }"), 3840, 2160, false, ""},
		{"a slow line", connection("{ saveData: false, effectiveType: '3g' }"), 3840, 2160, false, ""},
		{"the quick one fits", connection("undefined"), 1100, 680, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, host := sharpScreen(t, p, tt.width, tt.height, tt.before)
			if tt.touch {
				s.touchable()
			}
			p.Publish("main", "quay")
			s.shows("quay")
			s.until(`settled()`)
			host.Asked()
			s.want(`sharpen()`, "true")
			if tt.want != "" {
				s.until(`(%s).naturalWidth > 1024`, front)
			}
			// What is asked for next is asked for after it. Each time it is another:
			// the page began with the last one, and need not ask for it again.
			next := fmt.Sprint("snow", i)
			p.Publish("main", next)
			s.shows(next)
			asked := strings.TrimSuffix(host.Asked(), " "+next+"_n") // where there is room for its thumbnail
			if want := strings.TrimSpace(tt.want + " " + next + "_b"); asked != want {
				t.Errorf("the page asks for %s, want %s", asked, want)
			}
		})
	}
}
