package flickr

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestQueries(t *testing.T) {
	tests := []struct {
		keyword, text string
		tags          []string
	}{
		// Commas and the like of many scripts.
		{"日本、桜", "日本 桜", []string{"日本", "桜"}},
		{"寿司，拉面；茶／酒。", "寿司 拉面 茶 酒", []string{"寿司", "拉面", "茶", "酒"}},
		{"ﾈｺ､ｲﾇ｡ﾄﾘ･ｻﾙ", "ﾈｺ ｲﾇ ﾄﾘ ｻﾙ", []string{"ﾈｺ", "ｲﾇ", "ﾄﾘ", "ｻﾙ"}},
		{"レオナルド・ダ・ヴィンチ", "レオナルド ダ ヴィンチ", []string{"レオナルド", "ダ", "ヴィンチ"}},
		{"「東京」『京都』【奈良】（大阪）", "東京 京都 奈良 大阪", []string{"東京", "京都", "奈良", "大阪"}},
		{"قطة، كلب؛ طائر؟", "قطة كلب طائر", []string{"قطة", "كلب", "طائر"}},
		{"بلی۔ کتا", "بلی کتا", []string{"بلی", "کتا"}},
		{"बिल्ली। कुत्ता॥", "बिल्ली कुत्ता", []string{"बिल्ली", "कुत्ता"}},
		{"ሰላም፡ልጅ፣ውሻ፤ድመት።", "ሰላም ልጅ ውሻ ድመት", []string{"ሰላም", "ልጅ", "ውሻ", "ድመት"}},
		{"կատու՝ շուն։", "կատու շուն", []string{"կատու", "շուն"}},
		{"γάτα· σκύλος\u0387πουλί\u037e", "γάτα· σκύλος πουλί", []string{"γάτα", "σκύλος", "πουλί"}},
		{"ឆ្មា។ ឆ្កែ៕", "ឆ្មា ឆ្កែ", []string{"ឆ្មា", "ឆ្កែ"}},
		{"ကြောင်၊ ခွေး။", "ကြောင် ခွေး", []string{"ကြောင်", "ခွေး"}},
		{"ᠮᠤᠤᠷ᠂ ᠨᠣᠬᠠᠢ᠃", "ᠮᠤᠤᠷ ᠨᠣᠬᠠᠢ", []string{"ᠮᠤᠤᠷ", "ᠨᠣᠬᠠᠢ"}},
		{"ߢߏ߸ ߥߎߟߎ", "ߢߏ ߥߎߟߎ", []string{"ߢߏ", "ߥߎߟߎ"}},
		{"ཞི་མི། ཁྱི།", "ཞི་མི ཁྱི", []string{"ཞིམི", "ཁྱི"}},
		{"cats; dogs;birds", "cats dogs birds", []string{"cats", "dogs", "birds"}},
		{"«chat» „Hund“ ‹gatto›", "chat Hund gatto", []string{"chat", "hund", "gatto"}},
		{"cat…dog • bird｜fish", "cat dog bird fish", []string{"cat", "dog", "bird", "fish"}},
		{"cat、OR、-dog，－fish", "cat or dog fish", []string{"cat", "or", "dog", "fish"}},
		{"、，؛ ；。", "", nil},
		{"‼️", "", nil},

		// What only looks like one is part of its word.
		{"paral·lel Hawaiʻi Hawai‘i l’eau", "paral·lel Hawaiʻi Hawai‘i l’eau", []string{"parallel", "hawaiʻi", "hawaii", "leau"}},
		{"צה״ל ג׳ירפה", "צה״ל ג׳ירפה", []string{"צהל", "גירפה"}},
		{"AC/DC 24/7 example.com f(x) 3:16", "AC/DC 24/7 example.com f(x) 3:16", []string{"acdc", "247", "examplecom", "fx", "316"}},
		{"กรุงเทพฯ ต่างๆ", "กรุงเทพฯ ต่างๆ", []string{"กรุงเทพฯ", "ต่างๆ"}},
		{"نمی\u200cخواهم", "نمی\u200cخواهم", []string{"نمی\u200cخواهم"}},
		{"ラーメン 佐々木", "ラーメン 佐々木", []string{"ラーメン", "佐々木"}},
		{"🏳️‍🌈👨‍👩‍👧🇯🇵👍🏽", "🏳️‍🌈👨‍👩‍👧🇯🇵👍🏽", []string{"🏳️‍🌈👨‍👩‍👧🇯🇵👍🏽"}},

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
		{"cats,dogs", "cats dogs", []string{"cats", "dogs"}},
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
			t.Errorf("%q: got %q and %q, want %q and %q", tt.keyword, got.text, got.tags, tt.text, tt.tags)
		}
		if text := strings.Join(got.words, " "); text != tt.text {
			t.Errorf("%q: got the words %q, want those of %q", tt.keyword, got.words, tt.text)
		}
	}
	if a, b := parseQuery("Sushi  ROLL"), parseQuery("sushi roll"); a.key != b.key {
		t.Errorf("%q and %q are cached apart", a.key, b.key)
	}
	if tags := parseQuery("a b c d e f g h i j k l m n o p q r s t u v w x y z").tags; len(tags) != maxTags {
		t.Errorf("%d tags, want %d", len(tags), maxTags)
	}
}

// Every character is part of its word or the end of one, by its Unicode
// properties and not by whether somebody has thought of it.
func TestSeparators(t *testing.T) {
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		ends := unicode.In(r, unicode.White_Space, unicode.Terminal_Punctuation, unicode.Ps, unicode.Pe)
		inside := unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.Dash, unicode.Cf) || isPictograph(r)
		if !ends && !inside || unicode.In(r, unicode.Han, unicode.Hangul) { // which are many, and all alike
			continue
		}
		if got := len(parseQuery("a" + string(r) + "b").words); ends && got != 2 || inside && got != 1 {
			t.Errorf("a%cb (%U): got %d words, want %v", r, r, got, map[bool]int{true: 2, false: 1}[ends])
		}
	}
}

func TestJoined(t *testing.T) {
	for keyword, want := range map[string]string{
		"": "", "sushi": "", "sushi sushi": "", "New York": "newyork", "日本、桜": "日本桜", "rock'n'roll C++ 🍣": "rocknrollc🍣",
	} {
		if got := parseQuery(keyword).joined(); got != want {
			t.Errorf("%q: got %q, want %q", keyword, got, want)
		}
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
		// Of a list every entry counts, whatever commas are between.
		{"犬、猫", "猫", true},
		{"犬，猫；鳥／魚", "小さな魚", true},
		{"犬、猫", "犬と鳥", true},
		{"犬、猫", "鳥", false},
		{"كلب، قطة؛ طائر", "قطة", true},
		{"कुत्ता। बिल्ली", "बिल्ली", true},
		{"ውሻ፣ድመት", "ድመት", true},
		{"cat; dog", "a dog", true},
		{"cat; dog", "cat dog", true},
		{" 、 ；", "anything、 at all", false},
		// A name or a phrase is one entry.
		{"AC/DC", "ac dc live", true},
		{"AC/DC", "dc", false},
		{"ドナルド・ダック", "ダック", false},
		{"ሰላም፡ልጅ", "ልጅ", false},
		{"ሰላም፡ልጅ", "ሰላም ልጅ", true},
		{"ドナルド・ダック", "ドナルド、ダック", true},
		{"ドナルド・ダック", "ﾄﾞﾅﾙﾄﾞ･ﾀﾞｯｸ", true},
		{"rock'n'roll", "ROCK’N’ROLL", true},
		// Separators of every script end a word of a text.
		{"dog", "猫、dog。", true},
		{"dog", "ワーdog", true},
		{"कुत्ता", "बिल्ली।कुत्ता॥", true},
		{"कुत्त", "कुत्ता", false},
		{"قطة", "«قطة»، كلب", true},
		{" , ,", "anything , at all", false},
		{"", "", false},
	}
	for _, tt := range tests {
		if got := newBlocklist(strings.Split(tt.entries, ",")).matches(tt.text); got != tt.want {
			t.Errorf("blocked %q in %q: got %v, want %v", tt.entries, tt.text, got, tt.want)
		}
	}
}

func TestBlockedSearchesAndPhotos(t *testing.T) {
	fake := newFake(t, serve(body(t, "hit.json")))
	s := newSearcher(t, Options{Settings: withKey(testKey, fake.URL), Blocked: []string{"Boat", "icecream"}})

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
	for in, want := range map[flexible]string{
		" a\n b\tc\x00d ":                  "a b c d",
		" ":                                "",
		flexible(strings.Repeat("é", 300)): strings.Repeat("é", maxLine-1) + "…",
	} {
		if got := in.line(); got != want || utf8.RuneCountInString(got) > maxLine {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
