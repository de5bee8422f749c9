package stream

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"picture-frame/hub"
)

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
