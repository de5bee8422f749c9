package fetch

import (
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/sony/gobreaker/v2"
)

const (
	// openFor is how long nobody asks after the circuit has opened. Then one
	// request tries whether the server is back.
	openFor = 10 * time.Second
	// forgetAfter is how long failures add up.
	forgetAfter = 2 * time.Minute
	// tripAnswers and tripSilence are how many failed requests in a row, two a
	// search, open the circuit. Silence costs each asker seconds, an error
	// little; and an error may have to do with the word after all.
	tripAnswers = 20
	tripSilence = 4
)

// circuit stops asking a server that is dead or wants a pause, and finds out
// when it is back.
type circuit struct {
	breaker *gobreaker.CircuitBreaker[struct{}]

	mu     sync.Mutex
	last   *Failure  // the newest that brought it nearer to opening
	paused time.Time // nobody asks before that
}

// newCircuit returns a closed one. silence is how many requests in a row may
// find nobody or get no answer in time before it opens.
func newCircuit(source string, silence uint32, log *slog.Logger) *circuit {
	c := &circuit{}
	c.breaker = gobreaker.NewCircuitBreaker[struct{}](gobreaker.Settings{
		Name:     source,
		Interval: forgetAfter,
		Timeout:  openFor,
		ReadyToTrip: func(counts gobreaker.Counts) bool {
			if c.silent() {
				return counts.ConsecutiveFailures >= silence
			}
			return counts.ConsecutiveFailures >= tripAnswers
		},
		OnStateChange: func(source string, from, to gobreaker.State) {
			log.Warn("circuit changed", "source", source, "from", from.String(), "to", to.String())
		},
		IsSuccessful: func(err error) bool {
			var f *Failure
			return !errors.As(err, &f) || !f.Dead
		},
		// An error of the budget's says nothing about the server.
		IsExcluded: func(err error) bool {
			var f *Failure
			return err != nil && !errors.As(err, &f)
		},
	})
	return c
}

// do runs request unless the circuit is open or paused.
func (c *circuit) do(request func() error) error {
	if c.isPaused() {
		return &Failure{Kind: ErrAnswer, Cause: "not asked, it refused just now", Outcome: OutcomeOpen}
	}
	_, err := c.breaker.Execute(func() (struct{}, error) {
		err := request()
		var f *Failure
		if errors.As(err, &f) && f.Dead {
			c.mu.Lock()
			c.last = f
			c.mu.Unlock()
		}
		return struct{}{}, err
	})
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		return c.refusal()
	}
	return err
}

// CircuitStates are what Client.Circuit returns: the server is asked, asked by one to
// try, not asked because it failed too often, not asked because it wants a pause.
var CircuitStates = []string{"closed", "half-open", "open", "paused"}

func (c *circuit) state() string {
	if c.isPaused() {
		return "paused"
	}
	return c.breaker.State().String()
}

// pause keeps everybody from asking for d.
func (c *circuit) pause(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if until := time.Now().Add(d); until.After(c.paused) {
		c.paused = until
	}
}

func (c *circuit) isPaused() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Before(c.paused)
}

// silent reports whether the last failure was that nobody was there, rather
// than an error that came back.
func (c *circuit) silent() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last != nil && (c.last.Kind == ErrUnreachable || c.last.Kind == ErrTimeout)
}

// refusal is the error while the circuit is open: of the kind that opened it,
// so that a caller with a stand-in knows whether to send it.
func (c *circuit) refusal() *Failure {
	kind := ErrAnswer
	if c.silent() {
		kind = ErrUnreachable
	}
	return &Failure{Kind: kind, Cause: "not asked, it failed too often just now", Outcome: OutcomeOpen}
}
