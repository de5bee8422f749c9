package request

import (
	"iter"
	"strings"

	"github.com/labstack/echo/v4"
)

// Param returns a parameter of the request's query, of two with that name the
// first, and whether it is there. Everything else in the query is ignored,
// however it is written.
func Param(c echo.Context, name string) (value string, given bool) {
	for raw := range fieldsOf(c.Request().URL.RawQuery, name) {
		return percentDecode(raw), true
	}
	return "", false
}

// fieldsOf yields the values of a field of an urlencoded query or form, as they
// are written. It parses as the URL standard does (section 5.1), which accepts
// any input.
func fieldsOf(form, field string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for pair := range strings.SplitSeq(form, "&") {
			name, value, _ := strings.Cut(pair, "=")
			if percentDecode(name) == field && !yield(value) {
				return
			}
		}
	}
}
