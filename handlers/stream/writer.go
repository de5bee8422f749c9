package stream

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"picture-frame/hub/wire"
)

// A Writer is one streaming answer, written by the goroutine of its handler. The
// plain way and the lab's demonstrations use it. Only that goroutine may call its
// methods, except End and Done.
//
// A stream ends with the first of these: a write fails, the client leaves
// (ErrGone), End is called. From then on writes and waits fail with that cause,
// so a body may ignore the errors of its writes if it waits between them.
type Writer struct {
	http  http.ResponseWriter
	rc    *http.ResponseController
	stall time.Duration
	ctx   context.Context
	end   context.CancelCauseFunc
	held  bool
	count func(Sent)
	buf   []byte

	mu   sync.Mutex // so that End does not set a deadline once over is true
	over bool
}

// Answer sends the header in w with status 200 and calls body, which writes the
// stream. The stream ends when body returns. Then v leaves, with the error that body
// has returned.
func Answer(w http.ResponseWriter, r *http.Request, v *Visit, body func(*Writer) error) {
	answer(w, r, Stall, v.Count, body, func(cause error) { v.Leave(End{Cause: cause}) })
}

func answer(w http.ResponseWriter, r *http.Request, stall time.Duration, count func(Sent), body func(*Writer) error, ended func(cause error)) {
	out := &Writer{http: w, rc: http.NewResponseController(w), stall: stall, count: count}
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
	if r.Context().Err() != nil && reasonOf(err) == Failed {
		err = ErrGone // net/http knew before the write that failed
	}
	ended(err)
}

// Done is closed when the stream has ended.
func (w *Writer) Done() <-chan struct{} { return w.ctx.Done() }

// Err returns why the stream has ended, nil before.
func (w *Writer) Err() error {
	if w.ctx.Err() == nil {
		return nil
	}
	cause := context.Cause(w.ctx)
	if errors.Is(cause, context.Canceled) { // by net/http, because the client has left
		return ErrGone
	}
	return cause
}

// End ends the stream with a cause. Any goroutine may call it. A write that is
// under way fails after stallAtEnd, so that a client that does not read cannot
// delay the process's stop.
func (w *Writer) End(cause error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.end(cause)
	if !w.over {
		_ = w.rc.SetWriteDeadline(time.Now().Add(stallAtEnd))
	}
}

// Write sends p as it is, at once. It fails once the client has taken nothing for
// Stall.
func (w *Writer) Write(p []byte) (int, error) {
	if err := w.Err(); err != nil {
		return 0, err
	}
	return w.Last(p)
}

// Last is Write for a stream that has ended by End: it may still send a last
// event.
func (w *Writer) Last(p []byte) (int, error) {
	w.deadline()
	n, err := w.http.Write(p)
	w.count(Sent{Bytes: uint64(n), Writes: 1})
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
	w.count(Sent{Events: 1})
	_, err := w.Write(w.buf)
	return err
}

// Hold leaves what is written from now on in the server's buffer, until the buffer
// is full or the stream ends, as if the handler forgot to flush.
func (w *Writer) Hold() { w.held = true }

// Wait returns nil after d, or why the stream has ended before.
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
	beat := time.NewTicker(d) // does not drift, unlike one wait after the other
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
