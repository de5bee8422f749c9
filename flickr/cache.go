package flickr

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
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
	// share is what a source may take of a search's time when another stands ready,
	// or more photos are asked for than there are already: sources have been seen to
	// take a few seconds, seldom more.
	share = 4 * time.Second
)

// page is what a source had for a word: photos, or the reason why not.
type page struct {
	photos []found
	next   string // leads to more of them; "" if there are none
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

	client *fetch.Client

	log    *slog.Logger
	cached func(source string, hit bool)
}

func newCache(r sourceRow, s source, client *fetch.Client, o Options, backup bool) *cache {
	pages, err := lru.New[string, *page](cachedWords)
	if err != nil {
		panic(err) // Only for a size below 1.
	}
	c := &cache{sourceRow: r, source: s, pages: pages, client: client, log: o.Logger, cached: o.Cached}
	if backup {
		c.share = share
	}
	return c
}

// photos returns what the source has for q: a page with at least one photo, or an
// error.
func (c *cache) photos(ctx context.Context, q query, background bool) (*page, error) {
	p, ok := c.fresh(q)
	c.cached(c.name, ok)
	if ok {
		return p, p.err
	}
	p, err := c.together(ctx, lookup{query: q, background: background}, c.share, c.ask)
	if err != nil {
		return nil, err
	}
	return p, p.err
}

// more returns p with the photos that follow, or p itself if there are none or
// they cannot be had: a page that is used up is better than an error.
func (c *cache) more(ctx context.Context, q query, p *page, background bool) *page {
	longer, err := c.together(ctx, lookup{q, p.next, background}, share, func(ctx context.Context, l lookup) (*page, error) {
		return c.extend(ctx, l, p)
	})
	if err != nil {
		return p
	}
	return longer
}

// together runs ask once for all searches for the same at the same time, for at most
// limit, if that is not 0.
func (c *cache) together(ctx context.Context, l lookup, limit time.Duration, ask func(context.Context, lookup) (*page, error)) (*page, error) {
	// A request that can be refused for the reserve's sake must not be the one
	// that people wait for.
	key := l.key + "\x00" + l.after
	if l.background {
		key += "\x00background"
	}
	// The request belongs to all that wait for it, so it goes on when the
	// first of them leaves. Its deadline stays the first one's, and so does the log's
	// idea of who asks.
	results := c.flight.DoChan(key, func() (_ any, err error) {
		defer func() {
			// Here, since singleflight would end the program.
			if value := recover(); value != nil {
				c.log.ErrorContext(ctx, "panic", "source", c.name, "err", value, "stack", string(debug.Stack()))
				err = errors.New("the search panicked")
			}
		}()
		shared, cancel := timeOf(ctx, limit)
		defer cancel()
		return ask(shared, l)
	})
	select {
	case r := <-results:
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.(*page), nil
	case <-ctx.Done():
		return nil, left(ctx, c.name)
	}
}

// timeOf returns a context with ctx's deadline, or one after limit if that is
// not 0 and earlier, that does not end with ctx's cancellation.
func timeOf(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	shared, cancel := context.WithoutCancel(ctx), context.CancelFunc(func() {})
	if deadline, ok := ctx.Deadline(); ok {
		shared, cancel = context.WithDeadline(shared, deadline)
	}
	if limit == 0 {
		return shared, cancel
	}
	shared, sooner := context.WithTimeout(shared, limit)
	return shared, func() { sooner(); cancel() }
}

// fresh returns the word's page if it is in the cache and not stale.
func (c *cache) fresh(q query) (*page, bool) {
	p, ok := c.pages.Get(q.key)
	return p, ok && time.Now().Before(p.until)
}

// ask asks the source and keeps what it says, if that is not a failure of the
// moment.
func (c *cache) ask(ctx context.Context, l lookup) (*page, error) {
	if p, ok := c.fresh(l.query); ok {
		return p, nil // Somebody was quicker.
	}
	b, err := c.source.search(ctx, l)
	if failed := (*fetch.Failure)(nil); errors.As(err, &failed) {
		failed.Source = c.name // also where nobody had to be asked
	}
	if err == nil && len(b.photos) == 0 {
		err = fmt.Errorf("%w in %s", ErrNoPhoto, c.name)
	}
	p := &page{photos: byAuthor(b.photos), next: b.next, err: err, until: time.Now().Add(c.keeps)}
	switch {
	case err == nil:
	case errors.Is(err, ErrNoPhoto), errors.Is(err, ErrUnsearchable):
		p.until = time.Now().Add(c.keepsNone)
	default:
		return nil, err
	}
	c.pages.Add(l.key, p)
	return p, nil
}

// extend asks the source for what follows p, and keeps both as one page.
func (c *cache) extend(ctx context.Context, l lookup, p *page) (*page, error) {
	if now, ok := c.pages.Get(l.key); ok && now.err == nil && now.next != l.after {
		return now, nil // Somebody was quicker.
	}
	b, err := c.source.search(ctx, l)
	if err != nil {
		return nil, err
	}
	longer := &page{photos: slices.Clone(p.photos), next: b.next, until: p.until}
	for _, photo := range b.photos {
		if !slices.ContainsFunc(p.photos, func(f found) bool { return f.ID == photo.ID }) {
			longer.photos = append(longer.photos, photo)
		}
	}
	longer.photos = byAuthor(longer.photos)
	c.pages.Add(l.key, longer)
	return longer, nil
}

// left is the error for somebody whose context has ended, maybe while waiting for
// a source.
func left(ctx context.Context, source string) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &fetch.Failure{Kind: ErrTimeout, Cause: "its asker's time is over", Source: source}
	}
	return context.Cause(ctx)
}
