package redis

import (
	"context"
	"fmt"
	"time"

	"picture-frame/hub"
)

// turnTime is how long a turn may take to get: it is not worth waiting for.
const turnTime = time.Second

// TakeTurn implements hub.Cluster. Where Redis is away, this process counts by
// itself.
func (s *Store) TakeTurn(ctx context.Context, client string, n int) (wait time.Duration) {
	if s.Up() {
		limited, cancel := context.WithTimeout(ctx, turnTime)
		defer cancel()
		every := time.Minute / time.Duration(n)
		micros, err := rateScript.Run(limited, s.client, []string{turnsKey + client}, n, every.Microseconds()).Int64()
		if err == nil {
			return time.Duration(micros) * time.Microsecond
		}
	}
	return s.alone.TakeTurn(ctx, client, n)
}

// ReturnTurns implements hub.Cluster. Turns that Redis has counted and does not
// give back come back by themselves.
func (s *Store) ReturnTurns(ctx context.Context, client string) {
	s.alone.ReturnTurns(ctx, client)
	if s.Up() {
		limited, cancel := context.WithTimeout(ctx, turnTime)
		defer cancel()
		_ = s.client.Del(limited, turnsKey+client).Err()
	}
}

// TakeQuery implements hub.Cluster. Any error is an ErrAway: without Redis
// nothing can be published either.
func (s *Store) TakeQuery(ctx context.Context, budget string, queries int, per time.Duration, leave int) (wait time.Duration, err error) {
	if !s.Up() {
		return 0, hub.ErrAway
	}
	ctx, cancel := context.WithTimeout(ctx, turnTime)
	defer cancel()
	leave = min(max(leave, 0), queries-1)
	micros, err := windowScript.Run(ctx, s.client, []string{queriesKey + budget}, queries, leave, per.Microseconds()).Int64()
	if err != nil {
		err = fmt.Errorf("%w: %w", hub.ErrAway, err)
	}
	return time.Duration(micros) * time.Microsecond, err
}

// QueriesTaken implements hub.Cluster. Any error is an ErrAway.
func (s *Store) QueriesTaken(ctx context.Context, budget string, per time.Duration) (n int, err error) {
	if !s.Up() {
		return 0, hub.ErrAway
	}
	ctx, cancel := context.WithTimeout(ctx, turnTime)
	defer cancel()
	n, err = takenScript.Run(ctx, s.client, []string{queriesKey + budget}, per.Microseconds()).Int()
	if err != nil {
		err = fmt.Errorf("%w: %w", hub.ErrAway, err)
	}
	return n, err
}
