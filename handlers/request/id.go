package request

import (
	"context"
	"crypto/rand"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// HeaderID is in a request the id that a platform's router has given it, and in
// every answer the id under which the log knows the request.
const HeaderID = echo.HeaderXRequestID

// maxID is how long an id may be, in bytes: as long as those that routers take from
// clients.
const maxID = 200

type idKey struct{}

// Identify gives r an id, which is a part of its context from then on: the one that
// it came with, if that is short and plain, else a random one.
func Identify(r *http.Request) (*http.Request, string) {
	id := r.Header.Get(HeaderID)
	if !plainID(id) {
		id = rand.Text()
	}
	return r.WithContext(context.WithValue(r.Context(), idKey{}, id)), id
}

// ID returns the id of the request that ctx comes from, or "".
func ID(ctx context.Context) string {
	id, _ := ctx.Value(idKey{}).(string)
	return id
}

// plainID reports whether an id may be kept. It goes into the log, into headers and
// pages, and comes from anybody.
func plainID(id string) bool {
	if id == "" || len(id) > maxID {
		return false
	}
	return strings.IndexFunc(id, func(c rune) bool {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		return !letter && !strings.ContainsRune("-_.:/+=", c)
	}) < 0
}
