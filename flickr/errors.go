package flickr

import (
	"errors"

	"picture-frame/flickr/fetch"
)

// Every error of Search and Async is, by errors.Is, one of these. Their texts,
// and those of the errors around them, are for the log: they may quote what
// Flickr said (never the key), so they are not for the person who asked.
var (
	// ErrNoPhoto: the source has no photo for this word.
	ErrNoPhoto = errors.New("no photo for this word")
	// ErrUnsearchable: the word cannot be searched for, by any source.
	ErrUnsearchable = errors.New("this word cannot be searched for")
	// ErrBlocked: the word contains a blocked word.
	ErrBlocked = errors.New("this word is blocked")

	// ErrBusy: too many searches are running here.
	ErrBusy = errors.New("too many searches are running")
	// ErrClosed: no more searches, this process is stopping.
	ErrClosed = errors.New("searching has stopped")

	ErrUnreachable = fetch.ErrUnreachable // see there
	ErrAnswer      = fetch.ErrAnswer      // see there
	ErrTimeout     = fetch.ErrTimeout     // see there
	ErrBudget      = fetch.ErrBudget      // see there; around it is a *BudgetError
)

// BudgetError is ErrBudget with the time after which a query is possible again.
type BudgetError = fetch.BudgetError
