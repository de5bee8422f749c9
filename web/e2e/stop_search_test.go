package e2e

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// slowFlickr answers when its word is released.
type slowFlickr struct {
	asked   chan string
	release chan struct{}
}

func (s *slowFlickr) answer(word string, w http.ResponseWriter, r *http.Request) {
	s.asked <- word
	select {
	case <-s.release:
	case <-r.Context().Done():
	}
	io.WriteString(w, hit)
}

func newSlowFlickr(t *testing.T) (*slowFlickr, []string) {
	s := &slowFlickr{make(chan string, 10), make(chan struct{})}
	return s, fakeFlickr(t, s.answer)
}

// publishLater posts a word and tells how that has ended.
func (p *program) publishLater(keyword string) <-chan row {
	end := make(chan row, 1)
	go func() {
		resp, err := http.Post(p.URL+"/publish", asForm, strings.NewReader("keyword="+keyword))
		if err != nil {
			end <- row{want: err.Error()}
			return
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		end <- row{status: resp.StatusCode, want: string(body), header: resp.Header}
	}()
	return end
}

// A search that is running when the process is told to stop reaches its asker
// and everybody's screen, before the bye.
func TestStopLetsSearchesFinish(t *testing.T) {
	t.Parallel()
	// A search may take 2.5 s more. A go in which this machine took nearly as long to
	// ask and to release the searches has shown nothing.
	for range 10 {
		if stopWhileSearching(t, 2*time.Second) {
			return
		}
	}
	t.Error("no go was quick enough")
}

// stopWhileSearching reports whether the searches were released soon enough; if
// not, nothing was compared.
func stopWhileSearching(t *testing.T, within time.Duration) bool {
	t.Helper()
	flickr, env := newSlowFlickr(t)
	p := launch(t, env...)
	var feeds []*feed
	for _, w := range ways[:4] {
		feeds = append(feeds, p.follow(w, "main", ""))
	}
	p.joined("main", len(feeds))
	asker := p.talk("/ws", nil).say(websocket.TextMessage, `{"keyword":"by socket"}`)
	<-flickr.asked
	post := p.publishLater("by-post")
	<-flickr.asked
	began := time.Now()
	p.cmd.Process.Signal(syscall.SIGTERM)
	for p.answers(http.MethodGet, "/readyz") == "200" && time.Since(began) < within { // the program has to hear of it
	}
	const restarting = "503 after 2: The frame is restarting. Try again in a moment."
	wants := map[string]string{
		"GET /healthz": "200", "GET /": "200", "GET /readyz": "503",
		"GET /subscribe": restarting, "GET /poll": restarting, "POST /publish": restarting,
	}
	got := map[string]string{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for request := range wants {
		all.Go(func() {
			method, path, _ := strings.Cut(request, " ")
			answer := p.answers(method, path)
			mu.Lock()
			defer mu.Unlock()
			got[request] = answer
		})
	}
	all.Wait()
	wants["streams that were refused"], got["streams that were refused"] = "1", p.refusedStops()
	close(flickr.release)
	if took := time.Since(began); took > within {
		t.Logf("the searches were released after %v", took)
		p.Stop(syscall.SIGKILL)
		return false
	}
	if !maps.Equal(got, wants) {
		t.Errorf("while stopping: got %v, want %v", got, wants)
	}
	if r := <-post; r.status != 200 || !strings.Contains(r.want, "by-post") {
		t.Errorf("the running search ended with %+v", r)
	}
	for i, f := range feeds {
		got := map[string]bool{}
		for range 2 {
			got[f.next("picture").keyword()] = true
		}
		if !got["by-post"] || !got["by socket"] {
			t.Errorf("%s got %v, want both pictures", ways[i].name, got)
		}
		f.next("bye")
	}
	var events []string
	for {
		var m message
		if err := asker.ReadJSON(&m); err != nil {
			if !websocket.IsCloseError(err, websocket.CloseGoingAway) {
				t.Errorf("the asker's socket ended with %v", err)
			}
			break
		}
		events = append(events, m.Event)
	}
	if all := strings.Join(events, " "); !strings.Contains(all, "published") || !strings.HasSuffix(all, " bye") {
		t.Errorf("the asker's socket got %q, want published, and bye last", all)
	}
	if code := p.Stop(syscall.Signal(0)); code != 0 {
		t.Errorf("exit code %d", code)
	}
	return true
}

// refusedStops is how many streams were not let in because the program stops; "" if it
// does not say.
func (p *program) refusedStops() (n string) {
	resp, err := http.Get(p.URL + "/metrics")
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		if text, ok := strings.CutPrefix(lines.Text(), "pictureframe_"+fmt.Sprintf(refusedStreams, "shutdown", "sse")+" "); ok {
			return text
		}
	}
	return ""
}

// answers is the status with which a request is answered; of a problem that ends
// by itself also when and why; "" if there is no answer.
func (p *program) answers(method, path string) string {
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.URL+path, strings.NewReader("keyword=late"))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", asForm)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	told := strconv.Itoa(resp.StatusCode)
	if after := resp.Header.Get("Retry-After"); after != "" {
		var why struct{ Detail string }
		err := json.NewDecoder(resp.Body).Decode(&why)
		told += " after " + after + ": " + cmp.Or(why.Detail, fmt.Sprint(err))
	}
	return told
}
