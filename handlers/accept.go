package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// prefer returns the one of offers that the client likes best by its Accept
// header (RFC 9110, 12.5.1); the first of those that it likes alike, unless it
// names one sooner than another; and the first of all if it likes none.
func prefer(r *http.Request, offers ...string) string {
	best, chosen := liking{}, offers[0]
	ranges := strings.Split(strings.Join(r.Header.Values("Accept"), ","), ",")
	for _, offer := range offers {
		if l := like(ranges, offer); l.quality > 0 && l.better(best) {
			best, chosen = l, offer
		}
	}
	return chosen
}

// liking is how much a client likes a media type.
type liking struct {
	quality  float64
	exact    int // 0 for */*, 1 for text/*, 2 for text/html
	position int // of the range that says so, from the left
}

func (l liking) better(o liking) bool {
	switch {
	case l.quality != o.quality:
		return l.quality > o.quality
	case l.exact != o.exact:
		return l.exact > o.exact
	}
	return l.exact == 2 && l.position < o.position
}

// like finds the most exact range that covers the media type offer.
func like(ranges []string, offer string) (l liking) {
	l.exact = -1
	family, _, _ := strings.Cut(offer, "/")
	for i, text := range ranges {
		name, params, _ := strings.Cut(text, ";")
		exact := slices.Index([]string{"*/*", family + "/*", offer}, strings.ToLower(strings.TrimSpace(name)))
		if exact > l.exact {
			l = liking{quality(params), exact, i}
		}
	}
	return l
}

// quality reads the weight among the parameters of a range; 1 without any.
func quality(params string) float64 {
	for param := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(param, "=")
		if strings.EqualFold(strings.TrimSpace(name), "q") {
			if q, err := strconv.ParseFloat(strings.TrimSpace(value), 64); err == nil && q >= 0 && q <= 1 {
				return q
			}
		}
	}
	return 1
}

// ForPeople says whether a page is wanted rather than data.
func ForPeople(r *http.Request) bool {
	return prefer(r, echo.MIMEApplicationJSON, "application/problem+json", echo.MIMETextHTML) == echo.MIMETextHTML
}
