// Package redis makes several processes one frame: it is the hub's Bus over a
// Redis server (7 or later, one node).
//
// Redis orders and keeps, processes read. A script appends each record to one
// stream (append.lua), gives pictures their ids there, and keeps the last
// pictures of each frame beside it. Every process follows the stream (follow.go)
// and hands it to its hub; a picture counts as published when it has come back
// that way. When a process has lost touch, it compares what it keeps with what
// Redis keeps before it follows on (sync.go): so either may have been away, or
// started anew, or lost everything, and the other makes up for it.
package redis

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"picture-frame/hub"
)

const (
	// logLength is about how many records the stream keeps: what a process that
	// is slow may be behind without comparing everything anew.
	logLength = 2000
	// answerTime is how long Redis may take for an answer before it counts as
	// away, and returnTime how long a record may take to it and back.
	answerTime = 2 * time.Second
	returnTime = 3 * time.Second
	// connections is how many a process has at most, unless the address says
	// (?pool_size=): small plans allow 20 for all processes.
	connections = 8
	// lag is how far one process may be behind another before its viewers notice:
	// one that comes from there waits so long for what it has seen.
	lag = time.Second
)

// A Bus is one process's part. Its methods may be called from any goroutine.
type Bus struct {
	client  *goredis.Client
	log     *slog.Logger
	process string // its name among the others, and the tag of its ids
	hub     *hub.Hub
	up      atomic.Bool
	tried   chan struct{} // closed once Redis has been found, or found to be away
	crowd   *crowd

	mu      sync.Mutex
	pending map[string]chan delivery // by token: published here, and not yet back

	// Run's alone.
	resets map[string]string // by frame: the newest that is known, in case Redis forgets it
	synced bool              // at least once
	known  int64             // time of the newest id that has come, of all frames
}

type delivery struct {
	id  string
	err error
}

// New returns a bus over the server at url (redis:// or rediss://). It does
// not connect before Run.
func New(url string, log *slog.Logger) (*Bus, error) {
	options, err := goredis.ParseURL(url)
	if err != nil {
		return nil, errors.New("REDIS_URL cannot be used") // the error may quote the password
	}
	quieten()
	if options.PoolSize == 0 {
		options.PoolSize = connections
	}
	options.DialTimeout = answerTime
	options.ReadTimeout = answerTime
	options.WriteTimeout = answerTime
	options.MaxRetries = -1 // a picture that is sent twice is shown twice
	options.DialerRetries = 1
	options.ContextTimeoutEnabled = true
	options.DisableIdentity = true
	b := &Bus{
		client:  goredis.NewClient(options),
		log:     log,
		tried:   make(chan struct{}),
		process: strings.ToLower(rand.Text()[:8]),
		pending: map[string]chan delivery{},
		resets:  map[string]string{},
	}
	b.crowd = newCrowd(b)
	return b, nil
}

// Open implements hub.Bus.
func (b *Bus) Open(h *hub.Hub) { b.hub = h }

// Watched implements hub.Bus.
func (b *Bus) Watched(frame string, viewers int) { b.crowd.watched(frame, viewers) }

// Lag implements hub.Bus.
func (b *Bus) Lag() time.Duration { return lag }

// Up tells whether Redis can be reached and this process is up to date.
func (b *Bus) Up() bool { return b.up.Load() }

// Tried is closed once this process is up to date for the first time, or knows
// that Redis is away.
func (b *Bus) Tried() <-chan struct{} { return b.tried }

// Publish implements hub.Bus. What nobody has to be told (a search that is not
// announced) goes to this process's hub alone.
//
// It is published when it has come back: before that Redis may lose it again,
// and a connection that breaks leaves open whether it has got it at all.
func (b *Bus) Publish(ctx context.Context, r hub.Record) (string, error) {
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if !b.Up() {
		return "", hub.ErrAway
	}
	if r.Data == nil {
		return b.hub.Deliver(r)
	}
	token := rand.Text()
	back := b.expect(token)
	defer b.forget(token)
	patience := time.NewTimer(returnTime)
	defer patience.Stop()
	sent := make(chan error, 1)
	go func() { sent <- b.append(context.WithoutCancel(ctx), r, token) }()
	why := errSilent
	for {
		select {
		case d := <-back:
			return d.id, d.err
		case err := <-sent:
			if err == nil || unsure(err) {
				why = cmp.Or(err, why)
				continue
			}
			return "", fmt.Errorf("%w: %w", hub.ErrAway, err)
		case <-patience.C:
			return "", fmt.Errorf("%w: %w", hub.ErrAway, why)
		case <-ctx.Done():
			return "", fmt.Errorf("%w: %w", hub.ErrAway, context.Cause(ctx))
		}
	}
}

// errSilent says that Redis has taken a record and not given it back: perhaps
// it is no more.
var errSilent = errors.New("redis: a record did not come back")

// unsure tells whether what failed may have happened all the same: there was a
// connection, and Redis has not said that it did not.
func unsure(err error) bool {
	var said goredis.Error
	var network *net.OpError
	return !errors.As(err, &said) && !(errors.As(err, &network) && network.Op == "dial")
}

// append sends a record to Redis.
func (b *Bus) append(ctx context.Context, r hub.Record, token string) error {
	return appendScript.Run(ctx, b.client, keys(r.Frame),
		logLength, hub.Kept, hub.MaxFrames, r.Frame, r.Name, r.Data, b.process, token).Err()
}

func (b *Bus) expect(token string) <-chan delivery {
	back := make(chan delivery, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pending[token] = back
	return back
}

func (b *Bus) forget(token string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.pending, token)
}

// delivered answers whoever waits for a record of this process.
func (b *Bus) delivered(token string, d delivery) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if back, ok := b.pending[token]; ok {
		back <- d
		delete(b.pending, token)
	}
}

// Claim is true for one of all processes within a time: the first that asks
// for name. It is false while Redis is away.
func (b *Bus) Claim(ctx context.Context, name string, within time.Duration) bool {
	ok, err := b.client.SetNX(ctx, claimKey+name, b.process, within).Result()
	return ok && err == nil
}

// Close tells the other processes that nobody watches here any more. It comes
// after the hub's end and before Run's.
func (b *Bus) Close(ctx context.Context) {
	if b.Up() {
		_ = b.client.Del(ctx, reportKey+b.process).Err() // or they find out by its silence
		_ = b.append(ctx, hub.Record{Name: viewers}, "")
	}
}

// silent is where the library's own messages go: what matters of them comes as
// an error as well.
type silent struct{}

// Printf implements the library's logger.
func (silent) Printf(context.Context, string, ...any) {}

// quieten replaces the library's logger, of which there is one for all clients.
var quieten = sync.OnceFunc(func() { goredis.SetLogger(silent{}) })
