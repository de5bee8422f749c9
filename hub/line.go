package hub

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

const (
	// MaxHold is the longest time for which a picture can be made to stay.
	MaxHold = time.Minute
	// LineTime is how long a word waits for its turn at most: with the search before
	// it, it is answered before a platform's router gives up.
	LineTime = 20 * time.Second
	// lineSize is how many words wait for their turn at most, and lineShare how many of
	// one client.
	lineSize, lineShare = 8, 3
	// hostSize is how many pictures wait for the host at most, and hostTime for how
	// long.
	hostSize = 50
	hostTime = 10 * time.Minute
	// lateness is how much later than planned a turn may come.
	lateness = time.Second
)

var (
	// ErrTurns says that a frame has a line, or a host who has set something: its
	// pictures go through Propose.
	ErrTurns = errors.New("hub: this frame's pictures wait for their turn")
	// ErrFrozen says that the frame's host lets no new picture hang.
	ErrFrozen = errors.New("hub: the frame is frozen")
	// ErrDropped says that the host has taken a word out of the line.
	ErrDropped = errors.New("hub: the host has dropped it")
	// ErrNoTicket says that nothing waits with such a ticket.
	ErrNoTicket = errors.New("hub: nothing waits with this ticket")
)

// A FullError says that a word cannot wait for its turn, or no longer, and when
// there is room again.
type FullError struct {
	After time.Duration
	Own   bool // there would be room, but for the client's own words
}

func (e *FullError) Error() string { return fmt.Sprint("hub: the line is full for ", e.After) }

// Settings are what the host of a frame has set.
type Settings struct {
	Frozen  bool           `json:"frozen,omitempty"`
	Approve bool           `json:"approve,omitempty"`
	Hold    *time.Duration `json:"hold,omitempty"` // nil: the hub's Hold
	// Set is when, in microseconds of the cluster's clock; 0 if the host has never set
	// anything. Of two copies the later counts.
	Set int64 `json:"set,omitempty"`
}

// A Waiting is a picture that has been found and does not hang yet. It is all that
// is needed to hang it, so that any process can.
type Waiting struct {
	Ticket   string          `json:"ticket"`
	Keyword  string          `json:"keyword"`
	Client   string          `json:"client,omitempty"`
	Picture  json.RawMessage `json:"picture"`
	Found    time.Time       `json:"found"` // by the cluster's clock
	Patience time.Duration   `json:"patience,omitempty"`
	Let      bool            `json:"let,omitempty"`      // the host wants it to hang
	Autoplay bool            `json:"autoplay,omitempty"` // nobody has asked for it
}

// A Line is what waits on a frame, and what its host has set. One that was read
// is not to be changed: its lists may be shared.
type Line struct {
	Settings
	ForHost []Waiting `json:"for_host,omitempty"` // in the order in which they were found
	InTurn  []Waiting `json:"in_turn,omitempty"`  // in the order in which they will hang
}

// Empty reports whether there is nothing to keep.
func (l *Line) Empty() bool { return len(l.ForHost) == 0 && len(l.InTurn) == 0 && l.Set == 0 }

// clone returns a line whose lists can be changed.
func (l *Line) clone() Line {
	c := *l
	c.ForHost, c.InTurn = slices.Clone(l.ForHost), slices.Clone(l.InTurn)
	return c
}

// A LineState is a frame's line as it was at one moment.
type LineState struct {
	Line
	// Version is opaque. It is the same only while the line and the newest picture
	// are.
	Version string
	Now     time.Time // by the cluster's clock
	Shown   time.Time // since when the newest picture hangs, by that clock; zero without one
}

// A Change is what happens to pictures in a line, beside the line itself.
type Change struct {
	Hang *Waiting          // to be published in the same step; nil for none
	Gone map[string]string // why, by ticket; for Gone of the processes whose askers wait
}

// Lines is the part of a Cluster for turns.
type Lines interface {
	// Line reads a frame's line. The error is an ErrAway.
	Line(ctx context.Context, frame string) (LineState, error)
	// SwapLine replaces the line that was read, publishes what hangs, as one step
	// with it, and tells all hubs (SetLine, Gone). It returns false, and has done
	// nothing, if the line or the newest picture has changed since. It returns once
	// all of it has come back to this hub.
	SwapLine(ctx context.Context, frame string, was LineState, next Line, c Change) (swapped bool, err error)
	// Key is secret, shared by all processes and kept as long as pictures are; nil
	// while it is not known. It does not block.
	Key() []byte
}
