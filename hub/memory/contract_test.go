package memory

import (
	"testing"

	"picture-frame/hub"
	"picture-frame/hub/clustertest"
)

func TestStoreIsACluster(t *testing.T) {
	clustertest.Run(t, func(*testing.T) hub.Cluster { return New() })
}

func BenchmarkCluster(b *testing.B) {
	clustertest.Benchmark(b, func(*testing.B) hub.Cluster { return New() })
}
