package stream

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"picture-frame/hub/wire"
)

// A Writer is one streaming answer, written by the goroutine of its handler:
// what the plain way and the lab's demonstrations have in common. All methods
// but End and Done belong to that goroutine.
//
// The first thing that ends a stream decides: a write that fails, the client
// that leaves (ErrGone), somebody who calls End. From then on writes and waits
// fail with that cause, so a body may ignore the errors of its writes as long
// as it waits between them.
type Writer struct {
	http  http.ResponseWriter
	rc    *http.ResponseController
	stall time.Duration
	ctx   context.Context
	end   context.CancelCauseFunc
	held  bool
	buf   []byte

	mu   sync.Mutex // against an End after the end
	over bool
}

// Answer sends the header in w with status 200 and lets body write the stream,
// which ends when body returns. Then ended is called with the cause: nil if
// body came to its end, else why not.
func Answer(w http.ResponseWriter, r *http.Request, body func(*Writer) error, ended func(cause error)) {
	answer(w, r, Stall, body, ended)
}

func answer(w http.ResponseWriter, r *http.Request, stall time.Duration, body func(*Writer) error, ended func(cause error)) {
	out := &Writer{http: w, rc: http.NewResponseController(w), stall: stall}
	out.ctx, out.end = context.WithCancelCause(r.Context())
	defer out.end(nil)
	// The server's deadline for reading a request would end the stream.
	_ = out.rc.SetReadDeadline(time.Time{}) // a recorder has none
	w.WriteHeader(http.StatusOK)
	out.deadline()
	_ = out.rc.Flush() // if it fails, so will the first write
	err := body(out)
	out.mu.Lock()
	out.over = true
	out.mu.Unlock()
	ended(err)
}

// Done is closed when the stream has ended.
func (w *Writer) Done() <-chan struct{} { return w.ctx.Done() }

// Err is why the stream has ended, nil before.
func (w *Writer) Err() error {
	if w.ctx.Err() == nil {
		return nil
	}
	cause := context.Cause(w.ctx)
	if errors.Is(cause, context.Canceled) { // by the server, whose client has left
		return ErrGone
	}
	return cause
}

// End ends the stream from any goroutine. A write that is under way gets a
// little time, for a client that does not read must not hold up a stop.
func (w *Writer) End(cause error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.end(cause)
	if !w.over {
		_ = w.rc.SetWriteDeadline(time.Now().Add(stallAtEnd))
	}
}

// Write sends p as it is, at once. It fails when the client takes nothing for
// Stall.
func (w *Writer) Write(p []byte) (int, error) {
	if err := w.Err(); err != nil {
		return 0, err
	}
	return w.Last(p)
}

// Last is Write for what is said after the end: a stream that was told to end
// may still say goodbye.
func (w *Writer) Last(p []byte) (int, error) {
	w.deadline()
	n, err := w.http.Write(p)
	if err == nil && !w.held {
		err = w.rc.Flush()
	}
	if err != nil {
		w.end(err)
	}
	return n, err
}

// Send sends one block of an event stream: data of one or many lines, event,
// id, retry, a comment, each if it is set.
func (w *Writer) Send(m wire.Message) error {
	w.buf = wire.AppendSSE(w.buf[:0], m)
	_, err := w.Write(w.buf)
	return err
}

// Hold leaves what is written from now on in the server's buffer, until that is
// full or the stream ends: what happens to whoever forgets to flush.
func (w *Writer) Hold() { w.held = true }

// Wait lets d pass, unless the stream ends before.
func (w *Writer) Wait(d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return w.Err()
	case <-w.Done():
		return w.Err()
	}
}

// Loop calls step for 0, 1, 2 and so on, at once and then once every d, until
// it has been called n times, or for n = 0 until the stream ends.
func (w *Writer) Loop(d time.Duration, n int, step func(i int) error) error {
	beat := time.NewTicker(d) // does not drift, as waits one after the other do
	defer beat.Stop()
	for i := 0; ; i++ {
		if err := step(i); err != nil {
			return err
		}
		if i+1 == n {
			return nil
		}
		select {
		case <-beat.C:
		case <-w.Done():
			return w.Err()
		}
	}
}

// deadline bounds the write that follows.
func (w *Writer) deadline() {
	w.mu.Lock()
	defer w.mu.Unlock()
	stall := w.stall
	if w.ctx.Err() != nil {
		stall = min(stall, stallAtEnd)
	}
	_ = w.rc.SetWriteDeadline(time.Now().Add(stall)) // a recorder has none
}
