package handlers

import (
	"errors"
	"net/http"
	"regexp"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/stream"
	"picture-frame/hub"
	"picture-frame/hub/wire"
)

const (
	// visitsKept bounds the visits that are known; the one that has not been
	// heard of for longest is forgotten first.
	visitsKept = 1000
	// visitStreams is how many streams one visit may have at a time. A page has
	// two; while it reconnects, the old ones may not have ended yet.
	visitStreams = 6
	// labHeartbeat is shorter than that of other streams: who watches a stream
	// stall should not have to wait for a minute to see it noticed.
	labHeartbeat = 2 * time.Second
)

// How long each trouble lasts.
const (
	stallFor  = 40 * time.Second // then the connection is cut: no socket stays for ever
	refuseFor = 8 * time.Second
	slowFor   = 15 * time.Second
	awayFor   = 1500 * time.Millisecond
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

// visitToken is 128 bits in hexadecimal, drawn by the page: nobody can guess
// whose connections to break.
var visitToken = regexp.MustCompile(`^[0-9a-f]{32}$`)

// A visit is one visitor's streams, and what is wrong with them by request.
type visit struct {
	mu          sync.Mutex
	streams     map[*troubled]struct{}
	refuseUntil time.Time // until then new streams are answered 503
	awayUntil   time.Time // until then they are not answered at all
}

// visitOf finds the visit that a request names. A new one is made if create
// says so.
func (l *Lab) visitOf(c echo.Context, create bool) (*visit, error) {
	token := c.QueryParam("visit")
	if !visitToken.MatchString(token) {
		return nil, problem(http.StatusBadRequest, "visit has to be 32 hexadecimal digits.")
	}
	if create {
		l.visits.ContainsOrAdd(token, &visit{streams: map[*troubled]struct{}{}})
	}
	v, ok := l.visits.Get(token)
	if !ok {
		return nil, problem(http.StatusNotFound, "There is no such visit.")
	}
	return v, nil
}

// admit says whether a new stream may begin.
func (v *visit) admit(now time.Time) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch {
	case now.Before(v.awayUntil):
		panic(http.ErrAbortHandler) // hangs up without a word, as one who is not there
	case now.Before(v.refuseUntil):
		return problem(http.StatusServiceUnavailable, "You have asked for this.").after(v.refuseUntil.Sub(now))
	case len(v.streams) >= visitStreams:
		return problem(http.StatusTooManyRequests, "Your visit has too many streams.").after(stallFor)
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

// breakAs breaks the visit's streams; false means that it does not know how.
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
// visit, and of nobody else.
func (l *Lab) Break(c echo.Context) error {
	v, err := l.visitOf(c, false)
	if err != nil {
		return err
	}
	if !v.breakAs(c.QueryParam("how"), time.Now()) {
		return problem(http.StatusBadRequest, "how has to be cut, stall, refuse, slow or restart.")
	}
	return c.NoContent(http.StatusNoContent)
}

// Stream is GET /lab/stream?visit=TOKEN: the stream of ?frame=NAME that its
// visitor can break, with the time more often than elsewhere.
func (l *Lab) Stream(c echo.Context) error {
	frame, err := frameOf(c)
	if err != nil {
		return err
	}
	v, err := l.visitOf(c, true)
	if err != nil {
		return err
	}
	if c.Request().Method == http.MethodHead {
		streamHeader(c.Response().Header(), mimeEventStream)
		return c.NoContent(http.StatusOK)
	}
	if err := v.admit(time.Now()); err != nil {
		return err
	}
	sub, err := l.hub.Subscribe(frame, lastEventID(c))
	if err != nil {
		return err
	}
	defer sub.Close()
	var cause error
	err = l.answer(c, mimeEventStream, func(out *stream.Writer) error {
		t := &troubled{out: out}
		defer v.add(t)()
		cause = stream.Follow(out, t, sub, wire.SSE, labHeartbeat)
		if told := out.Err(); !t.midway && (errors.Is(told, errRestart) || errors.Is(told, hub.ErrClosed)) {
			out.Last(stream.Bye().Bytes(wire.SSE)) // the stream ends either way
		}
		return cause
	})
	if errors.Is(cause, errCut) {
		panic(http.ErrAbortHandler) // hangs up in the middle of the answer
	}
	return err
}

// troubled lets a stream's bytes through as its visitor has asked.
type troubled struct {
	out    *stream.Writer
	midway bool // in an event, behind which nothing else must be written

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

// Write implements io.Writer, in its own time.
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
