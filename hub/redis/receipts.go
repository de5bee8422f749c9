package redis

import (
	"context"
	_ "embed" // the scripts
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"picture-frame/hub"
)

var (
	//go:embed count.lua
	countSource string
	//go:embed tally.lua
	tallySource string

	countScript = goredis.NewScript(countSource)
	tallyScript = goredis.NewScript(tallySource)
)

const (
	screensKey = prefix + "screens:" // set: the screens that show a picture
	tallyKey   = prefix + "tally:"   // hash: their times in buckets, and what has been told
	// tallyTime is how long both are kept after the last receipt.
	tallyTime = hub.ReceiptTime + 5*time.Second
)

func tallyKeys(b hub.Broadcast) []string {
	picture := b.Frame + ":" + b.ID
	return []string{screensKey + picture, tallyKey + picture}
}

// CountReceipts implements hub.Tallies. Both the broadcast and the receipts are timed
// by Redis's clock, so processes need none in common.
func (s *Store) CountReceipts(ctx context.Context, b hub.Broadcast, receipts []hub.Receipt) ([]time.Duration, error) {
	if !s.Up() {
		return nil, hub.ErrAway
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	args := make([]any, 0, 4+4*len(receipts))
	args = append(args, hub.IDTime(b.ID).UnixMicro(), hub.MaxReceipts, hub.ReceiptTime.Microseconds(), tallyTime.Milliseconds())
	for _, r := range receipts {
		args = append(args, r.Screen, time.Since(r.At).Microseconds(), max(0, r.At.Sub(b.At)).Microseconds(), r.Wait.Microseconds())
	}
	micros, err := countScript.Run(ctx, s.client, tallyKeys(b), args...).Int64Slice()
	if err == nil && len(micros) != len(receipts) {
		err = errors.New("redis: other receipts were counted")
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", hub.ErrAway, err)
	}
	shown := make([]time.Duration, len(micros))
	for i, m := range micros {
		shown[i] = time.Duration(m) * time.Microsecond
	}
	return shown, nil
}

// TakeTally implements hub.Tallies.
func (s *Store) TakeTally(ctx context.Context, b hub.Broadcast, final bool) (t hub.Tally, ok bool, err error) {
	if !s.Up() {
		return t, false, hub.ErrAway
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	stage := "first"
	if final {
		stage = "final"
	}
	answer, err := tallyScript.Run(ctx, s.client, tallyKeys(b), stage, s.process).StringSlice()
	if err != nil {
		return t, false, fmt.Errorf("%w: %w", hub.ErrAway, err)
	}
	fields := map[string]string{}
	for field := range slices.Chunk(answer, 2) {
		fields[field[0]] = field[1]
	}
	t, err = tallyOf(fields)
	return t, t.Screens > 0, err
}

// ReadTally implements hub.Tallies.
func (s *Store) ReadTally(ctx context.Context, b hub.Broadcast) (hub.Tally, error) {
	if !s.Up() {
		return hub.Tally{}, hub.ErrAway
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	fields, err := s.client.HGetAll(ctx, tallyKeys(b)[1]).Result()
	if err != nil {
		return hub.Tally{}, fmt.Errorf("%w: %w", hub.ErrAway, err)
	}
	return tallyOf(fields)
}

// tallyOf reads a tally from the fields of its hash.
func tallyOf(fields map[string]string) (hub.Tally, error) {
	t := hub.Tally{Shown: hub.Histogram{}, Arrived: hub.Histogram{}}
	for name, value := range fields {
		if name == "first" || name == "final" {
			continue // who tells it
		}
		n, err := strconv.Atoi(value)
		if err != nil {
			return t, fmt.Errorf("redis: a tally has the field %s=%q", name, value)
		}
		if name == "screens" {
			t.Screens = n
		} else if bucket, err := strconv.Atoi(name[1:]); err == nil && name[0] == 's' {
			t.Shown[bucket] = n
		} else if err == nil {
			t.Arrived[bucket] = n
		}
	}
	return t, nil
}
