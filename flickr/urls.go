package flickr

import (
	"net/url"
	"regexp"
	"strings"
)

// pictureHost is the only host whose pictures are shown.
const pictureHost = "live.staticflickr.com"

// videoServer is the "server" of videos' still images.
const videoServer = "31337"

var (
	// Older answers name the same files on numbered farms.
	pictureHosts = regexp.MustCompile(`^(?:live\.staticflickr\.com|farm[0-9]{1,3}\.static(?:\.flickr|flickr)\.com)$`)

	// {server}/{id}_{secret}_{suffix}.{ending}; size 500 has no suffix.
	picturePath = regexp.MustCompile(`^/([0-9]{1,10})/([0-9]{1,20})_([0-9A-Za-z]{1,32})(?:_([0-9a-z]{1,2}))?\.(jpg|jpeg|png|gif)$`)

	// This program serves its own drawings here.
	albumPath = regexp.MustCompile(`^/album/[0-9A-Za-z][0-9A-Za-z_-]*(?:\.[0-9A-Za-z]+)?$`)

	// An owner is an NSID like 22541015@N00, or a path alias.
	ownerPath = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z@_.-]{0,63}$`)

	digits = regexp.MustCompile(`^[0-9]{1,20}$`)
	secret = regexp.MustCompile(`^[0-9A-Za-z]{1,32}$`)
	photos = regexp.MustCompile(`^/photos/([^/]+)/([0-9]{1,20})(?:/|$)`)
	people = regexp.MustCompile(`^/(?:photos|people)/([^/]+)/?$`)
)

// picture is the address of one size of one photo.
type picture struct {
	server, id, secret, suffix, ending string
	host                               string // where it was found
}

// parsePicture reads an address of a picture on any of Flickr's picture hosts.
func parsePicture(raw string) (picture, bool) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.User != nil || u.Opaque != "" {
		return picture{}, false
	}
	switch u.Scheme {
	case "https", "http", "": // Without a scheme there still has to be a host.
	default:
		return picture{}, false
	}
	host := strings.ToLower(u.Host)
	if !pictureHosts.MatchString(host) {
		return picture{}, false
	}
	m := picturePath.FindStringSubmatch(u.EscapedPath())
	if m == nil {
		return picture{}, false
	}
	p := picture{server: m[1], id: m[2], secret: m[3], suffix: m[4], ending: m[5], host: host}
	return p, p.exists()
}

// exists tells whether the parts can belong to a picture that is there: server
// 0 is that of a photo which is still, or no longer, being processed.
func (p picture) exists() bool {
	return digits.MatchString(p.server) && strings.Trim(p.server, "0") != "" &&
		digits.MatchString(p.id) && secret.MatchString(p.secret)
}

// sharesSecret tells whether other sizes up to 1,024 px have the same secret:
// the larger ones and the original have one each of their own.
func (p picture) sharesSecret() bool {
	switch p.suffix {
	case "", "b", "c", "z", "w", "n", "m", "t", "q", "s":
		return true
	}
	return false
}

// staticURL is the address to give out for one on any of Flickr's hosts.
func staticURL(raw string) (string, bool) {
	p, ok := parsePicture(raw)
	return p.url(), ok
}

// url is the picture's address as it is usually given out.
func (p picture) url() string { return p.at(pictureHost) }

// at is the picture's address at one of Flickr's picture hosts.
func (p picture) at(host string) string {
	var b strings.Builder
	b.Grow(80)
	b.WriteString("https://")
	b.WriteString(host)
	b.WriteByte('/')
	b.WriteString(p.server)
	b.WriteByte('/')
	b.WriteString(p.id)
	b.WriteByte('_')
	b.WriteString(p.secret)
	if p.suffix != "" {
		b.WriteByte('_')
		b.WriteString(p.suffix)
	}
	b.WriteByte('.')
	b.WriteString(p.ending)
	return b.String()
}

// sized is the same photo in another size. Only sizes up to 1,024 px share one
// secret, so suffix must be "b" or smaller.
func (p picture) sized(suffix string) picture {
	p.suffix = suffix
	return p
}

// ownerURL is the address of an owner's page, "" if there cannot be one.
func ownerURL(owner string) string {
	if !ownerPath.MatchString(owner) {
		return ""
	}
	return "https://www.flickr.com/photos/" + owner + "/"
}

// pageURL is the address of a photo's page, "" if there cannot be one.
func pageURL(owner, id string) string {
	page := ownerURL(owner)
	if page == "" || !digits.MatchString(id) {
		return ""
	}
	return page + id + "/"
}

// parsePage takes owner and photo id out of the address of a photo's page.
func parsePage(raw string) (owner, id string, ok bool) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || !isFlickrPage(u) {
		return "", "", false
	}
	m := photos.FindStringSubmatch(u.Path)
	if m == nil || !ownerPath.MatchString(m[1]) {
		return "", "", false
	}
	return m[1], m[2], true
}

// sameAddress is an address at Flickr as it was given, up to the end of what the
// pattern of its path finds; "" where it is anywhere else.
func sameAddress(path *regexp.Regexp, raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || !isFlickrPage(u) {
		return ""
	}
	m := path.FindStringSubmatch(u.Path)
	if m == nil || !ownerPath.MatchString(m[1]) {
		return ""
	}
	return "https://www.flickr.com" + m[0]
}

// isFlickrPage reports whether an address is on Flickr's own site.
func isFlickrPage(u *url.URL) bool {
	host := strings.ToLower(u.Host)
	return (u.Scheme == "https" || u.Scheme == "http") && (host == "www.flickr.com" || host == "flickr.com") && u.User == nil
}
