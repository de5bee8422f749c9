package request

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
)

// read runs a body of a type through what reads the keyword.
func read(kind string, body io.Reader) (string, int) {
	r := httptest.NewRequest(http.MethodPost, "/publish", body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	word, err := Keyword(echo.New().NewContext(r, httptest.NewRecorder()))
	if err != nil {
		return "", ProblemOf(err).Status
	}
	return word, http.StatusOK
}

func multipartOf(t testing.TB, write func(w *multipart.Writer)) (kind, body string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	write(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), b.String()
}

func TestKeyword(t *testing.T) {
	const form, object = "application/x-www-form-urlencoded", "application/json"
	emoji := strings.Repeat("🎃", 100)
	long := strings.Repeat("e\u0301", 50)
	ok := func(kind, body, want string) {
		t.Helper()
		if word, status := read(kind, strings.NewReader(body)); status != http.StatusOK || word != want {
			t.Errorf("%s %.80q: %q, %d; want %q", kind, body, word, status, want)
		}
	}
	bad := func(kind, body string, want int) {
		t.Helper()
		if word, status := read(kind, strings.NewReader(body)); status != want {
			t.Errorf("%s %.80q: %q, %d; want %d", kind, body, word, status, want)
		}
	}
	ok(form, "keyword=sushi", "sushi")
	ok("Application/X-WWW-Form-URLencoded ; charset=UTF-8", "keyword=sushi", "sushi")
	ok(form+"; charset=iso-8859-1", "keyword=sushi", "sushi")
	bad(form+"; charset=iso-8859-1", "keyword=caf%E9", 400)
	ok(form, "a=b&keyword=fish+and%20chips&keyword=second", "fish and chips")
	ok(form, "keyword=%20%0A%E2%80%A8sushi%C2%A0%09", "sushi")
	ok(form, "keyword=50% off; today %zz%4", "50% off; today %zz%4")
	ok(form, "key%77ord=a=b", "a=b")
	ok(form, "keyword="+url.QueryEscape(emoji), emoji)
	ok(form, "keyword="+url.QueryEscape("  "+emoji+"\r\n"), emoji)
	ok(form, "keyword="+long, long)
	ok(form, "keyword=a%00b%0D%0Ac", "a\x00b\r\nc")
	bad(form, "keyword="+url.QueryEscape(emoji+"x"), 400)
	bad(form, "keyword="+long+"x", 400)
	for _, blank := range []string{
		"", "keyword", "keyword=", "keyword=+", "keyword=%00", "keyword=%00%01%1F%7F", "keyword=%C2%85", "other=x",
		"keyword=%E2%80%8B", "keyword=%E2%80%A8", "&&&===", "Keyword=x", "keyword=%E3%80%80",
	} {
		bad(form, blank, 400)
	}
	for _, broken := range []string{"keyword=%FF", "keyword=a\xffb", "keyword=%ED%A0%80", "keyword=%C0%80", "keyword=%F4%90%80%80"} {
		bad(form, broken, 400)
	}
	ok(object, `{"keyword":"sushi"}`, "sushi")
	ok(object+"; charset=utf-8; charset=utf-8", `{"keyword":" sushi\n"}`, "sushi")
	ok("application/vnd.api+json", `{"keyword":"sushi","more":[1,2]}`, "sushi")
	ok(object, "\ufeff"+`{"keyword":"sushi"}`, "sushi")
	ok(object, `{"keyword":"a","keyword":"b"}`, "b")
	ok(object, `{"keyword":"\ud83c\udf83 \ufffd"}`, "🎃 \ufffd")
	ok(object, `{"keyword":"�"}`, "\ufffd")
	for _, broken := range []string{
		"", "null", "[]", `"sushi"`, "{}", `{"keyword":null}`, `{"keyword":1}`, `{"keyword":["a"]}`, `{"keyword":"a"`,
		`{"keyword":"a"}x`, `{"keyword":"a"}{}`, `{'keyword':'a'}`, `{"keyword":"\ud83c"}`, "{\"keyword\":\"\xff\"}",
		`{"keyword":"  "}`, `{"keyword":"\u0000"}`, `keyword=sushi`, strings.Repeat("[", 4000),
	} {
		bad(object, broken, 400)
	}
	for _, kind := range []string{"", "text/plain", "application/xml", "application/jsonp", "nonsense", "application/octet-stream", "/", ";"} {
		bad(kind, "keyword=sushi", 415)
	}
	for _, kind := range []string{form, object, "multipart/form-data; boundary=x"} {
		bad(kind, strings.Repeat("x", MaxBody+1), 413)
	}
	ok(form, "keyword=x&"+strings.Repeat("y", MaxBody-10), "x")
}

func TestKeywordInMultipart(t *testing.T) {
	kind, body := multipartOf(t, func(w *multipart.Writer) {
		f, _ := w.CreateFormFile("keyword", "keyword.txt")
		io.WriteString(f, "a file")
		w.WriteField("keyword", " fish & chips\x00 ")
		w.WriteField("keyword", "second")
	})
	if word, status := read(kind, strings.NewReader(body)); word != "fish & chips\x00" || status != 200 {
		t.Errorf("a field beside a file: %q, %d", word, status)
	}
	only, file := multipartOf(t, func(w *multipart.Writer) {
		f, _ := w.CreateFormFile("keyword", "keyword.txt")
		io.WriteString(f, "a file")
	})
	for name, test := range map[string]struct{ kind, body string }{
		"a file alone": {only, file}, "no boundary": {"multipart/form-data", body}, "another boundary": {"multipart/form-data; boundary=x", body},
		"cut off": {kind, body[:len(body)-10]}, "empty": {kind, ""}, "boundary too long": {"multipart/form-data; boundary=" + strings.Repeat("x", 1000), body},
	} {
		if word, status := read(test.kind, strings.NewReader(test.body)); status != http.StatusBadRequest {
			t.Errorf("%s: %q, %d; want 400", name, word, status)
		}
	}
}

// A body of unknown length (chunked) is not read beyond the limit, and one that
// is compressed is not understood.
func TestKeywordBodyOfUnknownLength(t *testing.T) {
	endless := struct{ io.Reader }{io.MultiReader(strings.NewReader("keyword="), zeros{})}
	if _, status := read("application/x-www-form-urlencoded", endless); status != http.StatusRequestEntityTooLarge {
		t.Errorf("an endless body: %d, want 413", status)
	}
	r := httptest.NewRequest(http.MethodPost, "/publish", strings.NewReader("keyword=x"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Content-Encoding", "gzip")
	if _, err := Keyword(echo.New().NewContext(r, httptest.NewRecorder())); err == nil || ProblemOf(err).Status != 415 {
		t.Errorf("a compressed body: %v, want 415", err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// FuzzKeyword sends a word in every encoding: all take it, the same, or refuse.
func FuzzKeyword(f *testing.F) {
	for _, word := range []string{
		"sushi", " a ", "a\r\nb", "a\x00", "<b>", "\u2028", "a\u2028b", strings.Repeat("🎃", 100), strings.Repeat("🎃", 101),
		"\xff", "+%2B&=;", "\u200d", "é", "\ufeffx", "\ufffd", "--x\r\n",
	} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		object, _ := json.Marshal(map[string]string{"keyword": word})
		if !utf8.ValidString(word) {
			object = []byte(`{"keyword":"` + word + `"}`)
		}
		kind, parts := multipartOf(t, func(w *multipart.Writer) { w.WriteField("keyword", word) })
		bodies := map[string]string{
			"application/x-www-form-urlencoded": url.Values{"keyword": {word}}.Encode(),
			"application/json":                  string(object),
			kind:                                parts,
		}
		want := strings.TrimFunc(word, unicode.IsSpace)
		for kind, body := range bodies {
			if len(body) > MaxBody {
				return
			}
			got, status := read(kind, strings.NewReader(body))
			seen := strings.IndexFunc(want, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) })
			fine := utf8.ValidString(word) && seen >= 0 && utf8.RuneCountInString(want) <= maxKeyword
			if fine != (status == http.StatusOK) || fine && got != want {
				t.Errorf("%s %q: %q, %d; want %q, fine: %t", kind, body, got, status, want, fine)
			}
		}
	})
}
