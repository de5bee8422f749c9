package handlers

import "regexp"

// photoAddress is the address of a photo of Flickr's in a size up to 1,024
// pixels. All of these sizes share one secret, so one address tells the others.
var photoAddress = regexp.MustCompile(`^(https://(?:live|farm[0-9]{1,3})\.staticflickr\.com/[0-9]+/[0-9]+_[0-9A-Za-z]+)(_[bczwnm])?\.jpg$`)

// photoSizes are what these addresses end in, from the largest size to the
// smallest; sizes.js has the same ones.
var photoSizes = []string{"_b", "_c", "_z", "", "_w", "_n", "_m"}

// smallerSizes are the addresses of a photo in the sizes below that of url. A
// link preview can go on to them where url itself does not exist: it is a guess
// for photos from a source that does not list their sizes. There are none for
// pictures of another kind.
func smallerSizes(url string) (urls []string) {
	m := photoAddress.FindStringSubmatch(url)
	if m == nil {
		return nil
	}
	for i := len(photoSizes) - 1; photoSizes[i] != m[2]; i-- {
		if photoSizes[i] != "_w" { // few photos have it
			urls = append([]string{m[1] + photoSizes[i] + ".jpg"}, urls...)
		}
	}
	return urls
}
