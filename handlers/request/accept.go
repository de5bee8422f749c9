package request

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// The media types of the streams.
const (
	MIMEEventStream = "text/event-stream"
	MIMENDJSON      = "application/x-ndjson"
)

// Prefer returns the media type among offers to which the client's Accept header
// gives the highest weight (RFC 9110, 12.5.1). Among equal weights the most
// exact range wins, then the range that is named first, then the first offer. If
// the client accepts none, Prefer returns the first offer.
func Prefer(r *http.Request, offers ...string) string {
	best, chosen := preference{}, offers[0]
	ranges := strings.Split(strings.Join(r.Header.Values("Accept"), ","), ",")
	for _, offer := range offers {
		if p := preferenceFor(ranges, offer); p.quality > 0 && p.better(best) {
			best, chosen = p, offer
		}
	}
	return chosen
}

// A preference is how much a client wants a media type.
type preference struct {
	quality  float64
	exact    int // 0 for */*, 1 for text/*, 2 for text/html
	position int // the index of the range in the header
}

func (p preference) better(o preference) bool {
	switch {
	case p.quality != o.quality:
		return p.quality > o.quality
	case p.exact != o.exact:
		return p.exact > o.exact
	}
	return p.exact == 2 && p.position < o.position
}

// preferenceFor returns the preference of the most exact range that covers the
// media type offer.
func preferenceFor(ranges []string, offer string) (p preference) {
	p.exact = -1
	family, _, _ := strings.Cut(offer, "/")
	for i, text := range ranges {
		name, params, _ := strings.Cut(text, ";")
		exact := slices.Index([]string{"*/*", family + "/*", offer}, strings.ToLower(strings.TrimSpace(name)))
		if exact > p.exact {
			p = preference{quality(params), exact, i}
		}
	}
	return p
}

// quality returns the weight among the parameters of a range, 1 without any.
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

// ForPeople reports whether the client wants a page rather than data.
func ForPeople(r *http.Request) bool {
	return Prefer(r, echo.MIMEApplicationJSON, "application/problem+json", echo.MIMETextHTML) == echo.MIMETextHTML
}
