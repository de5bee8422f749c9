package flickr

import "strings"

// Photo is one photo with what is needed to show it and to credit it, as
// Flickr's terms ask: title, owner and licence, and a link to its page.
// Only ID, URL and Source are always set.
//
// Its JSON is what clients get: a field is added here, where a source fills it
// in, and where a page shows it.
type Photo struct {
	ID  string `json:"-"`
	URL string `json:"url"` // https://live.staticflickr.com/…, or a path below /album/

	Title    string `json:"title,omitempty"`
	Owner    string `json:"owner,omitempty"`
	OwnerURL string `json:"owner_url,omitempty"`
	PageURL  string `json:"page_url,omitempty"`

	License    string `json:"license,omitempty"` // a name such as "CC BY 4.0"
	LicenseURL string `json:"license_url,omitempty"`

	// Width and Height are pixels of the picture behind URL; both are 0 when
	// the answer did not say.
	Width  int `json:"width,omitempty"`
	Height int `json:"height,omitempty"`

	Source string `json:"source"` // "flickr", "feed" or "album"

	// Note says, in a sentence for the viewer, why another source than the
	// wished one was asked. It is empty when none had to stand in.
	Note string `json:"note,omitempty"`
}

// found is a photo that may be shown.
type found struct {
	Photo
	tier int
}

// searched makes a photo of a member of flickr.photos.search's answer. It is
// not ok when it is no photo, not public, or has no picture that may be shown.
func searched(m member) (found, bool) {
	media := string(m["media"])
	if media != "" && !strings.EqualFold(media, "photo") || m["ispublic"].isFalse() {
		return found{}, false
	}

	var any picture // one of the photo's pictures that share a secret
	best, shape, ok := bestSize(m, func(raw string) (string, bool) {
		p, ok := parsePicture(raw)
		if !ok || p.server == videoServer && media == "" {
			return "", false
		}
		if p.sharesSecret() {
			any = p
		}
		return p.url(), true
	})

	id, owner := strings.TrimSpace(string(m["id"])), strings.TrimSpace(string(m["owner"]))
	if !ok || best.edge <= small {
		if built := (picture{server: string(m["server"]), id: id, secret: string(m["secret"]), ending: "jpg"}); built.exists() {
			any = built
		}
		switch {
		case any.exists() && (any.server != videoServer || media != ""):
			// 640 px is the largest size that nearly every photo has.
			best = size{url: any.sized("z").url(), edge: 2 * small}
			if shape.height > shape.width {
				best.edge = small // A portrait that comes as a thumbnail stays the last.
			}
		case !ok:
			if best, ok = sizeOf(m, "o", 0, staticURL); !ok {
				return found{}, false
			}
			shape = best
		}
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
	}
	if photo.Owner == "" && photo.OwnerURL != "" {
		photo.Owner = owner // Not a name, but a credit.
	}
	photo.credit(m["license"])
	return found{photo, tierOf(best, shape)}, true
}

// drawn makes a photo of a member of the album's answer. Its pictures are at
// this server and have no page.
func drawn(m member) (found, bool) {
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
	return found{photo, tierOf(best, shape)}, true
}

// credit adds the licence with an id, if it is one we know.
func (p *Photo) credit(id loose) {
	l := licenses[strings.TrimSpace(string(id))]
	p.License, p.LicenseURL = l.name, l.url
}
