package redis

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"picture-frame/hub"
)

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
	s.wrote(ctx, err)
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
func (s *Store) wrote(ctx context.Context, err error) {
	if err != nil {
		s.failed.Note()
	}
	var said goredis.Error
	refused := errors.As(err, &said) && slices.ContainsFunc(refusals, func(prefix string) bool { return strings.HasPrefix(said.Error(), prefix) })
	if err != nil && !refused {
		return // it has not said
	}
	switch before := s.refuses.Swap(refused); {
	case refused && !before:
		s.log.WarnContext(ctx, "redis refuses writes: nothing can be published", "err", err)
	case before && !refused:
		s.log.InfoContext(ctx, "redis takes writes again")
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
