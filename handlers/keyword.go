package handlers

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
)

const (
	// maxKeyword is in code points.
	maxKeyword = 100
	// maxBody is in bytes: many times the longest keyword, in any encoding.
	maxBody = 4 << 10
	// bodyTime is how long a client may take to send its body.
	bodyTime = 10 * time.Second
	// asked is where a request's keyword is kept for its error page.
	asked = "keyword"
)

// Asked is the keyword that a request was about; empty if there was none that
// could be read.
func Asked(c echo.Context) string {
	word, _ := c.Get(asked).(string)
	return word
}

// keywordOf reads the keyword from a form or a JSON object in the body.
func keywordOf(c echo.Context) (string, error) {
	r := c.Request()
	decode := decoderOf(r.Header)
	if decode == nil {
		return "", problem(http.StatusUnsupportedMediaType, "Send a form or a JSON object with the member \"keyword\".")
	}
	if r.ContentLength > maxBody {
		return "", &http.MaxBytesError{Limit: maxBody}
	}
	control := http.NewResponseController(c.Response().Writer)
	_ = control.SetReadDeadline(time.Now().Add(bodyTime)) // a recorder has none
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, maxBody))
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return "", err
		}
		return "", problem(http.StatusBadRequest, "The body could not be read.")
	}
	// The search may take longer than a body may.
	_ = control.SetReadDeadline(time.Time{})
	word, err := decode(body)
	if err != nil {
		return "", err
	}
	if word, err = checkKeyword(word); err != nil {
		return "", err
	}
	c.Set(asked, word)
	return word, nil
}

// decoderOf returns what reads the keyword from a body with the header h, or
// nil. A charset that is named has no meaning for any of these types: whatever
// it says, the word has to be UTF-8.
func decoderOf(h http.Header) func(body []byte) (string, error) {
	if coding := h.Get(echo.HeaderContentEncoding); coding != "" && !strings.EqualFold(coding, "identity") {
		return nil
	}
	kind, _, _ := strings.Cut(h.Get(echo.HeaderContentType), ";")
	switch kind = strings.ToLower(strings.TrimSpace(kind)); {
	case kind == echo.MIMEApplicationForm:
		return func(body []byte) (string, error) { return formValue(string(body), "keyword"), nil }
	case kind == echo.MIMEMultipartForm:
		return func(body []byte) (string, error) { return decodeMultipart(body, h.Get(echo.HeaderContentType)) }
	case kind == echo.MIMEApplicationJSON, strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json"):
		return decodeKeyword
	}
	return nil
}

// formValue finds a field of an urlencoded form. It reads as the URL standard
// has it (section 5.1), which leaves no form unreadable: for package net/url a
// word with a bare semicolon or percent sign in it is an error.
func formValue(form, field string) string {
	for pair := range strings.SplitSeq(form, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if percentDecode(name) == field {
			return percentDecode(value)
		}
	}
	return ""
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

func decodeMultipart(body []byte, contentType string) (string, error) {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return "", problem(http.StatusBadRequest, "The body could not be read.")
	}
	form, err := multipart.NewReader(bytes.NewReader(body), params["boundary"]).ReadForm(maxBody)
	if err != nil {
		return "", problem(http.StatusBadRequest, "The body could not be read.")
	}
	if words := form.Value["keyword"]; len(words) > 0 {
		return words[0], nil
	}
	return "", nil
}

// decodeKeyword reads {"keyword":"…"}. The decoder would silently replace what
// is not UTF-8, and escapes of half a character.
func decodeKeyword(data []byte) (string, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var message struct {
		Keyword *string `json:"keyword"`
	}
	switch err := json.Unmarshal(data, &message); {
	case !utf8.Valid(data):
		return "", errNotUTF8
	case err != nil || message.Keyword == nil:
		return "", problem(http.StatusBadRequest, "The body is not a JSON object with a string \"keyword\".")
	}
	word := *message.Keyword
	if strings.ContainsRune(word, utf8.RuneError) && !bytes.ContainsRune(data, utf8.RuneError) &&
		!bytes.Contains(bytes.ToLower(data), []byte(`\ufffd`)) {
		return "", errNotUTF8
	}
	return word, nil
}

var errNotUTF8 = problem(http.StatusBadRequest, "The word is not valid UTF-8.")

// checkKeyword returns the word without the white space around it.
func checkKeyword(word string) (string, error) {
	if !utf8.ValidString(word) {
		return "", errNotUTF8
	}
	word = strings.TrimSpace(word)
	if strings.IndexFunc(word, visible) < 0 {
		return "", problem(http.StatusBadRequest, "Type a word to search for.")
	}
	if utf8.RuneCountInString(word) > maxKeyword {
		return "", problem(http.StatusBadRequest, "The word is longer than %d characters.", maxKeyword)
	}
	return word, nil
}

// visible leaves out what shows nothing on its own: spaces, control characters
// and format characters such as a joiner.
func visible(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf)
}
