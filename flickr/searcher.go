// Package flickr finds a photo for a word.
package flickr

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// Options say where pictures come from.
type Options struct {
	Pictures string // "flickr", "feed", "album" or "auto"; "" is "auto"

	Key     string // for flickr.photos.search; a secret
	APIURL  string // "" is Flickr's
	FeedURL string // "" is Flickr's

	Blocked []string // words that are neither searched for nor shown

	Album     http.RoundTripper // the stand-in Flickr, answers in process
	Transport http.RoundTripper // to Flickr; nil is a transport of our own
	Logger    *slog.Logger      // nil is none

	Pick func(n int) int // a number from 0 to n-1; nil is a random one

	// Observe, unless nil, is called once for each request to a source and
	// for each word answered from the cache. It must be quick.
	Observe func(source, outcome string, took time.Duration)
}

// Searcher finds photos. It is safe for concurrent use.
type Searcher struct{}

// New checks the options and returns a Searcher over them.
func New(o Options) (*Searcher, error) { return &Searcher{}, nil }

// Search returns one photo for keyword.
func (s *Searcher) Search(ctx context.Context, keyword string) (Photo, error) {
	return Photo{}, ErrNoPhoto
}

// Spare is Search for those who can do without: it answers from the cache, or
// from what is left of the budget above the reserve kept for people.
func (s *Searcher) Spare(ctx context.Context, keyword string) (Photo, error) {
	return Photo{}, ErrNoPhoto
}
