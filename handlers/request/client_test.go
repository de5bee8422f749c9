package request

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

// welcome serves a page and returns its cookie; nil if it sets none.
func welcome(k *Clients, r *http.Request, status int) *http.Cookie {
	w := httptest.NewRecorder()
	c := echo.New().NewContext(r, w)
	_ = k.Welcome(func(c echo.Context) error { return c.NoContent(status) })(c)
	for _, cookie := range w.Result().Cookies() {
		return cookie
	}
	return nil
}

// client returns whom a request with cookies comes from.
func client(k *Clients, cookies ...string) string {
	r := httptest.NewRequest("POST", "/publish", nil)
	r.RemoteAddr = "192.0.2.1:1"
	for _, value := range cookies {
		r.AddCookie(&http.Cookie{Name: clientCookie, Value: value})
	}
	return k.Of(echo.New().NewContext(r, httptest.NewRecorder())).Key()
}

func TestBrowsersAreToldApart(t *testing.T) {
	key := []byte("0123456789abcdef0123456789abcdef")
	k := NewClients(func() []byte { return key }, true)
	page := func() *http.Request { return httptest.NewRequest("GET", "/", nil) }
	one, two := welcome(k, page(), 200), welcome(k, page(), 200)
	if one == nil || two == nil {
		t.Fatal("got no cookie from a page, want one")
	}
	if !one.HttpOnly || one.SameSite != http.SameSiteLaxMode || one.Secure || one.Path != "/" || one.MaxAge != 0 {
		t.Errorf("got the cookie %v, want HttpOnly, SameSite=Lax, for all paths and the session", one)
	}
	secure := page()
	secure.Header.Set(echo.HeaderXForwardedProto, "https")
	if c := welcome(k, secure, 200); c == nil || !c.Secure {
		t.Errorf("under https: got the cookie %v, want Secure", c)
	}
	back := page()
	back.AddCookie(one)
	if c := welcome(k, back, 200); c != nil {
		t.Errorf("a browser that has a cookie: got %v, want none", c)
	}
	if c := welcome(k, page(), 404); c != nil {
		t.Errorf("a page that is none: got %v, want no cookie", c)
	}
	const address = "192.0.2.1"
	if a, b := client(k, one.Value), client(k, two.Value); a == b || a == address || b == address {
		t.Errorf("got %q and %q, want two browsers", a, b)
	}
	if a, b := client(k, one.Value), client(k, "forged", one.Value); a != b {
		t.Errorf("behind a forged cookie: got %q, want %q", b, a)
	}
	id, signature, _ := strings.Cut(one.Value, ".")
	for name, value := range map[string]string{
		"unsigned": id, "of nothing": "." + sign(key, ""), "another id": id[1:] + "." + signature, "cut": id + "." + signature[1:],
		"empty": "", "another key": id + "." + sign([]byte("another key"), id),
	} {
		if got := client(k, value); got != address {
			t.Errorf("%s: got %q, want the address", name, got)
		}
	}
	key = nil
	if got := client(k, one.Value); got != address {
		t.Errorf("without a key: got %q, want the address", got)
	}
	if c := welcome(k, page(), 200); c != nil {
		t.Errorf("without a key: got the cookie %v, want none", c)
	}
}
