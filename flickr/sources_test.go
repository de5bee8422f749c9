package flickr

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/flickr/fetch"
	"picture-frame/flickr/fetch/fetchtest"
)

// toy is a source as somebody would add one: a row and a search.
type toy struct{ site }

var toyRow = sourceRow{
	name: "toy", owner: "Toyland", label: "Toys", photos: []string{"https://toys.example"},
	url: "TOY_URL", fallback: "https://api.toys.example/", key: "TOY_KEY",
	limits: []fetch.Limit{{Name: "toy", Queries: 2, Per: time.Minute}}, keeps: time.Hour, keepsNone: time.Hour,
	make: func(s site) source { return toy{s} },
}

func (s toy) search(ctx context.Context, l lookup) (batch, error) {
	u := withQuery(s.base, map[string]string{"toy": l.text, "key": s.key})
	photos, err := fetch.Fetch(ctx, s.client, fetch.Request{URL: u, Background: l.background}, func(body []byte) ([]found, error) {
		var ids []string
		if json.Unmarshal(body, &ids) != nil {
			return nil, fetch.Unreadable("no list")
		}
		var photos []found
		for _, id := range ids {
			photos = append(photos, found{Photo: Photo{ID: id, URL: "https://toys.example/" + id}, tier: tierWide})
		}
		return photos, nil
	})
	return batch{photos: photos}, err
}

// register adds a source for one test.
func register(t *testing.T, r sourceRow) {
	t.Helper()
	before := sources
	t.Cleanup(func() { sources = before })
	sources = append(slices.Clone(sources), r)
}

func lookupIn(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

// TestNewSource shows what a new source costs: its row and its file, and all that
// reads the table knows it.
func TestNewSource(t *testing.T) {
	register(t, toyRow)
	var s Settings
	if got := s.Read(lookupIn(map[string]string{"PICTURES": "toy"})); !slices.Equal(got, []string{"TOY_KEY is needed for PICTURES=toy"}) {
		t.Errorf("without a key: got %q", got)
	}
	if got := s.Read(lookupIn(map[string]string{"PICTURES": "toys"})); len(got) != 1 || !strings.HasSuffix(got[0], ", toy") {
		t.Errorf("another name: got %q, want one with toy at its end", got)
	}
	if got := s.Read(lookupIn(map[string]string{"TOY_URL": "toys.example"})); len(got) != 1 || !strings.HasPrefix(got[0], "TOY_URL ") {
		t.Errorf("a bad address: got %q, want one that begins with TOY_URL", got)
	}
	if got := Labels()["toy"]; got != "Toys" {
		t.Errorf("got label %q, want Toys", got)
	}
	if got := PhotoHosts(); !slices.Contains(got, "https://toys.example") {
		t.Errorf("got hosts %q, want https://toys.example among them", got)
	}

	synctest.Test(t, func(t *testing.T) {
		answer, asked := `["a","b"]`, ""
		if problems := s.Read(lookupIn(map[string]string{"PICTURES": "toy", "TOY_KEY": testKey})); problems != nil {
			t.Fatal(problems)
		}
		var outcomes fetchtest.Outcomes
		searcher := newSearcher(t, Options{Settings: s, Pick: first, Observe: outcomes.Observe, Cached: outcomes.Cached, Transport: fetchtest.RoundTrip(func(r *http.Request) (*http.Response, error) {
			asked = r.URL.String()
			return fetchtest.Response(r, http.StatusOK, answer), nil
		})})
		for _, id := range []string{"a", "b"} {
			want := Photo{ID: id, URL: "https://toys.example/" + id, Source: "toy"}
			if got, err := searcher.Search(background, "bear"); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, %v; want %+v", got, err, want)
			}
		}
		if want := "https://api.toys.example/?key=" + testKey + "&toy=bear"; asked != want {
			t.Errorf("got %s asked for, want %s", asked, want)
		}
		answer = testKey
		_, err := searcher.Search(background, "ball")
		if !errors.Is(err, ErrAnswer) || SourceOf(err) != "Toyland" {
			t.Errorf("got %v of %s, want ErrAnswer of Toyland", err, SourceOf(err))
		}
		if _, err := searcher.Search(background, "doll"); !errors.Is(err, ErrBudget) {
			t.Errorf("got %v, want ErrBudget", err)
		}
		for what, want := range map[string]int{"toy ok": 1, "toy cached": 1, "toy unreadable": 1, "toy budget": 1} {
			if got := outcomes.Count(what); got != want {
				t.Errorf("got %d times %q, want %d", got, what, want)
			}
		}
	})
}

func TestSettings(t *testing.T) {
	tests := []struct {
		name   string
		values map[string]string
		chain  []string
	}{
		{"nothing", nil, automatic},
		{"a key", map[string]string{"FLICKR_API_KEY": "k"}, []string{"flickr"}},
		{"auto and a key", map[string]string{"PICTURES": "auto", "FLICKR_API_KEY": "k"}, []string{"flickr"}},
		{"the album in spite of a key", map[string]string{"PICTURES": "album", "FLICKR_API_KEY": "k"}, []string{"album"}},
		{"the feed", map[string]string{"PICTURES": "feed"}, []string{"feed"}},
	}
	for _, tt := range tests {
		var s Settings
		if problems := s.Read(lookupIn(tt.values)); problems != nil {
			t.Errorf("%s: got %q, want no problem", tt.name, problems)
		}
		var chain []string
		for _, r := range s.chain() {
			chain = append(chain, r.name)
		}
		if !slices.Equal(chain, tt.chain) {
			t.Errorf("%s: got %q, want %q", tt.name, chain, tt.chain)
		}
	}
	var s Settings
	problems := s.Read(lookupIn(map[string]string{"PICTURES": "SECRET", "FLICKR_API_URL": "ftp://SECRET", "FLICKR_FEED_URL": "https://:443/SECRET"}))
	slices.Sort(problems)
	if len(problems) != 3 || strings.Contains(strings.Join(problems, ";"), "SECRET") {
		t.Errorf("got %q, want three problems without values", problems)
	}
}

// TestTableIsWhole: what the rows have in common.
func TestTableIsWhole(t *testing.T) {
	names := map[string]bool{}
	for _, r := range sources {
		if r.name == "" || names[r.name] || r.owner == "" || r.make == nil || r.keeps == 0 || r.keepsNone == 0 {
			t.Errorf("row %q lacks something", r.name)
		}
		names[r.name] = true
		if len(r.photos) == 0 && !r.local || !r.local && len(r.limits) == 0 {
			t.Errorf("row %q is another server's, and has no photo hosts or no limits", r.name)
		}
	}
	for i, name := range automatic {
		r := sources[slices.IndexFunc(sources, func(r sourceRow) bool { return r.name == name })]
		if last := i == len(automatic)-1; (r.hands == nil) != last {
			t.Errorf("%s hands errors on: %v, and is the last: %v", name, r.hands != nil, last)
		}
	}
}
