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

// knife passes connections on to a Redis. The one over which word is sent is
// cut once the word has got through, so that its answer never arrives.
func knife(t *testing.T, s *redistest.Server, word string, cuts *atomic.Int32) (url string) {
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
					if bytes.Contains(buf[:n], []byte(word)) {
						cuts.Add(1)
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
	return "redis://" + l.Addr().String()
}

// A picture whose answer was lost has come back all the same: it is published,
// and not once more.
func TestAnswerIsLost(t *testing.T) {
	s := redistest.New(t).Start()
	other := newProcess(t, s).ready()
	var cuts atomic.Int32
	p := newProcess(t, s, func(b *Bus) {
		b.client.Close()
		through, err := New(knife(t, s, `"cut"`, &cuts), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		b.client = through.client
	}).ready()
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
	if n, tries := cuts.Load(), p.bus.client.Options().MaxRetries; n != 1 || tries != 0 {
		t.Errorf("it was sent %d times, and may be sent again %d times", n, tries)
	}
}
