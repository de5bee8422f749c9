package redis

import (
	"bytes"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"picture-frame/hub/redis/redistest"
)

// tapped makes a process reach Redis through connections that show each request
// before they pass it on. One for which show returns true is cut once the request
// has got through, so that its answer never arrives.
func tapped(t *testing.T, s *redistest.Server, show func(request []byte) (cut bool)) func(*Store) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			redis, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "redis://"))
			if err != nil {
				client.Close()
				continue
			}
			go func() {
				defer client.Close()
				defer redis.Close()
				buf := make([]byte, 64<<10) // a request comes in one piece
				for {
					n, err := client.Read(buf)
					if err != nil {
						return
					}
					if show(buf[:n]) {
						client.Close() // before the answer can
					}
					if _, err := redis.Write(buf[:n]); err != nil {
						return
					}
				}
			}()
			go io.Copy(client, redis)
		}
	}()
	return func(s *Store) {
		s.client.Close()
		through, err := New("redis://"+l.Addr().String(), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		s.client = through.client
	}
}

// A picture whose answer was lost has come back all the same: it is published,
// and not once more.
func TestAnswerIsLost(t *testing.T) {
	s := redistest.New(t).Start()
	other := newProcess(t, s).ready()
	var cuts atomic.Int32
	p := newProcess(t, s, tapped(t, s, func(request []byte) bool {
		cut := bytes.Contains(request, []byte(`"cut"`))
		if cut {
			cuts.Add(1)
		}
		return cut
	})).ready()
	p.mustPublish("main", "before")
	id := p.mustPublish("main", "cut")
	after := p.mustPublish("main", "after")
	await(t, "the other process has them", func() bool { return len(other.history("main")) >= 3 })
	for _, h := range [][]string{p.history("main"), other.history("main")} {
		if len(h) != 3 || !strings.HasPrefix(h[1], id) || !strings.HasPrefix(h[2], after) {
			t.Errorf("there is %v", h)
		}
	}
	// A second try could also come later than the first has come back.
	if n, tries := cuts.Load(), p.store.client.Options().MaxRetries; n != 1 || tries != 0 {
		t.Errorf("it was sent %d times, and may be sent again %d times", n, tries)
	}
}

// A Redis that is emptied once more, when a process has just put back what was
// lost and is about to listen, gets it once more.
func TestRedisIsEmptiedTwice(t *testing.T) {
	s := redistest.New(t).Start()
	var emptied, restored, again atomic.Bool
	p := newProcess(t, s, tapped(t, s, func(request []byte) bool {
		switch {
		case emptied.Load() && bytes.Contains(request, []byte(`"kept"`)):
			restored.Store(true)
		case restored.Load() && bytes.Contains(request, []byte("xread\r\n")) && !again.Swap(true):
			s.Client.FlushAll(background)
		}
		return false
	})).ready()
	p.mustPublish("main", "kept")
	emptied.Store(true)
	s.Client.FlushAll(background)
	await(t, "it is emptied again", again.Load)
	await(t, "the picture is back in Redis", func() bool {
		return s.Client.LLen(background, picturesKey+"main").Val() == 1
	})
}
