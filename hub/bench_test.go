package hub

import (
	"fmt"
	"log/slog"
	"testing"
)

var picture = []byte(`{"url":"https://live.staticflickr.com/65535/50398032413_33a29a0f3c_b.jpg","keyword":"sushi","title":"Magic","owner":"somebody","page_url":"https://www.flickr.com/photos/22541015@N00/50398032413/","license":"CC BY 4.0","source":"flickr"}`)

func benchHub(b *testing.B) *Hub {
	h := New(&alone{}, slog.New(slog.DiscardHandler))
	go h.Run()
	b.Cleanup(h.Close)
	b.ReportAllocs()
	return h
}

// silent stands for any number of viewers that share a waker.
type silent struct{ woken int }

func (s *silent) Wake(*Frame) { s.woken++ }

// BenchmarkEncode makes the bytes of one picture for every wire format.
func BenchmarkEncode(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		newEvent("1j0md7vs9v8-m74ix", Picture, picture)
	}
}

// BenchmarkPublish is one picture to 10,000 subscribers in this process: with a
// waker each, as the plain way has it, and with one for all, as a shard has it.
func BenchmarkPublish(b *testing.B) {
	for name, waker := range map[string]func() Waker{
		"wakers=10000": func() Waker { return &silent{} },
		"wakers=1":     func(w Waker) func() Waker { return func() Waker { return w } }(&silent{}),
	} {
		b.Run(name, func(b *testing.B) {
			h := benchHub(b)
			for range 10_000 {
				w := waker()
				j, err := h.Join("main", "", SSE, w)
				if err != nil {
					b.Fatal(err)
				}
				b.Cleanup(func() { h.Leave(j.Frame, SSE, w, 1) })
			}
			for b.Loop() {
				if _, err := h.Publish(b.Context(), "main", picture); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkResume is a viewer that comes back after so many pictures.
func BenchmarkResume(b *testing.B) {
	for _, missed := range []int{0, 10, HistorySize} {
		b.Run(fmt.Sprint("missed=", missed), func(b *testing.B) {
			h := benchHub(b)
			var ids []string
			for range HistorySize + 1 {
				id, err := h.Publish(b.Context(), "main", picture)
				if err != nil {
					b.Fatal(err)
				}
				ids = append(ids, id)
			}
			w := &silent{}
			for b.Loop() {
				j, err := h.Join("main", ids[HistorySize-missed], SSE, w)
				if err != nil || len(j.Events) != missed+1 { // and presence
					b.Fatal(err, len(j.Events))
				}
				h.Leave(j.Frame, SSE, w, 1)
			}
		})
	}
}

// BenchmarkJoinLeave is a viewer that comes and goes.
func BenchmarkJoinLeave(b *testing.B) {
	h := benchHub(b)
	w := &silent{}
	for b.Loop() {
		j, err := h.Join("main", "", SSE, w)
		if err != nil {
			b.Fatal(err)
		}
		h.Leave(j.Frame, SSE, w, 1)
	}
}
