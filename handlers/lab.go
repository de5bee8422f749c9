package handlers

import (
	"context"
	"log/slog"
	"net/http"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/labstack/echo/v4"

	"picture-frame/handlers/stream"
	"picture-frame/hub"
)

// A Lab serves the demonstrations: streams that belong to no frame, which the
// hub therefore does not end. It ends them itself, and knows when all are over.
type Lab struct {
	hub        subscriber
	admission  *stream.Admission
	sameOrigin func(*http.Request) error
	log        *slog.Logger
	visits     *lru.Cache[string, *visit]

	stopping context.Context
	stop     context.CancelFunc
	mu       sync.Mutex // between enter and Close
	closed   bool
	running  sync.WaitGroup
}

// NewLab returns a lab whose streams count as viewers at admission. SameOrigin
// refuses the pages of strangers where a WebSocket opens.
func NewLab(h subscriber, admission *stream.Admission, sameOrigin func(*http.Request) error, log *slog.Logger) *Lab {
	l := &Lab{hub: h, admission: admission, sameOrigin: sameOrigin, log: log}
	l.visits, _ = lru.New[string, *visit](visitsKept) // fails for sizes below 1 only
	l.stopping, l.stop = context.WithCancel(context.Background())
	return l
}

// Close ends all streams. It may be called again.
func (l *Lab) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.stop()
}

// Wait returns when, after Close, the last stream has ended, or ctx has.
// The server does not wait for WebSockets, and they too want to say goodbye.
func (l *Lab) Wait(ctx context.Context) error {
	over := make(chan struct{})
	go func() {
		l.running.Wait()
		close(over)
	}()
	select {
	case <-over:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// enter lets a stream begin, which owes a leave.
func (l *Lab) enter(address string) (leave func(), err error) {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return nil, hub.ErrClosed
	}
	l.running.Add(1)
	l.mu.Unlock()
	out, err := l.admission.Enter(address)
	if err != nil {
		l.running.Done()
		return nil, err
	}
	return func() {
		out()
		l.running.Done()
	}, nil
}

// answer serves a stream of the given media type, written by body.
func (l *Lab) answer(c echo.Context, kind string, body func(*stream.Writer) error) error {
	stream.SetHeader(c.Response().Header(), kind)
	if c.Request().Method == http.MethodHead {
		return c.NoContent(http.StatusOK)
	}
	leave, err := l.enter(c.RealIP())
	if err != nil {
		return err
	}
	defer leave()
	viewer := stream.LogOpened(l.log, "lab", c.Path(), c.RealIP())
	stream.Answer(c.Response(), c.Request(), func(out *stream.Writer) error {
		told := context.AfterFunc(l.stopping, func() { out.End(hub.ErrClosed) })
		defer told()
		return body(out)
	}, viewer.Closed)
	return nil
}
