package stream

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/hub"
)

// An Admission counts the open streams of all transports, keeps their number
// within limits, and logs each when it ends. The zero value has no limits and no
// log. Its fields are set before its first use.
type Admission struct {
	Max        int // limit of all streams; 0 = none
	PerAddress int // limit of one client's streams; 0 = none
	// Descriptors is how many streams this process's limit on open files
	// allows; 0 = not known.
	Descriptors int
	// Remote, unless nil, returns how many streams other processes have open: in
	// all, and of one client. Max and PerAddress hold for all processes together.
	Remote func(client string) (open, ofClient int)
	// Near, unless nil, is called once when Descriptors is nearly reached, and
	// again only after many viewers have left.
	Near func(open int)

	Traffic Traffic // what all streams have been sent

	mu      sync.Mutex
	closed  bool
	warned  bool // Near has been called, and many have not left since
	open    int
	clients map[string]int // nil without PerAddress
	counts  Counts
	lines   lines
}

// Counts are those of streams since the process began, by transport.
type Counts struct {
	Open    [Transports]int
	Opened  [Transports]uint64
	Closed  [Transports][Reasons]uint64
	Refused [Transports][Refusals]uint64 // by Enter; none of them has opened
}

// A Refusal is why Enter refuses.
type Refusal uint8

// All there are.
const (
	Full     Refusal = iota // as many as there is room for
	Crowded                 // as many as a client may have
	Stopping                // the process stops
	Refusals = int(Stopping) + 1
)

// String returns the name of r.
func (r Refusal) String() string { return [Refusals]string{"full", "address", "shutdown"}[r] }

// Log has a line written for each stream that ends.
func (a *Admission) Log(to *slog.Logger) { a.lines.log = to }

// retryViewer is what a refused viewer is told to wait. Nobody can know when a
// place becomes free.
const retryViewer = 30 * time.Second

// Near is called at near percent of the descriptors, and may be called again
// once fewer than calm percent are in use.
const (
	near = 90
	calm = 80
)

// Enter admits a viewer, unless the error says why not: hub.ErrClosed, or a
// Problem. The caller has to call Leave when the viewer has left. Frame is "" for a
// stream that belongs to none.
func (a *Admission) Enter(c echo.Context, by Transport, frame string) (*Visit, error) {
	v := a.newVisit(c, by, frame)
	client := request.ClientKey(c.RealIP())
	a.mu.Lock()
	defer a.mu.Unlock()
	var remote, remoteOfClient int
	if a.Remote != nil && a.Max+a.PerAddress > 0 {
		remote, remoteOfClient = a.Remote(client)
	}
	switch {
	case a.closed:
		a.counts.Refused[by][Stopping]++
		return nil, hub.ErrClosed
	case a.Max > 0 && a.open+remote >= a.Max, a.Descriptors > 0 && a.open >= a.Descriptors:
		a.counts.Refused[by][Full]++
		return nil, request.NewProblem(http.StatusTooManyRequests, "As many viewers as there is room for are watching.").After(retryViewer)
	case a.PerAddress > 0 && a.clients[client]+remoteOfClient >= a.PerAddress:
		a.counts.Refused[by][Crowded]++
		return nil, request.NewProblem(http.StatusTooManyRequests, "Too many viewers from your address.").After(retryViewer)
	}
	v.viewer = true
	a.open++
	a.opened(by)
	if limit := a.Descriptors * near / 100; a.Near != nil && limit > 0 && a.open >= limit && !a.warned {
		a.warned = true
		go a.Near(a.open)
	}
	if a.PerAddress > 0 {
		if a.clients == nil {
			a.clients = map[string]int{}
		}
		v.client = client
		a.clients[client]++
	}
	return v, nil
}

// Note is Enter for a stream that takes nobody's place.
func (a *Admission) Note(c echo.Context, by Transport, frame string) *Visit {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.opened(by)
	return a.newVisit(c, by, frame)
}

// opened is called with mu held.
func (a *Admission) opened(by Transport) {
	a.counts.Open[by]++
	a.counts.Opened[by]++
}

// Close refuses every viewer from now on, because the process is stopping.
func (a *Admission) Close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = true
}

// Open returns how many streams are open.
func (a *Admission) Open() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.open
}

// Count returns how many streams are open: in all, and, if PerAddress is set, by
// client. The map is the caller's.
func (a *Admission) Count() (open int, byClient map[string]int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.open, maps.Clone(a.clients)
}

// Counts returns what has been counted so far.
func (a *Admission) Counts() Counts {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.counts
}

// Wait returns when all streams that have ended are logged, or ctx has ended. Those of
// which the hub alone knows that they have ended are still to come.
func (a *Admission) Wait(ctx context.Context) error { return a.lines.wait(ctx) }

// countDown is called with mu held.
func (a *Admission) countDown() {
	a.open--
	if a.open < a.Descriptors*calm/100 {
		a.warned = false
	}
}
