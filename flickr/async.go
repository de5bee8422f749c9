package flickr

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"
)

// SearchTime is how long a search may take in all. It is below the 30 s after
// which a platform's router gives up.
const SearchTime = 10 * time.Second

// A Result is how a search has ended: with a photo, or with the reason why
// there is none.
type Result struct {
	Photo Photo
	Err   error
}

// Async runs searches on goroutines of its own. A search ends on its own
// deadline, not on its asker's, so a picture that is found after the asker has
// left is still shown to everybody else. It is safe for concurrent use.
type Async struct {
	search func(context.Context, string) (Photo, error)
	places chan struct{} // holds one for each search that is running
	log    *slog.Logger
	open   context.Context // ends with Close; every search's context descends from it
	close  context.CancelFunc
}

// NewAsync returns a layer over search that runs at most limit of them at
// once, each for at most SearchTime. search must return soon after its context
// has ended. log may be nil.
func NewAsync(search func(context.Context, string) (Photo, error), limit int, log *slog.Logger) *Async {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	open, cancel := context.WithCancel(context.Background())
	return &Async{search: search, places: make(chan struct{}, limit), log: log, open: open, close: cancel}
}

// Search starts a search and returns at once. Its one result comes on the
// channel, from which nobody has to read. Of ctx only the values count, for the log. The error is ErrBusy or ErrClosed:
// then no search has begun.
func (a *Async) Search(ctx context.Context, keyword string) (<-chan Result, error) {
	if a.open.Err() != nil {
		return nil, ErrClosed
	}
	select {
	case a.places <- struct{}{}:
	default:
		return nil, ErrBusy
	}
	found := make(chan Result, 1)
	go func() {
		photo, err := a.run(ctx, keyword)
		<-a.places // before the result is out, so that its reader finds room
		found <- Result{photo, err}
	}()
	return found, nil
}

// Close refuses new searches and cuts the running ones short: ErrClosed is
// their result. It does not wait for them and may be called more than once.
func (a *Async) Close() { a.close() }

// run does one search within its time and turns what can go wrong around it
// into the package's errors.
func (a *Async) run(ctx context.Context, keyword string) (photo Photo, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), SearchTime)
	defer cancel()
	defer context.AfterFunc(a.open, cancel)()
	defer func() {
		if p := recover(); p != nil {
			a.log.ErrorContext(ctx, "panic", "err", p, "stack", string(debug.Stack()))
			photo, err = Photo{}, errors.New("the search panicked")
		}
	}()

	photo, err = a.search(ctx, keyword)
	switch {
	case err == nil:
		return photo, nil
	case a.open.Err() != nil:
		return Photo{}, fmt.Errorf("%w: %v", ErrClosed, err)
	case errors.Is(err, context.DeadlineExceeded):
		return Photo{}, fmt.Errorf("%w: %v", ErrTimeout, err)
	}
	return Photo{}, err
}
