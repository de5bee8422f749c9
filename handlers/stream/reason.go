package stream

import (
	"context"
	"errors"
	"io"
	"os"
	"syscall"

	"picture-frame/hub"
)

// A Reason is why a stream has ended, for the log and for metrics.
type Reason uint8

// All there are.
const (
	Done     Reason = iota // it was complete: a poll was answered, a demonstration over
	Left                   // the client has hung up, or vanished
	Slow                   // the viewer took nothing for too long, or fell behind the history
	Shutdown               // the process stops
	Protocol               // the client has broken the rules of WebSockets
	Refused                // it had room, but could not begin
	Failed                 // anything else
	Reasons  = int(Failed) + 1
)

// String returns the name of r.
func (r Reason) String() string {
	return [Reasons]string{"done", "left", "slow", "shutdown", "protocol", "refused", "error"}[r]
}

// ErrRefused ends a stream that could not begin.
var ErrRefused = errors.New("stream: could not begin")

// causes are the errors that a stream may end with. Of two that fit, the earlier one
// counts.
var causes = []struct {
	err    error
	reason Reason
}{
	{ErrRefused, Refused},
	{hub.ErrClosed, Shutdown},
	{hub.ErrBehind, Slow},
	{ErrStalled, Slow},
	{os.ErrDeadlineExceeded, Slow},
	{syscall.ETIMEDOUT, Slow},
	{ErrNotText, Protocol},
	{ErrTooLarge, Protocol},
	{ErrNotUTF8, Protocol},
	{ErrGone, Left},
	{context.Canceled, Left}, // by net/http, because the client has hung up
	{syscall.EPIPE, Left},
	{syscall.ECONNRESET, Left},
	{io.EOF, Left},
	{io.ErrUnexpectedEOF, Left},
}

// reasonOf returns what a cause means.
func reasonOf(cause error) Reason {
	if cause == nil {
		return Done
	}
	for _, c := range causes {
		if errors.Is(cause, c.err) {
			return c.reason
		}
	}
	return Failed
}
