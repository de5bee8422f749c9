package flickr

// Photo is one photo with what is needed to show it and to credit it, as
// Flickr's terms ask: title, owner and licence, and a link to its page.
// Only ID, URL and Source are always set.
type Photo struct {
	ID  string
	URL string // https://live.staticflickr.com/…, or a path below /album/

	Title    string
	Owner    string
	OwnerURL string
	PageURL  string

	License    string // a name such as "CC BY 4.0"
	LicenseURL string

	// Width and Height are pixels of the picture behind URL; both are 0 when
	// the answer did not say.
	Width, Height int

	Source string // "flickr", "feed" or "album"

	// Note says, in a sentence for the viewer, why another source than the
	// wished one was asked. It is empty when none had to stand in.
	Note string
}
