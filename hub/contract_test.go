package hub_test

import (
	"testing"

	"picture-frame/hub"
	"picture-frame/hub/clustertest"
)

func TestMemoryIsACluster(t *testing.T) {
	clustertest.Run(t, func(*testing.T) hub.Cluster { return hub.NewMemory() })
}

func BenchmarkCluster(b *testing.B) {
	clustertest.Benchmark(b, func(*testing.B) hub.Cluster { return hub.NewMemory() })
}
