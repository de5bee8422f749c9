// Package hub decides what every screen shows. It orders the events of each
// frame, keeps its last pictures, and counts its viewers.
//
// One goroutine owns all of it (Run). A viewer is no queue of copies but a
// position in its frame's history: to deliver is to write what lies after the
// position, to resume is to start from an earlier one, and to fall behind is to
// be further back than the history reaches. So the hub never writes to
// anybody and never waits for anybody: it replaces the frame's Snapshot and
// wakes those who read it.
//
// What is exported is for three: handlers publish and look (hub.go), streams
// join, follow a Frame's snapshots and write events' bytes (join.go, frame.go,
// history.go, event.go, subscription.go), and clusters bring what is ordered and
// kept (cluster.go, deliver.go). The kinds of events are a table (kinds.go).
package hub

import (
	"context"
	"errors"
	"hash/maphash"
	"log/slog"
	"sync/atomic"
	"time"
)

var (
	// ErrClosed comes after Close.
	ErrClosed = errors.New("hub: closed")
	// ErrFull says that there are MaxFrames frames, all of them watched.
	ErrFull = errors.New("hub: too many frames")
	// ErrAway says that what orders the events of all processes cannot be reached.
	ErrAway = errors.New("hub: other processes cannot be reached")
	// ErrUnkept says that a picture cannot be kept now, and so is not shown.
	ErrUnkept = errors.New("hub: pictures cannot be kept")
	// ErrNoPicture says that a frame does not keep a picture with that id.
	ErrNoPicture = errors.New("hub: no such picture")
	// ErrBehind says that a viewer is further back than the history reaches.
	ErrBehind = errors.New("hub: fell behind the history")

	errUnknown = errors.New("hub: unknown kind of event")
)

// A Hub owns all frames of this process. Its methods may be called from any
// goroutine while Run runs.
type Hub struct {
	// Version is that of the page, a few letters and digits, which time events tell
	// to pages of another one. It is not to be changed after Run.
	Version string
	// Hold is how long a picture stays at least, unless the frame's host has set it.
	Hold time.Duration

	lineLocks lineLocks
	cluster   Cluster
	log       *slog.Logger
	commands  chan func()
	done      chan struct{}

	// Run's alone.
	ids      ids
	frames   map[string]*Frame
	remote   map[string]Viewers // viewers that a frame has in other processes
	lost     Marks              // of frames that are not in frames
	viewers  int
	returned [transports]Returned
	lines    map[string]*heldLine    // by frame: those in which something waits or is set
	askers   map[string]chan<- error // by ticket: who waits here for what becomes of it
	desks    map[*DeskWatch]bool
	closing  bool

	waiting atomic.Int32 // shadows whose viewers wait for their id
}

// New returns a hub whose order of events comes from cluster. It does nothing
// before Run.
func New(cluster Cluster, log *slog.Logger) *Hub {
	h := &Hub{
		cluster:   cluster,
		lineLocks: lineLocks{seed: maphash.MakeSeed()},
		log:       log,
		commands:  make(chan func()),
		done:      make(chan struct{}),
		ids:       newIDs(),
		frames:    map[string]*Frame{},
		remote:    map[string]Viewers{},
		lost:      Marks{},
		lines:     map[string]*heldLine{},
		desks:     map[*DeskWatch]bool{},
		askers:    map[string]chan<- error{},
	}
	if !cluster.Durable() {
		h.lost.Raise("", h.ids.next(time.Now())) // what was before is gone
	}
	cluster.Open(h)
	return h
}

// Run does the hub's work. It returns after Close, when the last viewer has
// left.
func (h *Hub) Run() {
	defer close(h.done)
	sweep := time.NewTicker(forgetAfter / 4)
	defer sweep.Stop()
	for !h.closing || h.viewers > 0 {
		select {
		case command := <-h.commands:
			command()
		case now := <-sweep.C:
			h.forget(now)
		}
	}
}

// Close ends every stream once it has got what there was: readers see it in
// their snapshot. From now on Publish and Join return ErrClosed. It may be
// called again.
func (h *Hub) Close() {
	h.call(func() {
		h.closing = true
		for _, f := range h.frames {
			f.close()
		}
		h.wakeDesks("")
	})
}

// Wait returns when Run has ended or ctx has.
func (h *Hub) Wait(ctx context.Context) error {
	select {
	case <-h.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Publish broadcasts a picture's JSON to all viewers of a frame and returns
// its id. It returns once the picture is ordered and kept.
func (h *Hub) Publish(ctx context.Context, frame string, data []byte) (id string, err error) {
	return h.cluster.Publish(ctx, Record{Frame: frame, Name: Picture, Data: data})
}

// Touch notes that a frame is in use, which defers its autoplay. It fails where
// a picture could not be published: ErrClosed, ErrAway, ErrFrozen.
func (h *Hub) Touch(ctx context.Context, frame string) error {
	if err := h.cluster.Check(ctx); err != nil {
		return err
	}
	closed, frozen := true, false
	h.call(func() {
		closed, frozen = h.closing, h.hostData(frame).Frozen
		if frozen {
			return
		}
		if f := h.frames[frame]; f != nil {
			f.active = time.Now()
		}
	})
	switch {
	case closed:
		return ErrClosed
	case frozen:
		return ErrFrozen
	}
	return nil
}

// AnnounceSearch tells a frame's viewers that somebody searches for a word.
func (h *Hub) AnnounceSearch(ctx context.Context, frame, keyword string) error {
	_, err := h.cluster.Publish(ctx, Record{Frame: frame, Name: Searching, Data: searchingData(keyword)})
	return err
}

// Clear forgets a frame's pictures, on its screens too.
func (h *Hub) Clear(ctx context.Context, frame string) error {
	_, err := h.cluster.Publish(ctx, Record{Frame: frame, Name: Reset, Data: []byte("{}")})
	return err
}

// Remove takes one picture off a frame's history and off its screens. ErrNoPicture
// means that it is not kept.
func (h *Hub) Remove(ctx context.Context, frame, id string) error {
	_, err := h.cluster.Publish(ctx, Record{Frame: frame, Name: Removed, Data: RemovedData(id)})
	return err
}

// A View is what a page or a list shows of a frame.
type View struct {
	Pictures []*Event // oldest first; not to be changed
	Removed  []*Event // the removals that are still told, oldest first; not to be changed
	Since    string   // an id: everything that has happened after it is still known
	Viewers  int
	Version  string // the hub's
}

// Show returns a frame as it is now. A frame that nobody has used is empty,
// and stays unused.
func (h *Hub) Show(_ context.Context, frame string) (View, error) {
	v := View{Version: h.Version}
	if !h.call(func() {
		v.Since, v.Viewers = h.lost.Of(frame), h.remote[frame].Sum()
		if f := h.frames[frame]; f != nil {
			now := f.Now()
			v.Pictures, v.Removed, v.Since, v.Viewers = now.pictures, now.removed, now.base, h.watching(f)
		}
	}) {
		return v, ErrClosed
	}
	return v, nil
}

// Find returns the picture with an id, or nil.
func (v View) Find(id string) *Event {
	for _, e := range v.Pictures {
		if e.id == id {
			return e
		}
	}
	return nil
}

// Quiet returns the frames that somebody watches and in which nobody has searched
// for at least d, those without pictures too, but no frozen ones.
func (h *Hub) Quiet(d time.Duration) (frames []string) {
	h.call(func() {
		for name, f := range h.frames {
			if f.viewers > 0 && time.Since(f.active) >= d && !h.hostData(name).Frozen {
				frames = append(frames, name)
			}
		}
	})
	return frames
}

// Stats counts for the operator: viewers of all frames, and frames.
func (h *Hub) Stats() (viewers, frames int) {
	h.call(func() { viewers, frames = h.viewers, len(h.frames) })
	return viewers, frames
}

// call runs f on Run's goroutine and waits for it. It reports false when Run has
// ended and f was not called.
func (h *Hub) call(f func()) bool {
	ran := make(chan struct{})
	select {
	case h.commands <- func() { f(); close(ran) }:
		<-ran
		return true
	case <-h.done:
		return false
	}
}
