package flickr

import (
	"errors"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"picture-frame/flickr/fetch"
	"picture-frame/flickr/fetch/fetchtest"
)

// openverseRecordings is a folder of answers that Openverse really gave; like the
// others it is not part of this program, and may be missing.
const openverseRecordings = "../../shared/openverse"

var openverseOnly = Settings{Pictures: "openverse"}

// TestOpenverseAnswer is about what becomes of each kind of record.
func TestOpenverseAnswer(t *testing.T) {
	records, more, err := decodeOpenverse(body(t, "openverse.json"), 1)
	if err != nil || !more {
		t.Fatalf("got more %v and %v, want more and no error", more, err)
	}
	o := openverse{site{blocked: newBlocklist([]string{"spider"})}}
	var got []Photo
	var tiers []int
	for _, f := range o.choose(records) {
		got, tiers = append(got, f.Photo), append(tiers, f.tier)
	}
	want := []Photo{
		{ID: "61000000001", URL: "https://live.staticflickr.com/65535/61000000001_aaaa000001_b.jpg", Title: "Ferry in the fog",
			Owner: "Ada Example", OwnerURL: "https://www.flickr.com/photos/11111111@N01", PageURL: "https://www.flickr.com/photos/11111111@N01/61000000001",
			License: "CC BY-SA 2.0", LicenseURL: "https://creativecommons.org/licenses/by-sa/2.0/", Width: 1024, Height: 683},
		{ID: "61000000002", URL: "https://farm5.staticflickr.com/4036/61000000002_aaaa000002.jpg", PageURL: "https://www.flickr.com/photos/22222222@N02/61000000002",
			License: "Public Domain Dedication (CC0)", LicenseURL: "https://creativecommons.org/publicdomain/zero/1.0/"},
		{ID: "61000000003", URL: "https://live.staticflickr.com/1/61000000003_aaaa000003_z.jpg", Title: "An album", Owner: "Bo",
			License: "CC BY 2.0", LicenseURL: "https://creativecommons.org/licenses/by/2.0/", Width: 640, Height: 427},
		{ID: "61000000004", URL: "https://live.staticflickr.com/1/61000000004_aaaa000004_b.jpg", Title: "No such licence", Owner: "Cy", Width: 683, Height: 1024},
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("photo %d:\ngot  %+v\nwant %+v", i, at(got, i), at(want, i))
		}
	}
	if want := []int{tierWide, tierPlain, tierLarge, tierTall}; !slices.Equal(tiers, want) {
		t.Errorf("got tiers %v, want %v", tiers, want)
	}
}

func at(photos []Photo, i int) any {
	if i < len(photos) {
		return photos[i]
	}
	return "nothing"
}

func TestOpenverseBodies(t *testing.T) {
	tests := []struct {
		name, body string
		page       int
		records    int
		more       bool
		err        error
		pauses     bool
	}{
		{"nothing found", `{"result_count":0,"page_count":0,"results":[]}`, 1, 0, false, nil, false},
		{"the last page", `{"result_count":41,"page_count":3,"results":[{}]}`, 3, 1, false, nil, false},
		{"not the last", `{"result_count":41,"page_count":3,"results":[{}]}`, 2, 1, true, nil, false},
		{"no count of pages", `{"result_count":41,"results":[{}]}`, 2, 1, true, nil, false},
		{"a small count", `{"result_count":"40","results":[{}]}`, 2, 1, false, nil, false},
		{"the deepest page", `{"result_count":10000,"page_count":500,"results":[{}]}`, 12, 1, false, nil, false},
		{"an empty page within", `{"result_count":240,"page_count":12,"results":[]}`, 2, 0, false, nil, false},
		{"a byte order mark", "\ufeff {\"results\":[]}", 1, 0, false, nil, false},
		{"records of every type", `{"results":[null,1,"a",[],{"url":{}},{"tags":{"a":1},"unstable__sensitivity":7,"mature":[]}]}`, 1, 6, true, nil, false},
		{"an error under 200", `{"detail":"no"}`, 1, 0, false, ErrAnswer, false},
		{"results null", `{"results":null}`, 1, 0, false, ErrAnswer, false},
		{"truncated", `{"results":[{"url":"https://li`, 1, 0, false, ErrAnswer, false},
		{"nothing at all", ``, 1, 0, false, ErrAnswer, false},
		{"a list", `[]`, 1, 0, false, ErrAnswer, false},
		{"a page", `<!DOCTYPE html><html>`, 1, 0, false, ErrAnswer, true},
	}
	for _, tt := range tests {
		records, more, err := decodeOpenverse([]byte(tt.body), tt.page)
		if len(records) != tt.records || more != tt.more || !errors.Is(err, tt.err) {
			t.Errorf("%s: got %d records, more %v, %v; want %d, %v, %v", tt.name, len(records), more, err, tt.records, tt.more, tt.err)
		}
		var failed *fetch.Failure
		if got := errors.As(err, &failed) && failed.Pause > 0; got != tt.pauses {
			t.Errorf("%s: got a pause %v, want %v", tt.name, got, tt.pauses)
		}
	}
}

func TestOpenverseLicenses(t *testing.T) {
	for given, want := range map[string]string{
		"by-nc-sa 2.0": "CC BY-NC-SA 2.0 https://creativecommons.org/licenses/by-nc-sa/2.0/",
		"by-nc 2.0":    "CC BY-NC 2.0 https://creativecommons.org/licenses/by-nc/2.0/",
		"by-nc-nd 2.0": "CC BY-NC-ND 2.0 https://creativecommons.org/licenses/by-nc-nd/2.0/",
		"BY 2.0":       "CC BY 2.0 https://creativecommons.org/licenses/by/2.0/",
		"by-sa 2.0":    "CC BY-SA 2.0 https://creativecommons.org/licenses/by-sa/2.0/",
		"by-nd 2.0":    "CC BY-ND 2.0 https://creativecommons.org/licenses/by-nd/2.0/",
		"by 4.0":       "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/",
		"cc0 1.0":      "Public Domain Dedication (CC0) https://creativecommons.org/publicdomain/zero/1.0/",
		"pdm 1.0":      "Public Domain Mark https://creativecommons.org/publicdomain/mark/1.0/",
		"by 3.0":       " ", "by ": " ", " 2.0": " ", "cc0 2.0": " ", "pdm 2.0": " ", "sampling+ 1.0": " ", "by-nd-nc 2.0": " ", "cc-by 2.0": " ",
	} {
		code, version, _ := strings.Cut(given, " ")
		l := licenseOf(code, version)
		if got := l.name + " " + l.url; got != want {
			t.Errorf("%q: got %q, want %q", given, got, want)
		}
	}
}

func TestOpenverseWords(t *testing.T) {
	for keyword, want := range map[string][]string{
		"sushi":                   {"sushi"},
		"Staten Island  ferry":    {`"Staten Island ferry"`, "Staten Island ferry"},
		"war and peace":           {`"war and peace"`, "war and peace"},
		"ice-cream":               {"ice-cream"},
		"-dog":                    {"dog"},
		"cat -dog":                {`"cat dog"`, "cat dog"},
		"rock- 'n' -roll":         {`"rock 'n' roll"`, "rock 'n' roll"},
		`"red car" | (blue* ~2)\`: {`"red car blue 2"`, "red car blue 2"},
		"C++":                     {"C"},
		"日本、桜":                    {`"日本 桜"`, "日本 桜"},
		"cats,dogs;birds":         {`"cats dogs birds"`, "cats dogs birds"},
		"🍣":                       {"🍣"},
		"a=b&mature=true":         {"a=b&mature=true"},
		strings.Repeat("ü ", 120): {`"` + strings.TrimSpace(strings.Repeat("ü ", 99)) + `"`, strings.TrimSpace(strings.Repeat("ü ", 100))},
		"***":                     nil, "+ | -": nil, "?!": nil,
	} {
		synctest.Test(t, func(t *testing.T) {
			var asked []string
			s := newSearcher(t, Options{Settings: openverseOnly, Transport: fetchtest.RoundTrip(func(r *http.Request) (*http.Response, error) {
				q := r.URL.Query()
				asked = append(asked, q.Get("q"))
				if q.Del("q"); r.URL.Path != "/v1/images/" || q.Encode() != "page_size=20&source=flickr" {
					t.Errorf("%q: got %s asked for", keyword, r.URL)
				}
				if agent := r.UserAgent(); !strings.HasPrefix(agent, "picture-frame/") {
					t.Errorf("got User-Agent %q", agent)
				}
				return fetchtest.Response(r, 200, `{"result_count":0,"page_count":0,"results":[]}`), nil
			})})
			_, err := s.Search(background, keyword)
			if wantErr := map[bool]error{true: ErrUnsearchable, false: ErrNoPhoto}[want == nil]; !errors.Is(err, wantErr) {
				t.Errorf("%q: got %v, want %v", keyword, err, wantErr)
			}
			if !slices.Equal(asked, want) {
				t.Errorf("%q: got %q asked for, want %q", keyword, asked, want)
			}
		})
	}
}

// TestOpenverseRecordings expects of every recorded answer what can be shown of
// it, or the problem.
func TestOpenverseRecordings(t *testing.T) {
	type test struct {
		photos int
		more   bool
		err    error
	}
	tests := map[string]test{
		"search_source_flickr_2022.json":       {20, true, nil},
		"search_page2_null_sizes_2022.json":    {20, true, nil},
		"search_by_jpg_2022.json":              {20, true, nil},
		"search_empty_2022.json":               {0, false, nil},
		"search_empty_cached_2024.http":        {0, false, nil},
		"search_three_records_2023.json":       {3, false, nil},
		"creator_same_titles_cut_2024.json":    {5, true, nil},
		"search_coffee_cut_2026.json":          {4, true, nil},
		"search_two_results_cut_2026.json":     {1, false, nil}, // the other is at Wikimedia
		"search_page_count_80_cut_2026.json":   {1, true, nil},
		"search_warnings_documented_2026.json": {0, true, nil}, // at Stocksnap
		"made_nulls.json":                      {7, true, nil},
		"image_farm5_ccsearch_2020.json":       {0, false, ErrAnswer}, // a record alone
		"stats_cut_2022.json":                  {0, false, ErrAnswer},
		"token_200_documented.json":            {0, false, ErrAnswer},
		"error_400_boolean_2022.http":          {0, false, ErrAnswer},
		"error_400_license_documented.json":    {0, false, ErrAnswer},
		"error_401_depth_2026.json":            {0, false, ErrAnswer},
		"error_401_page_size_2026.json":        {0, false, ErrAnswer},
		"error_429_tape_2023.http":             {0, false, ErrAnswer},
		"error_500_tape_2023.http":             {0, false, ErrAnswer},
		"made_400_license.json":                {0, false, ErrAnswer},
		"made_403_cloudflare.http":             {0, false, ErrAnswer},
		"made_429_retry_after.http":            {0, false, ErrAnswer},
	}
	eachRecording(t, openverseRecordings, tests, func(t *testing.T, tt test, data []byte) {
		text := string(data)
		if _, body, ok := strings.Cut(strings.ReplaceAll(text, "\r", ""), "\n\n"); ok && strings.HasPrefix(text, "HTTP/") {
			text = body
		}
		records, more, err := decodeOpenverse([]byte(text), 1)
		photos := openverse{}.choose(records)
		if len(photos) != tt.photos || more != tt.more || !errors.Is(err, tt.err) {
			t.Errorf("got %d photos, more %v, %v; want %d, %v, %v", len(photos), more, err, tt.photos, tt.more, tt.err)
		}
		for _, p := range photos {
			check(t, p)
			if p.PageURL == "" || p.License == "" || p.LicenseURL == "" {
				t.Errorf("cannot be credited: %+v", p)
			}
		}
	})
	// The record that came alone is one of an old host.
	if data, err := os.ReadFile(openverseRecordings + "/image_farm5_ccsearch_2020.json"); err == nil {
		records, _, err := decodeOpenverse([]byte(`{"results":[`+string(data)+`]}`), 1)
		photos := openverse{}.choose(records)
		if err != nil || len(photos) != 1 || photos[0].URL != "https://farm5.staticflickr.com/4036/4696290733_5f8794441e_b.jpg" || photos[0].License != "CC BY-NC-ND 2.0" {
			t.Errorf("got %+v, %v, want the photo on its farm", photos, err)
		}
	}
}
