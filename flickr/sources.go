package flickr

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"slices"
	"time"

	"picture-frame/flickr/fetch"
)

// A sourceRow is a source of pictures with all that the program has to know of it: a
// new one is a row here and a file with what its make returns.
type sourceRow struct {
	name   string   // in PICTURES, in a picture's source, in metrics and the log
	owner  string   // the name of the one that answers, in errors
	label  string   // what the page calls it beside a picture; "" calls it nothing
	photos []string // hosts of its pictures, as in a content security policy

	url, fallback string // the variable that says where it is, and where it is otherwise
	key           string // the variable with the secret that it needs; "" needs none
	domain        string // redirects between its hosts are followed
	local         bool   // it is Options.Local, in this process
	limits        []fetch.Limit
	pauseAfter    func(status int, asked time.Duration) time.Duration

	keeps, keepsNone time.Duration // for how long photos, or that there are none, are cached
	// hands reports whether the next source of a chain answers instead after an
	// error; nil hands nothing on.
	hands func(error) bool

	make func(site) source
}

// automatic is the chain of PICTURES=auto without a key. With one, nothing but
// the API is asked: its owner wants to know what goes wrong.
var automatic = []string{"openverse", "feed", "album"}

var sources = []sourceRow{
	{
		name: "flickr", owner: "Flickr", label: "Flickr", photos: []string{"https://live.staticflickr.com"},
		url: "FLICKR_API_URL", fallback: "https://api.flickr.com/services/rest/", key: "FLICKR_API_KEY", domain: "flickr.com",
		limits: hourly("flickr"), keeps: keepTime, keepsNone: keepTimeNone, make: newAPI,
	},
	{
		name: "openverse", owner: "Openverse", label: "Flickr, found with Openverse", photos: []string{"https://*.staticflickr.com"},
		url: "OPENVERSE_URL", fallback: "https://api.openverse.org/v1/",
		limits: openverseLimits, pauseAfter: openversePause,
		// Asking again sooner cannot help: its answers are kept for days on their way.
		keeps: time.Hour, keepsNone: time.Hour, hands: func(error) bool { return true }, make: newOpenverse,
	},
	{
		name: "feed", owner: "Flickr", label: "Flickr", photos: []string{"https://live.staticflickr.com"},
		url: "FLICKR_FEED_URL", fallback: "https://www.flickr.com/services/feeds/photos_public.gne", domain: "flickr.com",
		limits: hourly("feed"), keeps: keepTime, keepsNone: keepTimeNone, hands: isAway, make: newFeed,
	},
	{
		name: "album", owner: "The album", local: true, fallback: "https://album.invalid/services/rest/",
		keeps: keepTime, keepsNone: keepTimeNone, make: newAlbum,
	},
}

const (
	// queriesPerHour is what Flickr allows a key, for all users of a program
	// together. Over it Flickr slows down, then switches the key off. There is
	// no published limit for the feed; it gets the same.
	queriesPerHour = 3600
	// reserve is how many of them are left to people.
	reserve = 600
)

func hourly(budget string) []fetch.Limit {
	return []fetch.Limit{{Name: budget, Queries: queriesPerHour, Per: time.Hour, Reserve: reserve}}
}

// isAway reports whether a source was not there, rather than answered badly:
// Flickr's own word is passed on, even a bad one.
func isAway(err error) bool { return errors.Is(err, ErrUnreachable) || errors.Is(err, ErrTimeout) }

// A source has photos for words.
type source interface {
	// search returns photos for a word; none, without an error, if there are none.
	search(ctx context.Context, l lookup) (batch, error)
}

// A lookup is what a source is asked.
type lookup struct {
	query
	after      string // next of the batch before; "" for the first
	background bool   // see fetch.Request
}

// A batch is a source's answer.
type batch struct {
	photos []found
	next   string // leads to the batch after it; "" if there is none
}

// A site is what a source works with.
type site struct {
	client  *fetch.Client
	base    *url.URL
	key     string
	blocked blocklist
}

// PhotoHosts are the hosts of all sources' pictures, as a content security
// policy names them.
func PhotoHosts() []string {
	hosts := map[string]bool{}
	for _, r := range sources {
		for _, host := range r.photos {
			hosts[host] = true
		}
	}
	return slices.Sorted(maps.Keys(hosts))
}

// Labels are what a page calls the sources of pictures beside their credit, by
// the Source of a Photo. One that is not there is not called anything.
func Labels() map[string]string {
	labels := map[string]string{}
	for _, r := range sources {
		if r.label != "" {
			labels[r.name] = r.label
		}
	}
	return labels
}

// SourceOf is the source that an error of Search comes from, as it is called in
// a sentence.
func SourceOf(err error) string {
	name := SourceName(err)
	for _, r := range sources {
		if r.name == name {
			return r.owner
		}
	}
	return "Flickr"
}

// SourceName is the Source of photos of the source that an error of Search comes
// from; "" if it comes from none.
func SourceName(err error) string {
	var failed *fetch.Failure
	if errors.As(err, &failed) {
		return failed.Source
	}
	return ""
}

// open returns the source of a row behind its cache. backup says that another
// can answer instead.
func (r sourceRow) open(o Options, blocked blocklist, backup bool) (*cache, error) {
	base, err := r.base(o.Settings.Values)
	if err != nil {
		return nil, err
	}
	transport := o.Transport
	if r.local {
		transport = o.Album
	}
	key := o.Settings.Values[r.key]
	client := fetch.New(fetch.Options{
		Name: r.name, Secret: key, Domain: r.domain,
		Transport: transport, Local: r.local, Backup: backup,
		Limits: r.limits, Budget: o.Budget, PauseAfter: r.pauseAfter,
		Log: o.Logger, Observe: o.Observe,
	})
	return newCache(r, r.make(site{client, base, key, blocked}), client, o, backup), nil
}

// withQuery is base with parameters added to, or put in place of, its own.
func withQuery(base *url.URL, parameters map[string]string) *url.URL {
	u := *base
	q := u.Query()
	for name, value := range parameters {
		q.Set(name, value)
	}
	u.RawQuery = q.Encode()
	return &u
}

// choose keeps the photos that may be shown, each once.
func choose(members []member, shown func(member) (found, bool), blocked blocklist) []found {
	photos := make([]found, 0, len(members))
	ids := make(map[string]bool, len(members))
	for _, m := range members {
		photo, ok := shown(m)
		if !ok || ids[photo.ID] || blocked.matches(string(m["title"]), string(m["tags"])) {
			continue
		}
		ids[photo.ID] = true
		photos = append(photos, photo)
	}
	return photos
}
