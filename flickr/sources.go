package flickr

import (
	"context"
	"net/url"
	"strconv"
	"strings"
)

// Where Flickr is.
const (
	DefaultAPIURL  = "https://api.flickr.com/services/rest/"
	DefaultFeedURL = "https://www.flickr.com/services/feeds/photos_public.gne"
)

// source is a place that has photos for words. No photos and no error means
// that it has none for this one.
type source interface {
	search(ctx context.Context, q query, spare bool) ([]found, error)
}

const (
	perPage = 100
	// extras are what a photo is chosen by and credited with. url_h is not in
	// Flickr's list of them but answered; a photo in portrait is wide enough
	// only there. Above 1,024 px addresses cannot be built, only asked for.
	extras = "license,owner_name,tags,media,url_h,url_l,url_c,url_z,url_m"
)

// search API, spoken by Flickr and by the album.
type rest struct {
	fetcher *fetcher
	base    *url.URL
	shown   func(member) (found, bool)
	blocked blocklist
}

func (r *rest) search(ctx context.Context, q query, spare bool) ([]found, error) {
	if q.text == "" {
		return nil, &failure{kind: ErrUnsearchable, cause: "nothing but operators"}
	}
	u := withQuery(r.base, map[string]string{
		"method":         "flickr.photos.search",
		"api_key":        r.fetcher.key,
		"format":         "json",
		"nojsoncallback": "1", // Without it the body is JSONP.
		"text":           q.text,
		"sort":           "relevance",
		"safe_search":    "1",
		"media":          "photos",
		"content_types":  "0", // photos, as against screenshots and the like
		"per_page":       strconv.Itoa(perPage),
		"page":           "1",
		"extras":         extras,
	})
	members, err := r.fetcher.fetch(ctx, u, spare, decodeSearch)
	if err != nil {
		return nil, err
	}
	return choose(members, r.shown, r.blocked), nil
}

// feed is Flickr's public feed: the newest photos with given tags.
type feed struct {
	fetcher *fetcher
	base    *url.URL
	blocked blocklist
}

// search asks for photos that have every word as a tag; if there are none, for
// photos whose tag is all words in one; and if there are none of these either,
// for photos that have any.
func (f *feed) search(ctx context.Context, q query, spare bool) ([]found, error) {
	if len(q.tags) == 0 {
		// The feed without tags is everybody's newest photos.
		return nil, &failure{kind: ErrUnsearchable, cause: "nothing that a tag could be"}
	}
	all := strings.Join(q.tags, ",")
	asks := []struct{ tags, mode string }{{all, "all"}, {q.joined(), "all"}, {all, "any"}}
	if len(q.tags) == 1 {
		asks = asks[:1]
	}
	for _, ask := range asks {
		u := withQuery(f.base, map[string]string{
			"format":         "json",
			"nojsoncallback": "1",
			"lang":           "en-us", // Videos are known by an English sentence.
			"tags":           ask.tags,
			"tagmode":        ask.mode, // Always: the default is not agreed on.
		})
		members, err := f.fetcher.fetch(ctx, u, spare, decodeFeed)
		if err != nil {
			return nil, err
		}
		if photos := choose(members, fed, f.blocked); len(photos) > 0 {
			return photos, nil
		}
	}
	return nil, nil
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
