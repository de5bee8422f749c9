package flickr

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"picture-frame/flickr/fetch"
)

const (
	// openversePerPage is the most that is answered without a token, and
	// openversePages the last page that is.
	openversePerPage = 20
	openversePages   = 12
	// openverseLongest is where the server cuts a query, in characters.
	openverseLongest = 200
)

// openverse is the search of Openverse among the openly licensed photos at
// Flickr, by relevance and without a key (https://api.openverse.org/v1/).
type openverse struct{ site }

func newOpenverse(s site) source { return openverse{s} }

// openverseLimits are what is allowed without a token, for all programs that share an
// address.
var openverseLimits = []fetch.Limit{
	{Name: "openverse-minute", Queries: 20, Per: time.Minute, Reserve: 5},
	{Name: "openverse-day", Queries: 200, Per: 24 * time.Hour, Reserve: 100},
}

// openversePause is how long to leave Openverse alone after a refusal. A 403 is
// its CDN's, which shuts out whole networks, and for long.
func openversePause(status int, asked time.Duration) time.Duration {
	switch status {
	case http.StatusForbidden:
		return time.Hour
	case http.StatusTooManyRequests:
		return cmp.Or(asked, time.Minute)
	}
	return pageTime
}

// pageTime is how long to leave Openverse alone after any other refusal.
const pageTime = 10 * time.Second

// search asks for a phrase first where there are several words, and for the
// words if there is no such phrase: a bare word also matches descriptions and
// other forms of the word.
func (o openverse) search(ctx context.Context, l lookup) (batch, error) {
	if page, text, ok := strings.Cut(l.after, " "); ok {
		n, _ := strconv.Atoi(page) // it is our own
		return o.ask(ctx, l, text, n)
	}
	words := openverseWords(l.words)
	if !slices.ContainsFunc(words, func(w string) bool { return strings.ContainsFunc(w, isSubstance) }) {
		return batch{}, unsearchable("nothing but operators")
	}
	text := strings.Join(words, " ")
	if len(words) > 1 {
		b, err := o.ask(ctx, l, `"`+cut(text, openverseLongest-2)+`"`, 1)
		if err != nil || len(b.photos) > 0 {
			return b, err
		}
	}
	return o.ask(ctx, l, cut(text, openverseLongest), 1)
}

// openverseWords takes the operators of Openverse's query language out of words.
// A hyphen within a word is none.
func openverseWords(words []string) []string {
	runes := []rune(strings.Join(words, " "))
	for i, r := range runes {
		inner := r == '-' && i > 0 && i < len(runes)-1 && isTagRune(runes[i-1]) && isTagRune(runes[i+1])
		if strings.ContainsRune(`+|-"*()~\`, r) && !inner {
			runes[i] = ' '
		}
	}
	return strings.Fields(string(runes))
}

// cut returns the first n characters of a text.
func cut(text string, n int) string {
	runes := []rune(text)
	return strings.TrimSpace(string(runes[:min(n, len(runes))]))
}

// ask asks for one page. Nothing else is sent: every further parameter of the
// service has a value that silently changes what is searched.
func (o openverse) ask(ctx context.Context, l lookup, text string, n int) (batch, error) {
	parameters := map[string]string{"q": text, "source": "flickr", "page_size": strconv.Itoa(openversePerPage)}
	if n > 1 {
		parameters["page"] = strconv.Itoa(n)
	}
	u := withQuery(o.base.JoinPath("images/"), parameters)
	var more bool
	records, err := fetch.Fetch(ctx, o.client, fetch.Request{URL: u, Background: l.background}, func(body []byte) (records []record, err error) {
		records, more, err = decodeOpenverse(body, n)
		return records, err
	})
	if err != nil {
		return batch{}, err
	}
	b := batch{photos: o.choose(records)}
	if more {
		b.next = strconv.Itoa(n+1) + " " + text
	}
	return b, nil
}

// choose keeps the photos that may be shown, each once.
func (o openverse) choose(records []record) (photos []found) {
	ids := map[string]bool{}
	for _, r := range records {
		photo, ok := fromOpenverse(r)
		if !ok || ids[photo.ID] || o.blocked.matches(append(r.Tags, string(r.Title))...) {
			continue
		}
		ids[photo.ID] = true
		photos = append(photos, photo)
	}
	return photos
}

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
		Count   flexible  `json:"result_count"`
		Pages   flexible  `json:"page_count"`
		Results *[]record `json:"results"`
	}
	if err := json.Unmarshal(body, &answer); isSyntax(err) {
		return nil, false, fetch.Unreadable("invalid JSON: " + err.Error())
	}
	if answer.Results == nil {
		return nil, false, fetch.Unreadable("no results in the answer")
	}
	records = (*answer.Results)[:min(len(*answer.Results), maxKept)]
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
