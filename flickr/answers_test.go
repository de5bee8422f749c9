package flickr

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
)

// TestProblems sends each kind of trouble over a real connection, and counts
// how often Flickr is asked.
func TestProblems(t *testing.T) {
	status := func(code int, data []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(code)
			w.Write(data)
		}
	}
	page := body(t, "outage.html")
	tests := []struct {
		name   string
		answer http.HandlerFunc
		err    error
		asked  int
	}{
		{"throttled", status(429, page), ErrAnswer, 2},
		{"broken", status(500, page), ErrAnswer, 2},
		{"bad gateway", status(502, page), ErrAnswer, 2},
		{"unavailable", status(503, nil), ErrAnswer, 2},
		{"forbidden", status(403, page), ErrAnswer, 1},
		{"gone", status(410, body(t, "hit.json")), ErrAnswer, 1},
		{"no content", status(204, nil), ErrAnswer, 1},
		{"bad key", serve(body(t, "fail_key.json")), ErrAnswer, 1},
		{"code 105", serve(body(t, "fail_unavailable.json")), ErrAnswer, 2},
		{"code 0", serve(body(t, "fail_unavailable_undocumented.json")), ErrAnswer, 2},
		{"code 10", serve([]byte(`{"stat":"fail","code":"10","message":""}`)), ErrAnswer, 2},
		{"code 99", serve([]byte(`{"stat":"fail","code":99,"message":"Insufficient permissions."}`)), ErrAnswer, 1},
		{"code 3", serve(body(t, "fail_nothing_asked.json")), ErrUnsearchable, 1},
		{"code 116 in XML", serve(body(t, "fail.xml")), ErrUnsearchable, 1},
		{"empty", serve(body(t, "empty.json")), ErrNoPhoto, 1},
		{"HTML under 200", serve(page), ErrAnswer, 1},
		{"truncated JSON", serve(body(t, "truncated.json")), ErrAnswer, 1},
		{"connection lost in the body", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5000")
			w.Write(body(t, "truncated.json"))
		}, ErrAnswer, 2},
		{"connection lost before the answer", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, ErrAnswer, 2},
		{"oversized", func(w http.ResponseWriter, _ *http.Request) {
			w.Write([]byte(`{"photos":{"photo":[`))
			for chunk := bytes.Repeat([]byte(" "), 64<<10); ; {
				if _, err := w.Write(chunk); err != nil {
					return
				}
			}
		}, ErrAnswer, 1},
		{"oversized by blanks", serve(append(body(t, "hit.json"), bytes.Repeat([]byte(" "), 2<<20)...)), ErrAnswer, 1},
		{"gzip bomb", serve(pack(t, append(bytes.Repeat([]byte(" "), 50<<20), body(t, "hit.json")...))), ErrAnswer, 1},
		{"damaged gzip", serve(pack(t, body(t, "hit.json"))[:40]), ErrAnswer, 1},
		{"redirect to another host", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://evil.invalid/?"+r.URL.RawQuery, http.StatusFound)
		}, ErrAnswer, 1},
		{"redirect in a circle", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.String(), http.StatusFound)
		}, ErrAnswer, 1 + 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel() // A retry waits.
			fake := newFake(t, tt.answer)
			fake.Config.ErrorLog = nil
			logger, logged := newLog(t)
			s := newSearcher(t, Options{Settings: withKey(testKey, fake.URL), Logger: logger})
			_, err := s.Search(background, "harbour")
			if !errors.Is(err, tt.err) {
				t.Errorf("error is %v, want %v", err, tt.err)
			}
			if n := len(fake.asked()); n != tt.asked {
				t.Errorf("Flickr was asked %d times, want %d", n, tt.asked)
			}
			if strings.Contains(fmt.Sprintf("%v %+v %q", err, err, err)+logged.String(), testKey) {
				t.Error("the key is in the error or the log")
			}
		})
	}
}

// TestGoodAnswers is about answers that are odd in their transport but whole.
func TestGoodAnswers(t *testing.T) {
	hit := body(t, "hit.json")
	tests := map[string]http.HandlerFunc{
		"plain text": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.Write(hit)
		},
		"gzip": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(pack(t, hit))
		},
		"gzip without a word":    serve(pack(t, hit)),
		"gzip that is none":      func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Encoding", "gzip"); w.Write(hit) },
		"JSONP as JavaScript":    serve(body(t, "hit.jsonp")),
		"second try after a 503": failOnce(503, hit),
		"second try after a 429": failOnce(429, hit),
		"redirect within the host": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/moved/" {
				http.Redirect(w, r, "/moved/?"+r.URL.RawQuery, http.StatusMovedPermanently)
				return
			}
			if r.Referer() != "" {
				t.Errorf("the referrer is sent: %q", r.Referer())
			}
			w.Write(hit)
		},
	}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := newFake(t, answer)
			s := newSearcher(t, Options{Settings: withKey(testKey, fake.URL), Pick: first})
			p, err := s.Search(background, "harbour")
			if err != nil {
				t.Fatal(err)
			}
			want := Photo{ID: "40000000001", URL: "https://live.staticflickr.com/65535/40000000001_aaaa000001_b.jpg",
				Title: "Boats at rest", Owner: "Ada Example", OwnerURL: "https://www.flickr.com/photos/11111111@N01/",
				PageURL: "https://www.flickr.com/photos/11111111@N01/40000000001/",
				License: "CC BY 2.0", LicenseURL: "https://creativecommons.org/licenses/by/2.0/", Width: 1024, Height: 683, Source: "flickr"}
			if !reflect.DeepEqual(p, want) {
				t.Errorf("got  %+v\nwant %+v", p, want)
			}
		})
	}
}

func failOnce(status int, then []byte) http.HandlerFunc {
	turn := make(chan struct{}, 1)
	turn <- struct{}{}
	return func(w http.ResponseWriter, _ *http.Request) {
		select {
		case <-turn:
			w.WriteHeader(status)
		default:
			w.Write(then)
		}
	}
}

func pack(t *testing.T, data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRequest looks at what Flickr is asked.
func TestRequest(t *testing.T) {
	var agent, encodings string
	fake := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		agent, encodings = r.UserAgent(), r.Header.Get("Accept-Encoding")
		w.Write(body(t, "hit.json"))
	})
	s := newSearcher(t, Options{Settings: Settings{Pictures: "auto", Values: withKey(testKey, fake.URL+"/services/rest/?replay=1").Values}})
	if _, err := s.Search(background, "cats&per_page=1 -dog"); err != nil {
		t.Fatal(err)
	}
	want := url.Values{
		"replay": {"1"}, "method": {"flickr.photos.search"}, "api_key": {testKey}, "format": {"json"}, "nojsoncallback": {"1"},
		"text": {"cats&per_page=1 dog"}, "sort": {"relevance"}, "safe_search": {"1"}, "media": {"photos"}, "content_types": {"0"},
		"per_page": {"100"}, "page": {"1"}, "extras": {extras},
	}
	if got := fake.asked()[0]; got.Encode() != want.Encode() {
		t.Errorf("asked for %v\nwant      %v", got, want)
	}
	if !strings.HasPrefix(agent, "picture-frame/") || encodings != "gzip" {
		t.Errorf("User-Agent is %q, Accept-Encoding %q", agent, encodings)
	}
}

// TestFeedRequests: all words, then the words joined to one, then any, and
// never no words, which would be everybody's newest photos.
func TestFeedRequests(t *testing.T) {
	const some, none = "feed.json", "feed_empty.json"
	tests := []struct {
		keyword string
		answers []string // one a request
		asked   []string
		err     error
	}{
		{"harbour", []string{some}, []string{"harbour all"}, nil},
		{"harbour", []string{none}, []string{"harbour all"}, ErrNoPhoto},
		{"Old Harbour", []string{some}, []string{"old,harbour all"}, nil},
		{"New York", []string{none, some}, []string{"new,york all", "newyork all"}, nil},
		{"日本、桜", []string{none, some}, []string{"日本,桜 all", "日本桜 all"}, nil},
		{"old -harbour", []string{none, none, some}, []string{"old,harbour all", "oldharbour all", "old,harbour any"}, nil},
		{"old harbour", []string{none, none, none}, []string{"old,harbour all", "oldharbour all", "old,harbour any"}, ErrNoPhoto},
		{"old harbour", []string{"outage.html"}, []string{"old,harbour all"}, ErrAnswer},
		{"old harbour", []string{none, "outage.html"}, []string{"old,harbour all", "oldharbour all"}, ErrAnswer},
		{"??? !", nil, nil, ErrUnsearchable},
	}
	for _, tt := range tests {
		t.Run(tt.keyword, func(t *testing.T) {
			left := tt.answers
			fake := newFake(t, func(w http.ResponseWriter, r *http.Request) {
				if len(left) == 0 {
					t.Errorf("asked for %v too", r.URL.Query())
					return
				}
				w.Write(body(t, left[0]))
				left = left[1:]
			})
			s := newSearcher(t, Options{Settings: feedAt(fake.URL)})
			p, err := s.Search(background, tt.keyword)
			if !errors.Is(err, tt.err) || (err == nil) != (p.Source == "feed") {
				t.Errorf("got photo %+v, error %v, want error %v", p, err, tt.err)
			}
			var asked []string
			for _, q := range fake.asked() {
				asked = append(asked, q.Get("tags")+" "+q.Get("tagmode"))
				if q.Get("format") != "json" || q.Get("nojsoncallback") != "1" || q.Has("api_key") {
					t.Errorf("asked for %v", q)
				}
			}
			if fmt.Sprint(asked) != fmt.Sprint(tt.asked) {
				t.Errorf("asked for %q, want %q", asked, tt.asked)
			}
		})
	}
}

// TestKeyStaysSecret where Go's own errors print the URL, and where Flickr
// repeats it.
func TestKeyStaysSecret(t *testing.T) {
	const key = "k/e+y&0123456789=SECRET"
	unnamed := "https://" + strings.Repeat("x", 64) + ".invalid/" // too long a name to ask the network for
	echo := newFake(t, serve([]byte(`{"stat":"fail","code":100,"message":"Invalid API Key `+key+` or `+url.QueryEscape(key)+`"}`)))
	for name, base := range map[string]string{"nobody there": nobody, "no such host": unnamed, "echo": echo.URL, "not TLS": strings.Replace(echo.URL, "http", "https", 1)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			logger, logged := newLog(t)
			s := newSearcher(t, Options{Settings: withKey(key, base), Logger: logger})
			_, err := s.Search(background, "harbour")
			if err == nil {
				t.Fatal("no error")
			}
			for e := err; e != nil; e = errors.Unwrap(e) {
				text := fmt.Sprintf("%v %+v %#v", e, e, e)
				if strings.Contains(text, "SECRET") || strings.Contains(text, "api_key") {
					t.Errorf("the key, or the URL that holds it, is in %s", text)
				}
			}
			if logged.String() == "" || strings.Contains(logged.String(), "SECRET") {
				t.Errorf("the key is in the log, or nothing is: %s", logged)
			}
		})
	}
}
