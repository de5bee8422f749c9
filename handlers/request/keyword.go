package request

import (
	"bytes"
	"encoding/json"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
)

const (
	// maxKeyword is in code points.
	maxKeyword = 100
	// asked is the key under which Keyword leaves the word in the context.
	asked = "keyword"
)

// Asked returns the keyword that Keyword has read from this request; empty if
// it has read none. The error page shows it.
func Asked(c echo.Context) string {
	word, _ := c.Get(asked).(string)
	return word
}

// Keyword reads the keyword from the request's body, a form or a JSON object,
// and returns it without the white space around it. The error is a Problem or a
// *http.MaxBytesError.
func Keyword(c echo.Context) (string, error) {
	word, err := Field(c, "keyword")
	if err != nil {
		return "", err
	}
	if word, err = CheckKeyword(word); err != nil {
		return "", err
	}
	c.Set(asked, word)
	return word, nil
}

// Field reads a field of the request's body, a form or a JSON object. One that a
// form does not have is empty. The error is a Problem or a *http.MaxBytesError.
func Field(c echo.Context, name string) (string, error) {
	decode := decoderOf(c.Request().Header, name)
	if decode == nil {
		return "", NewProblem(http.StatusUnsupportedMediaType, "Send a form or a JSON object with the member %q.", name)
	}
	body, err := readBody(c)
	if err != nil {
		return "", err
	}
	return decode(body)
}

// decoderOf returns the function that reads a field from a body with the header h,
// nil if there is none. None of these types has a charset parameter, so one that
// is given is ignored, and the word has to be UTF-8.
func decoderOf(h http.Header, name string) func(body []byte) (string, error) {
	if encoded(h) {
		return nil
	}
	kind, _, _ := strings.Cut(h.Get(echo.HeaderContentType), ";")
	switch kind = strings.ToLower(strings.TrimSpace(kind)); {
	case kind == echo.MIMEApplicationForm:
		return func(body []byte) (string, error) { return first(values(string(body), name)), nil }
	case kind == echo.MIMEMultipartForm:
		return func(body []byte) (string, error) { return decodeMultipart(body, h.Get(echo.HeaderContentType), name) }
	case isJSON(kind):
		return func(body []byte) (string, error) { return decodeJSON(body, name) }
	}
	return nil
}

func decodeMultipart(body []byte, contentType, name string) (string, error) {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return "", NewProblem(http.StatusBadRequest, "The body could not be read.")
	}
	form, err := multipart.NewReader(bytes.NewReader(body), params["boundary"]).ReadForm(MaxBody)
	if err != nil {
		return "", NewProblem(http.StatusBadRequest, "The body could not be read.")
	}
	if values := form.Value[name]; len(values) > 0 {
		return values[0], nil
	}
	return "", nil
}

// ParseKeyword reads the keyword from a message such as {"keyword":"sushi"} and
// returns it without the white space around it. The error is a Problem.
func ParseKeyword(message []byte) (string, error) {
	word, err := decodeJSON(message, "keyword")
	if err != nil {
		return "", err
	}
	return CheckKeyword(word)
}

// decodeJSON returns a member of a JSON object. Package json silently replaces bytes
// that are not UTF-8 and escapes of half a surrogate pair by U+FFFD, so decodeJSON
// refuses a word with one that is not in the data.
func decodeJSON(data []byte, name string) (string, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var message map[string]json.RawMessage
	var text *string
	err := json.Unmarshal(data, &message)
	for key, value := range message { // in any case, as package json has it
		if err == nil && strings.EqualFold(key, name) && (text == nil || key == name) {
			err = json.Unmarshal(value, &text)
		}
	}
	switch {
	case !utf8.Valid(data):
		return "", errNotUTF8
	case err != nil || text == nil:
		return "", NewProblem(http.StatusBadRequest, "The body is not a JSON object with a string %q.", name)
	}
	word := *text
	if strings.ContainsRune(word, utf8.RuneError) && !bytes.ContainsRune(data, utf8.RuneError) &&
		!bytes.Contains(bytes.ToLower(data), []byte(`\ufffd`)) {
		return "", errNotUTF8
	}
	return word, nil
}

var errNotUTF8 = NewProblem(http.StatusBadRequest, "The word is not valid UTF-8.")

// CheckKeyword returns the word without the white space around it. The error is
// a Problem: the word is not UTF-8, shows nothing or is too long.
func CheckKeyword(word string) (string, error) {
	if !utf8.ValidString(word) {
		return "", errNotUTF8
	}
	word = strings.TrimSpace(word)
	if strings.IndexFunc(word, visible) < 0 {
		return "", NewProblem(http.StatusBadRequest, "Type a word to search for.")
	}
	if utf8.RuneCountInString(word) > maxKeyword {
		return "", NewProblem(http.StatusBadRequest, "The word is longer than %d characters.", maxKeyword)
	}
	return word, nil
}

// visible reports whether r shows something on its own, unlike a space, a control
// character or a format character such as a joiner.
func visible(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf)
}
