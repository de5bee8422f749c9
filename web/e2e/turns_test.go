package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"picture-frame/hub"
	"picture-frame/hub/redis/redistest"
)

// A webClient is a client that keeps cookies, as the page's own requests do.
type webClient struct {
	http.Client
	p *program
}

// browser returns one that has opened the page.
func (p *program) browser() *webClient {
	p.t.Helper()
	jar, _ := cookiejar.New(nil) // never fails
	b := &webClient{http.Client{Jar: jar, Timeout: patience}, p}
	resp, err := b.Get(p.URL + "/")
	if err != nil {
		p.t.Fatal(err)
	}
	resp.Body.Close()
	return b
}

func parse(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// An outcome is how a POST has ended.
type outcome struct {
	status int
	after  int // Retry-After in seconds; 0 without
	body   string
}

// publish sends a word, in the background.
func (b *webClient) publish(frame, word string) <-chan outcome {
	end := make(chan outcome, 1)
	go func() {
		resp, err := b.PostForm(b.p.URL+"/publish?frame="+frame, url.Values{"keyword": {word}})
		if err != nil {
			end <- outcome{body: err.Error()}
			return
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		after, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		end <- outcome{resp.StatusCode, after, string(body)}
	}()
	return end
}

// pictures returns the words of a frame's pictures and their ids, oldest first.
func (p *program) pictures(frame string) (words, ids []string) {
	p.t.Helper()
	_, body := p.request("GET", "/history?frame="+frame, nil, "")
	var h struct {
		Pictures []struct{ ID, Keyword string }
	}
	if err := json.Unmarshal([]byte(body), &h); err != nil {
		p.t.Fatal(err)
	}
	for i := len(h.Pictures) - 1; i >= 0; i-- {
		words, ids = append(words, h.Pictures[i].Keyword), append(ids, h.Pictures[i].ID)
	}
	return words, ids
}

// stayed fails if a picture stayed for less than hold.
func stayed(t *testing.T, ids []string, hold time.Duration) {
	t.Helper()
	for i := 1; i < len(ids); i++ {
		// An id's time is rounded down, and the next one's too.
		if d := hub.IDTime(ids[i]).Sub(hub.IDTime(ids[i-1])); d < hold-10*time.Millisecond {
			t.Errorf("picture %d stayed for %v, want at least %v", i-1, d, hold)
		}
	}
}

// A word waits for its turn, its POST is answered when it hangs, and who finds
// no place is told when there is one.
func TestTurns(t *testing.T) {
	t.Parallel()
	const hold = 2 * time.Second
	p := start(t, "HOLD=2s", "SEARCHES_PER_MINUTE=20")
	viewer := p.follow(ways[0], "main", "")
	viewer.next("presence")
	if first := <-p.browser().publish("main", "0"); first.status != 200 {
		t.Errorf("the first word: got %d, want 200", first.status)
	}
	if m := viewer.next("picture", "queue"); m.Event != "picture" {
		t.Errorf("the first word: got %s %s, want it at once and in no queue", m.Event, m.Data)
	}
	var ends []<-chan outcome
	for i := range 12 { // found while the first picture has its time, or right after
		ends = append(ends, p.browser().publish("main", fmt.Sprint(i+1)))
	}
	served, refused := 0, 0
	for _, end := range ends {
		switch o := <-end; {
		case o.status == 200:
			served++
		case o.status == 429 && o.after >= 1 && o.after <= 2:
			refused++
		default:
			t.Errorf("got %d, Retry-After %d: %s, want 200, or 429 and some seconds", o.status, o.after, o.body)
		}
	}
	if served < 8 || served+refused != 12 {
		t.Errorf("got %d served and %d refused, want 8 served at least", served, refused)
	}
	words, ids := p.pictures("main")
	if len(words) != served+1 {
		t.Errorf("got the pictures %v, want %d", words, served+1)
	}
	stayed(t, ids, hold)
	queue := viewer.next("queue")
	var q struct {
		Waiting []struct {
			Keyword string
			In      int
		}
		More int
	}
	if err := json.Unmarshal(queue.Data, &q); err != nil || queue.ID != "" || len(q.Waiting) == 0 || q.Waiting[0].In <= 0 || q.Waiting[0].In > 2000 {
		t.Errorf("got the queue %s, want the next words and when", queue.Data)
	}
	for string(queue.Data) != `{"waiting":[],"more":0}` {
		queue = viewer.next("queue")
	}
}

// Three words of one browser wait, over all its sockets and posts; browsers behind one
// address are many clients, and a forged cookie is none.
func TestTurnsOfOneClient(t *testing.T) {
	t.Parallel()
	p := start(t, "HOLD=5s", "ADMIN_TOKEN=secret", "SEARCHES_PER_MINUTE=100")
	// A go in which a word had its turn before all had been asked has shown nothing.
	for n := range 10 {
		if p.turnsOfOneClient(fmt.Sprint("go", n)) {
			return
		}
	}
	t.Error("no go was quick enough")
}

// turnsOfOneClient reports whether all words waited at once; if not, nothing was
// compared.
func (p *program) turnsOfOneClient(frame string) bool {
	t := p.t
	t.Helper()
	b, other := p.browser(), p.browser()
	<-b.publish(frame, "hangs")
	var cookie []string
	for _, c := range b.Jar.Cookies(parse(t, p.URL)) {
		cookie = append(cookie, c.String())
	}
	if len(cookie) != 1 {
		t.Fatalf("got the cookies %q, want one", cookie)
	}
	viewer := p.follow(ways[0], frame, "")
	viewer.next("picture")
	socket := p.talk("/ws?frame="+frame, head("Cookie", cookie[0]))
	socket.say(1, `{"keyword":"first"}`)
	var waits []<-chan outcome
	for want := 1; want <= 3; {
		m := viewer.next("queue", "picture")
		if m.Event == "picture" {
			return false
		}
		var q struct{ Waiting []struct{} }
		json.Unmarshal(m.Data, &q)
		if len(q.Waiting) == want {
			if want++; want <= 3 {
				waits = append(waits, b.publish(frame, fmt.Sprint(want)))
			}
		}
	}
	fourth := <-b.publish(frame, "fourth")
	spoken := p.talk("/ws?frame="+frame, head("Cookie", cookie[0])).say(1, `{"keyword":"fourth"}`).hear("error", "published")
	if words, _ := p.pictures(frame); len(words) > 1 {
		return false
	}
	if fourth.status != 429 || fourth.after < 1 || fourth.after > 5 {
		t.Errorf("a browser's fourth word: got %d, Retry-After %d, want 429 and at most 5", fourth.status, fourth.after)
	}
	if spoken.Event != "error" || !strings.Contains(string(spoken.Data), `"status":429`) {
		t.Errorf("its fourth word by a socket: got %s %s, want 429", spoken.Event, spoken.Data)
	}
	waits = append(waits, other.publish(frame, "another's"))
	forged, _ := http.NewRequest("POST", p.URL+"/publish?frame="+frame, strings.NewReader("keyword=forged"))
	forged.Header.Set("Content-Type", asForm)
	forged.Header.Set("Cookie", cookie[0]+"x")
	p.host("PATCH", "/host/desk?frame="+frame, `{"hold":0}`)
	resp, err := http.DefaultClient.Do(forged)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 200 {
		t.Errorf("a forged cookie: got %s, want 200 in its turn, as of the address", resp.Status)
	}
	for _, end := range waits {
		if o := <-end; o.status != 200 {
			t.Errorf("got %d: %s, want 200 in its turn", o.status, o.body)
		}
	}
	if m := socket.hear("error", "published"); m.Event != "published" {
		t.Errorf("a socket's word: got %s %s, want it published", m.Event, m.Data)
	}
	return true
}

// Of a process that is killed while its words wait, the words hang all the same, in
// their turn, and its cookies are good everywhere.
func TestTurnsOutliveAProcess(t *testing.T) {
	t.Parallel()
	s := redistest.New(t).Start()
	env := []string{"REDIS_URL=" + s.URL(), "HOLD=6s", "ADMIN_TOKEN=secret", "SEARCHES_PER_MINUTE=20"}
	a, b := launch(t, env...), start(t, env...)
	a.until("/readyz", "ok")
	b.until("/readyz", "ok")
	browser := a.browser()
	<-browser.publish("main", "0")
	for i := range 3 {
		browser.publish("main", fmt.Sprint(i+1))
		b.until("/metrics", fmt.Sprintf("\npictureframe_waiting_turn %d\n", i+1))
	}
	browser.p = b
	browser.Jar.SetCookies(parse(t, b.URL), browser.Jar.Cookies(parse(t, a.URL)))
	if o := <-browser.publish("main", "fourth"); o.status != 429 {
		t.Errorf("its fourth word at the other process: got %d, want 429", o.status)
	}
	a.cmd.Process.Kill()
	b.host("PATCH", "/host/desk", `{"hold":2000}`)
	b.until("/metrics", "\npictureframe_waiting_turn 0\n")
	words, ids := b.pictures("main")
	if fmt.Sprint(words) != "[0 1 2 3]" {
		t.Errorf("got %v, want every word once", words)
	}
	stayed(t, ids, 2*time.Second)
}
