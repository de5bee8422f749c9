package lab

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"picture-frame/handlers/stream"
)

// wall opens the WebSocket as a page of the given origin does.
func (b *bench) wall(origin string) (*websocket.Conn, *http.Response, error) {
	transport := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return b.dial(), nil }}
	b.t.Cleanup(transport.CloseIdleConnections)
	header := http.Header{}
	if origin != "" {
		header.Set("Origin", origin)
	}
	return websocket.Dial(b.t.Context(), "ws://frame/lab/wall", &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: transport}, HTTPHeader: header,
	})
}

func (b *bench) greeted() *websocket.Conn {
	b.t.Helper()
	conn, _, err := b.wall("")
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { conn.CloseNow() })
	if _, greeting, err := conn.Read(b.t.Context()); err != nil || string(greeting) != "Welcome to the wall" {
		b.t.Fatalf("the wall says %q, %v", greeting, err)
	}
	return conn
}

func TestLabWallAnswersWithTheTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		conn := b.greeted()
		for _, message := range []string{"hello", "", "a: b\nc", strings.Repeat("x", 4<<10)} {
			if err := conn.Write(t.Context(), websocket.MessageText, []byte(message)); err != nil {
				t.Fatal(err)
			}
			kind, got, err := conn.Read(t.Context())
			if want := "2000-01-01T00:00:00Z: " + message; err != nil || kind != websocket.MessageText || string(got) != want {
				t.Errorf("got %v %q, %v; want %q", kind, got, err, want)
			}
		}
		conn.Close(websocket.StatusNormalClosure, "")
		synctest.Wait()
		if open := b.admission.Open(); open != 0 {
			t.Errorf("%d walls open after the client has left", open)
		}
	})
}

func TestLabWallCloses(t *testing.T) {
	for name, tc := range map[string]struct {
		do   func(t *testing.T, b *bench, conn *websocket.Conn)
		want websocket.StatusCode
	}{
		"with 1009 after a message over 4 KiB": {func(t *testing.T, _ *bench, conn *websocket.Conn) {
			conn.Write(t.Context(), websocket.MessageText, []byte(strings.Repeat("x", 4<<10+1)))
		}, websocket.StatusMessageTooBig},
		"with 1003 after bytes": {func(t *testing.T, _ *bench, conn *websocket.Conn) {
			conn.Write(t.Context(), websocket.MessageBinary, []byte("x"))
		}, websocket.StatusUnsupportedData},
		"with 1007 after what is not UTF-8": {func(t *testing.T, _ *bench, conn *websocket.Conn) {
			conn.Write(t.Context(), websocket.MessageText, []byte("\xff"))
		}, websocket.StatusInvalidFramePayloadData},
		"with 1001 when the server stops": {func(_ *testing.T, b *bench, _ *websocket.Conn) { b.lab.Close() }, websocket.StatusGoingAway},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t)
				conn := b.greeted()
				go tc.do(t, b, conn)
				if _, _, err := conn.Read(t.Context()); websocket.CloseStatus(err) != tc.want {
					t.Errorf("closed with %v, want %v", err, tc.want)
				}
			})
		})
	}
}

// A client that reads nothing, not even a closing handshake, does not hold up
// the stop.
func TestLabWallCutsOffTheDeaf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		conn := b.dial()
		io.WriteString(conn, "GET /lab/wall HTTP/1.1\r\nHost: frame\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
			"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
		in := bufio.NewReader(conn)
		for line := ""; line != "\r\n"; {
			var err error
			if line, err = in.ReadString('\n'); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := io.ReadFull(in, make([]byte, 2+len("Welcome to the wall"))); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		began := time.Now()
		b.lab.Close()
		if err := b.lab.Wait(t.Context()); err != nil || time.Since(began) > stream.CloseTime {
			t.Errorf("waited %v: %v", time.Since(began), err)
		}
	})
}

func TestLabWallRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		c := b.open("GET /lab/wall HTTP/1.1\nHost: frame\nConnection: close")
		if !strings.HasPrefix(c.head, "HTTP/1.1 426 ") || !strings.Contains(c.head, "\r\nUpgrade: websocket") {
			t.Errorf("what is no upgrade gets %s", c.head)
		}
		if _, resp, err := b.wall("http://stranger.example"); err == nil || resp.StatusCode != http.StatusForbidden {
			t.Errorf("a stranger's page gets %v, %v", resp, err)
		}
		b.lab.Close()
		if _, resp, err := b.wall(""); err == nil || resp.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("after the stop: %v, %v", resp, err)
		}
	})
}
