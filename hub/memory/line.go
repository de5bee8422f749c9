package memory

import (
	"context"
	"crypto/rand"
	"strconv"
	"sync"
	"time"

	"picture-frame/hub"
)

// Lines are the lines of a process that is alone. Its methods may be called from
// any goroutine but the hub's.
type Lines struct {
	hub     *hub.Hub
	publish func(context.Context, hub.Record) (string, error)
	save    func(frame string, s hub.Settings) error // before settings count

	// mu is held for reading while a picture is published that has nothing to do with
	// a line, so that none comes between what a swap reads and what it does.
	mu       sync.RWMutex
	lines    map[string]line
	versions uint64
	key      []byte
}

type line struct {
	hub.Line
	version uint64
}

// NewLines returns lines in which nothing waits. publish keeps and delivers a
// picture; save keeps settings where that outlives the process.
func NewLines(h *hub.Hub, publish func(context.Context, hub.Record) (string, error), save func(frame string, s hub.Settings) error) *Lines {
	l := &Lines{hub: h, publish: publish, save: save, lines: map[string]line{}, key: make([]byte, keySize)}
	rand.Read(l.key) // never fails
	return l
}

// keySize is in bytes: that of a SHA-256.
const keySize = 32

// Key implements hub.Lines.
func (l *Lines) Key() []byte {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.key
}

// SetKey sets what Key returns, and Restore what a host has set: as they were
// kept.
func (l *Lines) SetKey(key []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.key = key
}

// Restore is described with SetKey.
func (l *Lines) Restore(frame string, s hub.Settings) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.set(frame, hub.Line{Settings: s})
}

// Settings returns what the hosts of all frames have set.
func (l *Lines) Settings() map[string]hub.Settings {
	l.mu.RLock()
	defer l.mu.RUnlock()
	all := map[string]hub.Settings{}
	for frame, line := range l.lines {
		if line.Set != 0 {
			all[frame] = line.Settings
		}
	}
	return all
}

// Publish publishes a record, unless it is a picture of a frame with a line.
func (l *Lines) Publish(ctx context.Context, r hub.Record) (string, error) {
	if r.Name != hub.Picture {
		return l.publish(ctx, r)
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	if _, turns := l.lines[r.Frame]; turns {
		return "", hub.ErrTurns
	}
	return l.publish(ctx, r)
}

// Line implements hub.Lines.
func (l *Lines) Line(_ context.Context, frame string) (hub.LineState, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.state(frame), nil
}

func (l *Lines) state(frame string) hub.LineState {
	newest, shown := l.hub.Newest(frame)
	kept := l.lines[frame]
	return hub.LineState{
		Line:    kept.Line,
		Version: strconv.FormatUint(kept.version, 10) + " " + newest,
		Now:     time.Now(),
		Shown:   shown,
	}
}

// SwapLine implements hub.Lines.
func (l *Lines) SwapLine(ctx context.Context, frame string, was hub.LineState, next hub.Line, c hub.Change) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state(frame).Version != was.Version {
		return false, nil
	}
	if next.Set != was.Set {
		if err := l.save(frame, next.Settings); err != nil {
			return false, err
		}
	}
	if c.Hang != nil {
		r := hub.Record{Frame: frame, Name: hub.Picture, Data: c.Hang.Picture, Ticket: c.Hang.Ticket}
		if _, err := l.publish(ctx, r); err != nil {
			return false, err
		}
	}
	l.set(frame, next)
	l.hub.Gone(frame, c.Gone)
	return true, nil
}

func (l *Lines) set(frame string, next hub.Line) {
	if _, before := l.lines[frame]; !before && next.Empty() {
		return
	}
	l.versions++
	l.lines[frame] = line{next, l.versions}
	if next.Empty() {
		delete(l.lines, frame)
	}
	l.hub.SetLine(frame, l.state(frame))
}
