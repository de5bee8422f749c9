package host

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// unlimited lets everybody try.
type unlimited struct{}

func (unlimited) TakeAttempt(context.Context, string, int) time.Duration { return 0 }
func (unlimited) ReturnAttempts(context.Context, string)                 {}

func access(token string) *Access {
	return NewAccess(token, func(*http.Request) error { return nil }, unlimited{}, false)
}

// A session ends after its time, and with its token.
func TestSessionEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := access("one")
		value := a.newSession(time.Now())
		for _, row := range []struct {
			name  string
			a     *Access
			after time.Duration
			want  bool
		}{
			{"at once", a, 0, true},
			{"at another process", access("one"), 0, true},
			{"with another token", access("two"), 0, false},
			{"with a token that this one begins with", access("on"), 0, false},
			{"a second before its end", a, sessionTime - time.Second, true},
			{"at its end", a, sessionTime, false},
		} {
			r := &http.Request{Header: http.Header{"Cookie": {cookieName + "=" + value}}}
			time.Sleep(row.after - time.Since(time.Unix(946684800, 0))) // bubbles begin then
			if got := row.a.SignedIn(r); got != row.want {
				t.Errorf("%s: got %v, want %v", row.name, got, row.want)
			}
		}
		if one, other := a.newSession(time.Now()), a.newSession(time.Now()); one == other {
			t.Error("two sessions of one moment are the same")
		}
		unset := access("")
		if unset.SignedIn(&http.Request{Header: http.Header{"Cookie": {cookieName + "=" + unset.newSession(time.Now())}}}) {
			t.Error("without a token, somebody is signed in")
		}
	})
}

// Whatever is changed in a session makes it worthless.
func TestForgedSessions(t *testing.T) {
	a := access("one")
	value := a.newSession(time.Now())
	for i := range len(value) {
		forged := []byte(value)
		forged[i] = map[bool]byte{true: 'A', false: 'B'}[value[i] != 'A']
		if i == len(value)-1 { // its last bits mean nothing
			continue
		}
		if a.validSession(string(forged), time.Now()) {
			t.Errorf("with character %d changed: got a valid session", i)
		}
	}
	for _, nothing := range []string{"", value[:len(value)-2], value + "AA", "one"} {
		if a.validSession(nothing, time.Now()) {
			t.Errorf("got %q as a valid session", nothing)
		}
	}
}
