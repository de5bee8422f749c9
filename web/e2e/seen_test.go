package e2e

import (
	"encoding/json"
	"fmt"
	"math"
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

// counted waits until a picture is told to be on so many screens: at first, or in
// the end, where not all of them had been counted by then.
func (f *feed) counted(id string, screens, of int) (s sight) {
	f.t.Helper()
	for {
		if s = f.sight(); s.ID != id || s.Screens > screens || s.Of != of {
			f.t.Fatalf("got %+v, want %s on up to %d of %d screens", s, id, screens, of)
		}
		if s.Screens == screens {
			return s
		}
	}
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
		s := v.counted(p.newest("main"), 3, 3)
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
	atB.next("picture")
	// Not each to the process that has brought it, and one of them to both.
	b.acknowledge("main", id, "one", 0)
	b.acknowledge("main", id, "two", 0)
	a.acknowledge("main", id, "two", 0)
	a.acknowledge("main", id, "three", 0)
	for _, v := range []*feed{atA, atB, other} {
		v.counted(id, 3, 3)
	}
	// The next of that kind is about the next picture: none was told twice.
	b.Publish("main", "fox")
	next := atB.next("picture").ID
	atA.next("picture")
	a.acknowledge("main", next, "one", 0)
	for _, v := range []*feed{atA, atB, other} {
		v.counted(next, 1, 3)
	}
}

// A crowd of screens at two processes is counted in parts: each is told the same
// sample, and the sum of what answers is scaled by it.
func TestACrowdOfTwoProcesses(t *testing.T) {
	t.Parallel()
	s := redistest.New(t).Start()
	programs := []*program{startShared(t, s), startShared(t, s)}
	const viewers, answers, screens = 240, 24, 29 // 24 / (200 / 240) = 28.8
	for i := range viewers - len(programs) {
		programs[i%2].follow(ways[0], "main", "")
	}
	watching := []*feed{programs[0].follow(ways[0], "main", ""), programs[1].follow(ways[0], "main", "")}
	for _, v := range watching {
		// Either process may be the one that scales the sum, by what it has told.
		var presence struct {
			Viewers int
			Sample  float64
		}
		for presence.Viewers != viewers {
			if err := json.Unmarshal(v.next("presence").Data, &presence); err != nil {
				t.Fatal(err)
			}
		}
		if math.Abs(presence.Sample-200.0/viewers) > 1e-6 {
			t.Errorf("got the sample %v, want %v", presence.Sample, 200.0/viewers)
		}
	}
	programs[1].Publish("main", "sushi")
	id := watching[0].next("picture").ID
	watching[1].next("picture")
	var done sync.WaitGroup
	for i := range answers {
		done.Go(func() { programs[i%2].acknowledge("main", id, fmt.Sprint("screen", i), 0) })
	}
	done.Wait()
	for _, v := range watching {
		v.counted(id, screens, viewers)
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
