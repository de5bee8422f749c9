package host

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

const (
	cookieName = "pictureframe_host"
	// sessionTime is an evening, with what comes before and after it.
	sessionTime = 12 * time.Hour
	// nonceSize is in bytes.
	nonceSize = 8
)

// A session is its cookie and nothing else, so that it holds at every process and
// after a restart: when it ends and a nonce, signed.

func (a *Access) newSession(now time.Time) string {
	text := binary.BigEndian.AppendUint64(nil, uint64(now.Add(sessionTime).Unix()))
	nonce := make([]byte, nonceSize)
	_, _ = rand.Read(nonce) // never fails
	text = append(text, nonce...)
	return base64.RawURLEncoding.EncodeToString(append(text, a.sign(text)...))
}

func (a *Access) sign(text []byte) []byte {
	mac := hmac.New(sha256.New, a.key)
	mac.Write(text)
	return mac.Sum(nil)
}

func (a *Access) validSession(value string, now time.Time) bool {
	signed, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil || len(signed) != 8+nonceSize+sha256.Size {
		return false
	}
	text, signature := signed[:8+nonceSize], signed[8+nonceSize:]
	return hmac.Equal(signature, a.sign(text)) && now.Unix() < int64(binary.BigEndian.Uint64(text))
}

// SignedIn reports whether r has the cookie of a session.
func (a *Access) SignedIn(r *http.Request) bool {
	if a.token == "" {
		return false
	}
	for _, cookie := range r.CookiesNamed(cookieName) { // another port of this host may have one
		if a.validSession(cookie.Value, time.Now()) {
			return true
		}
	}
	return false
}

// SignIn is POST /host/session: it gives a browser a session for the token.
func (a *Access) SignIn(c echo.Context) error {
	frame, err := a.asked(c)
	if err != nil {
		return err
	}
	token, err := request.Field(c, "token")
	if err != nil {
		return err
	}
	if err := a.check(c, "sign-in ", wrongSignIns, strings.TrimSpace(token)); err != nil {
		return a.refuse(c, frame, err)
	}
	a.setCookie(c, a.newSession(time.Now()), sessionTime)
	return toDesk(c, frame)
}

// asked returns the frame of a request about a session, which has to come from our own
// origin. Without a token there are no sessions.
func (a *Access) asked(c echo.Context) (frame string, err error) {
	if a.token == "" {
		return "", echo.ErrNotFound
	}
	if frame, err = request.Frame(c); err != nil {
		return "", err
	}
	return frame, a.own(c.Request())
}

// SignOut is DELETE /host/session: the browser forgets its session.
func (a *Access) SignOut(c echo.Context) error {
	frame, err := a.asked(c)
	if err != nil {
		return err
	}
	a.setCookie(c, "", -time.Second)
	return toDesk(c, frame)
}

func (a *Access) setCookie(c echo.Context, value string, age time.Duration) {
	c.SetCookie(&http.Cookie{
		Name: cookieName, Value: value, Path: "/", MaxAge: int(age.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: a.secure(c.Request()),
	})
}

// secure reports whether the browser has asked by https. Where a proxy may have
// taken TLS off unseen, the page's origin tells.
func (a *Access) secure(r *http.Request) bool {
	if scheme := request.Scheme(r, a.trustProxy); scheme != "" {
		return scheme == "https"
	}
	return strings.HasPrefix(strings.ToLower(r.Header.Get(echo.HeaderOrigin)), "https://")
}

// toDesk answers people with the desk, programs with nothing.
func toDesk(c echo.Context, frame string) error {
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	if request.ForPeople(c.Request()) {
		return c.Redirect(http.StatusSeeOther, "/host?"+request.FrameQuery(frame))
	}
	return c.NoContent(http.StatusNoContent)
}

// refuse answers people with the form once more, and what was wrong.
func (a *Access) refuse(c echo.Context, frame string, err error) error {
	var problem *request.Problem
	if !request.ForPeople(c.Request()) || !errors.As(err, &problem) {
		return err
	}
	if problem.RetryAfter > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(seconds(problem.RetryAfter)))
	}
	detail := problem.Detail
	if problem.Status == http.StatusUnauthorized {
		detail = "That is not the token."
	}
	page := newPage(frame, false, detail)
	page.Request = request.ID(c.Request().Context())
	return renderPage(c, problem.Status, page)
}
