// Package host is the desk from which somebody runs a frame: who may, and the page.
//
// Whoever has the admin token is the host, and shows it with each request (bearer
// token) or once (session.go), for which the browser gets a cookie.
package host

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

const (
	// wrongSignIns and wrongBearers are how many wrong tokens an address may try a
	// minute. Programs may be misconfigured and go on trying; people are not.
	wrongSignIns = 5
	wrongBearers = 30
)

// Attempts counts what an address has tried, over all processes.
type Attempts interface {
	request.RateLimiter
	// ReturnAttempts gives a client all its attempts back.
	ReturnAttempts(ctx context.Context, client string)
}

// An Access decides who is the host.
type Access struct {
	token      string
	key        []byte // signs sessions
	own        func(*http.Request) error
	attempts   Attempts
	trustProxy bool
}

// NewAccess lets in who has the token; nobody if it is empty. Own returns an error
// for a request from a page that is not ours. TrustProxy is as for request.Scheme.
func NewAccess(token string, own func(*http.Request) error, attempts Attempts, trustProxy bool) *Access {
	// With another token the key is another one, so no session outlives its token.
	key, _ := hkdf.Key(sha256.New, []byte(token), nil, "picture-frame host session", sha256.Size) // fails for longer keys only
	return &Access{token, key, own, attempts, trustProxy}
}

// Host passes on requests with the token or a session's cookie; this from our own
// pages only. It answers 404 if no token is set.
func (a *Access) Host(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !a.carriesBearer(c.Request()) && a.SignedIn(c.Request()) {
			if err := a.own(c.Request()); err != nil {
				return err
			}
			return next(c)
		}
		return a.Bearer(next)(c)
	}
}

// Bearer passes on requests with the token. It answers 404 if none is set.
func (a *Access) Bearer(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if a.token == "" {
			return echo.ErrNotFound
		}
		r := c.Request()
		if !a.carriesBearer(r) {
			return unauthorized(c)
		}
		_, given, _ := strings.Cut(r.Header.Get(echo.HeaderAuthorization), " ")
		if err := a.check(c, "bearer ", wrongBearers, strings.TrimSpace(given)); err != nil {
			return err
		}
		return next(c)
	}
}

func (a *Access) carriesBearer(r *http.Request) bool {
	scheme, _, _ := strings.Cut(r.Header.Get(echo.HeaderAuthorization), " ")
	return strings.EqualFold(scheme, "Bearer")
}

// check compares a token that somebody has sent. Each try takes one of n attempts
// of the client's, and the right token gives all of them back: so beyond n wrong
// ones a minute not even the right one can be found.
func (a *Access) check(c echo.Context, purpose string, n int, given string) error {
	client := "host " + purpose + request.ClientKey(c.RealIP())
	ctx := context.WithoutCancel(c.Request().Context()) // who leaves at once has tried all the same
	if wait := a.attempts.TakeAttempt(ctx, client, n); wait > 0 {
		return request.NewProblem(http.StatusTooManyRequests, "Too many wrong tokens from your address. Try again in %d s.", seconds(wait)).After(wait)
	}
	// Sums, because comparing the tokens themselves would tell their length.
	want, got := sha256.Sum256([]byte(a.token)), sha256.Sum256([]byte(given))
	if subtle.ConstantTimeCompare(want[:], got[:]) != 1 {
		return unauthorized(c)
	}
	a.attempts.ReturnAttempts(ctx, client)
	return nil
}

func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

func unauthorized(c echo.Context) error {
	c.Response().Header().Set(echo.HeaderWWWAuthenticate, "Bearer")
	return request.Unauthorized()
}
