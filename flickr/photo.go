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

	// Sizes are the larger files of the same photo that the answer offered,
	// smallest first. None is guessed.
	Sizes []Size `json:"sizes,omitempty"`

	Source string `json:"source"` // a name in the table of sources

	// Note says, in a sentence for the viewer, why another source than the
	// wished one was asked. It is empty when none had to stand in.
	Note string `json:"note,omitempty"`
}

// Size is one file of a photo, with its dimensions in pixels.
type Size struct {
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// found is a photo that may be shown.
type found struct {
	Photo
	tier int
}

// credit adds the licence with an id, if it is one we know.
func (p *Photo) credit(id flexible) {
	l := licenses[strings.TrimSpace(string(id))]
	p.License, p.LicenseURL = l.name, l.url
}
