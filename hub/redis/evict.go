package redis

import (
	"context"
	"errors"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// checkEvery is how often Redis is asked whether it has dropped a part of what it
// keeps. Another process that has just come is answered at once.
const checkEvery = 5 * time.Second

// warnOfEviction tells the operator of a Redis that drops what it likes when it is
// full. A server that does not say is left alone.
func (s *Store) warnOfEviction(ctx context.Context) {
	info, err := s.client.Info(ctx, "memory").Result()
	if err != nil {
		return
	}
	for line := range strings.Lines(info) {
		policy, found := strings.CutPrefix(strings.TrimSpace(line), "maxmemory_policy:")
		if found && policy != "noeviction" {
			s.log.Warn("this redis may drop pictures when it is full; set its maxmemory-policy to noeviction", "policy", policy)
		}
	}
}

// restoreEvicted puts back what Redis has dropped by itself: it knows of a frame
// whose pictures are gone, or no longer when frames were cleared, or what
// hosts have set.
func (s *Store) restoreEvicted(ctx context.Context) error {
	evicted, err := s.evicted(ctx)
	if err != nil || !evicted {
		return err
	}
	// One that has lost everything must not be published to before the others have
	// put back what they know. It may have been started anew just now: a connection
	// that is made anew does not tell.
	if err := s.stillThere(ctx, s.records); err != nil {
		return err
	}
	s.log.Warn("redis has dropped a part of what it kept; this process puts back what it knows")
	return s.sync(ctx)
}

func (s *Store) evicted(ctx context.Context) (bool, error) {
	frames, err := s.client.ZRange(ctx, framesKey, 0, -1).Result()
	if err != nil {
		return false, err
	}
	if len(frames) == 0 && len(s.hub.Pictured()) > 0 {
		return true, nil
	}
	pictures, removals := make([]*goredis.IntCmd, len(frames)), make([]*goredis.IntCmd, len(frames))
	var resets, lines *goredis.IntCmd
	_, err = s.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
		for i, frame := range frames {
			pictures[i] = p.Exists(ctx, picturesKey+frame)
			removals[i] = p.Exists(ctx, removedKey+frame)
		}
		resets, lines = p.HLen(ctx, resetsKey), p.HLen(ctx, linesKey)
		return nil
	})
	if err != nil && !errors.Is(err, goredis.Nil) {
		return false, err
	}
	for i, frame := range frames {
		if pictures[i].Val() > 0 && removals[i].Val() > 0 {
			continue
		}
		view, err := s.hub.Show(ctx, frame)
		if err != nil {
			return false, err
		}
		if pictures[i].Val() == 0 && len(view.Pictures) > 0 || removals[i].Val() == 0 && len(view.Removed) > 0 {
			return true, nil
		}
	}
	return resets.Val() < int64(len(s.resets)) || lines.Val() < int64(len(s.set)), nil
}
