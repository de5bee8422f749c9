// Package redis makes several processes one frame: it is the hub's Cluster over
// a Redis server (7 or later, one node).
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
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"picture-frame/hub"
	"picture-frame/hub/memory"
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
	// idleTime is how long a connection may lie unused and still be used: something
	// on the way may have forgotten it, without a word to either end.
	idleTime = 10 * time.Second
)

// A Store is one process's part. Its methods may be called from any goroutine.
type Store struct {
	client  *goredis.Client
	log     *slog.Logger
	process string // its name among the others, and the tag of its ids
	hub     *hub.Hub
	alone   *memory.Store // limits while Redis is away
	up      atomic.Bool
	refuses atomic.Bool   // Redis answers, and takes no writes
	ready   chan struct{} // closed once Redis has been found, or found to be away
	crowd   *crowd

	settleTime time.Duration

	mu      sync.Mutex
	pending map[string]chan delivery // by token: published here, and not yet back

	// Run's alone.
	resets  map[string]string // by frame: the newest that is known, in case Redis forgets it
	synced  bool              // at least once
	records int64             // how many there were in the log when it was last read
	checked time.Time         // when Redis was last asked whether it has dropped anything
	known   int64             // time of the newest id that has come, of all frames
	set     map[string]string // by frame: the line, without what waits, of those whose hosts have set something

	secret atomic.Pointer[[]byte] // hub.Lines's Key
}

type delivery struct {
	id  string
	err error
}

// CheckURL says what is wrong with a server's address, without quoting it: it may
// hold a password. An empty one is no address, and right.
func CheckURL(raw string) (problem string) {
	if raw == "" {
		return ""
	}
	if u, err := url.Parse(raw); err != nil || u.Hostname() == "" || u.Scheme != "redis" && u.Scheme != "rediss" {
		return "is not a URL that begins with redis:// or rediss://"
	}
	if _, err := goredis.ParseURL(raw); err != nil {
		return "names a database or an option that there is not"
	}
	return ""
}

// New returns a store over the server at address (redis:// or rediss://). It does
// not connect before Run.
func New(address string, log *slog.Logger) (*Store, error) {
	options, err := goredis.ParseURL(address)
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
	options.MaxActiveConns = options.PoolSize
	options.PipelinePoolSize = -1 // or pipelines would have connections of their own beyond these
	options.ConnMaxIdleTime = idleTime
	s := &Store{
		client:  goredis.NewClient(options),
		log:     log,
		alone:   memory.New(),
		ready:   make(chan struct{}),
		process: strings.ToLower(rand.Text()[:8]),
		pending: map[string]chan delivery{},
		resets:  map[string]string{},
		set:     map[string]string{},

		settleTime: settleTime,
	}
	s.crowd = newCrowd(s)
	return s, nil
}

// Open implements hub.Cluster.
func (s *Store) Open(h *hub.Hub) {
	s.hub = h
	s.alone.Open(h)
}

// Watched implements hub.Cluster.
func (s *Store) Watched(frame string, viewers int) { s.crowd.watched(frame, viewers) }

// Shared implements hub.Cluster.
func (s *Store) Shared() bool { return true }

// Durable implements hub.Cluster.
func (s *Store) Durable() bool { return true }

// Up reports whether Redis can be reached, takes writes, and this process is up to
// date.
func (s *Store) Up() bool { return s.up.Load() && !s.refuses.Load() }

// Ready is closed once this process is up to date for the first time, or knows
// that Redis is away.
func (s *Store) Ready() <-chan struct{} { return s.ready }

// Check implements hub.Cluster.
func (s *Store) Check(context.Context) error {
	if !s.Up() {
		return hub.ErrAway
	}
	return nil
}

// Publish implements hub.Cluster.
//
// A record is published when it has come back: before that Redis may lose it again,
// and a connection that breaks leaves open whether it has got it at all.
func (s *Store) Publish(ctx context.Context, r hub.Record) (string, error) {
	return s.send(ctx, func(ctx context.Context, token string) error { return s.append(ctx, r, token) })
}

// send has a record appended, and returns when it has come back. An error of do that
// tells that it was not appended comes as it is.
func (s *Store) send(ctx context.Context, do func(ctx context.Context, token string) error) (id string, err error) {
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if !s.Up() {
		return "", hub.ErrAway
	}
	token := rand.Text()
	back := s.expect(token)
	defer s.forget(token)
	patience := time.NewTimer(returnTime)
	defer patience.Stop()
	sent := make(chan error, 1)
	go func() { sent <- do(context.WithoutCancel(ctx), token) }()
	why := errSilent
	for {
		select {
		case d := <-back:
			return d.id, d.err
		case err := <-sent:
			if errors.Is(err, hub.ErrNoPicture) || errors.Is(err, hub.ErrTurns) || errors.Is(err, errChanged) {
				return "", err
			}
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

// unsure reports whether what failed may have happened all the same: there was a
// connection, and Redis has not said that it did not.
func unsure(err error) bool {
	var said goredis.Error
	var network *net.OpError
	return !errors.As(err, &said) && !(errors.As(err, &network) && network.Op == "dial")
}

// append sends a record to Redis.
func (s *Store) append(ctx context.Context, r hub.Record, token string) error {
	remove := ""
	if r.Name == hub.Removed {
		remove = hub.RemovedID(r.Data)
	}
	record, err := appendScript.Run(ctx, s.client, keys(r.Frame),
		logLength, hub.HistorySize, hub.MaxFrames, r.Frame, r.Name, r.Data, s.process, token, remove).Int64()
	s.wrote(err)
	switch {
	case err == nil && record == 0 && r.Name == hub.Removed:
		return hub.ErrNoPicture
	case err == nil && record == 0:
		return hub.ErrTurns
	}
	return err
}

// refusals are how Redis says that it takes no writes: it is full, a replica, or
// cannot save what it has.
var refusals = []string{"OOM ", "READONLY ", "MISCONF ", "NOREPLICAS ", "NOPERM "}

// wrote notes from a write's error whether Redis takes writes.
func (s *Store) wrote(err error) {
	var said goredis.Error
	refused := errors.As(err, &said) && slices.ContainsFunc(refusals, func(prefix string) bool { return strings.HasPrefix(said.Error(), prefix) })
	if err != nil && !refused {
		return // it has not said
	}
	switch before := s.refuses.Swap(refused); {
	case refused && !before:
		s.log.Warn("redis refuses writes: nothing can be published", "err", err)
	case before && !refused:
		s.log.Info("redis takes writes again")
	}
}

func (s *Store) expect(token string) <-chan delivery {
	back := make(chan delivery, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending[token] = back
	return back
}

func (s *Store) forget(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pending, token)
}

// delivered answers the publisher of a record of this process.
func (s *Store) delivered(token string, d delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if back, ok := s.pending[token]; ok {
		back <- d
		delete(s.pending, token)
	}
}

// Claim implements hub.Cluster. It reports false while Redis is away.
func (s *Store) Claim(ctx context.Context, name string, within time.Duration) bool {
	ok, err := s.client.SetNX(ctx, claimKey+name, s.process, within).Result()
	return ok && err == nil
}

// Close implements hub.Cluster.
func (s *Store) Close(ctx context.Context) {
	if s.Up() {
		_ = s.client.Del(ctx, reportKey+s.process).Err() // or they find out by its silence
		_ = s.append(ctx, hub.Record{Name: viewers}, "")
	}
}

// silent is where the library's own messages go: what matters of them comes as
// an error as well.
type silent struct{}

// Printf implements the library's logger.
func (silent) Printf(context.Context, string, ...any) {}

// quieten replaces the library's logger, of which there is one for all clients.
var quieten = sync.OnceFunc(func() { goredis.SetLogger(silent{}) })
