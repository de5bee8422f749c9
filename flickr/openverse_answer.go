package flickr

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"picture-frame/flickr/fetch"
)

// record is one result. Every member may be missing, null or of another type.
type record struct {
	URL         flexible `json:"url"` // of the file that Width and Height describe
	Title       flexible `json:"title"`
	Creator     flexible `json:"creator"`
	CreatorURL  flexible `json:"creator_url"`
	Landing     flexible `json:"foreign_landing_url"`
	License     flexible `json:"license"` // such as by-sa
	Version     flexible `json:"license_version"`
	Provider    flexible `json:"provider"`
	Width       flexible `json:"width"`
	Height      flexible `json:"height"`
	Mature      flexible `json:"mature"`
	Sensitivity flags    `json:"unstable__sensitivity"`
	Tags        textsOf  `json:"tags"`
}

// recordList is nil unless there is a list, even an empty one.
type recordList []record

// UnmarshalJSON never fails: what is no record is an empty one.
func (l *recordList) UnmarshalJSON(data []byte) error {
	*l = nil
	_ = json.Unmarshal(data, (*[]record)(l))
	return nil
}

// flags reports whether there is any.
type flags bool

// UnmarshalJSON never fails: whatever is neither nothing nor empty is a flag.
func (f *flags) UnmarshalJSON(data []byte) error {
	text := strings.Join(strings.Fields(string(data)), "")
	*f = flags(!slices.Contains([]string{"null", "[]", "{}", `""`, "false", "0"}, text))
	return nil
}

// textsOf are the names of a list of tags.
type textsOf []string

// UnmarshalJSON never fails: what has no name is left out.
func (t *textsOf) UnmarshalJSON(data []byte) error {
	*t = nil
	var tags []json.RawMessage
	_ = json.Unmarshal(data, &tags)
	for _, raw := range tags {
		var tag struct {
			Name flexible `json:"name"`
		}
		if json.Unmarshal(raw, &tag) != nil {
			_ = json.Unmarshal(raw, &tag.Name)
		}
		if tag.Name != "" {
			*t = append(*t, string(tag.Name))
		}
	}
	return nil
}

// decodeOpenverse reads page n of an answer, and whether a page follows it. Pages
// may be short and counts end at 240, so a small count is an end, and nothing else.
func decodeOpenverse(body []byte, n int) (records []record, more bool, err error) {
	body = unwrap(body)
	switch {
	case len(body) == 0:
		return nil, false, fetch.Unreadable("empty body")
	case body[0] == '<':
		// A CDN says no under the wrong status.
		f := fetch.Unreadable("markup instead of JSON")
		f.Pause = pageTime
		return nil, false, f
	case body[0] != '{':
		return nil, false, fetch.Unreadable("body is not a JSON object")
	}
	var answer struct {
		Count   flexible   `json:"result_count"`
		Pages   flexible   `json:"page_count"`
		Results recordList `json:"results"`
	}
	if err := json.Unmarshal(body, &answer); isSyntax(err) {
		return nil, false, fetch.Unreadable("invalid JSON: " + err.Error())
	}
	if answer.Results == nil {
		return nil, false, fetch.Unreadable("no results in the answer")
	}
	records = answer.Results[:min(len(answer.Results), maxKept)]
	more = n < openversePages && len(records) > 0
	if pages := answer.Pages.int(); pages > 0 {
		more = more && n < pages
	} else if count := answer.Count.int(); count > 0 {
		more = more && n*openversePerPage < count
	}
	return records, more, nil
}

// openverseHost is a photo host as the records name it, and the page's content
// policy allows it.
var openverseHost = regexp.MustCompile(`^(?:live|farm[0-9]{1,3})\.staticflickr\.com$`)

// fromOpenverse makes a photo of a record. It is not ok when it is not at Flickr,
// not for everybody, or no photo.
func fromOpenverse(r record) (found, bool) {
	if !strings.EqualFold(strings.TrimSpace(string(r.Provider)), "flickr") || bool(r.Sensitivity) || r.Mature != "" && !r.Mature.isFalse() {
		return found{}, false
	}
	p, ok := parsePicture(string(r.URL))
	if !ok || p.server == videoServer || !openverseHost.MatchString(p.host) {
		return found{}, false
	}
	best := size{url: p.at(p.host), width: r.Width.int(), height: r.Height.int(), edge: suffixEdges[p.suffix]}
	if best.width == 0 || best.height == 0 || max(best.width, best.height) > maxEdge {
		best.width, best.height = 0, 0
	} else {
		best.edge = max(best.width, best.height)
	}
	photo := Photo{
		ID:      p.id,
		URL:     best.url,
		Title:   r.Title.line(),
		Owner:   r.Creator.line(),
		PageURL: sameAddress(photos, string(r.Landing)),
		Width:   best.width,
		Height:  best.height,
	}
	if photo.Owner != "" {
		owner, _, _ := parsePage(string(r.Landing))
		photo.OwnerURL = cmp.Or(sameAddress(people, string(r.CreatorURL)), ownerURL(owner))
	}
	l := licenseOf(string(r.License), string(r.Version))
	photo.License, photo.LicenseURL = l.name, l.url
	return found{Photo: photo, tier: tierOf(best, best)}, true
}
