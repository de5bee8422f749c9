package redis

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"picture-frame/hub"
)

// chunk is how many frames are asked for at a time.
const chunk = 50

// sync brings the pictures of the hub and those of Redis together: each gets
// what only the other has. Who is right where they differ is told by ids, which
// grow: what is older than a frame's last reset has been cleared.
func (s *Store) sync(ctx context.Context) error {
	names, err := s.client.ZRange(ctx, framesKey, 0, -1).Result()
	if err != nil {
		return err
	}
	clock, err := s.client.Get(ctx, clockKey).Int64()
	if err != nil && !errors.Is(err, goredis.Nil) {
		return err
	}
	there, err := s.client.HGetAll(ctx, resetsKey).Result()
	if err != nil {
		return err
	}
	for frame, reset := range there {
		s.resets[frame] = max(s.resets[frame], reset)
	}
	lost := map[string]bool{} // frames of which Redis has lost the reset, without which cleared pictures would come back, or the entry
	for frame, reset := range s.resets {
		if reset > there[frame] {
			lost[frame] = true
			names = append(names, frame)
		}
	}
	for _, frame := range s.hub.Pictured() {
		if !slices.Contains(names, frame) {
			lost[frame] = true
		}
		names = append(names, frame)
	}
	slices.Sort(names)
	for some := range slices.Chunk(slices.Compact(names), chunk) {
		if err := s.syncFrames(ctx, some, lost); err != nil {
			return err
		}
	}
	s.synced, s.known = true, max(s.known, clock)
	return nil
}

func (s *Store) syncFrames(ctx context.Context, frames []string, lost map[string]bool) error {
	kept := make([]*goredis.StringSliceCmd, len(frames))
	_, err := s.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
		for i, frame := range frames {
			kept[i] = p.LRange(ctx, picturesKey+frame, 0, -1)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, frame := range frames {
		pictures := kept[i].Val()
		missing, err := s.missing(ctx, frame, pictures)
		if err != nil {
			return err
		}
		if len(missing) > 0 || lost[frame] {
			if pictures, err = s.restore(ctx, frame, missing); err != nil {
				return err
			}
		}
		s.show(ctx, frame, pictures)
	}
	return nil
}

// missing returns what the hub has of a frame, and Redis has lost.
func (s *Store) missing(ctx context.Context, frame string, kept []string) (pictures []string, err error) {
	view, err := s.hub.Show(ctx, frame)
	if err != nil {
		return nil, err
	}
	oldest := s.resets[frame]
	if len(kept) >= hub.HistorySize { // what is older has made room
		oldest = max(oldest, kept[0])
	}
	known := map[string]bool{}
	for _, k := range kept {
		id, _, _ := strings.Cut(k, " ")
		known[id] = true
	}
	for _, e := range view.Pictures {
		if e.ID() > oldest && !known[e.ID()] {
			pictures = append(pictures, e.ID()+" "+string(e.Data()))
		}
	}
	return pictures, nil
}

// restore puts back pictures that are newer than the frame's last reset, and the
// reset, and returns what Redis then keeps.
func (s *Store) restore(ctx context.Context, frame string, pictures []string) (kept []string, err error) {
	reset := s.resets[frame]
	view, err := s.hub.Show(ctx, frame)
	if err != nil {
		return nil, err
	}
	newest := reset
	if n := len(view.Pictures); n > 0 {
		newest = max(newest, view.Pictures[n-1].ID())
	}
	args := []any{logLength, hub.HistorySize, frame, s.process, hub.IDTime(newest).UnixMicro(), reset}
	for _, p := range pictures {
		args = append(args, p)
	}
	s.log.Info("redis had lost what this process knows", "frame", frame, "pictures", len(pictures))
	return restoreScript.Run(ctx, s.client, keys(frame), args...).StringSlice()
}

// load makes a frame in the hub what it is in Redis.
func (s *Store) load(ctx context.Context, frame string) error {
	kept, err := s.client.LRange(ctx, picturesKey+frame, 0, -1).Result()
	if err != nil {
		return err
	}
	s.show(ctx, frame, kept)
	return nil
}

// show makes a frame in the hub what Redis keeps. Viewers that have watched it
// empty get all that has come since, and not only the newest.
func (s *Store) show(ctx context.Context, frame string, kept []string) {
	pictures := make([]hub.Record, 0, len(kept))
	for _, k := range kept {
		id, data, _ := strings.Cut(k, " ")
		pictures = append(pictures, hub.Record{Frame: frame, ID: id, Name: hub.Picture, Data: []byte(data)})
	}
	missed := slices.IndexFunc(pictures, func(r hub.Record) bool { return hub.IDTime(r.ID).UnixMicro() > s.known })
	view, err := s.hub.Show(ctx, frame)
	if !s.synced || missed < 0 || len(view.Pictures) > 0 {
		missed = len(pictures) - 1
	}
	err = cmp.Or(err, s.hub.Restore(frame, pictures[:missed+1]))
	for _, r := range pictures[missed+1:] {
		_, e := s.hub.Deliver(r)
		err = cmp.Or(err, e)
	}
	if err != nil {
		s.log.Warn("a frame of other processes finds no room here", "frame", frame, "err", err)
	}
}
