package flickr

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"picture-frame/flickr/album"
	"picture-frame/flickr/fetch/fetchtest"
)

// testKey is looked for in whatever comes out.
const testKey = "0123456789abcdef-SECRET"

// withKey are the settings for the REST API with a key, at url or, if that is
// empty, where Flickr is.
func withKey(key, url string) Settings {
	return Settings{Pictures: "flickr", Values: map[string]string{"FLICKR_API_KEY": key, "FLICKR_API_URL": url}}
}

// autoWithKey are the settings of somebody who has just got a key.
var autoWithKey = Settings{Pictures: "auto", Values: withKey(testKey, "").Values}

// feedAt are the settings for the feed at url.
func feedAt(url string) Settings {
	return Settings{Pictures: "feed", Values: map[string]string{"FLICKR_FEED_URL": url}}
}

// nobody is an address where nobody answers: no server can have that port.
const nobody = "http://127.0.0.1:0"

// fakeFlickr is a server in Flickr's place that keeps what it was asked.
type fakeFlickr struct {
	*httptest.Server
	mu      sync.Mutex
	queries []url.Values
}

func newFake(t *testing.T, answer http.HandlerFunc) *fakeFlickr {
	t.Helper()
	f := &fakeFlickr{}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		f.queries = append(f.queries, r.URL.Query())
		f.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(f.Close)
	return f
}

func (f *fakeFlickr) asked() []url.Values {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]url.Values(nil), f.queries...)
}

// body answers with a file of testdata.
func body(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func serve(data []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.Write(data) }
}

// oneHit is an answer with one photo, whose id depends on what was asked.
func oneHit(r *http.Request) *http.Response {
	return fetchtest.Response(r, http.StatusOK, `{"photos":{"photo":[{"id":"7","owner":"1@N00","secret":"ab","server":"1","title":"`+
		strings.NewReplacer(`"`, "", `\`, "").Replace(r.URL.Query().Get("text"))+`"}]},"stat":"ok"}`)
}

// logTo sends logs to the test and keeps them.
type logTo struct {
	t  *testing.T
	mu sync.Mutex
	b  strings.Builder
}

func (l *logTo) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.b.Write(p)
	l.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

func (l *logTo) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func newLog(t *testing.T) (*slog.Logger, *logTo) {
	l := &logTo{t: t}
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug})), l
}

func newSearcher(t *testing.T, o Options) *Searcher {
	t.Helper()
	if o.Album == nil {
		o.Album = album.New()
	}
	if o.Logger == nil {
		o.Logger, _ = newLog(t)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// first always picks the first, so that a test knows which photo comes.
func first(int) int { return 0 }

var background = context.Background()
