//go:build !linux

package stream

import (
	"errors"
	"net/http"

	"picture-frame/hub"
)

// A shard is for Linux only; elsewhere every stream is served the plain way.
type shard struct{}

func newShard(*Pool) (*shard, error) {
	return nil, errors.New("stream: no epoll on this system")
}

func (*shard) run() {}

func (*shard) Wake(*hub.Frame) {}

func (*shard) takeOver(http.ResponseWriter, *http.Request, Stream, hub.Joined) bool { return false }
