package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
)

// flickrKey must never be seen outside the requests to Flickr.
const flickrKey = "0123456789abcdef-a-secret"

// hit is an answer of flickr.photos.search with one photo in it.
const hit = `{"photos":{"page":1,"pages":1,"perpage":100,"total":1,"photo":[{"id":"53","owner":"1@N01","secret":"abc","server":"65535",` +
	`"farm":66,"title":"A <b>title</b>","ispublic":1,"isfriend":0,"isfamily":0,"media":"photo","ownername":"Some \u2028 body","license":"4"}]},"stat":"ok"}`

// fakeFlickr answers by the word that is searched for.
func fakeFlickr(t *testing.T, answer func(word string, w http.ResponseWriter, r *http.Request)) (env []string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		if query.Get("api_key") != flickrKey {
			t.Errorf("a request without the key: %s", r.URL)
		}
		word := strings.Trim(query.Get("text")+query.Get("tags"), `" `)
		answer(word, w, r)
	}))
	t.Cleanup(server.Close)
	return []string{"PICTURES=flickr", "FLICKR_API_KEY=" + flickrKey, "FLICKR_API_URL=" + server.URL + "/services/rest/"}
}

func refusal(code int, message string) string {
	return fmt.Sprintf(`{"stat":"fail","code":%d,"message":%q}`, code, message)
}

// What goes wrong at Flickr is told to the asker, by status and without a word
// of Flickr's own; and nobody learns the key.
func TestErrorsOfFlickr(t *testing.T) {
	t.Parallel()
	const told = "internal-words-of-flickr"
	answers := map[string]struct {
		answer string
		code   int // that Flickr answers with; 200 if 0
		status int // that the asker gets
	}{
		"hit":      {hit, 0, 200},
		"jsonp":    {"jsonFlickrApi(" + hit + ")", 0, 200},
		"empty":    {`{"photos":{"page":1,"pages":0,"perpage":100,"total":0,"photo":[]},"stat":"ok"}`, 0, 404},
		"tags":     {refusal(1, told), 0, 404},
		"nothing":  {refusal(3, told), 0, 404},
		"ors":      {refusal(77, told), 0, 404},
		"badurl":   {refusal(116, told), 0, 404},
		"badkey":   {refusal(100, told), 0, 502},
		"missing":  {refusal(10, told), 0, 502},
		"down":     {refusal(105, told), 0, 502},
		"unknown":  {refusal(4711, told), 0, 502},
		"page":     {"<html>" + told, 0, 502},
		"cut":      {hit[:100], 0, 502},
		"blank":    {"", 0, 502},
		"teapot":   {told, 418, 502},
		"broken":   {told, 500, 502},
		"throttle": {told, 429, 502},
		"away":     {told, 302, 502},
	}
	for word, a := range answers {
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			p := start(t, append(fakeFlickr(t, func(_ string, w http.ResponseWriter, r *http.Request) {
				if a.code == 302 {
					w.Header().Set("Location", "http://127.0.0.1:1/"+told)
				}
				if a.code != 0 {
					w.WriteHeader(a.code)
				}
				w.Write([]byte(a.answer))
			}), "ADMIN_TOKEN="+token)...)
			secret := func(where, text string) {
				for _, s := range []string{flickrKey, token} {
					if strings.Contains(text, s) {
						t.Errorf("%s tells a secret: %s", where, text)
					}
				}
			}
			for _, accept := range []string{"*/*", html} {
				h := head("Content-Type", asForm, "Accept", accept)
				want := a.status
				if want == 200 && accept == html {
					want = 303
				}
				p.check(row{"POST", "/publish", h, "keyword=" + word, want, ""})
				resp, body := p.request("POST", "/publish", h, "keyword="+word)
				secret("the answer", body+fmt.Sprint(resp.Header))
				for _, internal := range []string{told, "127.0.0.1", "flickr.", "goroutine", "api_key"} {
					if want != 200 && strings.Contains(body, internal) {
						t.Errorf("the answer tells %q: %s", internal, body)
					}
				}
			}
			if a.status == 200 {
				picture := p.Publish("main", word)
				if !strings.HasPrefix(picture["url"].(string), "https://live.staticflickr.com/65535/53_abc_") || picture["source"] != "flickr" {
					t.Errorf("the picture is %v", picture)
				}
			} else if _, body := p.request("GET", "/history", nil, ""); body != `{"pictures":[]}` {
				t.Errorf("a failure is in the history: %s", body)
			}
			_, metrics := p.request("GET", "/metrics", nil, "")
			secret("metrics", metrics)
			for _, line := range p.Tail(1 << 20) {
				text, _ := json.Marshal(line)
				secret("the log", string(text))
			}
		})
	}
}

func TestFlickrUnreachable(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"http://127.0.0.1:1/", "http://no-such-host.invalid/", "https://127.0.0.1:1/"} {
		p := start(t, "PICTURES=flickr", "FLICKR_API_KEY="+flickrKey, "FLICKR_API_URL="+url)
		p.check(row{"POST", "/publish", head("Content-Type", asForm), "keyword=sushi", 502, "could not be reached"})
	}
	p := start(t, "PICTURES=auto", "OPENVERSE_URL=http://127.0.0.1:1/", "FLICKR_FEED_URL=http://127.0.0.1:1/")
	picture := p.Publish("main", "sushi")
	if picture["source"] != "album" || picture["note"] == nil {
		t.Errorf("without the feed the picture is %v, want the album's with a note", picture)
	}
}

func TestSearchesPerMinute(t *testing.T) {
	t.Parallel()
	p := start(t, "SEARCHES_PER_MINUTE=3", "TRUST_PROXY=true")
	from := func(address string) http.Header {
		return head("Content-Type", asForm, "X-Forwarded-For", address)
	}
	for range 5 { // what is no search costs nothing
		p.check(row{"POST", "/publish", from("203.0.113.9"), "keyword=", 400, ""})
	}
	for range 3 {
		p.check(row{"POST", "/publish", from("203.0.113.9"), "keyword=x", 200, ""})
	}
	limited := func(address string) {
		t.Helper()
		p.check(row{"POST", "/publish", from(address), "keyword=x", 429, ""})
		resp, _ := p.request("POST", "/publish", from(address), "keyword=x")
		if n, err := strconv.Atoi(resp.Header.Get("Retry-After")); err != nil || n < 1 || n > 20 {
			t.Errorf("Retry-After is %q, want 1 to 20", resp.Header.Get("Retry-After"))
		}
	}
	// Whatever the client writes, the proxy's entry is the rightmost.
	limited("203.0.113.9")
	limited("198.51.100.1, 203.0.113.9")
	limited("203.0.113.9:4711")
	limited("::ffff:203.0.113.9")
	p.check(row{"POST", "/publish", from("203.0.113.9, 198.51.100.1"), "keyword=x", 200, ""})
	// The rest of an IPv6 network belongs to one customer.
	for i := range 3 {
		p.check(row{"POST", "/publish", from(fmt.Sprintf("2001:db8:1:2::%x", i)), "keyword=x", 200, ""})
	}
	limited("[2001:db8:1:2:ffff::1]:80")
	p.check(row{"POST", "/publish", from("2001:db8:1:3::1"), "keyword=x", 200, ""})

	direct := start(t, "SEARCHES_PER_MINUTE=1")
	direct.check(row{"POST", "/publish", from("203.0.113.9"), "keyword=x", 200, ""})
	direct.check(row{"POST", "/publish", from("203.0.113.10"), "keyword=x", 429, ""})
}

func TestMaxViewers(t *testing.T) {
	t.Parallel()
	const max = 5
	full := func(p *program, h http.Header) {
		t.Helper()
		for _, path := range []string{"/subscribe", "/poll"} {
			p.check(row{"GET", path, h, "", 429, ""})
			resp, _ := p.request("GET", path, h, "")
			if n, err := strconv.Atoi(resp.Header.Get("Retry-After")); err != nil || n < 1 {
				t.Errorf("Retry-After of %s is %q", path, resp.Header.Get("Retry-After"))
			}
		}
		h = h.Clone()
		for name, value := range map[string]string{"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="} {
			h.Set(name, value)
		}
		p.check(row{"GET", "/ws", h, "", 429, ""})
	}
	p := start(t, "MAX_VIEWERS="+strconv.Itoa(max))
	var all []*feed
	for i := range max {
		all = append(all, p.follow(ways[i], "f"+strconv.Itoa(i), ""))
	}
	p.viewers(max)
	full(p, http.Header{})
	all[0].Stop()
	p.viewers(max - 1)
	p.follow(ways[0], "main", "").next("presence")
	p.viewers(max)
	full(p, http.Header{})

	each := start(t, "MAX_VIEWERS_PER_ADDRESS=2", "TRUST_PROXY=true")
	for range 2 {
		each.follow(ways[0], "main", "").next("presence")
	}
	full(each, head("X-Forwarded-For", "127.0.0.1"))
	resp, _ := each.request("HEAD", "/subscribe", nil, "")
	if resp.StatusCode != 200 {
		t.Errorf("HEAD: %s", resp.Status)
	}
	each.Publish("main", "x")
	each.check(row{"GET", "/poll", head("X-Forwarded-For", "198.51.100.1"), "", 200, ""})
}
