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
	return newStageOver(t, func(h *hub.Hub, log *slog.Logger) *Pool {
		return newPool(h, new(Traffic), func(time.Duration) {}, log, stall)
	})
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
		Ended:  func(e End) { s.ended <- e.Cause },
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
