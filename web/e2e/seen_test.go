package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"picture-frame/hub/redis/redistest"
)

const asJSON = "application/json"

// A sight is the data of a seen event.
type sight struct {
	ID             string
	Screens, Of    int
	Arrived, Shown struct{ P50, P95 int }
}

// acknowledge posts a screen's receipt for a picture.
func (p *program) acknowledge(frame, id, screen string, wait int) {
	p.t.Helper()
	p.check(row{"POST", "/seen", head("Content-Type", asJSON), fmt.Sprintf(`{"frame":%q,"id":%q,"screen":%q,"wait":%d}`, frame, id, screen, wait), 204, ""})
}

// sight waits for the next seen event.
func (f *feed) sight() (s sight) {
	f.t.Helper()
	if err := json.Unmarshal(f.next("seen").Data, &s); err != nil {
		f.t.Fatal(err)
	}
	return s
}

// Whatever a body of ours says is answered with 204, and counts or not.
func TestSeenIsAnswered(t *testing.T) {
	t.Parallel()
	p := start(t, "ALLOWED_ORIGINS="+friend)
	p.Publish("main", "sushi")
	id := p.newest("main")
	watching := p.follow(ways[0], "main", "")
	watching.next("presence")
	ours := head("Content-Type", asJSON)
	with := func(pairs ...string) map[string][]string {
		return head(append([]string{"Content-Type", asJSON}, pairs...)...)
	}
	body := `{"frame":"main","id":"` + id + `","screen":"a","wait":12.5}`
	for _, r := range []row{
		{"POST", "/seen", ours, body, 204, ""},
		{"POST", "/seen?frame=hall", ours, body, 204, ""},
		{"POST", "/seen", head("Content-Type", asForm), "frame=main&id=" + id + "&screen=b&wait=3", 204, ""},
		{"POST", "/seen", head("Content-Type", "multipart/form-data; boundary=x"), "--x--", 204, ""},
		{"POST", "/seen", with("Sec-Fetch-Site", "cross-site", "Origin", friend), body, 204, ""},
		{"POST", "/seen", with("Sec-Fetch-Site", "same-origin"), body, 204, ""},
		{"POST", "/seen", ours, ``, 204, ""},
		{"POST", "/seen", ours, `{`, 204, ""},
		{"POST", "/seen", ours, `[]`, 204, ""},
		{"POST", "/seen", ours, `null`, 204, ""},
		{"POST", "/seen", ours, `{"frame":"NOT","id":"x","screen":"a"}`, 204, ""},
		{"POST", "/seen", ours, `{"frame":3,"id":["x"],"screen":{},"wait":"long"}`, 204, ""},
		{"POST", "/seen", ours, `{"frame":"main","id":"` + id + `","screen":"` + strings.Repeat("x", 3000) + `","wait":-1e300}`, 204, ""},
		{"POST", "/seen", ours, `{"frame":"main","id":"` + id + `","screen":"c","wait":1e999}`, 204, ""},
		{"POST", "/seen?frame=NOT", ours, body, 404, ""},
		{"POST", "/seen", with("Sec-Fetch-Site", "cross-site"), body, 403, ""},
		{"POST", "/seen", with("Origin", "https://evil.example"), body, 403, ""},
		{"POST", "/seen", ours, `{"id":"` + strings.Repeat("x", 5000) + `"}`, 413, ""},
		{"POST", "/seen", head("Content-Type", "text/plain;charset=UTF-8"), body, 415, ""},
		{"POST", "/seen", nil, body, 415, ""},
		{"GET", "/seen", nil, "", 405, ""},
		{"HEAD", "/seen", nil, "", 405, ""},
		{"PUT", "/seen", ours, body, 405, ""},
	} {
		p.check(r)
	}
	for _, line := range p.Tail(1 << 20) {
		if line["path"] == "/seen" && line["level"] != "DEBUG" && line["status"].(float64) < 300 {
			t.Errorf("a receipt is logged: %v", line)
		}
	}
	if m := watching.sight(); m.ID != id || m.Screens < 1 {
		t.Errorf("got %+v, want what has been counted so far", m)
	}
}

// Three screens of three have a picture, and every viewer is told so over every
// transport that carries more than pictures.
func TestThreeOfThreeScreens(t *testing.T) {
	t.Parallel()
	p := start(t)
	watching := []*feed{p.follow(ways[0], "main", ""), p.follow(ways[2], "main", ""), p.follow(ways[3], "main", "")}
	p.joined("main", 3)
	p.Publish("main", "sushi")
	for i, v := range watching {
		m := v.next("picture")
		p.acknowledge("main", m.ID, fmt.Sprint("screen", i), 0)
		p.acknowledge("main", m.ID, fmt.Sprint("screen", i), 0)
	}
	for _, v := range watching {
		s := v.sight()
		if s.ID != p.newest("main") || s.Screens != 3 || s.Of != 3 {
			t.Errorf("got %+v, want 3 of 3 screens", s)
		}
		if s.Shown.P50 > s.Shown.P95 || s.Arrived != s.Shown {
			t.Errorf("got %+v, want as much shown as arrived, since no screen waited", s)
		}
	}
	for _, want := range []string{"arrived_seconds_count 3", "shown_seconds_count 3"} {
		p.check(row{"GET", "/metrics", nil, "", 200, "\npictureframe_picture_" + want})
	}
}

// Receipts may come to any process; one of them tells all viewers.
func TestReceiptsOfAllProcesses(t *testing.T) {
	t.Parallel()
	s := redistest.New(t).Start()
	a, b := startShared(t, s), startShared(t, s)
	a.until("/readyz", "ok")
	b.until("/readyz", "ok")
	atA, atB, other := a.follow(ways[0], "main", ""), b.follow(ways[0], "main", ""), b.follow(ways[2], "main", "")
	a.joined("main", 3)
	b.joined("main", 3)
	a.Publish("main", "sushi")
	id := atA.next("picture").ID
	// Not each to the process that has brought it, and one of them to both.
	b.acknowledge("main", id, "one", 0)
	b.acknowledge("main", id, "two", 0)
	a.acknowledge("main", id, "two", 0)
	a.acknowledge("main", id, "three", 0)
	for _, v := range []*feed{atA, atB, other} {
		if m := v.sight(); m.ID != id || m.Screens != 3 || m.Of != 3 {
			t.Errorf("got %+v, want 3 of 3 screens", m)
		}
	}
	// The next of that kind is about the next picture: none was told twice.
	b.Publish("main", "fox")
	next := atB.next("picture").ID
	a.acknowledge("main", next, "one", 0)
	for _, v := range []*feed{atA, atB, other} {
		if m := v.sight(); m.ID != next || m.Screens != 1 || m.Of != 3 {
			t.Errorf("got %+v, want 1 of 3 screens", m)
		}
	}
}

// A crowd of screens at two processes is counted in parts: each is told the same
// sample, and the sum of what answers is scaled by it.
func TestACrowdOfTwoProcesses(t *testing.T) {
	t.Parallel()
	s := redistest.New(t).Start()
	programs := []*program{startShared(t, s), startShared(t, s)}
	const viewers = 240
	for i := range viewers {
		programs[i%2].follow(ways[0], "main", "")
	}
	watching := programs[0].follow(ways[0], "main", "")
	var presence struct {
		Viewers int
		Sample  float64
	}
	for presence.Viewers != viewers+1 {
		if err := json.Unmarshal(watching.next("presence").Data, &presence); err != nil {
			t.Fatal(err)
		}
	}
	programs[1].joined("main", viewers+1)
	if want := 200.0 / (viewers + 1); presence.Sample < want-1e-6 || presence.Sample > want+1e-6 {
		t.Errorf("got the sample %v, want %v", presence.Sample, want)
	}
	programs[1].Publish("main", "sushi")
	id := watching.next("picture").ID
	const answers = 120
	var done sync.WaitGroup
	for i := range answers {
		done.Go(func() { programs[i%2].acknowledge("main", id, fmt.Sprint("screen", i), 0) })
	}
	done.Wait()
	got := watching.sight()
	if got.Screens > 145 || got.Of != viewers+1 { // 120 / 0.83
		t.Errorf("got %+v, want at most 145 of %d screens", got, viewers+1)
	}
	if got.Screens < 145 { // a slow machine had not counted all of them by then
		if got = watching.sight(); got.Screens != 145 {
			t.Errorf("got %+v in the end, want 145 screens", got)
		}
	}
}

// The count is final after 10 s, and one that has not grown is not told again.
func TestTheFinalCount(t *testing.T) {
	t.Parallel()
	p := start(t)
	v := p.follow(ways[0], "main", "")
	v.next("presence")
	p.Publish("main", "sushi")
	id := v.next("picture").ID
	p.acknowledge("main", id, "one", 0)
	if got := v.sight(); got.Screens != 1 {
		t.Errorf("got %+v, want 1 screen", got)
	}
	p.acknowledge("main", id, "two", 0)
	began := time.Now()
	if got := v.sight(); got.ID != id || got.Screens != 2 || got.Of != 2 {
		t.Errorf("got %+v after %v, want 2 screens", got, time.Since(began))
	}
}
