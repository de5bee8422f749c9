package handlers

import (
	"maps"
	"net/http"
	"sync"
	"time"

	"picture-frame/hub"
)

// Admission counts open streams of all transports and keeps them within their
// caps. The zero value has none.
type Admission struct {
	Max        int // of all; 0 = no cap
	PerAddress int // of one client address; 0 = no cap
	// Descriptors is how many streams this process's limit on open files
	// allows; 0 = not known.
	Descriptors int
	// Elsewhere counts the streams of other processes, unless nil: all, and those
	// of one address. The caps hold for all processes together.
	Elsewhere func(address string) (open, ofAddress int)
	// Near is called, unless nil, when Descriptors is nearly reached.
	Near func(open int)

	mu        sync.Mutex
	closed    bool
	warned    bool // until a good part has left
	open      int
	addresses map[string]int
}

// retryViewer is what a refused viewer is told to wait: places come free as
// others leave, which nobody can foretell.
const retryViewer = 30 * time.Second

// near is the share of the descriptors, in percent, from which on the operator
// had better know; below calm it is news again.
const (
	near = 90
	calm = 80
)

// Enter admits a viewer, who owes a leave, or says why not.
func (a *Admission) Enter(address string) (leave func(), err error) {
	address = clientKey(address)
	a.mu.Lock()
	defer a.mu.Unlock()
	var others, neighbours int
	if a.Elsewhere != nil && a.Max+a.PerAddress > 0 {
		others, neighbours = a.Elsewhere(address)
	}
	switch {
	case a.closed:
		return nil, hub.ErrClosed
	case a.Max > 0 && a.open+others >= a.Max, a.Descriptors > 0 && a.open >= a.Descriptors:
		return nil, problem(http.StatusTooManyRequests, "As many viewers as there is room for are watching.").after(retryViewer)
	case a.PerAddress > 0 && a.addresses[address]+neighbours >= a.PerAddress:
		return nil, problem(http.StatusTooManyRequests, "Too many viewers from your address.").after(retryViewer)
	}
	a.open++
	if limit := a.Descriptors * near / 100; a.Near != nil && limit > 0 && a.open >= limit && !a.warned {
		a.warned = true
		go a.Near(a.open)
	}
	if a.PerAddress == 0 {
		return a.leaveAny, nil
	}
	if a.addresses == nil {
		a.addresses = map[string]int{}
	}
	a.addresses[address]++
	return func() { a.leave(address) }, nil
}

// Close lets nobody in any more: the process is stopping.
func (a *Admission) Close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = true
}

// Open is how many are in.
func (a *Admission) Open() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.open
}

// Count is Open with the streams of each address, where their number is capped.
func (a *Admission) Count() (open int, byAddress map[string]int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.open, maps.Clone(a.addresses)
}

func (a *Admission) leaveAny() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.left()
}

func (a *Admission) left() {
	a.open--
	if a.open < a.Descriptors*calm/100 {
		a.warned = false
	}
}

func (a *Admission) leave(address string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.left()
	if a.addresses[address]--; a.addresses[address] == 0 {
		delete(a.addresses, address)
	}
}
