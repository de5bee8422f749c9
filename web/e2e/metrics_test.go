package e2e

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"picture-frame/hub/redis/redistest"
)

// metric returns the value of a series, written as in /metrics without the prefix.
func (p *program) metric(series string) float64 {
	p.t.Helper()
	_, body := p.request("GET", "/metrics", nil, "")
	for line := range strings.Lines(body) {
		if text, ok := strings.CutPrefix(line, "pictureframe_"+series+" "); ok {
			value, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
			if err != nil {
				p.t.Fatal(err)
			}
			return value
		}
	}
	p.t.Fatalf("there is no %s in\n%s", series, body)
	return 0
}

// counted waits until a series has a value.
func (p *program) counted(series string, want int) {
	p.t.Helper()
	p.until("/metrics", fmt.Sprintf("\npictureframe_%s %d\n", series, want))
}

// closed waits for the line that says how a stream has ended.
func (p *program) closed(id string) map[string]any {
	p.t.Helper()
	lines := p.lines("stream closed", id)
	for _, line := range lines {
		if line["msg"] == "stream closed" {
			return line
		}
	}
	return nil
}

// refusedStreams is the series of those that were not let in, by why and transport.
const refusedStreams = `streams_refused_total{reason=%q,transport=%q}`

const upgrade = "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

// Metrics are as Prometheus's conventions want them.
func TestMetricsAreConventional(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "sushi")
	_, body := p.request("GET", "/metrics", nil, "")
	problems, err := promlint.New(strings.NewReader(body)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems {
		t.Errorf("%s: %s", problem.Metric, problem.Text)
	}
}

// Every way in which a stream can end is counted, and logged once, by its request's id.
func TestHowStreamsEnd(t *testing.T) {
	t.Parallel()
	p := start(t, "ADMIN_TOKEN="+token)
	p.Publish("main", "sushi")
	newest := p.newest("main")
	// open sends a request's first lines, and hangs up once the answer has begun.
	hangUp := func(begin, until string) func(id string) {
		return func(id string) {
			c := p.raw().send("%sX-Request-Id: %s\r\n\r\n", begin, id)
			c.until(until)
			c.Close()
		}
	}
	say := func(kind int, text string) func(id string) {
		return func(id string) {
			p.talk("/ws", head("X-Request-Id", id)).say(kind, text).hearEnd()
		}
	}
	for _, end := range []struct {
		transport, reason string
		events            float64 // at least
		by                func(id string)
	}{
		{"sse", "left", 2, hangUp("GET /subscribe HTTP/1.1\r\nHost: x\r\n", "event: presence")},
		{"sse", "left", 2, hangUp("GET /subscribe HTTP/1.0\r\nConnection: close\r\n", "event: presence")},
		{"ndjson", "left", 2, hangUp("GET /subscribe HTTP/1.1\r\nHost: x\r\nAccept: application/x-ndjson\r\n", `"event":"presence"`)},
		{"websocket", "left", 2, hangUp(upgrade, `"event":"presence"`)},
		{"websocket", "left", 2, func(id string) {
			s := p.talk("/ws", head("X-Request-Id", id))
			s.hear("presence")
			s.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""))
			s.hearEnd()
		}},
		{"websocket", "protocol", 0, say(websocket.BinaryMessage, "x")},
		{"websocket", "protocol", 0, say(websocket.TextMessage, "\xff")},
		{"websocket", "protocol", 0, say(websocket.TextMessage, strings.Repeat("x", 5000))},
		{"websocket", "error", 0, func(id string) { // a frame without a mask
			c := p.raw().send("%sX-Request-Id: %s\r\n\r\n", upgrade, id)
			c.until("\r\n\r\n")
			c.send("\x81\x01x")
			io.Copy(io.Discard, c)
		}},
		{"websocket", "refused", 0, func(id string) {
			c := p.raw().send("%sSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-Request-Id: %s\r\n\r\n", upgrade, id)
			c.until("HTTP/1.1 400")
		}},
		{"poll", "done", 1, func(id string) { p.request("GET", "/poll", head("X-Request-Id", id), "") }},
		{"poll", "left", 0, func(id string) {
			c := p.raw().send("GET /poll?lastEventId=%s HTTP/1.1\r\nHost: x\r\nX-Request-Id: %s\r\n\r\n", newest, id)
			p.counted(`streams_open{transport="poll"}`, 1)
			c.Close()
		}},
		{"lab", "done", 1, func(id string) { p.request("GET", "/lab/time?loop=1", head("X-Request-Id", id), "") }},
		{"lab", "left", 1, hangUp("GET /lab/time HTTP/1.1\r\nHost: x\r\n", "event: time")},
		{"desk", "left", 1, hangUp("GET /host/desk HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer "+token+"\r\n", "event: desk")},
	} {
		series := fmt.Sprintf("streams_closed_total{reason=%q,transport=%q}", end.reason, end.transport)
		before, id := p.metric(series), fmt.Sprintf("%s-%s-%d", end.transport, end.reason, time.Now().UnixNano())
		end.by(id)
		p.counted(series, int(before)+1)
		line := p.closed(id)
		if line["transport"] != end.transport || line["reason"] != end.reason || line["events"].(float64) < end.events || end.events > 0 && line["bytes"].(float64) < 20 {
			t.Errorf("%s: got %v, want %+v", id, line, end)
		}
		for _, secret := range []string{"127.0.0.1", token} {
			if strings.Contains(fmt.Sprint(line), secret) {
				t.Errorf("%s is in %v", secret, line)
			}
		}
	}
	_, body := p.request("GET", "/metrics", nil, "")
	sums := map[string]float64{}
	for line := range strings.Lines(body) {
		if series, value, _ := strings.Cut(strings.TrimSpace(line), " "); strings.HasPrefix(series, "pictureframe_streams_") {
			name, _, _ := strings.Cut(series, "{")
			n, _ := strconv.ParseFloat(value, 64)
			sums[name] += n
		}
	}
	if sums["pictureframe_streams_opened_total"] != 15 || sums["pictureframe_streams_closed_total"] != 15 || sums["pictureframe_streams_open"] != 0 {
		t.Errorf("got %v, want 15 streams that were opened and closed", sums)
	}
}

// hearEnd reads until the connection ends.
func (s *talk) hearEnd() {
	for {
		if _, _, err := s.ReadMessage(); err != nil {
			return
		}
	}
}

// Who is not let in is counted by why. For who comes while the process stops, see
// stopWhileSearching.
func TestWhoIsNotLetIn(t *testing.T) {
	t.Parallel()
	for reason, limit := range map[string]string{"full": "MAX_VIEWERS=1", "address": "MAX_VIEWERS_PER_ADDRESS=1"} {
		p := start(t, limit)
		p.follow(ways[0], "main", "").next("presence")
		for path, transport := range map[string]string{"/subscribe": "sse", "/poll": "poll", "/lab/time": "lab"} {
			p.check(row{"GET", path, nil, "", 429, ""})
			if n := p.metric(fmt.Sprintf(refusedStreams, reason, transport)); n != 1 {
				t.Errorf("with %s %s counts %v refused, want 1", limit, path, n)
			}
		}
	}
}

// When the process stops, every stream has its line, with all that was sent; to the
// byte and the event.
func TestStreamsAreLoggedAtTheStop(t *testing.T) {
	t.Parallel()
	p := launch(t)
	p.Publish("main", "sushi")
	type client struct {
		*raw
		event string // what begins one
		body  bool   // bytes are those after the answer's header
	}
	clients := map[string]client{
		"sse":       {p.raw().send("GET /subscribe HTTP/1.1\r\nHost: x\r\nX-Request-Id: sse\r\n\r\n"), "event: ", false},
		"ndjson":    {p.raw().send("GET /subscribe HTTP/1.1\r\nHost: x\r\nAccept: application/x-ndjson\r\nX-Request-Id: ndjson\r\n\r\n"), `"event":`, false},
		"websocket": {p.raw().send("%sX-Request-Id: websocket\r\n\r\n", upgrade), `"event":`, true},
	}
	p.joined("main", len(clients))
	for i := range 20 {
		p.Publish("main", fmt.Sprint("word ", i))
	}
	p.Stop(syscall.SIGTERM)
	for id, c := range clients {
		text, _ := io.ReadAll(c.in)
		line := p.closed(id)
		if n := float64(strings.Count(string(text), c.event)); line["events"] != n || n < 23 {
			t.Errorf("%s had %v events, and its line says %v", id, n, line)
		}
		if n := float64(len(text)); !c.body && line["bytes"] != n {
			t.Errorf("%s had %v bytes, and its line says %v", id, n, line)
		}
		if line["reason"] != "shutdown" || line["err"] != nil {
			t.Errorf("%s ended like this: %v", id, line)
		}
	}
}

// What is sent is counted by transport, and how long a picture takes to its last viewer.
func TestWhatIsSentIsCounted(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, w := range []way{ways[0], ways[2], ways[3]} {
		p.follow(w, "main", "").next("presence")
	}
	p.joined("main", 3)
	names := []string{"sse", "ndjson", "websocket"}
	before := map[string]float64{}
	for _, name := range names {
		before[name] = p.metric(fmt.Sprintf("sent_events_total{transport=%q}", name))
	}
	p.Publish("main", "sushi")
	for _, name := range names {
		series := fmt.Sprintf("sent_events_total{transport=%q}", name)
		for late := patient(t); p.metric(series) < before[name]+1; time.Sleep(between) {
			select {
			case <-late:
				t.Fatalf("%s is %v, as before the picture", series, p.metric(series))
			default:
			}
		}
		if n := p.metric(fmt.Sprintf("sent_bytes_total{transport=%q}", name)); n < 200 {
			t.Errorf("%v bytes were sent over %s, want a picture and more", n, name)
		}
	}
	if n := p.metric("broadcast_seconds_count"); n < 1 {
		t.Errorf("%v broadcasts were timed, want 1", n)
	}
	p.request("GET", "/poll", nil, "")
	p.counted(`sent_events_total{transport="poll"}`, 1)
}

// Looking for words, and what that does to the sources, is measured.
func TestSearchesAreMeasured(t *testing.T) {
	t.Parallel()
	p := start(t, fakeFlickr(t, func(word string, w http.ResponseWriter, r *http.Request) {
		switch word {
		case "bad":
			w.WriteHeader(http.StatusForbidden)
		case "none":
			io.WriteString(w, `{"photos":{"photo":[]},"stat":"ok"}`)
		default:
			io.WriteString(w, hit)
		}
	})...)
	left := p.metric(`budget_queries_left{budget="flickr"}`)
	p.Publish("main", "fox")
	p.Publish("main", "fox")
	p.check(row{"POST", "/publish", head("Content-Type", asForm), "keyword=none", 404, ""})
	p.check(row{"POST", "/publish", head("Content-Type", asForm), "keyword=bad", 502, ""})
	for series, want := range map[string]int{
		`search_seconds_count{outcome="found",source="flickr"}`: 2,
		`search_seconds_count{outcome="none",source="none"}`:    1,
		`search_seconds_count{outcome="error",source="flickr"}`: 1,
		`cache_lookups_total{result="hit",source="flickr"}`:     1,
		`publish_seconds_count{outcome="ok"}`:                   2,
		`circuit_state{source="flickr",state="closed"}`:         1,
		`circuit_state{source="flickr",state="open"}`:           0,
		`budget_queries{budget="flickr"}`:                       3600,
		`cluster_last_error_timestamp_seconds`:                  0,
	} {
		p.counted(series, want)
	}
	if now := p.metric(`budget_queries_left{budget="flickr"}`); now >= left || now < left-9 {
		t.Errorf("%v queries are left of %v after four words", now, left)
	}
	if _, body := p.request("GET", "/metrics", nil, ""); !strings.Contains(body, "\npictureframe_build_info{") {
		t.Error("it does not say what runs here")
	}
}

// A viewer that comes back is counted, with what it had missed.
func TestReturnsAreCounted(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "seen")
	last := p.newest("main")
	p.Publish("main", "missed")
	p.Publish("main", "missed too")
	p.follow(ways[0], "main", last).next("presence")
	p.follow(ways[0], "main", "nobody's").next("reset")
	p.counted(`streams_resumed_total{result="complete",transport="sse"}`, 1)
	p.counted(`streams_resumed_total{result="reset",transport="sse"}`, 1)
	p.counted(`replayed_pictures_total{transport="sse"}`, 2)
}

// What Redis costs and when it fails shows, and the budgets of all processes.
func TestRedisIsMeasured(t *testing.T) {
	t.Parallel()
	s := redistest.New(t).Start()
	p := startShared(t, s, fakeFlickr(t, func(word string, w http.ResponseWriter, r *http.Request) { io.WriteString(w, hit) })...)
	p.until("/readyz", "ok")
	before := p.metric(`budget_queries_left{budget="flickr"}`)
	p.Publish("main", "fox")
	if n := p.metric(`budget_queries_left{budget="flickr"}`); n >= before {
		t.Errorf("%v of %v queries are left after one", n, before)
	}
	p.counted(`publish_seconds_count{outcome="ok"}`, 1)
	s.Kill()
	p.counted("cluster_up", 0)
	if at := p.metric("cluster_last_error_timestamp_seconds"); at < float64(time.Now().Add(-patience).Unix()) {
		t.Errorf("Redis failed last at %v", at)
	}
}

// Whatever strangers make up, they make no series.
func TestStrangersMakeNoSeries(t *testing.T) {
	t.Parallel()
	p := start(t, "ADMIN_TOKEN="+token)
	made := func(up string) (series int) {
		t.Helper()
		for _, method := range []string{"GET", "POST", "PUT", "TRACE", "BREW" + up} {
			for _, path := range []string{"/nowhere" + up, "/f/wall" + up, "/p/" + up, "/publish", "/current?frame=" + up, "/album/" + up + ".svg",
				"/static/" + up + "/x", "/lab/" + up, "/host/desk/waiting/" + up, "/debug/pprof/" + up, "/history?limit=" + up} {
				p.request(method, path, head("User-Agent", up, "X-Request-Id", up, "Accept", up, "Origin", p.URL, "Content-Type", "text/"+up), "")
			}
		}
		_, body := p.request("GET", "/metrics", nil, "")
		return strings.Count(body, "\npictureframe_")
	}
	made("a") // with the series of /metrics itself
	want := made("b")
	for i := range 10 {
		if got := made(fmt.Sprint("c", i)); got != want {
			t.Fatalf("got %d series after other words, want %d", got, want)
		}
	}
	if want > 1000 {
		t.Errorf("there are %d series, want few", want)
	}
}
