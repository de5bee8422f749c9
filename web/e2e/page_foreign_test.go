package e2e

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/chromedp"
)

// flickrAnswer is a search's answer with one photo.
const flickrAnswer = `{"photos":{"page":1,"pages":1,"perpage":100,"total":1,"photo":[{"id":"50398032413",
	"owner":"22541015@N00","secret":"33a29a0f3c","server":"65535","title":"On the quay","ownername":"Ann",
	"license":"4","media":"photo","ispublic":1,"url_l":"https://live.staticflickr.com/65535/50398032413_33a29a0f3c_b.jpg",
	"width_l":1024,"height_l":683}]},"stat":"ok"}`

// Flickr's photos come from another server. With its leave the page reads how
// bright they are; without it they are shown all the same, in the ink that suits
// any photo.
func TestPhotosOfAnotherServer(t *testing.T) {
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(flickrAnswer))
	}))
	t.Cleanup(api.Close)
	for _, test := range []struct {
		name    string
		allowed bool
		depth   string
		loads   int64
	}{
		{"with leave to read", true, "0.000", 1},
		{"without", false, "1.000", 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := start(t, "PICTURES=flickr", "FLICKR_API_KEY=x", "FLICKR_API_URL="+api.URL)
			s := visit(t, p.URL)
			var loads atomic.Int64
			s.serveFlickr(func(r fetch.EventRequestPaused) fetch.FulfillRequestParams {
				loads.Add(1)
				answer := fetch.FulfillRequestParams{
					RequestID: r.RequestID, ResponseCode: http.StatusOK,
					ResponseHeaders: []*fetch.HeaderEntry{
						{Name: "Content-Type", Value: "image/svg+xml"},
						{Name: "Cache-Control", Value: "no-store"}, // so that every attempt is counted
					},
					Body: []byte(plainSVG("#000", "#111")),
				}
				if test.allowed {
					answer.ResponseHeaders = append(answer.ResponseHeaders, &fetch.HeaderEntry{Name: "Access-Control-Allow-Origin", Value: "*"})
				}
				return answer
			})
			p.Publish("main", "quay")
			// The picture that comes in the page is read like any that follows.
			for _, when := range []string{"later", "in the page"} {
				s.shows("quay")
				s.until(`credit.style.getPropertyValue('--depth') === %q && (%s).naturalWidth > 0`, test.depth, front)
				if got := loads.Swap(0); got != test.loads {
					t.Errorf("the photo that came %s was asked for %d times, want %d", when, got, test.loads)
				}
				s.open(p.URL)
			}
			s.want(`[...document.querySelectorAll('.credit-title a, .credit-by a')].map(({ host }) => host).join()`,
				"www.flickr.com,www.flickr.com,creativecommons.org")
			s.want(`document.querySelector('.credit-by').textContent`, "by\u00a0Ann CC BY 2.0 Flickr")
			s.axe(test.name)

			command(t, s.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
			do(t, s.ctx, chromedp.Navigate(p.URL))
			s.until(`[...document.images].some(({ className, naturalWidth }) => className === 'photo' && naturalWidth > 0)`)
		})
	}
}

// The server writes the first picture's credit and the page's script those that
// follow: the same one, part by part.
func TestCreditIsTheSameFromServerAndScript(t *testing.T) {
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(flickrAnswer))
	}))
	t.Cleanup(api.Close)
	for name, p := range map[string]*program{
		"flickr": start(t, "PICTURES=flickr", "FLICKR_API_KEY=x", "FLICKR_API_URL="+api.URL),
		"album":  start(t),
	} {
		s := visit(t, p.URL)
		if name == "flickr" {
			s.serveFlickr(func(r fetch.EventRequestPaused) fetch.FulfillRequestParams {
				return fetch.FulfillRequestParams{
					RequestID: r.RequestID, ResponseCode: http.StatusOK,
					ResponseHeaders: []*fetch.HeaderEntry{{Name: "Content-Type", Value: "image/svg+xml"}},
					Body:            []byte(plainSVG("#000", "#111")),
				}
			})
		}
		p.Publish("main", "quay")
		s.shows("quay")
		byScript := s.text(`credit.innerHTML.trim()`)
		s.open(p.URL)
		s.want(`credit.innerHTML.trim()`, byScript)
	}
}

// serveFlickr answers the browser's requests for Flickr's photos.
func (s *screen) serveFlickr(answer func(fetch.EventRequestPaused) fetch.FulfillRequestParams) {
	s.t.Helper()
	paused := chromedp.Events(s.ctx, fetch.RequestPaused)
	go func() {
		for r, err := range paused {
			if err != nil {
				return // the window is closed
			}
			if !strings.HasPrefix(r.Request.URL, "https://live.staticflickr.com/") {
				continue
			}
			if _, err := chromedp.Call(s.ctx, fetch.FulfillRequest, answer(r)); err != nil {
				return
			}
		}
	}()
	command(s.t, s.ctx, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "https://live.staticflickr.com/*"}}})
}
