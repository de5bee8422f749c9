package clustertest

import (
	"fmt"
	"strings"
	"testing"

	"picture-frame/hub"
)

// Benchmark measures a publish until its picture is kept and delivered, one
// after the other and many at once, over 50 frames. Read it as ratios between
// clusters, of one run.
func Benchmark(b *testing.B, open func(b *testing.B) hub.Cluster) {
	data := []byte(`{"url":"` + strings.Repeat("x", 500) + `"}`)
	publish := func(b *testing.B, w *Wall, i int) {
		if _, err := w.Publish(background, fmt.Sprint("frame-", i%50), data); err != nil {
			b.Error(err)
		}
	}
	b.Run("alone", func(b *testing.B) {
		w := Start(b, open(b))
		for i := range b.N {
			publish(b, w, i)
		}
	})
	b.Run("together", func(b *testing.B) {
		w := Start(b, open(b))
		b.SetParallelism(32)
		b.RunParallel(func(p *testing.PB) {
			for i := 0; p.Next(); i++ {
				publish(b, w, i)
			}
		})
	})
}
