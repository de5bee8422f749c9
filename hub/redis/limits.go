package redis

import (
	"context"
	"fmt"
	"time"

	"picture-frame/hub"
)

// limitTime is how long Redis may take over a limit: it is not worth waiting for.
const limitTime = time.Second

// TakeAttempt implements hub.Cluster. Where Redis is away, this process counts by
// itself.
func (s *Store) TakeAttempt(ctx context.Context, client string, n int) (wait time.Duration) {
	if s.Up() {
		limited, cancel := context.WithTimeout(ctx, limitTime)
		defer cancel()
		every := time.Minute / time.Duration(n)
		micros, err := rateScript.Run(limited, s.client, []string{attemptsKey + client}, n, every.Microseconds()).Int64()
		if err == nil {
			return time.Duration(micros) * time.Microsecond
		}
	}
	return s.alone.TakeAttempt(ctx, client, n)
}

// ReturnAttempts implements hub.Cluster. Those that Redis has counted and does
// not give back come back by themselves.
func (s *Store) ReturnAttempts(ctx context.Context, client string) {
	s.alone.ReturnAttempts(ctx, client)
	if s.Up() {
		limited, cancel := context.WithTimeout(ctx, limitTime)
		defer cancel()
		_ = s.client.Del(limited, attemptsKey+client).Err()
	}
}

// TakeQuery implements hub.Cluster. Any error is an ErrAway: without Redis
// nothing can be published either.
func (s *Store) TakeQuery(ctx context.Context, budget string, queries int, per time.Duration, leave int) (wait time.Duration, err error) {
	if !s.Up() {
		return 0, hub.ErrAway
	}
	ctx, cancel := context.WithTimeout(ctx, limitTime)
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
	ctx, cancel := context.WithTimeout(ctx, limitTime)
	defer cancel()
	n, err = takenScript.Run(ctx, s.client, []string{queriesKey + budget}, per.Microseconds()).Int()
	if err != nil {
		err = fmt.Errorf("%w: %w", hub.ErrAway, err)
	}
	return n, err
}
