package flickr

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"picture-frame/flickr/fetch"
)

// addFiles adds the files that match as seeds.
func addFiles(f *testing.F, patterns ...string) {
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			if len(data) < 10_000 { // Large seeds make for slow fuzzing.
				f.Add(data)
			}
		}
	}
}

// FuzzDecode: no body may crash, and whatever comes out of one can be shown.
func FuzzDecode(f *testing.F) {
	addFiles(f, "testdata/*.*", recordings+"/*.*")
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, kind := range []struct {
			read  func([]byte) ([]member, error)
			shown func(member) (found, bool)
		}{{decodeSearch, fromAPI}, {decodeFeed, fromFeed}, {decodeSearch, fromAlbum}} {
			members, err := kind.read(body)
			var failed *fetch.Failure
			if err != nil && !errors.As(err, &failed) {
				t.Fatalf("error of another kind: %v", err)
			}
			for _, p := range choose(members, kind.shown, blocklist{}) {
				check(t, p)
			}
		}
	})
}

// FuzzOpenverse: the same of Openverse's answers.
func FuzzOpenverse(f *testing.F) {
	addFiles(f, "testdata/openverse*", openverseRecordings+"/*.json")
	o := openverse{site{blocked: newBlocklist([]string{"spider"})}}
	f.Fuzz(func(t *testing.T, body []byte) {
		records, more, err := decodeOpenverse(body, 1)
		var failed *fetch.Failure
		if err != nil && (!errors.As(err, &failed) || records != nil || more) {
			t.Fatalf("got %d records, more %v and %v", len(records), more, err)
		}
		for _, p := range o.choose(records) {
			check(t, p)
			if p.Source != "" || strings.HasPrefix(p.URL, "/") || (p.License == "") != (p.LicenseURL == "") {
				t.Errorf("photo %+v", p)
			}
		}
	})
}

// check is what must be true of every photo.
func check(t *testing.T, p found) {
	t.Helper()
	if u, ok := parsePicture(p.URL); !(ok && (u.url() == p.URL || openverseHost.MatchString(u.host) && u.at(u.host) == p.URL)) && !albumPath.MatchString(p.URL) {
		t.Errorf("URL %q", p.URL)
	}
	for _, s := range p.Sizes {
		if again, ok := staticURL(s.URL); !(ok && again == s.URL) && !albumPath.MatchString(s.URL) || s.Width <= 0 || s.Height <= 0 || s.Width <= p.Width {
			t.Errorf("size %+v of %+v", s, p)
		}
	}
	for _, link := range []string{p.PageURL, p.OwnerURL} {
		rest, ok := strings.CutPrefix(link, "https://www.flickr.com/")
		if link != "" && (!ok || strings.ContainsAny(rest, "\"'<>\\ \n?#:%")) {
			t.Errorf("link %q", link)
		}
	}
	for _, text := range []string{p.Title, p.Owner} {
		if !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxLine || strings.IndexFunc(text, unicode.IsControl) >= 0 {
			t.Errorf("text %q", text)
		}
	}
	if p.ID == "" || p.Width < 0 || p.Height < 0 || p.Width > maxEdge || p.Height > maxEdge || (p.Width == 0) != (p.Height == 0) {
		t.Errorf("photo %+v", p)
	}
	if p.tier < 0 || p.tier >= tierCount {
		t.Errorf("tier %d", p.tier)
	}
}

// FuzzWords: whatever is typed, no operator and no second parameter arrives.
func FuzzWords(f *testing.F) {
	for _, word := range []string{"sushi", "-dog", "a=b", "cats&per_page=1", `"red car" OR -blue`, "https://example.com/?a=b", "🍣 👩‍🚀", "قطة", "a,b", "日本、桜", "قطة، كلب؛", "a・b／c。", "「-x」OR", "‼\ufe0f", "a\u0387b", "\u200b-x", "\xff", "e\u0301"} {
		f.Add(word, "dog")
	}
	f.Fuzz(func(t *testing.T, keyword, blocked string) {
		q := parseQuery(keyword)
		if !utf8.ValidString(q.text) || strings.ContainsFunc(q.text, unicode.IsControl) || strings.Contains(q.text, `"`) {
			t.Errorf("text %q", q.text)
		}
		if strings.ContainsAny(q.text, ",;、，；／・؛،。") || strings.Join(q.words, " ") != q.text {
			t.Errorf("words %q of %q", q.words, q.text)
		}
		for word := range strings.SplitSeq(q.text, " ") {
			if q.text != "" && (word == "" || word[0] == '-' || word == "OR" || word == "AND" || word == "NOT") {
				t.Errorf("word %q in %q", word, q.text)
			}
		}
		if again := parseQuery(q.text); again.text != q.text {
			t.Errorf("%q becomes %q the second time", q.text, again.text)
		}
		if len(q.tags) > maxTags {
			t.Errorf("%d tags", len(q.tags))
		}
		for _, tag := range q.tags {
			if tag == "" || strings.ContainsAny(tag, ", -&=\"") || tag != strings.ToLower(tag) && tag == strings.ToUpper(tag) {
				t.Errorf("tag %q", tag)
			}
		}
		b := newBlocklist([]string{blocked})
		for entry := range strings.FieldsFuncSeq(blocked, separatesEntries) {
			if len(wordsOf(entry)) > 0 && !b.matches("x "+entry+" x") {
				t.Errorf("%q of %q is not found in itself", entry, blocked)
			}
		}
		if len(wordsOf(blocked)) > 0 && !b.matches("x "+blocked+" x") {
			t.Errorf("%q is not found in itself", blocked)
		}
		b.matches(keyword)
	})
}
