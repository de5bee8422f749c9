package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// A message is an event as a client has it.
type message struct {
	ID    string          `json:"id"`
	Event string          `json:"event"`
	Data  json.RawMessage `json:"data"`
	Retry string          `json:"-"` // SSE's own
}

func (m message) keyword() string {
	var p struct{ Keyword string }
	json.Unmarshal(m.Data, &p)
	return p.Keyword
}

// A way is a transport: it connects to a frame after an event, and yields
// messages until the connection ends or yield says no. A connection that was
// cut is no error.
type way struct {
	name   string
	listen func(w *way, ctx context.Context, base, frame, last string, yield func(message) bool) error
	header bool // resume by header rather than by query
	http10 bool
	h2c    bool // HTTP/2 without TLS, from the first byte
	// dial is how to connect; nil: as usual.
	dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// ways are all of them.
var ways = []way{
	{name: "SSE", listen: listenSSE, header: true},
	{name: "SSE on HTTP 1.0", listen: listenSSE, http10: true},
	{name: "NDJSON", listen: listenNDJSON},
	{name: "WebSocket", listen: listenWebSocket},
	{name: "poll", listen: listenPoll},
	{name: "poll by header", listen: listenPoll, header: true},
}

func address(base, path, frame, last string, byHeader bool) string {
	query := url.Values{"frame": {frame}}
	if last != "" && !byHeader {
		query.Set("lastEventId", last)
	}
	return base + path + "?" + query.Encode()
}

// open sends a GET of its own connection and returns the answer's body.
func (w *way) open(ctx context.Context, url, accept, last string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept", accept)
	if w.header && last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	dial := w.dial
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	if w.http10 {
		return openHTTP10(ctx, r, dial)
	}
	transport := &http.Transport{DialContext: dial, DisableKeepAlives: true, Protocols: new(http.Protocols)}
	transport.Protocols.SetHTTP1(!w.h2c)
	transport.Protocols.SetUnencryptedHTTP2(w.h2c)
	client := http.Client{Transport: transport}
	return client.Do(r)
}

// openHTTP10 speaks as nginx does to its upstreams by default.
func openHTTP10(ctx context.Context, r *http.Request, dial func(context.Context, string, string) (net.Conn, error)) (*http.Response, error) {
	conn, err := dial(ctx, "tcp", r.URL.Host)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	request := "GET " + r.URL.RequestURI() + " HTTP/1.0\r\nHost: " + r.URL.Host + "\r\nAccept: " + r.Header.Get("Accept") + "\r\n\r\n"
	if _, err := io.WriteString(conn, request); err != nil {
		conn.Close()
		return nil, err
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), r)
	if err != nil {
		conn.Close()
		return nil, err
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{resp.Body, closer(func() error { stop(); return conn.Close() })}
	return resp, nil
}

type closer func() error

func (c closer) Close() error { return c() }

func listenSSE(w *way, ctx context.Context, base, frame, last string, yield func(message) bool) error {
	resp, err := w.open(ctx, address(base, "/subscribe", frame, last, w.header), "text/event-stream", last)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	var m message
	return eachLine(resp.Body, func(line string) bool {
		field, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "id":
			m.ID = value
		case "event":
			m.Event = value
		case "data":
			m.Data = append(m.Data, value...)
		case "retry":
			m.Retry = value
		}
		if line != "" {
			return true
		}
		if m.Event == "" { // at most an id, which is that of what comes next
			m = message{ID: m.ID}
			return true
		}
		whole := m
		m = message{}
		return yield(whole)
	})
}

func listenNDJSON(w *way, ctx context.Context, base, frame, last string, yield func(message) bool) error {
	resp, err := w.open(ctx, address(base, "/subscribe", frame, last, w.header), "application/x-ndjson", last)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	return eachLine(resp.Body, func(line string) bool {
		var m message
		if json.Unmarshal([]byte(line), &m) != nil {
			return false
		}
		return yield(m)
	})
}

// eachLine yields whole lines only: what is cut off was not received.
func eachLine(r io.Reader, yield func(string) bool) error {
	for lines := bufio.NewReader(r); ; {
		line, err := lines.ReadString('\n')
		if err != nil {
			return err
		}
		if !yield(strings.TrimSuffix(line, "\n")) {
			return nil
		}
	}
}

func listenWebSocket(w *way, ctx context.Context, base, frame, last string, yield func(message) bool) error {
	dialer := websocket.Dialer{NetDialContext: w.dial}
	conn, _, err := dialer.DialContext(ctx, "ws"+strings.TrimPrefix(address(base, "/ws", frame, last, false), "http"), nil)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	for {
		var m message
		if err := conn.ReadJSON(&m); err != nil {
			return err
		}
		if !yield(m) {
			return nil
		}
	}
}

func listenPoll(w *way, ctx context.Context, base, frame, last string, yield func(message) bool) error {
	for {
		resp, err := w.open(ctx, address(base, "/poll", frame, last, w.header), "application/json", last)
		if err != nil {
			return err
		}
		var answer struct{ Events []message }
		if resp.StatusCode == http.StatusOK {
			err = json.NewDecoder(resp.Body).Decode(&answer)
		} else if resp.StatusCode != http.StatusNoContent {
			err = errors.New(resp.Status)
		}
		resp.Body.Close()
		if err != nil {
			return err
		}
		for _, m := range answer.Events {
			if m.ID != "" {
				last = m.ID
			}
			if !yield(m) {
				return nil
			}
		}
	}
}

// A feed is a viewer in the background.
type feed struct {
	t     *testing.T
	got   chan message
	ended chan error
	Stop  context.CancelFunc
	taken []string // by next, the latest last
}

// follow watches a frame until the test ends.
func (p *program) follow(w way, frame, last string) *feed {
	ctx, cancel := context.WithCancel(context.Background())
	f := &feed{t: p.t, got: make(chan message, 1000), ended: make(chan error, 1), Stop: cancel}
	p.t.Cleanup(cancel)
	go func() {
		f.ended <- w.listen(&w, ctx, p.URL, frame, last, func(m message) bool {
			f.got <- m
			return true
		})
		close(f.got)
	}()
	return f
}

// next returns the next message of one of these kinds.
func (f *feed) next(kinds ...string) message {
	f.t.Helper()
	late := patient(f.t)
	for {
		select {
		case m, open := <-f.got:
			if !open {
				f.t.Fatalf("the stream ended (%v) before any of %q; %s", <-f.ended, kinds, f.before())
			}
			f.taken = append(f.taken, fmt.Sprintf("%s %s %.200s", m.Event, m.ID, m.Data))
			for _, kind := range kinds {
				if m.Event == kind {
					return m
				}
			}
		case <-late:
			f.t.Fatalf("none of %q came; %s", kinds, f.before())
		}
	}
}

// before says what a feed got last.
func (f *feed) before() string {
	return "before that:\n" + strings.Join(f.taken[max(0, len(f.taken)-10):], "\n")
}

// patient receives when a test has waited for too long.
func patient(t *testing.T) <-chan struct{} {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx.Done()
}

// newest returns the id of the newest picture of a frame.
func (p *program) newest(frame string) string {
	p.t.Helper()
	_, body := p.request(http.MethodGet, "/history?limit=1&frame="+frame, nil, "")
	var h struct{ Pictures []struct{ ID string } }
	if err := json.Unmarshal([]byte(body), &h); err != nil || len(h.Pictures) != 1 {
		p.t.Fatalf("history of %s: %v: %s", frame, err, body)
	}
	return h.Pictures[0].ID
}

// between is how long to wait before another process is asked again.
const between = 10 * time.Millisecond

// viewers waits until so many streams have been let in, or are left. That they
// have joined their frames takes a moment more; see joined.
func (p *program) viewers(want int) {
	p.t.Helper()
	p.until("/metrics", fmt.Sprintf("\npictureframe_viewers %d\n", want))
}

// joined waits until a frame has so many viewers.
func (p *program) joined(frame string, want int) {
	p.t.Helper()
	p.until("/f/"+frame, fmt.Sprintf(`"viewers":%d,`, want))
}

// until waits until an answer says something.
func (p *program) until(path, text string) {
	p.t.Helper()
	late := patient(p.t)
	for {
		_, body := p.request(http.MethodGet, path, nil, "")
		if strings.Contains(body, text) {
			return
		}
		select {
		case <-late:
			p.t.Fatalf("%s never said %q; in the end it said %s", path, text, near(body, text))
		case <-time.After(between):
		}
	}
}

// near returns where a text comes closest to what was looked for: has most of its start,
// or the text's own start.
func near(text, wanted string) string {
	for n := len(wanted); n > 3; n-- {
		if at := strings.Index(text, wanted[:n]); at >= 0 {
			return fmt.Sprintf("%.200s", text[at:])
		}
	}
	return fmt.Sprintf("%.500s", text)
}

// logged waits for a line of the log with this message.
func (p *program) logged(text string) {
	p.t.Helper()
	late := patient(p.t)
	for {
		for _, line := range p.Tail(math.MaxInt) {
			if line["msg"] == text {
				return
			}
		}
		select {
		case <-late:
			p.t.Fatalf("%q was never logged; the log ends with %v", text, p.Tail(20))
		case <-time.After(between):
		}
	}
}
