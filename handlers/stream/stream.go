// Package stream holds the open connections of viewers, at next to no cost
// each.
//
// Its one idea: a stream needs no goroutine while nothing happens. Serve takes
// the connection over from net/http, writes what the viewer has to get first,
// gives the bare socket to one of a few shards, and returns; goroutine, stack,
// buffers and request are gone. What stays of a viewer is a position in its
// frame's history. A shard is one goroutine that owns its sockets: woken by the
// hub, it writes to each, without blocking, what lies after its position
// (shard_linux.go). A socket that takes no more gets the rest when it has room,
// told by the kernel (poller_linux.go), or is dropped.
//
// Where that cannot be (another system, HTTP/2, TLS, a test's recorder) the plain
// way serves: the handler's own goroutine waits and writes (plain.go). Nothing
// else in the program notices which way a viewer is served.
package stream

import (
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"

	"picture-frame/hub"
	"picture-frame/hub/wire"
)

const (
	// Heartbeat is the time between two time events of a stream: well below the
	// 55 s after which a platform's router cuts a silent connection.
	Heartbeat = 15 * time.Second
	// Stall is how long a viewer may take nothing while there is something for
	// it.
	Stall = 10 * time.Second
	// stallAtEnd is the same while the process stops, which has 5 s in all.
	stallAtEnd = 2 * time.Second
	// rush is how many viewers have to come before memory is tidied, and
	// rushOver how long nobody may have come then.
	rush     = 1000
	rushOver = time.Second
)

// ErrStalled ends a stream whose viewer took nothing for Stall.
var ErrStalled = errors.New("stream: viewer does not read")

// ErrGone ends a stream whose viewer has hung up.
var ErrGone = errors.New("stream: viewer has left")

// A Stream is what a viewer asked for.
type Stream struct {
	Frame  string
	LastID string      // resume after this event; none: start with the current picture
	Format wire.Format // wire.SSE or wire.NDJSON
	// Ended is called once, on any goroutine, when the viewer is no more, with
	// hub.ErrClosed for an end in order. It is not called if Serve fails.
	Ended func(cause error)
}

// A Pool serves streams of one hub.
type Pool struct {
	hub    *hub.Hub
	log    *slog.Logger
	stall  time.Duration
	shards []*shard
	spare  bool // there is a processor that no shard counts on
	next   atomic.Uint32
	sent   atomic.Uint64
}

// NewPool starts a shard for each processor but one, which is left for
// requests, the hub and the system's network work; with all of them busy
// writing, the first viewers were served later and the last no sooner. Shards
// run until the process ends.
func NewPool(h *hub.Hub, log *slog.Logger) *Pool { return newPool(h, log, Stall) }

func newPool(h *hub.Hub, log *slog.Logger, stall time.Duration) *Pool {
	processors := runtime.GOMAXPROCS(0)
	p := &Pool{hub: h, log: log, stall: stall, spare: processors > 1}
	for range max(1, processors-1) {
		s, err := newShard(p)
		if err != nil {
			log.Warn("streams take a goroutine each", "err", err)
			p.shards = nil
			break
		}
		go s.run()
		p.shards = append(p.shards, s)
	}
	go p.tidy()
	return p
}

// tidy gives the memory that a rush of viewers took for joining (requests,
// headers, buffers) back to the system once the rush is over. The runtime by
// itself would keep it for minutes, and it is more than the viewers need.
func (p *Pool) tidy() {
	var done, before uint32
	for range time.Tick(rushOver) {
		joined := p.next.Load()
		if joined == before && joined-done >= rush {
			done = joined
			debug.FreeOSMemory()
		}
		before = joined
	}
}

// Sent counts the writes to viewers so far.
func (p *Pool) Sent() uint64 { return p.sent.Load() }

// Serve answers r with a stream. The header in w is sent as it is, with status
// 200. It returns when the stream is under way, or (the plain way) has ended.
// An error means that nothing was sent: hub.ErrClosed, hub.ErrFull.
func (p *Pool) Serve(w http.ResponseWriter, r *http.Request, s Stream) error {
	if len(p.shards) == 0 || r.ProtoMajor != 1 || r.TLS != nil {
		return p.plain(w, r, s)
	}
	sh := p.shards[p.next.Add(1)%uint32(len(p.shards))]
	joined, err := p.hub.Join(s.Frame, s.LastID, sh)
	if err != nil {
		return err
	}
	if !sh.takeOver(w, r, s, joined) {
		p.hub.Leave(joined.Frame, sh, 1)
		return p.plain(w, r, s)
	}
	return nil
}

// appendOpening appends what precedes the events of a stream. The comment
// makes a stream without any event visible; browsers come back after retry,
// which differs so that they do not all come back at once.
func appendOpening(b []byte, f wire.Format) []byte {
	if f == wire.NDJSON {
		return b
	}
	return wire.AppendSSE(b, wire.Message{Comment: "picture frame", Retry: between(2*time.Second, 5*time.Second)})
}

// Bye returns a last event, different for each viewer so that the next process
// is not met by all at once.
func Bye() *hub.Event { return hub.NewBye(between(time.Second, 5*time.Second)) }

func between(from, to time.Duration) time.Duration {
	return from + rand.N(to-from).Truncate(time.Millisecond)
}
