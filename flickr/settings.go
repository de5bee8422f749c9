package flickr

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Settings say where pictures come from.
type Settings struct {
	Pictures string            // a source's name, or "auto"; "" is "auto"
	Values   map[string]string // of the variables that the sources have; some are secret
}

// Read takes the settings from lookup, which returns "" for a variable that is
// not set. It returns what is wrong with them: each problem begins with the
// variable's name and quotes no value.
func (s *Settings) Read(lookup func(name string) string) (problems []string) {
	s.Pictures, s.Values = cmp.Or(lookup("PICTURES"), "auto"), map[string]string{}
	for _, r := range sources {
		for _, name := range []string{r.url, r.key} {
			if value := lookup(name); name != "" && value != "" {
				s.Values[name] = value
			}
		}
	}
	return s.problems()
}

func (s *Settings) problems() (problems []string) {
	names := []string{"auto"}
	for _, r := range sources {
		names = append(names, r.name)
		if _, err := r.base(s.Values); err != nil {
			problems = append(problems, err.Error())
		}
		if r.key != "" && r.name == s.Pictures && s.Values[r.key] == "" {
			problems = append(problems, r.key+" is needed for PICTURES="+r.name)
		}
	}
	if s.Pictures != "" && !slices.Contains(names, s.Pictures) {
		problems = append(problems, "PICTURES is none of "+strings.Join(names, ", "))
	}
	return problems
}

// chain is the sources that are asked, in turn.
func (s *Settings) chain() []sourceRow {
	names := []string{s.Pictures}
	if s.Pictures == "" || s.Pictures == "auto" {
		names = automatic
		if i := slices.IndexFunc(sources, func(r sourceRow) bool { return s.Values[r.key] != "" }); i >= 0 {
			names = []string{sources[i].name}
		}
	}
	var chain []sourceRow
	for _, name := range names {
		chain = append(chain, sources[slices.IndexFunc(sources, func(r sourceRow) bool { return r.name == name })])
	}
	return chain
}

// base is the address of the source. The error does not repeat it: it may hold a
// password.
func (r *sourceRow) base(values map[string]string) (*url.URL, error) {
	raw := r.fallback
	if value := values[r.url]; value != "" {
		raw = value
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" {
		return nil, fmt.Errorf("%s is not a URL that begins with http:// or https://", r.url)
	}
	return u, nil
}
