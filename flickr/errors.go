package flickr

import (
	"errors"
	"fmt"
	"time"
)

// Every error of Search and Async is, by errors.Is, one of these. Their texts,
// and those of the errors around them, are for the log: they may quote what
// Flickr said (never the key), so they are not for the person who asked.
var (
	// ErrNoPhoto: the source has no photo for this word.
	ErrNoPhoto = errors.New("no photo for this word")
	// ErrUnsearchable: the word cannot be searched for, whoever is asked.
	ErrUnsearchable = errors.New("this word cannot be searched for")
	// ErrBlocked: the word contains a blocked word.
	ErrBlocked = errors.New("this word is blocked")

	// ErrUnreachable: name lookup, connecting or TLS failed, or did so
	// recently and often enough that nobody tries at the moment.
	ErrUnreachable = errors.New("source cannot be reached")
	// ErrAnswer: the source answered with an error, or with something that
	// cannot be read.
	ErrAnswer = errors.New("source answered with an error or unreadably")
	// ErrTimeout: the source did not answer in time.
	ErrTimeout = errors.New("source did not answer in time")

	// ErrBusy: too many searches are running here.
	ErrBusy = errors.New("too many searches are running")
	// ErrClosed: no more searches, this process is stopping.
	ErrClosed = errors.New("searching has stopped")
	// ErrBudget: this hour's queries are used up. The error around it is a
	// *BudgetError, which says when to come back.
	ErrBudget = errors.New("the hourly budget of queries is spent")
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
