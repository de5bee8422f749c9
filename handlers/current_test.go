package handlers

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"picture-frame/flickr"
)

func TestCurrentLeadsToAFile(t *testing.T) {
	e, h := newSite(t, false)
	const photo, gif = "https://live.staticflickr.com/1/2_3", "https://live.staticflickr.com/1/2_3_o.gif"
	for _, test := range []struct{ frame, url, want string }{
		{"empty", "", "/album/wvs-dwn-0000000.png"},
		{"drawn", "/album/mtn-mdn-2wxz345.svg", "/album/mtn-mdn-2wxz345.png"},
		{"photo", photo + "_b.jpg", photo + "_b.jpg"},
		{"png", photo + "_o.png", photo + "_o.png"},
		{"gif", gif, photo + "_h.jpg"},
		{"strange", "https://example.com/x.svg", "/album/wvs-dwn-0000000.png"},
	} {
		if test.url != "" {
			hang(t, h, test.frame, Picture{URL: "/album/x.svg", Keyword: "older"})
			p := Picture{URL: test.url, Keyword: "x"}
			if test.url == gif {
				p.Sizes = []flickr.Size{{URL: gif}, {URL: photo + "_h.jpg"}}
			}
			hang(t, h, test.frame, p)
		}
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			w := httptest.NewRecorder()
			e.ServeHTTP(w, httptest.NewRequest(method, "/current?frame="+test.frame, nil))
			if got := w.Header().Get("Location"); w.Code != http.StatusFound || got != test.want || w.Body.Len() > 0 {
				t.Errorf("%s %s: got %d to %q, want 302 to %q", method, test.frame, w.Code, got, test.want)
			}
		}
	}
	if w := getPage(e, "/current?frame=No!"); w.Code != http.StatusNotFound {
		t.Errorf("a bad name: got status %d, want 404", w.Code)
	}
}

// A client that asks every minute is told when there is nothing new. What a frame
// shows once it is cleared is new.
func TestCurrentIsAskedAgain(t *testing.T) {
	e, h := newSite(t, false)
	tag := func() string { return getPage(e, "/current").Header().Get("ETag") }
	ask := func(value string, want int) {
		t.Helper()
		w := getPage(e, "/current", "If-None-Match", value)
		if w.Code != want || w.Header().Get("ETag") != tag() || w.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("If-None-Match %s: got %d with %v, want %d", value, w.Code, w.Header(), want)
		}
	}
	empty := tag()
	ask(empty, http.StatusNotModified)
	id := hang(t, h, "main", sushi)
	if got, want := tag(), `"`+id+`"`; got != want {
		t.Errorf("got the tag %s, want %s", got, want)
	}
	ask(empty, http.StatusFound)
	ask(`"`+id+`"`, http.StatusNotModified)
	ask(`"x", W/"`+id+`"`, http.StatusNotModified)
	ask("*", http.StatusNotModified)
	ask(id, http.StatusFound) // a tag has quotation marks
	first := tag()
	hang(t, h, "main", sushi)
	ask(first, http.StatusFound)
	if err := h.Clear(t.Context(), "main"); err != nil {
		t.Fatal(err)
	}
	ask(first, http.StatusFound)
	ask(empty, http.StatusNotModified)
}
