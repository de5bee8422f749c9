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
	if err := s.syncLines(ctx); err != nil {
		return err
	}
	s.synced, s.known = true, max(s.known, clock)
	return nil
}

func (s *Store) syncFrames(ctx context.Context, frames []string, lost map[string]bool) error {
	all, err := s.keptOf(ctx, frames)
	if err != nil {
		return err
	}
	for i, frame := range frames {
		there := all[i]
		missing, err := s.missing(ctx, frame, there)
		if err != nil {
			return err
		}
		if missing.any() || lost[frame] {
			if there, err = s.restore(ctx, frame, missing); err != nil {
				return err
			}
		}
		s.show(ctx, frame, there)
	}
	return nil
}

// kept is what Redis keeps of a frame, each as "ID DATA", oldest first.
type kept struct{ pictures, removals []string }

func (k kept) any() bool { return len(k.pictures) > 0 || len(k.removals) > 0 }

// keptOf returns what Redis keeps of some frames.
func (s *Store) keptOf(ctx context.Context, frames []string) ([]kept, error) {
	lists := make([]*goredis.StringSliceCmd, 2*len(frames))
	_, err := s.client.TxPipelined(ctx, func(p goredis.Pipeliner) error {
		for i, frame := range frames {
			lists[2*i] = p.LRange(ctx, picturesKey+frame, 0, -1)
			lists[2*i+1] = p.LRange(ctx, removedKey+frame, 0, -1)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	all := make([]kept, len(frames))
	for i := range all {
		all[i] = kept{lists[2*i].Val(), lists[2*i+1].Val()}
	}
	return all, nil
}

// missing returns what the hub has of a frame, and Redis has lost.
func (s *Store) missing(ctx context.Context, frame string, there kept) (missing kept, err error) {
	view, err := s.hub.Show(ctx, frame)
	if err != nil {
		return missing, err
	}
	missing.removals = beyond(view.Removed, (*hub.Event).At, there.removals, s.resets[frame])
	missing.pictures = beyond(view.Pictures, (*hub.Event).ID, there.pictures, s.resets[frame])
	for _, r := range records(frame, hub.Removed, there.removals) {
		missing.pictures = slices.DeleteFunc(missing.pictures, func(entry string) bool {
			return strings.HasPrefix(entry, hub.RemovedID(r.Data)+" ")
		})
	}
	return missing, nil
}

// beyond returns the events that are newer than an id and not in a list. Where the
// list is full, what is older than it has made room.
func beyond(events []*hub.Event, id func(*hub.Event) string, list []string, oldest string) (entries []string) {
	if len(list) >= hub.HistorySize {
		oldest = max(oldest, list[0])
	}
	known := map[string]bool{}
	for _, entry := range list {
		name, _, _ := strings.Cut(entry, " ")
		known[name] = true
	}
	for _, e := range events {
		if id(e) > oldest && !known[id(e)] {
			entries = append(entries, id(e)+" "+string(e.Data()))
		}
	}
	return entries
}

// restore puts back what is newer than the frame's last reset, and the reset, and
// returns what Redis then keeps.
func (s *Store) restore(ctx context.Context, frame string, missing kept) (there kept, err error) {
	reset := s.resets[frame]
	view, err := s.hub.Show(ctx, frame)
	if err != nil {
		return there, err
	}
	newest := reset
	if n := len(view.Pictures); n > 0 {
		newest = max(newest, view.Pictures[n-1].ID())
	}
	if n := len(view.Removed); n > 0 {
		newest = max(newest, view.Removed[n-1].At())
	}
	args := []any{logLength, hub.HistorySize, frame, s.process, hub.IDTime(newest).UnixMicro(), reset, len(missing.pictures)}
	for _, entry := range slices.Concat(missing.pictures, missing.removals) {
		args = append(args, entry)
	}
	s.log.Info("redis had lost what this process knows", "frame", frame, "pictures", len(missing.pictures), "removals", len(missing.removals))
	lists, err := restoreScript.Run(ctx, s.client, keys(frame), args...).Slice()
	if err != nil {
		return there, err
	}
	return kept{texts(lists[0]), texts(lists[1])}, nil
}

// texts returns a script's list of strings.
func texts(list any) (all []string) {
	entries, _ := list.([]any)
	for _, entry := range entries {
		text, _ := entry.(string)
		all = append(all, text)
	}
	return all
}

// show makes a frame in the hub what Redis keeps. Viewers that have watched it
// empty get all that has come since, and not only the newest.
func (s *Store) show(ctx context.Context, frame string, there kept) {
	pictures := records(frame, hub.Picture, there.pictures)
	removals := records(frame, hub.Removed, there.removals)
	missed := slices.IndexFunc(pictures, func(r hub.Record) bool { return hub.IDTime(r.ID).UnixMicro() > s.known })
	view, err := s.hub.Show(ctx, frame)
	if !s.synced || missed < 0 || len(view.Pictures) > 0 {
		missed = len(pictures) - 1
	}
	since := max(s.resets[frame], madeRoom(there))
	err = cmp.Or(err, s.hub.Restore(frame, since, append(removals, pictures[:missed+1]...)))
	for _, r := range pictures[missed+1:] {
		_, e := s.hub.Deliver(r)
		err = cmp.Or(err, e)
	}
	if err != nil {
		s.log.Warn("a frame of other processes finds no room here", "frame", frame, "err", err)
	}
}

// madeRoom returns an id before which something may have made room in a frame's lists;
// none if nothing can have. Pictures that were taken off were as many as there are
// removals, so a list that is short now may have been full before.
func madeRoom(there kept) (id string) {
	if n := len(there.pictures); n > 0 && n+len(there.removals) >= hub.HistorySize {
		id, _, _ = strings.Cut(there.pictures[0], " ")
	}
	if len(there.removals) >= hub.RemovalsKept {
		oldest, _, _ := strings.Cut(there.removals[0], " ")
		id = max(id, oldest)
	}
	return id
}

// records makes records of the entries of a list.
func records(frame, name string, entries []string) []hub.Record {
	all := make([]hub.Record, 0, len(entries))
	for _, entry := range entries {
		id, data, _ := strings.Cut(entry, " ")
		all = append(all, hub.Record{Frame: frame, ID: id, Name: name, Data: []byte(data)})
	}
	return all
}
