package stream

import (
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// A Visit is one open stream. Its methods are called by one goroutine at a time.
type Visit struct {
	admission *Admission
	by        Transport
	frame     string // "" belongs to none
	client    string // whose place it takes; "" takes nobody's
	viewer    bool   // it takes a viewer's place
	network   string
	request   string // its id
	opened    time.Time
	sent      Sent
}

// An End is how a stream has ended.
type End struct {
	Cause error // nil if it was complete
	Sent  Sent  // beyond what Visit.Count was told
}

// newVisit keeps nothing of the request: a stream may outlive it, and its memory.
func (a *Admission) newVisit(c echo.Context, by Transport, frame string) *Visit {
	return &Visit{
		admission: a,
		by:        by,
		frame:     strings.Clone(frame),
		network:   request.Network(c.RealIP()),
		request:   strings.Clone(request.ID(c.Request().Context())),
		opened:    time.Now(),
	}
}

// Count counts what is sent.
func (v *Visit) Count(n Sent) {
	v.sent.add(n)
	v.admission.Traffic.Add(v.by, n)
}

// Leave ends the visit. It does not wait for the log.
func (v *Visit) Leave(e End) {
	v.sent.add(e.Sent)
	reason := reasonOf(e.Cause)
	a := v.admission
	a.mu.Lock()
	defer a.mu.Unlock()
	a.counts.Open[v.by]--
	a.counts.Closed[v.by][reason]++
	if v.viewer {
		a.countDown()
	}
	if v.client != "" {
		if a.clients[v.client]--; a.clients[v.client] == 0 {
			delete(a.clients, v.client)
		}
	}
	a.lines.add(closing{v, reason, e.Cause, time.Since(v.opened)})
}
