package redis

import (
	"log/slog"
	"testing"

	"picture-frame/hub"
	"picture-frame/hub/clustertest"
	"picture-frame/hub/redis/redistest"
)

func TestStoreIsACluster(t *testing.T) {
	clustertest.Run(t, func(t *testing.T) hub.Cluster {
		store, err := New(redistest.New(t).Start().URL(), slog.New(slog.NewTextHandler(t.Output(), nil)))
		if err != nil {
			t.Fatal(err)
		}
		return store
	})
}

func BenchmarkCluster(b *testing.B) {
	clustertest.Benchmark(b, func(b *testing.B) hub.Cluster {
		store, err := New(redistest.New(b).Start().URL(), slog.New(slog.DiscardHandler))
		if err != nil {
			b.Fatal(err)
		}
		return store
	})
}
