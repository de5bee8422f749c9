package flickr

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"
)

const (
	// cachedWords is how many words' photos are kept; a page of a hundred takes
	// some 60 KB.
	cachedWords = 200
	// cacheTime is how long: long enough that a popular word costs one query
	// and short enough that a photo its owner withdraws is soon gone.
	cacheTime = 5 * time.Minute
	// cacheTimeNone is how long it is remembered that there are none.
	cacheTimeNone = time.Minute
)

// page is what a source had for a word: photos, or the reason why not.
type page struct {
	photos []found
	err    error
	until  time.Time
}

// shelf keeps what a source had, and sees to it that nobody asks for what
// somebody else is just asking for.
//
// Its cache forgets by size alone and pages know when they are stale: the
// library's own expiry would keep a goroutine for ever.
type shelf struct {
	name     string
	source   source
	patience time.Duration // what a word may take of its search's time; 0 is all of it

	pages  *lru.Cache[string, *page]
	flight singleflight.Group

	log     *slog.Logger
	observe func(source, outcome string, took time.Duration)
}

// photos returns what the source has for q, at least one photo or an error.
func (s *shelf) photos(ctx context.Context, q query, spare bool) ([]found, error) {
	start := time.Now()
	if p, ok := s.fresh(q); ok {
		s.observe(s.name, OutcomeCached, time.Since(start))
		return p.photos, p.err
	}

	// Who can do without must not be the one that others depend on: the reserve
	// is not open to it.
	key := q.key
	if spare {
		key += "\x00spare"
	}
	// The request belongs to everyone who waits for it, so it goes on when the
	// first of them leaves. Its deadline stays the first one's.
	results := s.flight.DoChan(key, func() (any, error) {
		shared, cancel := s.timeOf(ctx)
		defer cancel()
		return s.ask(shared, q, spare)
	})
	select {
	case r := <-results:
		if r.Err != nil {
			return nil, r.Err
		}
		p := r.Val.(*page)
		return p.photos, p.err
	case <-ctx.Done():
		return nil, left(ctx)
	}
}

// timeOf returns a context with ctx's deadline, or an earlier one, that does
// not end with ctx's cancellation.
func (s *shelf) timeOf(ctx context.Context) (context.Context, context.CancelFunc) {
	shared, cancel := context.WithoutCancel(ctx), context.CancelFunc(func() {})
	if deadline, ok := ctx.Deadline(); ok {
		shared, cancel = context.WithDeadline(shared, deadline)
	}
	if s.patience == 0 {
		return shared, cancel
	}
	shared, sooner := context.WithTimeout(shared, s.patience)
	return shared, func() { sooner(); cancel() }
}

// fresh returns the word's page if it is in the cache and not stale.
func (s *shelf) fresh(q query) (*page, bool) {
	p, ok := s.pages.Get(q.key)
	return p, ok && time.Now().Before(p.until)
}

// ask asks the source and keeps what it says, if that is not a failure of the
// moment.
func (s *shelf) ask(ctx context.Context, q query, spare bool) (p *page, err error) {
	defer func() {
		// Here, since singleflight would end the program.
		if value := recover(); value != nil {
			s.log.Error("panic in a search", "source", s.name, "panic", value, "stack", string(debug.Stack()))
			p, err = nil, errors.New("the search panicked")
		}
	}()
	if p, ok := s.fresh(q); ok {
		return p, nil // Somebody was quicker.
	}
	photos, err := s.source.search(ctx, q, spare)
	if err == nil && len(photos) == 0 {
		err = fmt.Errorf("%w in %s", ErrNoPhoto, s.name)
	}
	p = &page{photos: photos, err: err, until: time.Now().Add(cacheTime)}
	switch {
	case err == nil:
	case errors.Is(err, ErrNoPhoto), errors.Is(err, ErrUnsearchable):
		p.until = time.Now().Add(cacheTimeNone)
	default:
		return nil, err
	}
	s.pages.Add(q.key, p)
	return p, nil
}

// left is the error for somebody whose context has ended.
func left(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", ErrTimeout, ctx.Err())
	}
	return context.Cause(ctx)
}
