package flickr

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// Async runs searches on goroutines of its own. A search ends on its own
// deadline, not on its asker's, so a picture that is found after the asker has
// left is still shown to everybody else. It is safe for concurrent use.
type Async struct {
	search  func(context.Context, string) (Photo, error)
	limit   int
	timeout time.Duration
	log     *slog.Logger

	// base is what every search's context descends from; cancelling it, with
	// ErrClosed as the cause, is how Wait loses patience.
	base   context.Context
	cancel context.CancelCauseFunc

	mu      sync.Mutex
	closed  bool
	running int
	idle    chan struct{} // closed once closed is true and running is 0
}

// NewAsync returns a layer over search that runs at most limit of them at
// once, each for at most timeout. search must return soon after its context
// has ended. log may be nil.
func NewAsync(search func(context.Context, string) (Photo, error), limit int, timeout time.Duration, log *slog.Logger) *Async {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	base, cancel := context.WithCancelCause(context.Background())
	return &Async{
		search: search, limit: limit, timeout: timeout, log: log,
		base: base, cancel: cancel, idle: make(chan struct{}),
	}
}

// Search starts a search and returns at once: nil, and then will be called
// exactly once; or ErrBusy or ErrClosed, and it never will be.
//
// then runs on the search's goroutine and occupies its place until it
// returns. Its context is not the search's: it has no deadline and lives
// until Wait gives up.
func (a *Async) Search(keyword string, then func(context.Context, Photo, error)) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return ErrClosed
	}
	if a.running >= a.limit {
		return ErrBusy
	}
	a.running++
	go a.run(keyword, then)
	return nil
}

// Close refuses new searches from now on. Running ones go on. It may be called
// more than once.
func (a *Async) Close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return
	}
	a.closed = true
	if a.running == 0 {
		close(a.idle)
	}
}

// Wait closes and waits until no search is running. When ctx ends first, the
// searches that are left are cancelled, their askers get ErrClosed, and Wait
// returns after that.
func (a *Async) Wait(ctx context.Context) {
	a.Close()
	select {
	case <-a.idle:
	case <-ctx.Done():
		a.cancel(ErrClosed)
		<-a.idle
	}
	a.cancel(ErrClosed) // Releases the context where nothing was left to cancel.
}

func (a *Async) run(keyword string, then func(context.Context, Photo, error)) {
	defer a.done()
	defer func() {
		if p := recover(); p != nil {
			a.log.Error("panic after a search", "panic", p, "stack", string(debug.Stack()))
		}
	}()
	photo, err := a.searchSafely(keyword)
	then(a.base, photo, err)
}

// searchSafely runs one search within its time and turns what can go wrong
// around it into the package's errors.
func (a *Async) searchSafely(keyword string) (photo Photo, err error) {
	ctx, cancel := context.WithTimeout(a.base, a.timeout)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			a.log.Error("panic in a search", "panic", p, "stack", string(debug.Stack()))
			photo, err = Photo{}, errors.New("the search panicked")
		}
	}()

	photo, err = a.search(ctx, keyword)
	switch {
	case err == nil:
		return photo, nil
	case a.base.Err() != nil:
		return Photo{}, fmt.Errorf("%w: %v", ErrClosed, err)
	case errors.Is(err, context.DeadlineExceeded):
		return Photo{}, fmt.Errorf("%w: %v", ErrTimeout, err)
	}
	return Photo{}, err
}

func (a *Async) done() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.running--
	if a.closed && a.running == 0 {
		close(a.idle)
	}
}
