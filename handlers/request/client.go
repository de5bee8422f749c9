package request

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

const (
	// clientCookie is the name of the cookie that tells browsers apart.
	clientCookie = "picture-frame-client"
	// signatureSize is in bytes. Nobody guesses 128 bits.
	signatureSize = 16
	// clientPurpose is signed too, so that what is signed with the same key for
	// something else is no client.
	clientPurpose = "client\x00"
)

// A Client is what limits count as one: a browser, or without a cookie of ours an
// address.
type Client struct {
	browser string // of the cookie; random
	address string
}

// Key tells clients apart.
func (c Client) Key() string {
	if c.browser != "" {
		return "browser:" + c.browser
	}
	return ClientKey(c.address)
}

// Clients tells clients apart by a cookie that our pages set. It is random, ends with
// the browser's session, and is good for nothing else.
type Clients struct {
	key        func() []byte
	trustProxy bool
}

// NewClients returns clients whose cookies are signed with key, which all processes
// have; while it is nil, an address is a client. TrustProxy is as for Site.
func NewClients(key func() []byte, trustProxy bool) *Clients {
	return &Clients{key, trustProxy}
}

// Of returns the client of a request.
func (k *Clients) Of(c echo.Context) Client {
	return Client{k.browser(c.Request()), c.RealIP()}
}

// Welcome is a middleware for pages: it gives a browser its cookie, if it has none.
func (k *Clients) Welcome(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Before(func() {
			key := k.key()
			if key == nil || c.Response().Status != http.StatusOK || k.browser(c.Request()) != "" {
				return
			}
			id := rand.Text()
			http.SetCookie(c.Response(), &http.Cookie{
				Name:     clientCookie,
				Value:    id + "." + sign(key, id),
				Path:     "/",
				HttpOnly: true,
				SameSite: http.SameSiteLaxMode,
				Secure:   Scheme(c.Request(), k.trustProxy) == "https",
			})
			c.Response().Header().Set(echo.HeaderCacheControl, "private, no-cache") // it is this browser's alone
		})
		return next(c)
	}
}

// browser returns the id in a cookie that we have signed, or "".
func (k *Clients) browser(r *http.Request) string {
	key := k.key()
	if key == nil {
		return ""
	}
	for _, cookie := range r.CookiesNamed(clientCookie) {
		id, signature, _ := strings.Cut(cookie.Value, ".")
		if hmac.Equal([]byte(signature), []byte(sign(key, id))) {
			return id
		}
	}
	return ""
}

func sign(key []byte, id string) string {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(clientPurpose + id))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:signatureSize])
}
