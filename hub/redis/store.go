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
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/url"
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
	refuses atomic.Bool     // Redis answers, and takes no writes
	failed  hub.LastFailure // of Redis
	ready   chan struct{}   // closed once Redis has been found, or found to be away
	crowd   *crowd

	settleTime time.Duration

	mu      sync.Mutex
	pending map[string]chan delivery // by token: published here, and not yet back

	// Run's alone.
	resets  map[string]string // by frame: the newest that is known, in case Redis forgets it
	synced  bool              // at least once
	lost    bool              // Redis has lost what it had, and the others may not have put back yet what they know
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
func (s *Store) Watched(frame string, viewers hub.Viewers) { s.crowd.watched(frame, viewers) }

// Shared implements hub.Cluster.
func (s *Store) Shared() bool { return true }

// Durable implements hub.Cluster.
func (s *Store) Durable() bool { return true }

// Up reports whether Redis can be reached, takes writes, and this process is up to
// date.
func (s *Store) Up() bool { return s.up.Load() && !s.refuses.Load() }

// LastError implements hub.Cluster.
func (s *Store) LastError() time.Time { return s.failed.Time() }

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
