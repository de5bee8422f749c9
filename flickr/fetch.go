package flickr

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

const (
	// maxBody is how much of an answer is read, before and after unpacking. A
	// hundred photos take some 100 KB.
	maxBody = 2 << 20
	// atOnce is how many requests to Flickr may be under way.
	atOnce = 4
	// A retry waits between backOff and twice that, or as long as the answer
	// asked for; unless there would not be minLeft left for it.
	backOff = 300 * time.Millisecond
	minLeft = time.Second

	userAgent = "picture-frame/1 (Go; one search per word, cached)"
)

// The outcomes that Options.Observe is told.
const (
	OutcomeOK          = "ok"          // photos
	OutcomeEmpty       = "empty"       // an answer without photos
	OutcomeCached      = "cached"      // no request was needed
	OutcomeRefused     = "refused"     // stat=fail
	OutcomeStatus      = "status"      // an HTTP status other than 200
	OutcomeUnreadable  = "unreadable"  // not what was asked for
	OutcomeUnreachable = "unreachable" // no connection
	OutcomeLost        = "lost"        // a connection, but it broke
	OutcomeTimeout     = "timeout"
	OutcomeOpen        = "open"   // not asked: it failed too often just now
	OutcomeBudget      = "budget" // not asked: the hour's queries are spent
)

// fetcher asks one source over HTTP, with all courtesy due.
type fetcher struct {
	source string
	client *http.Client
	key    string // a secret, removed from whatever is logged or returned

	// What Flickr is owed. The album is no server, and has none of these.
	slots   *semaphore.Weighted
	budget  Budget
	circuit *circuit

	hasStandIn bool // Then nobody waits for a second try to connect.

	log     *slog.Logger
	observe func(source, outcome string, took time.Duration)
}

// fetch asks for u, a second time if that may help, and returns what decode
// makes of the answer. Who is content with spare queries is asked for once.
func (f *fetcher) fetch(ctx context.Context, u *url.URL, spare bool, decode func([]byte) ([]member, error)) ([]member, error) {
	members, err := f.try(ctx, u, spare, decode)
	if !spare && f.mayRetry(ctx, err) {
		second, again := f.try(ctx, u, spare, decode)
		var failed *failure
		if again == nil || errors.As(again, &failed) && failed.outcome != OutcomeOpen {
			members, err = second, again
		}
	}
	f.logFailure(err)
	return members, err
}

// logFailure says why a source failed: once for all who wait for it, and not
// when that was to be expected.
func (f *fetcher) logFailure(err error) {
	var failed *failure
	if !errors.As(err, &failed) || failed.outcome == OutcomeOpen || failed.kind == ErrUnsearchable {
		return
	}
	f.log.Warn("search failed", "source", f.source, "err", failed)
}

// mayRetry tells whether another try may help, after having waited for its
// time.
func (f *fetcher) mayRetry(ctx context.Context, err error) bool {
	var failed *failure
	if !errors.As(err, &failed) || !failed.retry || f.hasStandIn && failed.kind == ErrUnreachable {
		return false
	}
	wait := max(failed.after, backOff+rand.N(backOff))
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
func (f *fetcher) try(ctx context.Context, u *url.URL, spare bool, decode func([]byte) ([]member, error)) ([]member, error) {
	start := time.Now()
	request := func() ([]member, error) {
		if f.budget != nil {
			reserve := 0
			if spare {
				reserve = Reserve
			}
			if err := f.budget.Take(ctx, reserve); err != nil {
				return nil, err
			}
		}
		start = time.Now()
		body, err := f.get(ctx, u)
		if err != nil {
			return nil, err
		}
		return decode(body)
	}

	var members []member
	var err error
	if f.slots == nil {
		members, err = request()
	} else if err = f.slots.Acquire(ctx, 1); err != nil {
		err = &failure{kind: ErrTimeout, cause: "too many requests before it", outcome: OutcomeTimeout}
	} else {
		defer f.slots.Release(1) // Even if the transport panics.
		members, err = f.circuit.do(request)
	}
	return members, f.account(err, len(members), time.Since(start))
}

// account reports one try, and gives its error the form in which it may leave.
func (f *fetcher) account(err error, photos int, took time.Duration) error {
	var failed *failure
	switch {
	case err == nil && photos == 0:
		f.observe(f.source, OutcomeEmpty, took)
		return nil
	case err == nil:
		f.observe(f.source, OutcomeOK, took)
		return nil
	case errors.As(err, &failed):
		f.observe(f.source, failed.outcome, took)
		// The key may be in what Flickr says about it.
		failed.cause = redact(failed.cause, f.key)
		return failed
	}
	f.observe(f.source, OutcomeBudget, took)
	if !errors.Is(err, ErrBudget) {
		f.log.Warn("budget cannot be asked", "source", f.source, "err", err)
	}
	return err
}

// get makes one request and returns the body of a 200, unpacked.
func (f *fetcher) get(ctx context.Context, u *url.URL) ([]byte, error) {
	// What fails before there is a connection is Flickr's being out of reach;
	// what fails later is an answer, if a poor one.
	var connected atomic.Bool
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, unreadable("the request cannot be made")
	}
	req.Header.Set("User-Agent", userAgent)
	req.Header.Set("Accept", "application/json")
	// Set by hand, it leaves the unpacking to us, who look at the bytes and
	// not at the header, which has been seen to be wrong in both directions.
	req.Header.Set("Accept-Encoding", "gzip")

	res, err := f.client.Do(req)
	if err != nil {
		return nil, f.broken(ctx, err, connected.Load())
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		io.CopyN(io.Discard, res.Body, 16<<10) // So that the connection can be used again.
		return nil, badStatus(res)
	}
	body, err := readCapped(res.Body)
	if err != nil {
		return nil, f.broken(ctx, err, true)
	}
	if bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		body, err = unpack(body)
		if err != nil {
			return nil, unreadable("damaged gzip")
		}
	}
	if len(body) > maxBody {
		return nil, unreadable("body is too large")
	}
	return body, nil
}

// broken turns an error of the transport, or of reading, into a failure.
func (f *fetcher) broken(ctx context.Context, err error, connected bool) *failure {
	var wrapper *url.Error
	if errors.As(err, &wrapper) {
		err = wrapper.Err // The rest of it is the URL, and that has the key.
	}
	cause := err.Error()
	switch {
	case ctx.Err() != nil:
		return &failure{kind: ErrTimeout, cause: cause, outcome: OutcomeTimeout, dead: true}
	case !connected:
		return &failure{kind: ErrUnreachable, cause: cause, outcome: OutcomeUnreachable, retry: true, dead: true}
	}
	return &failure{kind: ErrAnswer, cause: cause, outcome: OutcomeLost, retry: true, dead: true}
}

// readCapped reads at most one byte more than maxBody.
func readCapped(r io.Reader) ([]byte, error) {
	return io.ReadAll(io.LimitReader(r, maxBody+1))
}

func unpack(body []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return readCapped(r)
}

// redact takes a key out of a text, as it is and as it stands in a URL. Keys of
// one or two characters are no secrets, but all over every text.
func redact(text, key string) string {
	if len(key) < 3 {
		return text
	}
	text = strings.ReplaceAll(text, key, "[key]")
	return strings.ReplaceAll(text, url.QueryEscape(key), "[key]")
}
