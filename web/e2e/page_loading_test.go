package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// photoAPI answers searches: every keyword has one photo, whose secret is the
// keyword, in the size b. More are members of a photo in JSON, %[1]s the keyword.
func photoAPI(t *testing.T, more ...string) string {
	t.Helper()
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		word := r.FormValue("text")
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"photos":{"page":1,"pages":1,"perpage":100,"total":1,"photo":[{"id":"50398032413",
			"owner":"22541015@N00","secret":%[1]q,"server":"65535","title":"On the %[1]s","ownername":"Ann",
			"license":"4","media":"photo","ispublic":1,"url_l":"https://live.staticflickr.com/65535/50398032413_%[1]s_b.jpg",
			"width_l":1024,"height_l":683`+strings.Join(more, "")+`}]},"stat":"ok"}`, word)
	}))
	t.Cleanup(api.Close)
	return api.URL
}

// startPhotos runs the program with photos of the photo host.
func startPhotos(t *testing.T, env ...string) *program {
	t.Helper()
	return start(t, append([]string{"PICTURES=flickr", "FLICKR_API_KEY=x", "FLICKR_API_URL=" + photoAPI(t)}, env...)...)
}

// A photoHost stands in for Flickr's in one window of the browser.
type photoHost struct {
	mu    sync.Mutex
	reset bool     // connections are reset
	gone  []string // ends of addresses that are 404
	asked []string // what was asked for, such as "quay_b"

	held string        // what is not answered
	came chan struct{} // closed once held has been asked for
}

// photoHost answers the window's requests for photos from now on.
func (s *screen) photoHost() *photoHost {
	s.t.Helper()
	h := &photoHost{}
	paused := chromedp.Events(s.ctx, fetch.RequestPaused)
	go func() {
		for r, err := range paused {
			if err != nil {
				return // the window is closed
			}
			name, _ := strings.CutPrefix(r.Request.URL, "https://live.staticflickr.com/65535/50398032413_")
			name = strings.TrimSuffix(name, ".jpg")
			status := h.answer(name)
			if status < 0 {
				continue
			}
			if status == 0 {
				_, err = chromedp.Call(s.ctx, fetch.FailRequest, fetch.FailRequestParams{RequestID: r.RequestID, ErrorReason: network.ErrorReasonConnectionReset})
			} else {
				_, err = chromedp.Call(s.ctx, fetch.FulfillRequest, fulfill(r.RequestID, status, name))
			}
			if err != nil {
				return
			}
		}
	}()
	command(s.t, s.ctx, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "https://live.staticflickr.com/*"}}})
	return h
}

// widths are those of the photos in each size, by the ends of their addresses.
var widths = map[string]int{"h": 1600, "k": 2048, "3k": 3072, "4k": 4096}

func fulfill(id fetch.RequestID, status int64, name string) fetch.FulfillRequestParams {
	answer := fetch.FulfillRequestParams{RequestID: id, ResponseCode: status, ResponseHeaders: []*fetch.HeaderEntry{
		{Name: "Cache-Control", Value: "no-store"}, // so that every attempt is counted
		{Name: "Access-Control-Allow-Origin", Value: "*"},
	}}
	if status == http.StatusOK {
		answer.ResponseHeaders = append(answer.ResponseHeaders, &fetch.HeaderEntry{Name: "Content-Type", Value: "image/svg+xml"})
		width := 1024
		if _, size, _ := strings.Cut(name, "_"); widths[size] > 0 {
			width = widths[size]
		}
		scale := fmt.Sprintf(`width="%d" height="%d" viewBox="0 0 1600 1000"`, width, width*5/8)
		answer.Body = []byte(strings.Replace(plainSVG("#345", "#89a"), `width="1600" height="1000"`, scale, 1))
	}
	return answer
}

func (h *photoHost) answer(name string) (status int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = append(h.asked, name)
	if h.held != "" && name == h.held {
		h.held = ""
		close(h.came)
		return -1
	}
	switch {
	case h.reset:
		return 0
	case slices.ContainsFunc(h.gone, func(end string) bool { return strings.HasSuffix(name, end) }):
		return http.StatusNotFound
	}
	return http.StatusOK
}

// Reset makes the host reset connections, or no longer.
func (h *photoHost) Reset(reset bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.reset = reset
}

// Lack makes files whose addresses end so 404.
func (h *photoHost) Lack(ends ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.gone = ends
}

// Hold leaves the next request for a file unanswered, and tells of it.
func (h *photoHost) Hold(name string) (asked <-chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.held, h.came = name, make(chan struct{})
	return h.came
}

// Asked returns what has been asked for since it was last called, without
// repetitions in a row.
func (h *photoHost) Asked() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	asked := slices.Compact(h.asked)
	h.asked = nil
	return strings.Join(asked, " ")
}

// handRetries lets a test say when the pause before another try is over: their
// lengths are kept in retries, and retry() ends the last one.
const handRetries = `(() => {
	window.retries = [];
	let waiting = null;
	const [later, never] = [setTimeout, clearTimeout];
	window.setTimeout = (run, ms, ...rest) => {
		const pause = ms >= 1000 && ms <= 30000 && /Timers\.set .*\n.*#fail \(/.test(new Error().stack);
		if (!pause) return later(run, ms, ...rest);
		retries.push(ms);
		waiting = run;
		return -1;
	};
	window.clearTimeout = (id) => (id === -1 ? (waiting = null) : never(id));
	window.retry = () => { const run = waiting; waiting = null; run(); return true; };
	window.pending = () => waiting !== null;
})()`

// notLoaded is true while the page says that a picture did not load.
const notLoaded = `!state.hidden && state.dataset.kind === 'warn' && state.textContent.startsWith('The new picture did not load.')`

func TestPageStepsDownToTheSizeThatExists(t *testing.T) {
	p := startPhotos(t)
	s := visit(t, p.URL)
	host := s.photoHost()
	host.gone = []string{"_b", "_c", "_n"}
	size := front + `.src.match(/_([a-z]*)\.jpg$/)?.[1]`

	p.Publish("main", "quay")
	s.shows("quay")
	s.want(size, "z")
	if got, want := host.Asked(), "quay_b quay_c quay_z"; got != want {
		t.Errorf("the page asked for %s, want %s", got, want)
	}
	s.want(`state.hidden`, "true")

	// It remembers what worked, for as long as it is open.
	p.Publish("main", "snow")
	s.shows("snow")
	host.Asked()
	s.press(kb.ArrowLeft)
	s.shows("quay")
	s.want(size, "z")
	if got := host.Asked(); got != "" && got != "quay_z" { // it may still have that one
		t.Errorf("the second time the page asked for %s, want quay_z at most", got)
	}

	// A small copy does not exist in the usual size either.
	s.press(kb.ArrowUp)
	s.until(`[...document.querySelectorAll('.strip-thumb')].map(({ src, naturalWidth }) => naturalWidth > 0 && src.slice(-10)).join() === 'quay_m.jpg,snow_m.jpg'`)

	// The picture that comes with a page, live or fixed.
	for _, path := range []string{"/", "/p/" + p.newest("main") + "?frame=main"} {
		s.open(p.URL + path)
		s.shows("snow")
		s.until(`(%s).naturalWidth > 0`, front)
		s.want(size, "z")
		s.until(`document.title.startsWith('snow') && document.querySelector('.credit-title').textContent === 'On the snow'`)
	}
}

func TestPageTriesAgainUntilThePictureLoads(t *testing.T) {
	p := startPhotos(t)
	s := blank(t)
	s.before(handRetries)
	s.open(p.URL)
	host := s.photoHost()
	p.Publish("main", "quay")
	s.shows("quay")

	host.Reset(true)
	p.Publish("main", "snow")
	s.until(notLoaded)
	for range 3 {
		s.until(`pending()`)
		s.want(`retry()`, "true")
	}
	s.until(`pending()`)
	s.shows("quay")
	s.want(`document.querySelector('#credit .credit-word').textContent`, "quay")
	s.press(kb.ArrowUp)
	broken := `[...document.querySelectorAll('.strip-thumb')].map(({ src }) => src.startsWith('data:')).join()`
	s.until(`%s === 'true,true'`, broken) // no browser's mark of a broken image
	// Each pause is of at least a second, and of at most a ceiling that doubles.
	s.want(`retries.every((ms, i) => ms >= 1000 && ms <= 2000 * 2 ** i) && retries.length`, "4")

	host.Reset(false)
	s.want(`retry()`, "true")
	s.shows("snow")
	s.until(`state.hidden`)
	s.want(`pending()`, "false")

	// The network comes back while the page waits.
	host.Reset(true)
	p.Publish("main", "fern")
	s.until(`pending()`)
	host.Reset(false)
	s.want(`dispatchEvent(new Event('online'))`, "true")
	s.shows("fern")
	s.until(`%s === 'false,false,false'`, broken)
	s.press(kb.Escape)
	s.until(`strip.hidden`)
	s.want(`pending()`, "false")

	// A newer picture comes while the page waits.
	host.Reset(true)
	p.Publish("main", "lamp")
	s.until(`pending()`)
	host.Reset(false)
	p.Publish("main", "boat")
	s.shows("boat")
	s.want(`pending()`, "false")
	s.until(`state.hidden`)
	if got := host.Asked(); !strings.HasSuffix(got, "boat_b") {
		t.Errorf("after boat the page asked for something older: %s", got)
	}
}

func TestPageOpenedWhileThePhotoHostIsAway(t *testing.T) {
	p := startPhotos(t)
	p.Publish("main", "quay")
	s := blank(t)
	s.before(handRetries)
	host := s.photoHost()
	host.Reset(true)
	s.open(p.URL)
	s.until(`(%s).src?.includes('/album/') && document.title === 'Picture Frame' && credit.hidden`, front)
	s.until(notLoaded)
	host.Reset(false)
	s.want(`retry()`, "true")
	s.shows("quay")
	s.until(`document.title.startsWith('quay') && !credit.hidden && state.hidden`)
}

// The stream's return says that the network is there again.
func TestPageTriesAgainWhenTheStreamReturns(t *testing.T) {
	api := photoAPI(t)
	env := []string{"HOST=" + home, "PICTURES=flickr", "FLICKR_API_KEY=x", "FLICKR_API_URL=" + api}
	p := launch(t, env...)
	s := blank(t)
	s.before(handRetries)
	s.open(p.URL)
	host := s.photoHost()
	host.Reset(true)
	p.Publish("main", "quay")
	s.until(notLoaded)
	p.Stop(syscall.SIGKILL)
	s.until(`/^Reconnecting/.test(state.textContent)`)
	host.Reset(false)
	start(t, append(env, "PORT="+p.Port)...)
	s.shows("quay")
}

// neverOverdue has a page wait for a picture as long as a test takes: after 2.5 s it
// would load a newer one beside it.
const neverOverdue = `(() => {
	const later = setTimeout;
	window.setTimeout = (run, ms, ...rest) => (ms === 2500 ? 0 : later(run, ms, ...rest));
})()`

// What is on its way when newer words come is shown, and then the newest.
func TestNewerWordsDoNotCancelThePictureOnItsWay(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	p.Publish("main", "harbour")
	s := blank(t)
	s.before(neverOverdue)
	s.before(`window.heard = 0; window.EventSource = class extends EventSource {
		constructor(url) { super(url); this.addEventListener('picture', () => heard++); }
	}`)
	s.open(g.URL)
	s.shows("harbour")
	s.recordShown()
	asked, release := g.hold("/album/")
	first := p.Publish("main", "forest")["url"].(string)
	if got := <-asked; got != first {
		t.Fatalf("the page loads %s, want %s", got, first)
	}
	var newest string
	for _, word := range []string{"desert", "snow", "city"} {
		newest = p.Publish("main", word)["url"].(string)
	}
	s.until(`heard === 4`)
	release()
	s.shows("city")
	s.want(`shown.join()`, "forest,city")
	if got := <-asked; got != newest || len(asked) > 0 {
		t.Errorf("then the page loads %s and %d more, want only %s", got, len(asked), newest)
	}
}

// handPace lets a test say when a change of pictures lies far enough back: the
// page waits in spans, one for each of the last changes.
const handPace = `(() => {
	window.spans = [];
	const later = setTimeout;
	window.setTimeout = (run, ms, ...rest) => {
		if (!/#recent/.test(run)) return later(run, ms, ...rest);
		spans.push({ run, ms });
		return 0;
	};
})()`

// Flashes are dangerous to some people, also where there is no fading.
func TestPictureChangesAtMostThreeTimesInTwoSeconds(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	s := blank(t)
	s.before(handPace)
	s.prefer("prefers-reduced-motion=reduce")
	s.open(p.URL)
	s.shows("harbour")
	for n := range 3 {
		word := fmt.Sprint("sea ", n)
		p.Publish("main", word)
		s.shows(word)
	}
	s.want(`spans.length === 3 && spans.every(({ ms }) => ms >= 2000)`, "true")
	for n := range 3 {
		last, next := fmt.Sprint("sea ", n+2), fmt.Sprint("sea ", n+3)
		url := p.Publish("main", next)["url"].(string)
		s.until(`performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.endsWith(%q) && responseEnd > 0)`, url)
		evaluate[bool](t, s.ctx, watchFrames)
		s.until(`frames_.seen > 10`) // it is loaded, and could be shown
		s.shows(last)
		s.want(`(spans.shift().run(), true)`, "true")
		s.shows(next)
		s.want(`spans.length`, "3")
	}
}

func TestAboutNamesTheSources(t *testing.T) {
	p := start(t)
	s := visit(t, p.URL)
	s.click(`[popovertarget="about"]`)
	s.until(`about.innerText.includes('uses Openverse') && about.innerText.includes('not endorsed')`)
}
