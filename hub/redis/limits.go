package redis

import (
	"context"
	"fmt"
	"time"

	"picture-frame/hub"
)

// turnTime is how long a turn may take to get: it is not worth waiting for.
const turnTime = time.Second

// TakeTurn lets a client have n turns at once, then one each minute/n, counted
// over all processes. It returns how long to wait for a turn; 0 if it has been
// taken. ErrAway comes at once where Redis is known to be away.
func (b *Bus) TakeTurn(ctx context.Context, client string, n int) (wait time.Duration, err error) {
	if !b.Up() {
		return 0, hub.ErrAway
	}
	ctx, cancel := context.WithTimeout(ctx, turnTime)
	defer cancel()
	micros, err := rateScript.Run(ctx, b.client, []string{turnsKey + client}, n, (time.Minute / time.Duration(n)).Microseconds()).Int64()
	return time.Duration(micros) * time.Microsecond, err
}

// TakeQuery takes one of the queries that all processes have in any hour, if leave
// others are left after it. It returns how long to wait for one; 0 if it has
// been taken. Any error is an ErrAway.
func (b *Bus) TakeQuery(ctx context.Context, queries, leave int) (wait time.Duration, err error) {
	if !b.Up() {
		return 0, hub.ErrAway
	}
	ctx, cancel := context.WithTimeout(ctx, turnTime)
	defer cancel()
	leave = min(max(leave, 0), queries-1)
	micros, err := windowScript.Run(ctx, b.client, []string{queriesKey}, queries, leave, time.Hour.Microseconds()).Int64()
	if err != nil {
		err = fmt.Errorf("%w: %w", hub.ErrAway, err)
	}
	return time.Duration(micros) * time.Microsecond, err
}
