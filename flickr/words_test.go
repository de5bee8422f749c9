package flickr

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestQueries(t *testing.T) {
	tests := []struct {
		keyword, text string
		tags          []string
	}{
		{"sushi", "sushi", []string{"sushi"}},
		{"  Eiffel \t Tower ", "Eiffel Tower", []string{"eiffel", "tower"}},
		{"-dog", "dog", []string{"dog"}},
		{"cat -dog --fish", "cat dog fish", []string{"cat", "dog", "fish"}},
		{"\u200b-dog", "dog", []string{"dog"}},
		{"−dog –cat", "dog cat", []string{"dog", "cat"}},
		{`"red car" -"blue`, "red car blue", []string{"red", "car", "blue"}},
		{`red"-car`, "red car", []string{"red", "car"}},
		{"salt OR pepper AND NOT oil", "salt or pepper and not oil", []string{"salt", "or", "pepper", "and", "not", "oil"}},
		{"a=b", "a=b", []string{"ab"}},
		{"cats&per_page=1", "cats&per_page=1", []string{"catsperpage1"}},
		{"https://example.com/a?b=c#d", "https://example.com/a?b=c#d", []string{"httpsexamplecomabcd"}},
		{"cats,dogs", "cats,dogs", []string{"cats", "dogs"}},
		{"rock'n'roll C++ ice-cream", "rock'n'roll C++ ice-cream", []string{"rocknroll", "c", "icecream"}},
		{"cat Cat CAT", "cat Cat CAT", []string{"cat"}},
		{"🍣", "🍣", []string{"🍣"}},
		{"❤️ 👩‍🚀", "❤️ 👩‍🚀", []string{"❤️", "👩‍🚀"}},
		{"قطة جميلة", "قطة جميلة", []string{"قطة", "جميلة"}},
		{"नमस्ते", "नमस्ते", []string{"नमस्ते"}},
		{"寿司", "寿司", []string{"寿司"}},
		{"cafe\u0301", "café", []string{"café"}},
		{"a\x00b\u2028c", "a b c", []string{"a", "b", "c"}},
		{"\xff\xfe", "", nil},
		{"!!!", "", nil},
		{"???", "???", nil},
		{`- " --`, "", nil},
		{"", "", nil},
	}
	for _, tt := range tests {
		got := parseQuery(tt.keyword)
		if got.text != tt.text || !reflect.DeepEqual(got.tags, tt.tags) {
			t.Errorf("%q asks for %q and %q, want %q and %q", tt.keyword, got.text, got.tags, tt.text, tt.tags)
		}
	}
	if a, b := parseQuery("Sushi  ROLL"), parseQuery("sushi roll"); a.key != b.key {
		t.Errorf("%q and %q are cached apart", a.key, b.key)
	}
	if tags := parseQuery("a b c d e f g h i j k l m n o p q r s t u v w x y z").tags; len(tags) != maxTags {
		t.Errorf("%d tags, want %d", len(tags), maxTags)
	}
}

// TestWordsStayInTheirParameter sends what people type through a URL and back.
func TestWordsStayInTheirParameter(t *testing.T) {
	base, err := url.Parse("https://example.com/rest/?case=7&text=old")
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"cats&per_page=1", "a=b", "a+b", "50%", "%26", "#x", "a;b", "a b", "🍣", "é", "https://x.example/?api_key=1&safe_search=3"} {
		got := withQuery(base, map[string]string{"text": word, "per_page": "100"}).Query()
		want := url.Values{"case": {"7"}, "text": {word}, "per_page": {"100"}}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q arrives as %q", word, got)
		}
	}
}

func TestBlocked(t *testing.T) {
	tests := []struct {
		entries, text string
		want          bool
	}{
		{"dog", "dog", true},
		{"dog", "A DOG!", true},
		{"Dog", "-dog", true},
		{"dog", "big_dog", true},
		{"dog", "dog's life", true},
		{"dog", "ｄｏｇ", true},
		{"dog", "d\u00ado\u200bg", true},
		{"dog", "hotdog", false},
		{"dog", "dogs", false},
		{"hot dog", "a hot-dog, please", true},
		{"hot dog", "hotdog", true},
		{"hot dog", "hot and dog", false},
		{"straße", "STRASSE", true},
		{"犬", "小犬の写真", true},
		{"🍆", "an 🍆 here", true},
		{" , ,", "anything , at all", false},
		{"", "", false},
	}
	for _, tt := range tests {
		if got := newBlocklist(strings.Split(tt.entries, ",")).matches(tt.text); got != tt.want {
			t.Errorf("blocked %q in %q: %v, want %v", tt.entries, tt.text, got, tt.want)
		}
	}
}

func TestBlockedSearchesAndPhotos(t *testing.T) {
	fake := newFake(t, serve(body(t, "hit.json")))
	s := newSearcher(t, Options{Pictures: "flickr", Key: testKey, APIURL: fake.URL, Blocked: []string{"Boat", "icecream"}})

	for _, keyword := range []string{"boat", "my BOAT trip", `"boat"`, "ice-cream"} {
		if _, err := s.Search(background, keyword); err != ErrBlocked {
			t.Errorf("%q: %v, want ErrBlocked", keyword, err)
		}
	}
	if n := len(fake.asked()); n != 0 {
		t.Errorf("Flickr was asked %d times for blocked words", n)
	}
	// The first photo of the answer has the word as a tag.
	for range 4 {
		p, err := s.Search(background, "harbour")
		if err != nil || p.ID != "40000000002" {
			t.Errorf("photo %q, %v", p.ID, err)
		}
	}
}

func TestLine(t *testing.T) {
	for in, want := range map[loose]string{
		" a\n b\tc\x00d ":               "a b c d",
		" ":                             "",
		loose(strings.Repeat("é", 300)): strings.Repeat("é", maxLine-1) + "…",
	} {
		if got := in.line(); got != want || utf8.RuneCountInString(got) > maxLine {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
