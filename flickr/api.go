package flickr

import (
	"context"
	"strconv"
	"strings"

	"picture-frame/flickr/fetch"
)

const (
	perPage = 100
	// extras are what a photo is chosen by and credited with. url_h and what is
	// larger are not in Flickr's list of them but answered; a photo in portrait is
	// wide enough only there, and a 4K wall needs the largest. Above 1,024 px
	// addresses cannot be built, only asked for.
	extras = "license,owner_name,tags,media,url_4k,url_3k,url_k,url_h,url_l,url_c,url_z,url_m"
)

// api is flickr.photos.search, spoken by Flickr and by the album.
type api struct {
	site
	shown func(member) (found, bool)
}

func newAPI(s site) source { return api{s, fromAPI} }

// newAlbum returns the album as a source: a stand-in Flickr in this process,
// which does not look at keys.
func newAlbum(s site) source {
	s.key = "album"
	return api{s, fromAlbum}
}

func (a api) search(ctx context.Context, l lookup) (batch, error) {
	if l.text == "" {
		return batch{}, unsearchable("nothing but operators")
	}
	u := withQuery(a.base, map[string]string{
		"method":         "flickr.photos.search",
		"api_key":        a.key,
		"format":         "json",
		"nojsoncallback": "1", // Without it the body is JSONP.
		"text":           l.text,
		"sort":           "relevance",
		"safe_search":    "1",
		"media":          "photos",
		"content_types":  "0", // photos, as against screenshots and the like
		"per_page":       strconv.Itoa(perPage),
		"page":           "1",
		"extras":         extras,
	})
	members, err := fetch.Fetch(ctx, a.client, fetch.Request{URL: u, Background: l.background}, decodeSearch)
	return batch{photos: choose(members, a.shown, a.blocked)}, err
}

// fromAPI makes a photo of a member of flickr.photos.search's answer. It is
// not ok when it is no photo, not public, or has no picture that may be shown.
func fromAPI(m member) (found, bool) {
	media := string(m["media"])
	if media != "" && !strings.EqualFold(media, "photo") || m["ispublic"].isFalse() {
		return found{}, false
	}

	allowed := func(raw string) (string, bool) {
		p, ok := parsePicture(raw)
		return p.url(), ok && (p.server != videoServer || media != "")
	}
	best, shape, ok := bestSize(m, allowed)
	if !ok {
		if best, ok = sizeOf(m, "o", 0, allowed); ok {
			shape = best
		}
	}
	id, owner := strings.TrimSpace(string(m["id"])), strings.TrimSpace(string(m["owner"]))
	if !ok {
		// No file was named, as without extras. 640 px is the largest size that
		// nearly every photo has.
		guess := picture{server: string(m["server"]), id: id, secret: string(m["secret"]), suffix: "z", ending: "jpg"}
		if !guess.exists() || guess.server == videoServer && media == "" {
			return found{}, false
		}
		best = size{url: guess.url(), edge: 2 * small}
	}
	if !digits.MatchString(id) {
		p, _ := parsePicture(best.url)
		id = p.id
	}

	photo := Photo{
		ID:       id,
		URL:      best.url,
		Title:    m["title"].line(),
		Owner:    m["ownername"].line(),
		OwnerURL: ownerURL(owner),
		PageURL:  pageURL(owner, id),
		Width:    best.width,
		Height:   best.height,
		Sizes:    largerSizes(m, best, allowed),
	}
	if photo.Owner == "" && photo.OwnerURL != "" {
		photo.Owner = owner // Not a name, but a credit.
	}
	photo.credit(m["license"])
	return found{Photo: photo, tier: tierOf(best, shape)}, true
}

// fromAlbum makes a photo of a member of the album's answer. Its pictures are at
// this server and have no page.
func fromAlbum(m member) (found, bool) {
	best, shape, ok := bestSize(m, func(raw string) (string, bool) { return raw, albumPath.MatchString(raw) })
	if !ok || m["id"] == "" {
		return found{}, false
	}
	photo := Photo{
		ID:     string(m["id"]),
		URL:    best.url,
		Title:  m["title"].line(),
		Owner:  m["ownername"].line(),
		Width:  best.width,
		Height: best.height,
	}
	photo.credit(m["license"])
	return found{Photo: photo, tier: tierOf(best, shape)}, true
}
