package hub

import (
	"context"
	"sync/atomic"
	"time"
)

// A Record is what a Cluster carries: an event before it has its bytes.
type Record struct {
	Frame string
	ID    string // of a picture; empty: the hub gives it one. Of a reset or a removal: the time of it, as an id
	Name  string // of a row in the table of kinds
	Data  []byte // JSON on one line
	// Ticket is that of a picture which has waited for its turn. No viewer is told.
	Ticket string
}

// Lasting reports whether the record changes what is kept of its frame.
func (r Record) Lasting() bool {
	k := kindOf(r.Name)
	return k.kept || k.clears || k.removes
}

// A Cluster is all that the processes of one wall have in common. A process
// that is alone is a cluster too: hub/memory forgets with the process, hub/file
// adds a disk, hub/redis adds others. Methods may do I/O and be called from any
// goroutine but the hub's, except where they say otherwise.
type Cluster interface {
	// Open is called once, by New: every record goes to h.Deliver, one at a time,
	// in the one order.
	Open(h *Hub)
	// Run does the cluster's work until ctx ends. It begins after h.Run.
	Run(ctx context.Context)
	// Ready is closed once this process has caught up, or knows that it cannot.
	Ready() <-chan struct{}
	// Up reports whether pictures can be published now. It does not block.
	Up() bool
	// LastError returns when what all have in common last failed this process; zero if
	// it never has. It does not block.
	LastError() time.Time
	// Close tells the others that nobody watches here any more. It comes after
	// the hub's end and before Run's.
	Close(ctx context.Context)

	// Check returns why a record could not be published now: ErrAway, ErrUnkept.
	// It does not block.
	Check(ctx context.Context) error
	// Publish returns once r is ordered, kept and delivered here, with the id it
	// got. ErrAway and ErrUnkept mean that it could not be, ErrNoPicture that there
	// is nothing to remove, ErrTurns that a picture of this frame has to be published
	// by SwapLine.
	Publish(ctx context.Context, r Record) (id string, err error)
	// Shared reports whether another process's viewers may have got a picture that
	// has not come here yet. Its answer never changes.
	Shared() bool
	// Durable reports whether ids and pictures outlive the process. Its answer never
	// changes.
	Durable() bool

	// Claim reports whether this process is the first of all to ask for name
	// within a time.
	Claim(ctx context.Context, name string, within time.Duration) bool
	// TakeAttempt lets a client make n attempts at once, then one each minute/n,
	// n > 0. It returns how long to wait for the next; 0 if it has been taken.
	TakeAttempt(ctx context.Context, client string, n int) (wait time.Duration)
	// ReturnAttempts gives a client all its attempts back.
	ReturnAttempts(ctx context.Context, client string)
	// TakeQuery takes one of the queries that a budget has within any period per,
	// if leave others are left after it. It returns how long to wait for one; 0 if
	// it has been taken. The error is an ErrAway.
	TakeQuery(ctx context.Context, budget string, queries int, per time.Duration, leave int) (wait time.Duration, err error)

	// QueriesTaken returns how many queries of a budget count now: those taken within
	// per.
	QueriesTaken(ctx context.Context, budget string, per time.Duration) (n int, err error)

	Tallies

	// Watched tells how many viewers a frame has in this process. It is called on
	// the hub's goroutine and must not block.
	Watched(frame string, viewers Viewers)
	// SetCounter makes count, which has to be quick, what the other processes are
	// told of this one's streams: all of them and, where it matters, those of each
	// address. It is called before Run.
	SetCounter(count func() (open int, byAddress map[string]int))
	// Remote counts the streams of the other processes: all, and those of one
	// address. It may be a second old, and does not block.
	Remote(address string) (open, ofAddress int)

	Lines
}

// A LastFailure is when something last failed. Its methods may be called from any
// goroutine.
type LastFailure struct{ at atomic.Pointer[time.Time] }

// Note says that it has failed now.
func (l *LastFailure) Note() {
	now := time.Now()
	l.at.Store(&now)
}

// Time is zero if it never has.
func (l *LastFailure) Time() time.Time {
	if at := l.at.Load(); at != nil {
		return *at
	}
	return time.Time{}
}
