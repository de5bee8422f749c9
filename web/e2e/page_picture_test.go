package e2e

import (
	"context"
	"flag"
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/memory"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"picture-frame/hub"
)

// watchFrames looks at the stage before each paint, however many paints there
// are: there must always be a visible, opaque layer, and no visible layer whose
// picture has not loaded.
const watchFrames = `(() => {
	window.frames_ = { seen: 0, fading: 0, fade: 0, bad: [] };
	const look = () => {
		const layers = [...document.querySelectorAll('.layer')].filter((layer) => getComputedStyle(layer).visibility === 'visible');
		const photos = layers.map((layer) => layer.querySelector('.photo'));
		frames_.seen++;
		if (layers.length > 1) frames_.fading++;
		for (const { effect } of document.getAnimations()) if (layers.includes(effect.target)) frames_.fade = effect.getTiming().duration;
		if (!layers.some((layer) => getComputedStyle(layer).opacity === '1')) frames_.bad.push('the wall shines through');
		if (!photos.every((photo) => photo.complete && photo.naturalWidth > 0)) frames_.bad.push('a picture is not loaded');
		requestAnimationFrame(look);
	};
	look();
	return true;
})()`

func TestPictureIsDecodedBeforeItIsShown(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	p.Publish("main", "harbour")
	s := visit(t, g.URL)
	s.shows("harbour")
	evaluate[bool](t, s.ctx, watchFrames)

	asked, release := g.hold("/album/")
	picture := p.Publish("main", "snow")
	if path := <-asked; path != picture["url"] {
		t.Fatalf("the page loads %s, want %s", path, picture["url"])
	}
	s.until(`frames_.seen > 5`)
	s.shows("harbour")
	s.want(`document.title.split(' ')[0]`, "harbour")
	release()
	s.shows("snow")
	s.want(`frames_.bad.join()`, "")
	s.want(`frames_.fading > 0 && frames_.fade > 500`, "true") // cross-faded, and not in a blink
}

func TestNewestPictureWins(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	p.Publish("main", "harbour")
	s := visit(t, g.URL)
	s.shows("harbour")
	s.recordShown()

	slow, release := g.hold("/album/")
	p.Publish("main", "forest")
	<-slow
	// What is loading is not waited for much longer once a newer one is wanted.
	g.Open()
	p.Publish("main", "desert")
	s.shows("desert")
	release()
	p.Publish("main", "city")
	s.shows("city")
	s.want(`shown.join()`, "desert,city")
}

func TestPictureThatDoesNotLoad(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	before := p.Publish("main", "harbour")
	s := visit(t, g.URL)
	s.shows("harbour")
	g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
		broken := strings.HasPrefix(r.URL.Path, "/album/")
		if broken {
			w.WriteHeader(http.StatusGone)
		}
		return broken
	})
	p.Publish("main", "snow")
	s.until(`!state.hidden && state.textContent.includes('did not load')`)
	s.shows("harbour")
	s.want(front+`.getAttribute('src')`, before["url"].(string))
	s.want(`document.querySelector('#credit .credit-word').textContent`, "harbour")
	g.Open()
	p.Publish("main", "city")
	s.shows("city")
}

// A page whose own first picture is gone hangs the one that is drawn here.
func TestFirstPictureThatDoesNotLoad(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	gone := p.Publish("main", "harbour")["url"].(string)
	g.Rule(refuse(http.StatusGone, gone))
	s := visit(t, g.URL)
	s.until(`(%s).naturalWidth > 0 && (%s).getAttribute('src') !== %q`, front, front, gone)
	s.until(`state.textContent.includes('did not load')`)
}

func TestFirstVisitInvites(t *testing.T) {
	p := start(t)
	s := visit(t, p.URL)
	s.until(`(%s).naturalWidth > 0`, front)
	s.want(`document.getElementById('hint').textContent.includes('Type a word')`, "true")
	p.Publish("main", "harbour")
	s.shows("harbour")
	s.until(`!document.getElementById('hint')`)
	s.want(`word.placeholder`, "harbour")
}

func TestReducedMotionIsACut(t *testing.T) {
	p := start(t)
	p.Publish("main", "harbour")
	s := visit(t, p.URL, "prefers-reduced-motion=reduce")
	s.shows("harbour")
	evaluate[bool](t, s.ctx, watchFrames)
	p.Publish("main", "snow")
	s.shows("snow")
	s.want(`frames_.bad.join() + frames_.fading`, "0")
	s.want(`document.getAnimations().filter(({ playState }) => playState === 'running').length`, "0")

	s.prefer()
	s.until(`document.getAnimations().some(({ animationName }) => animationName === 'drift')`)
}

func TestShapes(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	g.hang(nastyOne("portrait"))
	p.Publish("main", "tower")
	s := visit(t, g.URL)
	s.shows("tower")
	s.until(`(%s).parentElement.dataset.fit === 'contain'`, front)
	s.want(`getComputedStyle(document.querySelector('.is-shown .ground')).display`, "block")
	s.open(g.URL + "/?fit=cover")
	s.until(`(%s).parentElement.dataset.fit === 'cover'`, front)
	g.Open()
	s.open(g.URL + "/?fit=contain")
	s.until(`(%s).parentElement.dataset.fit === 'contain'`, front)
}

func TestHiddenTabLoadsNoPictures(t *testing.T) {
	p := start(t)
	g := newGate(t, p)
	p.Publish("main", "harbour")
	s := blank(t)
	s.before(`window.concealed = false; Object.defineProperty(document, 'hidden', { get: () => concealed })`)
	s.open(g.URL)
	s.shows("harbour")
	hide := func(hidden bool) {
		evaluate[bool](t, s.ctx, fmt.Sprintf(`concealed = %t, document.dispatchEvent(new Event('visibilitychange'))`, hidden))
	}
	asked, release := g.hold("/album/")
	release()
	hide(true)
	// The stream goes on: the page counts what it does not show.
	s.press(" ")
	var newest string
	for _, word := range []string{"forest", "desert", "snow"} {
		newest = p.Publish("main", word)["url"].(string)
	}
	s.until(`live.textContent.includes('3 new')`)
	s.press(kb.End)
	s.until(`live.hidden`)
	s.want(`document.querySelector('.layer:not(.is-shown) .photo').getAttribute('src')`, "null")
	hide(false)
	s.shows("snow")
	if first := <-asked; first != newest || len(asked) > 0 {
		t.Errorf("the page loaded %s and %d more, want only %s", first, len(asked), newest)
	}
}

// noPace lets pictures change as fast as they come: the page would wait after
// every third one.
const noPace = `(() => {
	const later = setTimeout;
	window.setTimeout = (run, ms, ...rest) => later(run, ms === 2100 ? 0 : ms, ...rest);
})()`

// memoryPictures is how many the memory test shows: make months asks for months' worth.
var memoryPictures = flag.Int("pictures", 150, "how many pictures TestMemoryStaysFlat shows")

// After many pictures the page holds no more than after a few: two layers, and
// as much history as the server keeps. What a collection leaves behind differs
// from one to the next by more than a picture's worth, so no single difference
// says anything: a leak is growth in every one of several windows.
func TestMemoryStaysFlat(t *testing.T) {
	const windows = 5
	pictures := int64(*memoryPictures / windows)
	const (
		// What each picture would at least leave behind if something kept it.
		leakedNodes, leakedListeners, leakedHeap = 1, 1, 512
	)
	p := start(t)
	s := blank(t)
	s.prefer("prefers-reduced-motion=reduce")
	s.before(noPace)
	s.open(p.URL)
	shown := 0
	show := func(n int64) {
		for range n {
			word := fmt.Sprint("sea", shown)
			shown++
			p.Publish("main", word)
			s.shows(word)
		}
	}
	show(hub.HistorySize + 10) // until the page's history is as long as it ever gets
	before := settled(t, s.ctx)
	least := use{math.MaxInt64, math.MaxInt64, math.MaxInt64} // that any window grew by
	for window := range windows {
		show(pictures)
		after := settled(t, s.ctx)
		t.Logf("window %d: got %+v, before it %+v", window, after, before)
		least = use{
			min(least.nodes, after.nodes-before.nodes),
			min(least.listeners, after.listeners-before.listeners),
			min(least.heap, after.heap-before.heap),
		}
		before = after
	}
	if least.nodes >= pictures*leakedNodes || least.listeners >= pictures*leakedListeners || least.heap >= pictures*leakedHeap {
		t.Errorf("each of %d windows of %d pictures grew by at least %+v, want one that grew by less than a picture's worth each", windows, pictures, least)
	}
	s.want(`document.querySelectorAll('.layer').length`, "2")
}

// use is what a page holds: nodes and listeners by number, the heap in bytes.
type use struct{ nodes, listeners, heap int64 }

// settled is what the page holds once collecting again frees nothing more: the
// least of what many collections left.
func settled(t *testing.T, ctx context.Context) use {
	t.Helper()
	const unchanged = 4 // collections in a row that freed nothing
	least := inUse(t, ctx)
	for same := 0; same < unchanged; {
		now := inUse(t, ctx)
		next := use{min(least.nodes, now.nodes), min(least.listeners, now.listeners), min(least.heap, now.heap)}
		same++
		if next.nodes < least.nodes || next.listeners < least.listeners {
			same = 0
		}
		least = next
	}
	return least
}

func inUse(t *testing.T, ctx context.Context) use {
	t.Helper()
	if _, err := chromedp.Call(ctx, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	counters, err := chromedp.Call(ctx, memory.GetDOMCounters, cdp.Empty{})
	if err != nil {
		t.Fatal(err)
	}
	heap, err := chromedp.Call(ctx, runtime.GetHeapUsage, cdp.Empty{})
	if err != nil {
		t.Fatal(err)
	}
	return use{counters.Nodes, counters.JsEventListeners, int64(heap.UsedSize)}
}
