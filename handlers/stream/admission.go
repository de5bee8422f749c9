package stream

import (
	"maps"
	"net/http"
	"sync"
	"time"

	"picture-frame/handlers/request"
	"picture-frame/hub"
)

// An Admission counts the open streams of all transports and keeps their number
// within limits. The zero value has none. Its fields are set before its first
// use.
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

	mu      sync.Mutex
	closed  bool
	warned  bool // Near has been called, and many have not left since
	open    int
	clients map[string]int // nil without PerAddress
}

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
// Problem. The caller has to call leave when the viewer has left.
func (a *Admission) Enter(address string) (leave func(), err error) {
	client := request.ClientKey(address)
	a.mu.Lock()
	defer a.mu.Unlock()
	var remote, remoteOfClient int
	if a.Remote != nil && a.Max+a.PerAddress > 0 {
		remote, remoteOfClient = a.Remote(client)
	}
	switch {
	case a.closed:
		return nil, hub.ErrClosed
	case a.Max > 0 && a.open+remote >= a.Max, a.Descriptors > 0 && a.open >= a.Descriptors:
		return nil, request.NewProblem(http.StatusTooManyRequests, "As many viewers as there is room for are watching.").After(retryViewer)
	case a.PerAddress > 0 && a.clients[client]+remoteOfClient >= a.PerAddress:
		return nil, request.NewProblem(http.StatusTooManyRequests, "Too many viewers from your address.").After(retryViewer)
	}
	a.open++
	if limit := a.Descriptors * near / 100; a.Near != nil && limit > 0 && a.open >= limit && !a.warned {
		a.warned = true
		go a.Near(a.open)
	}
	if a.PerAddress == 0 {
		return a.leave, nil
	}
	if a.clients == nil {
		a.clients = map[string]int{}
	}
	a.clients[client]++
	return func() { a.leaveFrom(client) }, nil
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

func (a *Admission) leave() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.countDown()
}

func (a *Admission) leaveFrom(client string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.countDown()
	if a.clients[client]--; a.clients[client] == 0 {
		delete(a.clients, client)
	}
}

// countDown is called with mu held.
func (a *Admission) countDown() {
	a.open--
	if a.open < a.Descriptors*calm/100 {
		a.warned = false
	}
}
