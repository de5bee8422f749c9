package stream

import "testing"

// BenchmarkDeliver is one picture to 10,000 viewers of one shard: all of a
// delivery but the network.
func BenchmarkDeliver(b *testing.B) {
	const viewers = 10_000
	s := newBare(b)
	for range viewers {
		s.join()
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.pool.hub.Publish(b.Context(), "main", []byte(`{"url":"https://live.staticflickr.com/1/2_3_b.jpg","keyword":"x"}`)); err != nil {
			b.Fatal(err)
		}
		s.serve()
		b.StopTimer()
		s.read()
		b.StartTimer()
	}
	if s.count != viewers || len(s.late) > 0 {
		b.Fatalf("%d of %d viewers are left, %d of them late", s.count, viewers, len(s.late))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/viewers, "ns/delivery")
}
