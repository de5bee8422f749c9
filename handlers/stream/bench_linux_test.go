package stream

import (
	"log/slog"
	"testing"

	"golang.org/x/sys/unix"

	"picture-frame/hub"
)

// BenchmarkDeliver is one picture to 10,000 viewers of one shard, each with a
// descriptor of its own for the same socket, which a goroutine empties: all of
// a delivery but the network.
func BenchmarkDeliver(b *testing.B) {
	const viewers = 10_000
	h := hub.New(&hub.Memory{}, slog.New(slog.DiscardHandler))
	go h.Run()
	s, err := newShard(&Pool{hub: h, stall: Stall})
	if err != nil {
		b.Fatal(err)
	}
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { unix.Close(pair[0]); unix.Close(pair[1]) })
	go func() {
		for buf := make([]byte, 1<<20); ; {
			if n, err := unix.Read(pair[1], buf); n <= 0 || err != nil {
				return
			}
		}
	}()
	for range viewers {
		fd, err := unix.Dup(pair[0])
		if err != nil {
			b.Fatal(err)
		}
		j, err := h.Join("main", "", s)
		if err != nil {
			b.Fatal(err)
		}
		s.add(arrival{&viewer{fd: int32(fd), format: hub.SSEChunked, position: j.Position, ended: func(error) {}}, j.Frame})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := h.Publish(b.Context(), "main", []byte(`{"url":"https://live.staticflickr.com/1/2_3_b.jpg","keyword":"x"}`)); err != nil {
			b.Fatal(err)
		}
		s.serve()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/viewers, "ns/delivery")
}
