package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Every error of Fetch is, by errors.Is, one of these or an error of the
// budget's; a decoder may add kinds of its own. The texts are for the log: they
// may quote what the server said, but never the secret.
var (
	// ErrUnreachable: name lookup, connecting or TLS failed, or did so
	// recently and often enough that nobody tries at the moment.
	ErrUnreachable = errors.New("source cannot be reached")
	// ErrAnswer: the source answered with an error, or with something that
	// cannot be read.
	ErrAnswer = errors.New("source answered with an error or unreadably")
	// ErrTimeout: the source did not answer in time.
	ErrTimeout = errors.New("source did not answer in time")
	// ErrBudget: the queries that the source allows are used up. The error around
	// it is a *BudgetError, which says when to come back.
	ErrBudget = errors.New("the budget of queries is spent")
)

// BudgetError is ErrBudget with the time after which a query is possible again.
type BudgetError struct {
	After time.Duration
}

func (e *BudgetError) Error() string {
	return fmt.Sprintf("%v, next query possible in %v", ErrBudget, e.After.Round(time.Second))
}

// Unwrap makes errors.Is(err, ErrBudget) true.
func (e *BudgetError) Unwrap() error { return ErrBudget }

// The outcomes that Options.Observe is told.
const (
	OutcomeOK          = "ok"          // something was found
	OutcomeEmpty       = "empty"       // an answer with nothing in it
	OutcomeRefused     = "refused"     // an error that the server wrote into a good answer
	OutcomeStatus      = "status"      // an HTTP status other than 200
	OutcomeUnreadable  = "unreadable"  // not what was asked for
	OutcomeUnreachable = "unreachable" // no connection
	OutcomeLost        = "lost"        // a connection, but it broke
	OutcomeTimeout     = "timeout"
	OutcomeOpen        = "open"   // not asked: it failed too often just now, or wants a pause
	OutcomeBudget      = "budget" // not asked: its queries are spent
)

// A Failure is one request that brought nothing, with what follows from it.
// Decoders return one where an answer is an error.
type Failure struct {
	Kind   error  // such as ErrAnswer
	Cause  string // for the log
	Source string // the client's name; filled in by it

	Outcome  string        // for Observe
	Retry    bool          // the same request may succeed in a moment
	After    time.Duration // not before that, if the answer said so
	Dead     bool          // brings the circuit nearer to opening
	Pause    time.Duration // if it is the last word, nobody asks for so long
	Expected bool          // it has to do with what was asked: no matter for the log
}

func (f *Failure) Error() string { return f.Kind.Error() + ": " + f.Cause }

// Unwrap makes errors.Is find the kind. The original error stays behind: it
// may hold the URL, and that the secret.
func (f *Failure) Unwrap() error { return f.Kind }

// Unreadable is an answer that came but makes no sense. The server is alive, and
// would say the same again.
func Unreadable(cause string) *Failure {
	return &Failure{Kind: ErrAnswer, Cause: cause, Outcome: OutcomeUnreadable}
}

// badStatus is an answer with another status than 200.
func (c *Client) badStatus(res *http.Response) *Failure {
	f := &Failure{Kind: ErrAnswer, Cause: "status " + strconv.Itoa(res.StatusCode), Outcome: OutcomeStatus}
	if res.StatusCode == http.StatusTooManyRequests || res.StatusCode >= 500 {
		f.Retry, f.Dead = true, true
		f.After = retryAfter(res.Header.Get("Retry-After"))
	}
	if c.PauseAfter != nil {
		f.Pause = c.PauseAfter(res.StatusCode, f.After)
	}
	return f
}

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(value string) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.Atoi(value); err == nil {
		return time.Duration(min(max(seconds, 0), 24*60*60)) * time.Second
	}
	if date, err := http.ParseTime(value); err == nil {
		return min(max(time.Until(date), 0), 24*time.Hour)
	}
	return 0
}

// redact takes a secret out of a text, as it is and as it stands in a URL. Those
// of one or two characters are none, but all over every text.
func redact(text, secret string) string {
	if len(secret) < 3 {
		return text
	}
	text = strings.ReplaceAll(text, secret, "[key]")
	return strings.ReplaceAll(text, url.QueryEscape(secret), "[key]")
}
