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

	"picture-frame/flickr/fetch"
)

const (
	// cachedWords is how many words' photos are kept; a page of a hundred takes
	// some 60 KB.
	cachedWords = 200
	// keepTime is how long: long enough that a popular word costs one query
	// and short enough that a photo its owner withdraws is soon gone.
	keepTime = 5 * time.Minute
	// keepTimeNone is how long it is remembered that there are none.
	keepTimeNone = time.Minute
	// share is what a source may take of a search's time when another stands ready:
	// Flickr has been seen to take a few seconds, seldom more.
	share = 6 * time.Second
)

// page is what a source had for a word: photos, or the reason why not.
type page struct {
	photos []found
	err    error
	until  time.Time
}

// cache keeps what a source had, and sees to it that nobody asks for what
// somebody else is just asking for.
//
// It forgets by size alone and pages know when they are stale: the library's own
// expiry would keep a goroutine for ever.
type cache struct {
	sourceRow
	source source
	share  time.Duration // what a word may take of its search's time; 0 is all of it

	pages  *lru.Cache[string, *page]
	flight singleflight.Group

	log     *slog.Logger
	observe func(source, outcome string, took time.Duration)
}

func newCache(r sourceRow, s source, o Options, backup bool) *cache {
	pages, err := lru.New[string, *page](cachedWords)
	if err != nil {
		panic(err) // Only for a size below 1.
	}
	c := &cache{sourceRow: r, source: s, pages: pages, log: o.Logger, observe: o.Observe}
	if backup {
		c.share = share
	}
	return c
}

// photos returns what the source has for q, at least one photo or an error.
func (c *cache) photos(ctx context.Context, q query, background bool) ([]found, error) {
	start := time.Now()
	if p, ok := c.fresh(q); ok {
		c.observe(c.name, fetch.OutcomeCached, time.Since(start))
		return p.photos, p.err
	}

	// A request that can be refused for the reserve's sake must not be the one
	// that people wait for.
	key := q.key
	if background {
		key += "\x00background"
	}
	// The request belongs to everyone who waits for it, so it goes on when the
	// first of them leaves. Its deadline stays the first one's.
	results := c.flight.DoChan(key, func() (any, error) {
		shared, cancel := c.timeOf(ctx)
		defer cancel()
		return c.ask(shared, q, background)
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
func (c *cache) timeOf(ctx context.Context) (context.Context, context.CancelFunc) {
	shared, cancel := context.WithoutCancel(ctx), context.CancelFunc(func() {})
	if deadline, ok := ctx.Deadline(); ok {
		shared, cancel = context.WithDeadline(shared, deadline)
	}
	if c.share == 0 {
		return shared, cancel
	}
	shared, sooner := context.WithTimeout(shared, c.share)
	return shared, func() { sooner(); cancel() }
}

// fresh returns the word's page if it is in the cache and not stale.
func (c *cache) fresh(q query) (*page, bool) {
	p, ok := c.pages.Get(q.key)
	return p, ok && time.Now().Before(p.until)
}

// ask asks the source and keeps what it says, if that is not a failure of the
// moment.
func (c *cache) ask(ctx context.Context, q query, background bool) (p *page, err error) {
	defer func() {
		// Here, since singleflight would end the program.
		if value := recover(); value != nil {
			c.log.Error("panic in a search", "source", c.name, "panic", value, "stack", string(debug.Stack()))
			p, err = nil, errors.New("the search panicked")
		}
	}()
	if p, ok := c.fresh(q); ok {
		return p, nil // Somebody was quicker.
	}
	b, err := c.source.search(ctx, lookup{query: q, background: background})
	if err == nil && len(b.photos) == 0 {
		err = fmt.Errorf("%w in %s", ErrNoPhoto, c.name)
	}
	p = &page{photos: b.photos, err: err, until: time.Now().Add(c.keeps)}
	switch {
	case err == nil:
	case errors.Is(err, ErrNoPhoto), errors.Is(err, ErrUnsearchable):
		p.until = time.Now().Add(c.keepsNone)
	default:
		return nil, err
	}
	c.pages.Add(q.key, p)
	return p, nil
}

// left is the error for somebody whose context has ended.
func left(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", ErrTimeout, ctx.Err())
	}
	return context.Cause(ctx)
}
