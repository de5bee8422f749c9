package stream

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"picture-frame/hub"
	"picture-frame/hub/memory"
	"picture-frame/hub/wire"
)

const (
	// patience is how long a test waits for what should happen. It decides nothing.
	patience = time.Minute
	// unhurried is the stall of a stage whose viewers must not be dropped, however
	// slow this machine is.
	unhurried = time.Hour
)

// A stage is a hub and a pool behind a real listener.
type stage struct {
	t     *testing.T
	hub   *hub.Hub
	pool  *Pool
	addr  string
	ended chan error // the cause of each stream's end
}

func newStage(t *testing.T, stall time.Duration) *stage {
	t.Helper()
	return newStageOver(t, func(h *hub.Hub, log *slog.Logger) *Pool { return newPool(h, log, stall) })
}

func newStageOver(t *testing.T, pool func(*hub.Hub, *slog.Logger) *Pool) *stage {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	s := &stage{t: t, hub: hub.New(memory.New(), log), ended: make(chan error, 1000)}
	go s.hub.Run()
	s.pool = pool(s.hub, log)
	server := httptest.NewServer(s)
	s.addr = server.Listener.Addr().String()
	t.Cleanup(func() {
		s.hub.Close()
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := s.hub.Wait(ctx); err != nil {
			t.Errorf("viewers were left after the hub had closed: %v", err)
		}
		server.Close()
	})
	return s
}

func (s *stage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	format := wire.SSE
	if r.Header.Get("Accept") == "application/x-ndjson" {
		format = wire.NDJSON
	}
	w.Header().Set("Content-Type", "text/event-stream")
	err := s.pool.Serve(w, r, Stream{
		Frame:  r.FormValue("frame"),
		LastID: r.Header.Get("Last-Event-ID"),
		Format: format,
		Ended:  func(cause error) { s.ended <- cause },
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	}
}

func (s *stage) publish(frame, data string) string {
	s.t.Helper()
	id, err := s.hub.Publish(s.t.Context(), frame, []byte(data))
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// viewers waits until a frame has n viewers.
func (s *stage) viewers(frame string, n int) {
	s.t.Helper()
	clock := time.NewTicker(time.Millisecond)
	defer clock.Stop()
	for deadline := time.Now().Add(patience); ; <-clock.C {
		view, err := s.hub.Show(s.t.Context(), frame)
		if err != nil {
			s.t.Fatal(err)
		}
		if view.Viewers == n {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("frame %q has %d viewers, want %d", frame, view.Viewers, n)
		}
	}
}

func (s *stage) cause() error {
	s.t.Helper()
	select {
	case err := <-s.ended:
		return err
	case <-time.After(patience):
		s.t.Fatal("no stream has ended")
		return nil
	}
}

// A client is a raw connection with a stream on it.
type client struct {
	t    *testing.T
	conn net.Conn
	body *bufio.Reader // the events, whatever framed them
	resp *http.Response
}

// open sends a request and reads the answer's header. The request may be
// followed by more bytes.
func (s *stage) open(frame, last, proto, more string) *client {
	s.t.Helper()
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.openOn(conn, frame, last, proto, more)
}

func (s *stage) openOn(conn net.Conn, frame, last, proto, more string) *client {
	s.t.Helper()
	s.t.Cleanup(func() { conn.Close() })
	header := ""
	if last != "" {
		header = "Last-Event-ID: " + last + "\r\n"
	}
	fmt.Fprintf(conn, "GET /?frame=%s %s\r\nHost: test\r\n%s\r\n%s", frame, proto, header, more)
	resp, err := http.ReadResponse(bufio.NewReader(patient{conn}), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &client{s.t, conn, bufio.NewReader(resp.Body), resp}
}

// patient gives each read its time, however many there are.
type patient struct{ net.Conn }

func (p patient) Read(b []byte) (int, error) {
	if err := p.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return 0, err
	}
	return p.Conn.Read(b)
}

// next returns the next block of the stream as "name id data", or "" at its
// orderly end.
func (c *client) next() string {
	c.t.Helper()
	var name, id, data string
	for {
		line, err := c.body.ReadString('\n')
		if errors.Is(err, io.EOF) && line == "" {
			return ""
		}
		if err != nil {
			c.t.Fatalf("stream broke: %v", err)
		}
		field, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		switch field {
		case "event":
			name = value
		case "id":
			id = value
		case "data":
			data = value
		case "":
			if name != "" {
				return strings.Join(slices.DeleteFunc([]string{name, id, data}, func(s string) bool { return s == "" }), " ")
			}
		}
	}
}

// picture returns the data of the next picture.
func (c *client) picture() string {
	c.t.Helper()
	for {
		event := c.next()
		if event == "" {
			c.t.Fatal("stream ended before the next picture")
		}
		if parts := strings.SplitN(event, " ", 3); parts[0] == hub.Picture {
			return parts[2]
		}
	}
}

func TestStreamOpensWithTheCurrentPicture(t *testing.T) {
	for _, proto := range []string{"HTTP/1.1", "HTTP/1.0"} {
		t.Run(proto, func(t *testing.T) {
			s := newStage(t, unhurried)
			s.publish("main", "0")
			id := s.publish("main", "1")
			c := s.open("main", "", proto, "")
			if got, want := c.next(), "picture "+id+" 1"; got != want {
				t.Errorf("first event: got %q, want %q", got, want)
			}
			if got, want := c.next(), `presence {"viewers":1,"sample":1}`; got != want {
				t.Errorf("second event: got %q, want %q", got, want)
			}
			if chunked := len(c.resp.TransferEncoding) > 0; chunked != (proto == "HTTP/1.1") {
				t.Errorf("chunked: %v over %s", chunked, proto)
			}
			s.publish("main", "2")
			if got := c.picture(); got != "2" {
				t.Errorf("live picture: got %q, want 2", got)
			}
		})
	}
}

func TestStreamResumes(t *testing.T) {
	s := newStage(t, unhurried)
	var ids []string
	for i := range 5 {
		ids = append(ids, s.publish("main", fmt.Sprint(i)))
	}
	c := s.open("main", ids[1], "HTTP/1.1", "")
	for want := 2; want < 5; want++ {
		if got := c.picture(); got != fmt.Sprint(want) {
			t.Fatalf("got picture %s, want %d", got, want)
		}
	}
	if c := s.open("main", "from-elsewhere", "HTTP/1.1", ""); c.next() != "reset {}" || c.picture() != "4" {
		t.Error("an unknown id does not give a reset and the current picture")
	}
}

// Bytes that follow the request must neither disturb the stream nor, unread,
// turn its orderly end into a reset that takes the last event away.
func TestPipelinedInputDoesNoHarm(t *testing.T) {
	s := newStage(t, unhurried)
	c := s.open("main", "", "HTTP/1.1", "GET /?frame=other HTTP/1.1\r\nHost: test\r\n\r\n")
	fmt.Fprint(c.conn, strings.Repeat("x", 10_000))
	s.publish("main", "1")
	if got := c.picture(); got != "1" {
		t.Errorf("got picture %q, want 1", got)
	}
	s.hub.Close()
	if got := c.next(); !strings.HasPrefix(got, "bye ") {
		t.Errorf("got %q, want bye", got)
	}
	if got := c.next(); got != "" {
		t.Errorf("after bye: got %q, want the end", got)
	}
	if err := s.cause(); !errors.Is(err, hub.ErrClosed) {
		t.Errorf("the stream ended with %v, want hub.ErrClosed", err)
	}
}

func TestHangUpIsNoticed(t *testing.T) { hangUp(t, newStage(t, unhurried)) }

// hangUp leaves streams in every way, each of which has to be noticed.
func hangUp(t *testing.T, s *stage) {
	t.Helper()
	leave := map[string]func(*net.TCPConn){
		"close":      func(c *net.TCPConn) { c.Close() },
		"reset":      func(c *net.TCPConn) { c.SetLinger(0); c.Close() },
		"half-close": func(c *net.TCPConn) { c.CloseWrite() },
	}
	for name, how := range leave {
		t.Run(name, func(t *testing.T) {
			c := s.open(name, "", "HTTP/1.1", "")
			s.viewers(name, 1)
			how(c.conn.(*net.TCPConn))
			s.viewers(name, 0)
			if err := s.cause(); !errors.Is(err, ErrGone) {
				t.Errorf("the stream ended with %v, want ErrGone", err)
			}
		})
	}
}

// A client that hangs up at once may be gone before its shard has it.
func TestManyComeAndGoAtOnce(t *testing.T) {
	s := newStage(t, unhurried)
	stay := s.open("main", "", "HTTP/1.1", "")
	for range 300 {
		conn, err := net.Dial("tcp", s.addr)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(conn, "GET /?frame=main HTTP/1.1\r\nHost: test\r\n\r\n")
		conn.(*net.TCPConn).SetLinger(0)
		conn.Close()
		s.publish("main", "1")
	}
	s.publish("main", "last")
	for stay.picture() != "last" {
	}
	s.viewers("main", 1)
}

func TestEveryFrameHasItsOwnViewers(t *testing.T) {
	s := newStage(t, unhurried)
	a, b := s.open("a", "", "HTTP/1.1", ""), s.open("b", "", "HTTP/1.1", "")
	s.publish("a", "for-a")
	s.publish("b", "for-b")
	if got := a.picture(); got != "for-a" {
		t.Errorf("frame a got %q", got)
	}
	if got := b.picture(); got != "for-b" {
		t.Errorf("frame b got %q", got)
	}
}

func TestAllAreToldWhenTheHubCloses(t *testing.T) {
	s := newStage(t, unhurried)
	var clients []*client
	for i := range 50 {
		clients = append(clients, s.open("main", "", []string{"HTTP/1.1", "HTTP/1.0"}[i%2], ""))
	}
	s.publish("main", "1")
	s.hub.Close()
	byes := map[string]int{}
	for _, c := range clients {
		if got := c.picture(); got != "1" {
			t.Errorf("got picture %q before the end, want 1", got)
		}
		last, event := "", c.next()
		for event != "" {
			last, event = event, c.next()
		}
		if !strings.HasPrefix(last, "bye ") {
			t.Errorf("last event: got %q, want bye", last)
		}
		byes[last]++
	}
	if len(byes) < len(clients)/2 {
		t.Errorf("%d viewers were given %d different times to come back", len(clients), len(byes))
	}
}

func TestClosedHubServesNobody(t *testing.T) {
	s := newStage(t, unhurried)
	s.hub.Close()
	c := s.open("main", "", "HTTP/1.1", "")
	if c.resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("got %s, want 503", c.resp.Status)
	}
}

// HTTP/2 cannot be hijacked, and TLS has no bare socket. Their viewers are served
// the plain way, with the same bytes.
func TestPlainWay(t *testing.T) {
	for version, want := range map[string]int{"HTTP/1.1 over TLS": 1, "HTTP/2": 2} {
		t.Run(version, func(t *testing.T) {
			s := newStage(t, unhurried)
			server := httptest.NewUnstartedServer(s)
			server.EnableHTTP2 = want == 2
			server.StartTLS()
			defer server.Close()
			defer s.hub.Close()
			resp, err := server.Client().Get(server.URL + "/?frame=main")
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if resp.ProtoMajor != want {
				t.Fatalf("got %s, want %s", resp.Proto, version)
			}
			c := &client{t, nil, bufio.NewReader(resp.Body), resp}
			if got := c.next(); !strings.HasPrefix(got, "presence ") || !strings.HasSuffix(got, ` {"viewers":1,"sample":1}`) {
				t.Errorf("first event: got %q, want presence", got)
			}
			for _, want := range []string{"1", "2"} {
				s.publish("main", want)
				if got := c.picture(); got != want {
					t.Errorf("got picture %q, want %q", got, want)
				}
			}
			s.hub.Close()
			if got := c.next(); !strings.HasPrefix(got, "bye ") {
				t.Errorf("got %q, want bye", got)
			}
			if got := c.next(); got != "" {
				t.Errorf("after bye: got %q, want the end", got)
			}
		})
	}
}
