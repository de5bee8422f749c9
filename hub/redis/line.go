package redis

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"picture-frame/hub"
)

// Lines and settings are kept in one hash, by frame. What reads and what replaces
// one is the same script (line.lua), which compares versions, so that of two
// processes that have read the same only the first changes it; times are Redis's.
// The record of a change makes every process read the line again.

const (
	// noVersion is the version of no line: it only reads.
	noVersion = "?"
	// secretSize is in bytes.
	secretSize = 32
)

// errChanged says that a line is no longer what was read.
var errChanged = errors.New("redis: the line has changed")

// Line implements hub.Lines.
func (s *Store) Line(ctx context.Context, frame string) (hub.LineState, error) {
	if !s.Up() {
		return hub.LineState{}, hub.ErrAway
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	state, err := s.readLine(ctx, frame)
	if err != nil {
		err = fmt.Errorf("%w: %w", hub.ErrAway, err)
	}
	return state, err
}

func (s *Store) readLine(ctx context.Context, frame string) (hub.LineState, error) {
	answer, err := s.runLine(ctx, frame, hub.Record{Name: line}, "", noVersion, "").StringSlice()
	if err != nil {
		return hub.LineState{}, err
	}
	return decodeLine(answer)
}

func (s *Store) runLine(ctx context.Context, frame string, r hub.Record, token, version, next string) *goredis.Cmd {
	return lineScript.Run(ctx, s.client, keys(frame), logLength, hub.HistorySize, hub.MaxFrames, frame,
		r.Name, r.Data, s.process, token, "", "", r.Ticket, version, next)
}

// decodeLine reads what line.lua returns.
func decodeLine(answer []string) (state hub.LineState, err error) {
	if len(answer) != 4 {
		return state, errors.New("redis: a line cannot be read")
	}
	state.Version = answer[0]
	if state.Now, err = microTime(answer[1]); err != nil {
		return state, err
	}
	if answer[2] != "" {
		if state.Shown, err = microTime(answer[2]); err != nil {
			return state, err
		}
	}
	if answer[3] != "" {
		err = json.Unmarshal([]byte(answer[3]), &state.Line)
	}
	return state, err
}

func microTime(text string) (time.Time, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	return time.UnixMicro(n), err
}

// SwapLine implements hub.Lines.
func (s *Store) SwapLine(ctx context.Context, frame string, was hub.LineState, next hub.Line, c hub.Change) (swapped bool, err error) {
	r := hub.Record{Name: line}
	if c.Hang != nil {
		r = hub.Record{Name: hub.Picture, Data: c.Hang.Picture, Ticket: c.Hang.Ticket}
	}
	var text []byte
	if !next.Empty() {
		text, _ = json.Marshal(next) // pictures are JSON, and the rest always encodes
	}
	gone := c.Gone
	if c.Hang != nil && len(gone) > 0 {
		// A record tells one of the two; who waits for the other finds out late.
		defer func() {
			if swapped {
				_ = s.append(context.WithoutCancel(ctx), hub.Record{Frame: frame, Name: line, Data: goneData(gone)}, "")
			}
		}()
	} else if c.Hang == nil {
		r.Data = goneData(gone)
	}
	_, err = s.send(ctx, func(ctx context.Context, token string) error {
		answer, err := s.runLine(ctx, frame, r, token, was.Version, string(text)).Result()
		s.wrote(ctx, err)
		if _, read := answer.([]any); read {
			return errChanged
		}
		return err
	})
	if errors.Is(err, errChanged) {
		return false, nil
	}
	return err == nil, err
}

func goneData(gone map[string]string) []byte {
	data, _ := json.Marshal(gone) // strings always encode
	return data
}

func goneIn(data []byte) (gone map[string]string) {
	_ = json.Unmarshal(data, &gone) // it is our own
	return gone
}

// loadLine makes a frame's line in the hub what it is in Redis.
func (s *Store) loadLine(ctx context.Context, frame string) error {
	state, err := s.readLine(ctx, frame)
	if err != nil {
		return err
	}
	s.noteSettings(frame, state.Line)
	s.hub.SetLine(frame, state)
	return nil
}

// noteSettings remembers what a host has set, in case Redis forgets it.
func (s *Store) noteSettings(frame string, l hub.Line) {
	if l.Set == 0 {
		return
	}
	text, _ := json.Marshal(hub.Line{Settings: l.Settings}) // always encodes
	s.set[frame] = string(text)
}

// syncLines brings the settings of this process and those of Redis together: the
// later count. What waits is Redis's alone: a picture that a process puts back
// might have come to hang meanwhile.
func (s *Store) syncLines(ctx context.Context) error {
	if err := s.syncSecret(ctx); err != nil {
		return err
	}
	frames, err := s.client.HKeys(ctx, linesKey).Result()
	if err != nil {
		return err
	}
	lines := map[string]hub.LineState{}
	for _, frame := range frames {
		if lines[frame], err = s.readLine(ctx, frame); err != nil {
			return err
		}
	}
	for frame, text := range s.set {
		var known hub.Line
		_ = json.Unmarshal([]byte(text), &known) // it is our own
		if known.Set <= lines[frame].Set {
			continue
		}
		if lines[frame], err = s.putBack(ctx, frame, known.Settings); err != nil {
			return err
		}
	}
	for frame, state := range lines {
		s.noteSettings(frame, state.Line)
	}
	s.hub.RestoreLines(lines)
	return nil
}

// putBack gives Redis the settings of a frame that it has lost.
func (s *Store) putBack(ctx context.Context, frame string, known hub.Settings) (hub.LineState, error) {
	for {
		state, err := s.readLine(ctx, frame)
		if err != nil || state.Set >= known.Set {
			return state, err
		}
		next := state.Line
		next.Settings = known
		text, _ := json.Marshal(next) // always encodes
		if err := s.runLine(ctx, frame, hub.Record{Name: line}, "", state.Version, string(text)).Err(); err != nil {
			return state, err
		}
	}
}

// syncSecret gets the key of all processes, or makes one.
func (s *Store) syncSecret(ctx context.Context) error {
	mine := s.Key()
	if mine == nil {
		mine = []byte(strings.ToLower(rand.Text() + rand.Text())[:secretSize])
	}
	_ = s.client.SetNX(ctx, secretKey, mine, 0).Err() // a Redis that takes no writes may have one all the same
	secret, err := s.client.Get(ctx, secretKey).Bytes()
	switch {
	case err == nil:
		s.secret.Store(&secret)
	case errors.Is(err, goredis.Nil):
		err = nil
	}
	return err
}

// Key implements hub.Lines.
func (s *Store) Key() []byte {
	if secret := s.secret.Load(); secret != nil {
		return *secret
	}
	return nil
}
