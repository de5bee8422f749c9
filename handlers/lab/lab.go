// Package lab serves the lab: the page that shows how streams work, its
// demonstrations, and the streams whose trouble a visitor can choose.
package lab

import (
	"context"
	"log/slog"
	"net/http"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"picture-frame/handlers/stream"
	"picture-frame/hub"
)

type frames interface {
	Subscribe(frame, last string, by hub.Transport) (*hub.Subscription, error)
	Broadcasts(frame string, most int) []hub.Broadcast
}

// A Lab serves streams that belong to no frame, so that the hub's end does not
// end them. The Lab ends them itself, and knows when all have ended.
type Lab struct {
	hub        frames
	tallies    hub.Tallies
	waves      *rate.Limiter
	admission  *stream.Admission
	sameOrigin func(*http.Request) error
	log        *slog.Logger
	visits     *lru.Cache[string, *visit]

	stopping context.Context
	stop     context.CancelFunc
	mu       sync.Mutex // makes enter and Close exclude each other
	closed   bool
	running  sync.WaitGroup
}

// New returns a lab whose streams count as viewers of admission. SameOrigin
// returns an error for a request from a page of another origin that must not
// open a WebSocket.
func New(h frames, tallies hub.Tallies, admission *stream.Admission, sameOrigin func(*http.Request) error, log *slog.Logger) *Lab {
	l := &Lab{hub: h, tallies: tallies, waves: rate.NewLimiter(waveReads, waveReads), admission: admission, sameOrigin: sameOrigin, log: log}
	l.visits, _ = lru.New[string, *visit](visitsKept) // fails for sizes below 1 only
	l.stopping, l.stop = context.WithCancel(context.Background())
	return l
}

// Close ends all streams and refuses new ones. It may be called again.
func (l *Lab) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.stop()
}

// Wait returns nil when, after Close, the last stream has ended, or the error of
// ctx. http.Server does not wait for WebSockets, which need time for their
// closing handshake.
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

// enter admits a stream. The caller has to call leave after the visit has left.
func (l *Lab) enter(c echo.Context) (visit *stream.Visit, leave func(), err error) {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return nil, nil, hub.ErrClosed
	}
	l.running.Add(1)
	l.mu.Unlock()
	if visit, err = l.admission.Enter(c, stream.OfLab, ""); err != nil {
		l.running.Done()
		return nil, nil, err
	}
	return visit, l.running.Done, nil
}

// answer serves a stream of the given media type, which body writes.
func (l *Lab) answer(c echo.Context, kind string, body func(*stream.Writer) error) error {
	stream.SetHeader(c.Response().Header(), kind)
	if c.Request().Method == http.MethodHead {
		return c.NoContent(http.StatusOK)
	}
	visit, leave, err := l.enter(c)
	if err != nil {
		return err
	}
	defer leave()
	stream.Answer(c.Response(), c.Request(), visit, func(out *stream.Writer) error {
		told := context.AfterFunc(l.stopping, func() { out.End(hub.ErrClosed) })
		defer told()
		return body(out)
	})
	return nil
}
