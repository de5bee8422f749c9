package handlers

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
)

const (
	// MainFrame is the frame at "/".
	MainFrame = "main"
	// maxKeyword is in code points.
	maxKeyword = 100
	// maxBody is in bytes: many times the longest keyword, in any encoding.
	maxBody = 4 << 10
	// bodyTime is how long a client may take to send its body.
	bodyTime = 10 * time.Second
)

var frameName = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)

// frameOf returns the frame that ?frame= names.
func frameOf(c echo.Context) (string, error) {
	values, given := c.QueryParams()["frame"]
	if !given {
		return MainFrame, nil
	}
	return checkFrame(values[0])
}

func checkFrame(name string) (string, error) {
	if !frameName.MatchString(name) {
		return "", problem(http.StatusNotFound,
			"A frame's name has 1 to 32 characters, each a small letter, a digit or a hyphen.")
	}
	return name, nil
}

// FramePath is the address of a frame's page; that of the main one for a name
// that no frame can have.
func FramePath(name string) string {
	if name == MainFrame || !frameName.MatchString(name) {
		return "/"
	}
	return "/f/" + name
}

// checkKeyword returns the word without the white space around it.
func checkKeyword(word string) (string, error) {
	if !utf8.ValidString(word) {
		return "", problem(http.StatusBadRequest, "The word is not valid UTF-8.")
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

// keywordOf reads the keyword from a form or a JSON object in the body.
func keywordOf(c echo.Context) (string, error) {
	r := c.Request()
	if r.ContentLength > maxBody {
		return "", &http.MaxBytesError{Limit: maxBody}
	}
	control := http.NewResponseController(c.Response().Writer)
	_ = control.SetReadDeadline(time.Now().Add(bodyTime)) // a recorder has none
	r.Body = http.MaxBytesReader(c.Response(), r.Body, maxBody)
	word, err := readKeyword(r)
	if err != nil {
		return "", err
	}
	// The search may take longer than a body may.
	_ = control.SetReadDeadline(time.Time{})
	return checkKeyword(word)
}

func readKeyword(r *http.Request) (string, error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		kind = ""
	}
	if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") && !strings.EqualFold(charset, "us-ascii") {
		return "", problem(http.StatusUnsupportedMediaType, "The body has to be UTF-8.")
	}
	switch {
	case kind == echo.MIMEApplicationForm:
		err = r.ParseForm()
	case kind == echo.MIMEMultipartForm:
		err = r.ParseMultipartForm(maxBody)
	case kind == echo.MIMEApplicationJSON || strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json"):
		return readJSON(r.Body)
	default:
		return "", problem(http.StatusUnsupportedMediaType, "Send a form or a JSON object with the member \"keyword\".")
	}
	if err != nil {
		return "", unreadable(err)
	}
	return r.PostForm.Get("keyword"), nil
}

func readJSON(body io.Reader) (string, error) {
	data, err := io.ReadAll(body)
	if err != nil {
		return "", unreadable(err)
	}
	return decodeKeyword(data)
}

// decodeKeyword reads {"keyword":"…"}. The decoder would silently replace what
// is not UTF-8.
func decodeKeyword(data []byte) (string, error) {
	if !utf8.Valid(data) {
		return "", problem(http.StatusBadRequest, "The word is not valid UTF-8.")
	}
	var message struct {
		Keyword *string `json:"keyword"`
	}
	if err := json.Unmarshal(data, &message); err != nil || message.Keyword == nil {
		return "", problem(http.StatusBadRequest, "The body is not a JSON object with a string \"keyword\".")
	}
	return *message.Keyword, nil
}

func unreadable(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return problem(http.StatusBadRequest, "The body could not be read.")
}

// lastEventID is the id after which a client wants to go on. The header is
// what a browser sends by itself, and newer than the address it sends it to.
func lastEventID(c echo.Context) string {
	if id := c.Request().Header.Get("Last-Event-ID"); id != "" {
		return id
	}
	return c.QueryParam("lastEventId")
}

// forPeople says whether a page is wanted rather than data.
func forPeople(r *http.Request) bool {
	return strings.Contains(r.Header.Get(echo.HeaderAccept), echo.MIMETextHTML)
}
