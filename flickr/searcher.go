// Package flickr finds a photo for a word: by flickr.photos.search, through
// Openverse, in Flickr's public feed, or in the album, a stand-in for Flickr
// that answers in the same format without a network.
//
// The way of a word: Searcher checks it and asks one source after another, by
// the table in sources.go. A source's cache has the word's photos or asks the
// source, which asks its server through a fetch.Client. The answer is decoded
// whatever its types are, and turned into photos that may be shown; the picker
// chooses one. Async runs all this beside the asker.
package flickr

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"picture-frame/flickr/fetch"
)

// Options say where pictures come from.
type Options struct {
	Settings Settings

	Blocked []string // words that are neither searched for nor shown; an entry may be a list

	Album     http.RoundTripper // the stand-in Flickr, answers in process
	Transport http.RoundTripper // to other servers; nil is transports of our own
	Budget    fetch.Budget      // nil counts for each source of this Searcher alone
	Logger    *slog.Logger      // nil is none

	Pick func(n int) int // a number from 0 to n-1; nil is a random one

	// Observe, unless nil, is called once for each request to a source, made or
	// refused, with one of fetch's Outcome constants. It must be quick and safe for
	// concurrent use, and so must Cached, which unless nil is told of each word that a
	// source's cache is asked for whether it had that.
	Observe func(source, outcome string, took time.Duration)
	Cached  func(source string, hit bool)
}

// Searcher finds photos. It is safe for concurrent use.
type Searcher struct {
	blocked blocklist
	picker  *picker
	chain   []*cache // in the order in which they are asked
}

// New checks the options and returns a Searcher over them. Its error lists
// every problem, by the name of the setting.
func New(o Options) (*Searcher, error) {
	if problems := o.Settings.problems(); len(problems) > 0 {
		return nil, errors.New(strings.Join(problems, "; "))
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Observe == nil {
		o.Observe = func(string, string, time.Duration) {}
	}
	if o.Cached == nil {
		o.Cached = func(string, bool) {}
	}
	s := &Searcher{blocked: newBlocklist(o.Blocked), picker: newPicker(o.Pick)}
	chain := o.Settings.chain()
	if last := len(chain) - 1; chain[last].local && o.Album == nil {
		if chain = chain[:last]; last == 0 {
			return nil, errors.New("PICTURES: there is no album to take pictures from")
		}
	}
	for i, r := range chain {
		c, err := r.open(o, s.blocked, i < len(chain)-1)
		if err != nil {
			return nil, err
		}
		s.chain = append(s.chain, c)
	}
	return s, nil
}

// A SourceState is a source as an operator sees it.
type SourceState struct {
	Name    string
	Limits  []fetch.Limit
	States  []string // all that a circuit can be in
	Circuit func() string
}

// Sources are the sources of s that are somebody else's servers, in the order in
// which they are asked.
func (s *Searcher) Sources() (states []SourceState) {
	for _, c := range s.chain {
		if !c.local {
			states = append(states, SourceState{c.name, c.limits, fetch.CircuitStates, c.client.Circuit})
		}
	}
	return states
}

// Search returns one photo for keyword, another each time while there are
// any. It blocks until there is one or an error, or ctx has ended; a ctx without
// a deadline, for as long as the sources take. See the errors for what can go wrong.
func (s *Searcher) Search(ctx context.Context, keyword string) (Photo, error) {
	return s.search(ctx, keyword, false)
}

// Background is Search for callers who can do without: it answers from the
// cache, or from what is left of the budgets above the reserves that are kept
// for people, else with ErrBudget at once. It never retries.
func (s *Searcher) Background(ctx context.Context, keyword string) (Photo, error) {
	return s.search(ctx, keyword, true)
}

func (s *Searcher) search(ctx context.Context, keyword string, background bool) (photo Photo, err error) {
	if err := ctx.Err(); err != nil {
		return Photo{}, left(ctx, "")
	}
	q := parseQuery(keyword)
	if s.blocked.refuses(keyword, q) {
		return Photo{}, ErrBlocked
	}
	for _, c := range s.chain {
		before := err
		photo, err = s.from(ctx, c, q, background)
		if err == nil {
			if c.local {
				photo.Note = reason(before)
			}
			return photo, nil
		}
		if ctx.Err() != nil || c.hands == nil || !c.hands(err) {
			break
		}
	}
	return Photo{}, err
}

// reason says why the album stands in for a source that failed; "" for none.
func reason(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, ErrTimeout):
		return SourceOf(err) + " did not answer in time, so this picture was drawn here."
	}
	return SourceOf(err) + " could not be reached, so this picture was drawn here."
}

// from chooses a photo of one source.
func (s *Searcher) from(ctx context.Context, c *cache, q query, background bool) (Photo, error) {
	p, err := c.photos(ctx, q, background)
	if err != nil {
		return Photo{}, err
	}
	if p.next != "" && s.picker.usedUp(q.key, p.photos) {
		p = c.more(ctx, q, p, background)
	}
	photo := s.picker.pick(q.key, p.photos) // Sources may know the same photo.
	photo.Source = c.name
	return photo, nil
}
