package lab

import (
	"errors"
	"net/http"
	"regexp"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub"
	"picture-frame/hub/wire"
)

const (
	// visitsKept bounds the visits that are known; beyond it, the one that was
	// used least recently is forgotten.
	visitsKept = 1000
	// visitStreams is how many streams one visit may have at a time. A page has
	// two; while it reconnects, the old ones may not have ended yet.
	visitStreams = 6
	// heartbeat is shorter than that of other streams, so that a page notices a
	// stalled stream while somebody is watching.
	heartbeat = 2 * time.Second
)

// How long each trouble lasts.
const (
	stallFor  = 40 * time.Second // then the connection is cut, to free the socket
	refuseFor = 8 * time.Second
	slowFor   = 15 * time.Second
	awayFor   = 1500 * time.Millisecond
	// backAfter is the soonest that a restart asks to come back: nobody who does as
	// told finds it away, although browsers' timers may be some milliseconds early.
	backAfter = awayFor + 100*time.Millisecond
)

// A slow connection carries 80 bytes a second.
const (
	slowBytes = 16
	slowEvery = 200 * time.Millisecond
)

var (
	errCut     = errors.New("lab: the visitor has asked for a cut")
	errRestart = errors.New("lab: the visitor has asked for a restart")
)

// visitToken matches 128 bits in hexadecimal. The page draws them at random, so
// that nobody can guess another visit's token and break its streams.
var visitToken = regexp.MustCompile(`^[0-9a-f]{32}$`)

// A visit is the streams of one visitor and the trouble that it has asked for.
type visit struct {
	mu          sync.Mutex
	streams     map[*troubled]struct{}
	refuseUntil time.Time // until then new streams are answered 503
	awayUntil   time.Time // until then their connections are closed unanswered
}

// visitOf returns the visit that a request names. If it is not known, create
// decides between a new visit and a Problem.
func (l *Lab) visitOf(c echo.Context, create bool) (*visit, error) {
	token := request.Query(c.Request(), "visit")
	if !visitToken.MatchString(token) {
		return nil, request.NewProblem(http.StatusBadRequest, "visit has to be 32 hexadecimal digits.")
	}
	if create {
		l.visits.ContainsOrAdd(token, &visit{streams: map[*troubled]struct{}{}})
	}
	v, ok := l.visits.Get(token)
	if !ok {
		return nil, request.NewProblem(http.StatusNotFound, "There is no such visit.")
	}
	return v, nil
}

// admit returns an error if no new stream may begin. While the visit is away it
// panics with http.ErrAbortHandler, which closes the connection.
func (v *visit) admit(now time.Time) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch {
	case now.Before(v.awayUntil):
		panic(http.ErrAbortHandler)
	case now.Before(v.refuseUntil):
		return request.NewProblem(http.StatusServiceUnavailable, "You have asked for this.").After(v.refuseUntil.Sub(now))
	case len(v.streams) >= visitStreams:
		return request.NewProblem(http.StatusTooManyRequests, "Your visit has too many streams.").After(stallFor)
	}
	return nil
}

func (v *visit) add(t *troubled) (remove func()) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.streams[t] = struct{}{}
	return func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		delete(v.streams, t)
	}
}

// breakAs breaks the visit's streams. It reports whether it knows how.
func (v *visit) breakAs(how string, now time.Time) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	each := func(f func(*troubled)) {
		for t := range v.streams {
			f(t)
		}
	}
	switch how {
	case "cut":
		each(func(t *troubled) { t.out.End(errCut) })
	case "stall":
		each((*troubled).stall)
	case "refuse":
		v.refuseUntil = now.Add(refuseFor)
		each(func(t *troubled) { t.out.End(errCut) })
	case "slow":
		each(func(t *troubled) { t.slow(now.Add(slowFor)) })
	case "restart":
		v.awayUntil = now.Add(awayFor)
		each(func(t *troubled) { t.out.End(errRestart) })
	default:
		return false
	}
	return true
}

// Break is POST /lab/break?visit=TOKEN&how=HOW: it breaks the streams of this
// visit and no others.
func (l *Lab) Break(c echo.Context) error {
	v, err := l.visitOf(c, false)
	if err != nil {
		return err
	}
	if !v.breakAs(request.Query(c.Request(), "how"), time.Now()) {
		return request.NewProblem(http.StatusBadRequest, "how has to be cut, stall, refuse, slow or restart.")
	}
	return c.NoContent(http.StatusNoContent)
}

// Stream is GET /lab/stream?visit=TOKEN: the stream of ?frame=NAME, with a time
// event every heartbeat, that Break can break.
func (l *Lab) Stream(c echo.Context) error {
	frame, err := request.Frame(c)
	if err != nil {
		return err
	}
	v, err := l.visitOf(c, true)
	if err != nil {
		return err
	}
	if c.Request().Method == http.MethodHead {
		stream.SetHeader(c.Response().Header(), request.MIMEEventStream)
		return c.NoContent(http.StatusOK)
	}
	if err := v.admit(time.Now()); err != nil {
		return err
	}
	sub, err := l.hub.Subscribe(frame, request.LastEventID(c), hub.SSE)
	if err != nil {
		return err
	}
	defer sub.Close()
	var cause error
	err = l.answer(c, request.MIMEEventStream, func(out *stream.Writer) error {
		t := &troubled{out: out}
		defer v.add(t)()
		cause = stream.Follow(out, t, sub, wire.SSE, heartbeat)
		switch told := out.Err(); {
		case t.midway: // nothing may follow a part of an event
		case errors.Is(told, errRestart):
			out.Last(stream.ByeFor(backAfter).Bytes(wire.SSE)) // the stream ends either way
		case errors.Is(told, hub.ErrClosed):
			out.Last(stream.Bye().Bytes(wire.SSE))
		}
		if errors.Is(cause, errCut) || errors.Is(cause, errRestart) {
			return nil // as it was asked for
		}
		return cause
	})
	if errors.Is(cause, errCut) {
		panic(http.ErrAbortHandler) // closes the connection in the middle of the answer
	}
	return err
}

// troubled writes a stream as its visitor has asked: at once, slowly, or not.
type troubled struct {
	out    *stream.Writer
	midway bool // the last write has sent a part of an event, so nothing may follow it

	mu        sync.Mutex
	stalled   bool
	slowUntil time.Time
}

func (t *troubled) stall() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.stalled {
		t.stalled = true
		time.AfterFunc(stallFor, func() { t.out.End(errCut) })
	}
}

func (t *troubled) slow(until time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.slowUntil = until
}

// Write implements io.Writer. While the stream is slow it sends a piece of p at a
// time; once it is stalled it waits for the end of the stream.
func (t *troubled) Write(p []byte) (done int, err error) {
	defer func() { t.midway = done > 0 && done < len(p) }()
	for {
		t.mu.Lock()
		stalled, slow := t.stalled, time.Now().Before(t.slowUntil)
		t.mu.Unlock()
		if stalled {
			<-t.out.Done()
			return done, t.out.Err()
		}
		piece := p[done:]
		if slow {
			piece = piece[:min(len(piece), slowBytes)]
		}
		var n int
		n, err = t.out.Write(piece)
		if done += n; err != nil || done == len(p) {
			return done, err
		}
		if err := t.out.Wait(slowEvery); err != nil {
			return done, err
		}
	}
}
