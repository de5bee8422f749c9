package flickr

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"

	"picture-frame/flickr/fetch"
)

// feed is Flickr's public feed: the newest photos with given tags.
type feed struct{ site }

func newFeed(s site) source { return feed{s} }

// search asks for photos that have every word as a tag; if there are none, for
// photos whose tag is all words in one; and if there are none of these either,
// for photos that have any.
func (f feed) search(ctx context.Context, l lookup) (batch, error) {
	if len(l.tags) == 0 {
		// The feed without tags is everybody's newest photos.
		return batch{}, unsearchable("nothing that a tag could be")
	}
	all := strings.Join(l.tags, ",")
	asks := []struct{ tags, mode string }{{all, "all"}, {l.joined(), "all"}, {all, "any"}}
	if len(l.tags) == 1 {
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
		members, err := fetch.Fetch(ctx, f.client, fetch.Request{URL: u, Background: l.background}, decodeFeed)
		if err != nil {
			return batch{}, err
		}
		if photos := choose(members, fromFeed, f.blocked); len(photos) > 0 {
			return batch{photos: photos}, nil
		}
	}
	return batch{}, nil
}

// feedTypes is how a feed item's description begins: with its owner's name,
// which is escaped, so that the first end of a link is the name's.
var feedTypes = regexp.MustCompile(`^\s*<p><a [^>]*>[^<]*</a> posted an? ([a-z]+):`)

// feedThumbnail is the thumbnail in a feed item's description. It comes before
// anything that the owner has written.
var feedThumbnail = regexp.MustCompile(`<img src="[^"]*" width="([0-9]{1,5})" height="([0-9]{1,5})"`)

// fromFeed makes a photo of an item of the public feed. It is not ok when it is a
// video or has no picture that may be shown. The feed knows neither licences
// nor sizes.
func fromFeed(m member) (found, bool) {
	thumbnail, ok := parsePicture(string(m["media"]))
	if !ok || !thumbnail.sharesSecret() || thumbnail.server == videoServer {
		return found{}, false
	}
	description := string(m["description"])
	if kind := feedTypes.FindStringSubmatch(description); kind != nil && kind[1] != "photo" {
		return found{}, false
	}

	// The link has the path alias where the owner has one, and is the more
	// readable; author_id is always the NSID.
	owner, id, ok := parsePage(string(m["link"]))
	if !ok || id != thumbnail.id {
		owner, id = strings.TrimSpace(string(m["author_id"])), thumbnail.id
	}
	photo := Photo{
		ID:       id,
		URL:      thumbnail.sized("b").url(), // 1,024 px, the largest with this secret
		Title:    m["title"].line(),
		Owner:    flexible(authorName(string(m["author"]))).line(),
		OwnerURL: ownerURL(owner),
		PageURL:  pageURL(owner, id),
	}
	if photo.Owner == "" && photo.OwnerURL != "" {
		photo.Owner = owner
	}

	best, shape := size{edge: 1024}, size{}
	if m := feedThumbnail.FindStringSubmatch(description); m != nil {
		shape.width, shape.height = flexible(m[1]).int(), flexible(m[2]).int()
	}
	return found{photo, tierOf(best, shape)}, true
}

// authorName takes the name out of the feed's author, which is written as
// nobody@flickr.com ("NAME"), until 2016 without the quotation marks.
func authorName(author string) string {
	_, name, ok := strings.Cut(author, "@flickr.com (")
	if !ok {
		if strings.Contains(author, "@") {
			return "" // Whatever it is, nobody's mail address goes on a screen.
		}
		name = author
	} else {
		name = strings.TrimSuffix(name, ")")
	}
	if len(name) >= 2 && name[0] == '"' && name[len(name)-1] == '"' {
		name = name[1 : len(name)-1]
	}
	// In 2017 names were escaped twice.
	if strings.Contains(name, `\u`) {
		var once string
		if json.Unmarshal([]byte(`"`+name+`"`), &once) == nil {
			name = once
		}
	}
	return name
}
