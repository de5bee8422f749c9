package file

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"picture-frame/hub"
	"picture-frame/hub/clustertest"
)

// BenchmarkCluster tells also how large the file is in the end: it does not
// grow with what was published, only with what is kept.
func BenchmarkCluster(b *testing.B) {
	var folder string
	clustertest.Benchmark(b, func(b *testing.B) hub.Cluster {
		folder = b.TempDir()
		store, err := Open(folder, slog.New(slog.DiscardHandler))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { b.ReportMetric(float64(size(b, folder)), "file-bytes") })
		return store
	})
}

// BenchmarkOpen is a start with as much as is ever kept.
func BenchmarkOpen(b *testing.B) {
	folder := b.TempDir()
	store, err := Open(folder, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	w := clustertest.Start(b, store)
	data := []byte(`{"url":"` + strings.Repeat("x", 500) + `"}`)
	done := make(chan struct{})
	for client := range 100 {
		go func() {
			defer func() { done <- struct{}{} }()
			for i := client; i < hub.MaxFrames*kept; i += 100 {
				if _, err := w.Publish(background, fmt.Sprint("frame-", i%hub.MaxFrames), data); err != nil {
					b.Error(err)
				}
			}
		}()
	}
	for range 100 {
		<-done
	}
	w.Stop()
	for b.Loop() {
		store, err := Open(folder, slog.New(slog.DiscardHandler))
		if err != nil {
			b.Fatal(err)
		}
		w := clustertest.Start(b, store)
		if n := len(w.Pictured()); n != hub.MaxFrames {
			b.Fatalf("got %d frames, want %d", n, hub.MaxFrames)
		}
		w.Stop()
	}
	b.ReportMetric(float64(size(b, folder)), "file-bytes")
}

func size(b *testing.B, folder string) int64 {
	info, err := os.Stat(filepath.Join(folder, fileName))
	if err != nil {
		b.Fatal(err)
	}
	return info.Size()
}
