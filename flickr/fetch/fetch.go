// Package fetch asks other people's servers with the courtesy that they are
// owed: few requests at once, a budget of queries, one retry that waits as long
// as it was told to, a circuit that leaves a dead server alone, limits on time
// and size, and errors that hold no secret. What is asked, and what an answer
// means, is its callers' business.
package fetch

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/sync/semaphore"
)

const (
	// atOnce is how many requests to one server may be under way.
	atOnce = 4
	// A retry waits between backOff and twice that, or as long as the answer
	// asked for; unless there would not be minLeft left for it.
	backOff = 300 * time.Millisecond
	minLeft = time.Second
	// fairTime is how long a server is asked at least before its silence counts: the
	// rest of a search's time may have gone to other requests.
	fairTime = 2 * time.Second
)

// Options describe a server.
type Options struct {
	Name   string // in the log and for Observe
	Secret string // it may be part of URLs, and is kept out of errors and the log
	Domain string // redirects between its hosts are followed; "" is the asked host alone

	Transport http.RoundTripper // nil is a transport of its own
	// Local is a server in this process, behind Transport: it is owed nothing.
	Local bool
	// Backup says that somebody else can answer instead, so nobody waits long for
	// this server to be reached.
	Backup bool

	Limits []Limit // a query is taken from each, in this order
	Budget Budget  // nil counts for this client alone
	// PauseAfter, unless nil, is how long nobody asks after an answer with a status
	// other than 200, if it stays the last word; asked is its Retry-After. With a
	// Backup, status 0 is a connection that broke.
	PauseAfter func(status int, asked time.Duration) time.Duration

	Log *slog.Logger // nil is none
	// Observe, unless nil, is called once for each request, made or refused, with
	// one of the Outcome constants. It must be quick and safe for concurrent use.
	Observe func(source, outcome string, took time.Duration)
}

// Client asks one server. It is safe for concurrent use.
type Client struct {
	Options
	http    *http.Client
	slots   *semaphore.Weighted
	circuit *circuit
}

// New returns a client of one server.
func New(o Options) *Client {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Observe == nil {
		o.Observe = func(string, string, time.Duration) {}
	}
	if o.Budget == nil {
		o.Budget = &memory{}
	}
	connect, silence := connectTime, uint32(tripSilence)
	if o.Backup {
		connect, silence = connectTimeBackup, 1
	}
	if o.Transport == nil {
		o.Transport = newTransport(connect)
	}
	return &Client{
		Options: o,
		http:    newHTTPClient(o.Transport, o.Domain),
		slots:   semaphore.NewWeighted(atOnce),
		circuit: newCircuit(o.Name, silence, o.Log),
	}
}

// Circuit returns one of CircuitStates.
func (c *Client) Circuit() string { return c.circuit.state() }

// A Request is what a server is asked, with GET.
type Request struct {
	URL *url.URL
	// Background is a request that can be done without: it is made once, of what
	// the limits' reserves leave.
	Background bool
}

// Fetch asks c for r, a second time if that may help, and returns what decode
// makes of the body of an answer with status 200: a list, maybe empty, or an
// error, which is a *Failure. Fetch ends with ctx, and has no deadline of its own.
func Fetch[T any](ctx context.Context, c *Client, r Request, decode func(body []byte) ([]T, error)) ([]T, error) {
	var items []T
	err := c.fetch(ctx, r, func(body []byte) (n int, err error) {
		items, err = decode(body)
		return len(items), err
	})
	if err != nil {
		return nil, err
	}
	return items, nil
}

func (c *Client) fetch(ctx context.Context, r Request, decode func([]byte) (int, error)) error {
	err := c.try(ctx, r, decode)
	if !r.Background && c.mayRetry(ctx, err) {
		again := c.try(ctx, r, decode)
		var failed *Failure
		if again == nil || errors.As(again, &failed) && failed.Outcome != OutcomeOpen {
			err = again
		}
	}
	var failed *Failure
	if !errors.As(err, &failed) || failed.Outcome == OutcomeOpen {
		return err
	}
	if c.Backup && c.PauseAfter != nil && failed.Outcome == OutcomeLost {
		failed.Pause = c.PauseAfter(0, 0) // each try costs the asker a wait
	}
	if failed.Pause > 0 {
		c.circuit.pause(failed.Pause)
	}
	if !failed.Expected {
		// Once for all requests that wait for it.
		c.Log.WarnContext(ctx, "search failed", "source", c.Name, "err", failed)
	}
	return err
}

// mayRetry reports whether another try may help, after having waited for its
// time.
func (c *Client) mayRetry(ctx context.Context, err error) bool {
	var failed *Failure
	if !errors.As(err, &failed) || !failed.Retry || c.Backup && failed.Kind == ErrUnreachable {
		return false
	}
	wait := max(failed.After, backOff+rand.N(backOff))
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait+minLeft {
		return false
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// try makes one request, when it is its turn.
func (c *Client) try(ctx context.Context, r Request, decode func([]byte) (int, error)) error {
	start, found := time.Now(), 0
	request := func() error {
		if err := c.take(ctx, r.Background); err != nil {
			return err
		}
		start = time.Now()
		body, err := c.get(ctx, r.URL)
		if err == nil {
			found, err = decode(body)
		}
		var failed *Failure
		if c.Backup && errors.As(err, &failed) && failed.Kind == ErrTimeout && time.Since(start) < fairTime {
			failed.Dead = false // one silence opens the circuit, and this was none
		}
		return err
	}

	var err error
	if c.Local {
		err = request()
	} else if err = c.slots.Acquire(ctx, 1); err != nil {
		err = &Failure{Kind: ErrTimeout, Cause: "too many requests before it", Outcome: OutcomeTimeout}
	} else {
		defer c.slots.Release(1) // Even if the transport panics.
		err = c.circuit.do(request)
	}
	return c.account(ctx, err, found, time.Since(start))
}

// take takes a query from every limit.
func (c *Client) take(ctx context.Context, background bool) error {
	for _, l := range c.Limits {
		leave := 0
		if background {
			leave = l.Reserve
		}
		wait, err := c.Budget.TakeQuery(ctx, l.Name, l.Queries, l.Per, leave)
		if err != nil {
			return err
		}
		if wait > 0 {
			return &BudgetError{After: wait}
		}
	}
	return nil
}

// account reports one try, and gives its error the form in which it may leave.
func (c *Client) account(ctx context.Context, err error, found int, took time.Duration) error {
	var failed *Failure
	switch {
	case err == nil && found == 0:
		c.Observe(c.Name, OutcomeEmpty, took)
		return nil
	case err == nil:
		c.Observe(c.Name, OutcomeOK, took)
		return nil
	case errors.As(err, &failed):
		c.Observe(c.Name, failed.Outcome, took)
		// The secret may be in what the server says about it.
		failed.Cause, failed.Source = redact(failed.Cause, c.Secret), c.Name
		return failed
	}
	c.Observe(c.Name, OutcomeBudget, took)
	if !errors.Is(err, ErrBudget) {
		c.Log.WarnContext(ctx, "budget cannot be asked", "source", c.Name, "err", err)
	}
	return err
}
