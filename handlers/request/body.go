package request

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

const (
	// MaxBody is the most bytes that a request's body or a message may have:
	// many times the longest keyword, in any encoding.
	MaxBody = 4 << 10
	// bodyTime is how long a client may take to send its body.
	bodyTime = 10 * time.Second
)

// readBody reads a request's body. The error is a Problem or a *http.MaxBytesError.
func readBody(c echo.Context) ([]byte, error) {
	r := c.Request()
	if r.ContentLength > MaxBody {
		return nil, &http.MaxBytesError{Limit: MaxBody}
	}
	control := http.NewResponseController(c.Response().Writer)
	_ = control.SetReadDeadline(time.Now().Add(bodyTime)) // a recorder has none
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, MaxBody))
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, err
		}
		return nil, NewProblem(http.StatusBadRequest, "The body could not be read.")
	}
	// The answer may take longer than a body may.
	_ = control.SetReadDeadline(time.Time{})
	return body, nil
}

// JSON reads the body, a JSON object, into what into points to. Members that it does
// not know are ignored. The error is a Problem or a *http.MaxBytesError.
func JSON(c echo.Context, into any) error {
	kind, _, _ := strings.Cut(c.Request().Header.Get(echo.HeaderContentType), ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	if !isJSON(kind) || encoded(c.Request().Header) {
		return NewProblem(http.StatusUnsupportedMediaType, "Send a JSON object.")
	}
	body, err := readBody(c)
	if err != nil {
		return err
	}
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff")))
	if !bytes.HasPrefix(body, []byte("{")) || json.Unmarshal(body, into) != nil {
		return NewProblem(http.StatusBadRequest, "The body is not a JSON object with members of the right kind.")
	}
	return nil
}

// isJSON reports whether a media type, in small letters, is one of JSON.
func isJSON(kind string) bool {
	return kind == echo.MIMEApplicationJSON || strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json")
}

// encoded reports whether a body is compressed, which we do not read.
func encoded(h http.Header) bool {
	coding := h.Get(echo.HeaderContentEncoding)
	return coding != "" && !strings.EqualFold(coding, "identity")
}
