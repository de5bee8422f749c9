package request

import (
	"net/http"
	"strconv"
	"strings"
)

// Query returns the first value of a parameter of the address, "" without one.
// Addresses are read as the URL standard does (section 5.1), which accepts
// anything: other parameters do not matter, however they are written.
func Query(r *http.Request, name string) string { return first(values(r.URL.RawQuery, name)) }

// HasQuery reports whether the address has a parameter.
func HasQuery(r *http.Request, name string) bool { return len(values(r.URL.RawQuery, name)) > 0 }

// values returns all values of a field of an urlencoded form or query. Package
// net/url refuses one with a bare semicolon or percent sign in it.
func values(form, field string) (values []string) {
	for pair := range strings.SplitSeq(form, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if percentDecode(name) == field {
			values = append(values, percentDecode(value))
		}
	}
	return values
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

func percentDecode(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '+':
			b = append(b, ' ')
			continue
		case '%':
			if i+3 <= len(s) {
				if c, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
					b = append(b, byte(c))
					i += 2
					continue
				}
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}
