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

// FuzzDecode: no body may crash, and whatever comes out of one can be shown.
func FuzzDecode(f *testing.F) {
	for _, pattern := range []string{"testdata/*.*", recordings + "/*.*"} {
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

// check is what must be true of every photo.
func check(t *testing.T, p found) {
	t.Helper()
	if again, ok := staticURL(p.URL); !(ok && again == p.URL) && !albumPath.MatchString(p.URL) {
		t.Errorf("URL %q", p.URL)
	}
	for _, link := range []string{p.PageURL, p.OwnerURL} {
		rest, ok := strings.CutPrefix(link, "https://www.flickr.com/photos/")
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
