package hub

import (
	"context"
)

// alone is as much of a cluster as the hub's own tests need.
type alone struct {
	Cluster // what they do not need panics
	hub     *Hub
	durable bool
}

func (a *alone) Open(h *Hub)                 { a.hub = h }
func (a *alone) Watched(string, Viewers)     {}
func (a *alone) Shared() bool                { return false }
func (a *alone) Durable() bool               { return a.durable }
func (a *alone) Check(context.Context) error { return nil }
func (a *alone) Publish(ctx context.Context, r Record) (string, error) {
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	return a.hub.Deliver(r)
}
