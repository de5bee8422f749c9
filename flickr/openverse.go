package flickr

import (
	"cmp"
	"context"
	"net/http"
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
	return max(asked, pageTime)
}

// pageTime is how long to leave Openverse alone after any other refusal, at least.
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
