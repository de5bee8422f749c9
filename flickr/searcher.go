// Package flickr finds a photo for a word: by flickr.photos.search, in
// Flickr's public feed, or in the album, a stand-in for Flickr that answers
// in the same format without a network.
//
// The way of a word: Searcher checks it and asks a shelf, which has it in the
// cache or asks its source (rest or feed), which asks the fetcher (one turn,
// one budget, one retry, one circuit). The answer is decoded loosely, turned
// into photos that may be shown, kept on the shelf, and the picker chooses.
// Async runs all this beside whoever asks.
package flickr

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/semaphore"
)

// patienceStandIn is how long the feed may take when the album stands ready:
// Flickr has been seen to take a few seconds, seldom more.
const patienceStandIn = 6 * time.Second

// Options say where pictures come from.
type Options struct {
	Pictures string // "flickr", "feed", "album" or "auto"; "" is "auto"

	Key     string // for flickr.photos.search; a secret
	APIURL  string // "" is DefaultAPIURL
	FeedURL string // "" is DefaultFeedURL

	Blocked []string // words that are neither searched for nor shown; an entry may be a list

	Album     http.RoundTripper // the stand-in Flickr, answers in process
	Transport http.RoundTripper // to Flickr; nil is a transport of our own
	Budget    Budget            // nil is one of QueriesPerHour for this process
	Logger    *slog.Logger      // nil is none

	Pick func(n int) int // a number from 0 to n-1; nil is a random one

	// Observe, unless nil, is called once for each request to a source, made or
	// refused, and for each word answered from the cache, with one of the
	// Outcome constants. It must be quick and safe for concurrent use.
	Observe func(source, outcome string, took time.Duration)
}

// Searcher finds photos. It is safe for concurrent use.
type Searcher struct {
	blocked blocklist
	picker  *picker
	main    *shelf
	standIn *shelf // for main while it is out of reach; or nil
}

// New checks the options and returns a Searcher over them. Its error lists
// every problem, by the name of the setting.
func New(o Options) (*Searcher, error) {
	kind := o.Pictures
	if kind == "" {
		kind = "auto"
	}
	standsIn := false
	if kind == "auto" {
		// With a key nothing stands in: its owner wants to know.
		if kind = "feed"; o.Key != "" {
			kind = "flickr"
		} else {
			standsIn = o.Album != nil
		}
	}

	b := builder{Options: o, blocked: newBlocklist(o.Blocked)}
	if b.Logger == nil {
		b.Logger = slog.New(slog.DiscardHandler)
	}
	if b.Observe == nil {
		b.Observe = func(string, string, time.Duration) {}
	}
	if b.Budget == nil {
		b.Budget = newHourly(QueriesPerHour)
	}
	s := &Searcher{blocked: b.blocked, picker: newPicker(o.Pick)}
	var err error
	switch kind {
	case "flickr":
		s.main, err = b.flickr()
	case "feed":
		s.main, err = b.feed(standsIn)
	case "album":
		s.main, err = b.album()
	default:
		err = errors.New(`PICTURES: must be "flickr", "feed", "album" or "auto"`)
	}
	if err != nil {
		return nil, err
	}
	if standsIn {
		s.standIn, err = b.album()
	}
	return s, err
}

// Search returns one photo for keyword, another each time while there are
// any. It blocks until there is one or an error, or ctx has ended; a ctx without
// a deadline, for as long as the source takes. See the errors for what can go wrong.
func (s *Searcher) Search(ctx context.Context, keyword string) (Photo, error) {
	return s.search(ctx, keyword, false)
}

// Spare is Search for those who can do without: it answers from the cache, or
// from what is left of the budget above the Reserve kept for people, else with
// ErrBudget at once. It never retries.
func (s *Searcher) Spare(ctx context.Context, keyword string) (Photo, error) {
	return s.search(ctx, keyword, true)
}

func (s *Searcher) search(ctx context.Context, keyword string, spare bool) (Photo, error) {
	if err := ctx.Err(); err != nil {
		return Photo{}, left(ctx)
	}
	q := parseQuery(keyword)
	if s.blocked.matches(keyword) || s.blocked.matches(q.tags...) {
		return Photo{}, ErrBlocked
	}
	photo, err := s.from(ctx, s.main, q, spare)
	if s.standIn == nil || err == nil || ctx.Err() != nil {
		return photo, err
	}
	note := ""
	switch {
	case errors.Is(err, ErrUnreachable):
		note = "Flickr could not be reached, so this picture was drawn here."
	case errors.Is(err, ErrTimeout):
		note = "Flickr did not answer in time, so this picture was drawn here."
	default:
		return Photo{}, err // Flickr's own word is passed on, even a bad one.
	}
	if photo, err = s.from(ctx, s.standIn, q, spare); err != nil {
		return Photo{}, err
	}
	photo.Note = note
	return photo, nil
}

// from chooses a photo from one shelf.
func (s *Searcher) from(ctx context.Context, shelf *shelf, q query, spare bool) (Photo, error) {
	photos, err := shelf.photos(ctx, q, spare)
	if err != nil {
		return Photo{}, err
	}
	photo := s.picker.pick(q.key, photos) // Sources may know the same photo.
	photo.Source = shelf.name
	return photo, nil
}

// builder makes shelves from options whose defaults are filled in.
type builder struct {
	Options
	blocked blocklist
}

func (b builder) flickr() (*shelf, error) {
	base, err := endpoint("FLICKR_API_URL", b.APIURL, DefaultAPIURL)
	if b.Key == "" {
		err = errors.Join(errors.New("FLICKR_API_KEY: needed for PICTURES=flickr"), err)
	}
	if err != nil {
		return nil, err
	}
	f := b.fetcher("flickr", false)
	f.key = b.Key
	return b.shelf("flickr", &rest{f, base, searched, b.blocked}, 0), nil
}

func (b builder) feed(standsIn bool) (*shelf, error) {
	base, err := endpoint("FLICKR_FEED_URL", b.FeedURL, DefaultFeedURL)
	if err != nil {
		return nil, err
	}
	var limit time.Duration
	if standsIn {
		limit = patienceStandIn
	}
	return b.shelf("feed", &feed{b.fetcher("feed", standsIn), base, b.blocked}, limit), nil
}

// album asks the stand-in as if it were Flickr, but without the courtesy that
// a server of somebody else's is owed. The URL and the key are never seen by
// anybody but it.
func (b builder) album() (*shelf, error) {
	if b.Album == nil {
		return nil, errors.New("PICTURES: there is no album to take pictures from")
	}
	f := &fetcher{source: "album", client: &http.Client{Transport: b.Album}, key: "album", log: b.Logger, observe: b.Observe}
	base := &url.URL{Scheme: "https", Host: "album.invalid", Path: "/services/rest/"}
	return b.shelf("album", &rest{f, base, drawn, b.blocked}, 0), nil
}

// fetcher returns one for Flickr.
func (b builder) fetcher(source string, standsIn bool) *fetcher {
	connect, silence := connectTime, uint32(tripSilence)
	if standsIn {
		connect, silence = connectTimeStandIn, 1
	}
	transport := b.Transport
	if transport == nil {
		transport = newTransport(connect)
	}
	return &fetcher{
		source:     source,
		client:     newClient(transport),
		slots:      semaphore.NewWeighted(atOnce),
		budget:     b.Budget,
		circuit:    newCircuit(source, silence, b.Logger),
		hasStandIn: standsIn,
		log:        b.Logger,
		observe:    b.Observe,
	}
}

func (b builder) shelf(name string, source source, patience time.Duration) *shelf {
	pages, err := lru.New[string, *page](cachedWords)
	if err != nil {
		panic(err) // Only for a size below 1.
	}
	return &shelf{name: name, source: source, patience: patience, pages: pages, log: b.Logger, observe: b.Observe}
}

// endpoint reads the base URL of an endpoint. The error does not repeat it: it
// may hold a password.
func endpoint(setting, raw, fallback string) (*url.URL, error) {
	if raw == "" {
		raw = fallback
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return nil, fmt.Errorf("%s: must be an http or https URL", setting)
	}
	return u, nil
}
