package flickr

import (
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/sony/gobreaker/v2"
)

const (
	// openFor is how long nobody asks after the circuit has opened. Then one
	// request tries whether Flickr is back.
	openFor = 10 * time.Second
	// forgetAfter is how long failures add up.
	forgetAfter = 2 * time.Minute
	// tripAnswers and tripSilence are how many failed requests in a row, two a
	// search, open the circuit. Silence costs each asker seconds, an error
	// little; and an error may have to do with the word after all.
	tripAnswers = 20
	tripSilence = 4
)

// circuit stops asking a source that is dead, and finds out when it is back.
type circuit struct {
	breaker *gobreaker.CircuitBreaker[[]member]
	last    atomic.Pointer[failure] // the newest that brought it nearer to opening
}

// newCircuit returns a closed one. silence is how many requests in a row may
// find nobody or get no answer in time before it opens.
func newCircuit(source string, silence uint32, log *slog.Logger) *circuit {
	c := &circuit{}
	c.breaker = gobreaker.NewCircuitBreaker[[]member](gobreaker.Settings{
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
			var f *failure
			return !errors.As(err, &f) || !f.dead
		},
		// An error of the budget's says nothing about Flickr.
		IsExcluded: func(err error) bool {
			var f *failure
			return err != nil && !errors.As(err, &f)
		},
	})
	return c
}

// do runs request unless the circuit is open.
func (c *circuit) do(request func() ([]member, error)) ([]member, error) {
	members, err := c.breaker.Execute(func() ([]member, error) {
		members, err := request()
		var f *failure
		if errors.As(err, &f) && f.dead {
			c.last.Store(f)
		}
		return members, err
	})
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		return nil, c.refusal()
	}
	return members, err
}

// silent tells whether the last failure was that nobody was there, rather than
// an error that came back.
func (c *circuit) silent() bool {
	f := c.last.Load()
	return f != nil && (f.kind == ErrUnreachable || f.kind == ErrTimeout)
}

// refusal is the error while the circuit is open: of the kind that opened it,
// so that whoever has a stand-in knows whether to send it.
func (c *circuit) refusal() *failure {
	kind := ErrAnswer
	if c.silent() {
		kind = ErrUnreachable
	}
	return &failure{kind: kind, cause: "not asked, it failed too often just now", outcome: OutcomeOpen}
}
