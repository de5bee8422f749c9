// Package stream holds the open connections of viewers, at next to no cost
// each.
//
// Its one idea: a stream needs no goroutine while nothing happens. Serve takes
// the connection over from net/http, writes what the viewer has to get first,
// gives the bare socket to one of a few shards, and returns; goroutine, stack,
// buffers and request are gone. What stays of a viewer is a position in its
// frame's history. A shard is one goroutine that owns its sockets: woken by the
// hub, it writes to each, without blocking, what lies after its position
// (shard_linux.go, pass_linux.go). A socket that takes no more gets the rest when it has room,
// told by the kernel (poller_linux.go), or is dropped.
//
// Where that cannot be (another system, HTTP/2, TLS, a test's recorder) a viewer is
// served the plain way: the handler's own goroutine waits and writes (plain.go).
// The rest of the program does not depend on which way it is.
//
// The package also has what other open connections need: Admission limits their
// number, Upgrade makes a WebSocket, Writer writes a stream that belongs to no
// frame.
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
	// Stall is how long a viewer's socket may take nothing while there is
	// something to write.
	Stall = 10 * time.Second
	// stallAtEnd is the same while the process stops, for which it has 5 s in all.
	stallAtEnd = 2 * time.Second
	// sendBuffer bounds, in bytes, what the kernel holds for a viewer that does not
	// read. A full history of pictures fits; Linux doubles it for its overhead.
	sendBuffer = 64 << 10
	// Memory is released once manyJoins viewers have joined and then none for
	// joinsOver.
	manyJoins = 1000
	joinsOver = time.Second
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
	// Ended is called once, on any goroutine, when the stream has ended; the cause is
	// hub.ErrClosed if the hub has closed. Others wait for it, so it must not block.
	// It is not called if Serve fails.
	Ended func(End)
}

// A Pool serves streams of one hub.
type Pool struct {
	hub      *hub.Hub
	log      *slog.Logger
	stall    time.Duration
	shards   []*shard
	spareCPU bool // there are more processors than shards
	next     atomic.Uint32
	traffic  *Traffic
	spread   func(took time.Duration)
}

// NewPool starts a shard for each processor but one, which is left for requests,
// the hub and the kernel's network work: with a shard on every processor, the
// first viewers were served later and the last ones no sooner. Shards run until
// the process ends.
//
// What is sent is counted in traffic. Spread gets, for each new picture of a frame and
// each shard, the time from the picture's broadcast to its last viewer's write; it must
// be quick and safe for concurrent use.
func NewPool(h *hub.Hub, traffic *Traffic, spread func(took time.Duration), log *slog.Logger) *Pool {
	return newPool(h, traffic, spread, log, Stall)
}

func newPool(h *hub.Hub, traffic *Traffic, spread func(time.Duration), log *slog.Logger, stall time.Duration) *Pool {
	processors := runtime.GOMAXPROCS(0)
	p := &Pool{hub: h, log: log, stall: stall, spareCPU: processors > 1, traffic: traffic, spread: spread}
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
	go p.releaseMemory()
	return p
}

// releaseMemory gives the memory that many viewers took for joining (requests,
// headers, buffers) back to the system. It is more than the viewers need, and
// the runtime by itself would keep it for minutes.
func (p *Pool) releaseMemory() {
	var done, before uint32
	for range time.Tick(joinsOver) {
		joined := p.next.Load()
		if joined == before && joined-done >= manyJoins {
			done = joined
			debug.FreeOSMemory()
		}
		before = joined
	}
}

// Serve answers r with a stream. The header in w is sent as it is, with status
// 200. Serve returns when a shard has taken the stream over, or, served the plain
// way, when the stream has ended. If it returns an error, such as hub.ErrClosed or
// hub.ErrFull, nothing was sent.
func (p *Pool) Serve(w http.ResponseWriter, r *http.Request, s Stream) error {
	if len(p.shards) == 0 || r.ProtoMajor != 1 || r.TLS != nil {
		return p.plain(w, r, s)
	}
	sh := p.shards[p.next.Add(1)%uint32(len(p.shards))]
	by := hub.Transport(transportOf(s.Format))
	joined, err := p.hub.Join(s.Frame, s.LastID, by, sh)
	if err != nil {
		return err
	}
	if !sh.takeOver(w, r, s, joined) {
		p.hub.Leave(joined.Frame, by, sh, 1)
		return p.plain(w, r, s)
	}
	return nil
}

// appendOpening appends what precedes the events of a stream. The comment makes a
// stream without any event visible. Browsers reconnect after retry, which is
// random so that they do not all reconnect at once.
func appendOpening(b []byte, f wire.Format) []byte {
	if f == wire.NDJSON {
		return b
	}
	return wire.AppendSSE(b, wire.Message{Comment: "picture frame", Retry: between(2*time.Second, 5*time.Second)})
}

// Bye returns the last event of a stream. Its retry is random, so that the viewers
// do not all reconnect at once.
func Bye() *hub.Event { return ByeFor(time.Second) }

// ByeFor is Bye for a server that is away for least, which is below 5 s.
func ByeFor(least time.Duration) *hub.Event { return hub.NewBye(between(least, 5*time.Second)) }

func between(from, to time.Duration) time.Duration {
	return from + rand.N(to-from).Truncate(time.Millisecond)
}
