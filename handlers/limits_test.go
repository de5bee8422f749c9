package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/flickr"
	"picture-frame/hub"
)

func TestPerMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewPerMinute(3, hub.NewMemory())
		for i := range 3 {
			if wait := l.Take("192.0.2.1"); wait != 0 {
				t.Errorf("search %d has to wait %v", i, wait)
			}
		}
		for range 10 { // to be refused costs nothing
			if wait := l.Take("192.0.2.1"); wait <= 19*time.Second || wait > 20*time.Second {
				t.Errorf("the fourth has to wait %v, want 20 s", wait)
			}
		}
		if wait := l.Take("192.0.2.2"); wait != 0 {
			t.Errorf("somebody else has to wait %v", wait)
		}
		time.Sleep(20 * time.Second)
		if wait := l.Take("192.0.2.1"); wait != 0 {
			t.Errorf("after the wait there are %v more", wait)
		}
		if wait := l.Take("192.0.2.1"); wait == 0 {
			t.Error("one turn was two")
		}
		none := NewPerMinute(0, hub.NewMemory())
		for range 1000 {
			if none.Take("192.0.2.1") != 0 {
				t.Fatal("without a limit somebody has to wait")
			}
		}
	})
}

func TestClientKey(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.1": "192.0.2.1", "::ffff:192.0.2.1": "192.0.2.1", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64",
		"::1": "::/64", "": "", "nonsense": "nonsense",
	} {
		if got := clientKey(address); got != want {
			t.Errorf("%q is of %q, want %q", address, got, want)
		}
	}
}

func TestAdmission(t *testing.T) {
	enter := func(a *Admission, address string, want int) func() {
		t.Helper()
		leave, err := a.Enter(address)
		got := http.StatusOK
		if err != nil {
			got = ProblemOf(err).Status
			if ProblemOf(err).RetryAfter == 0 {
				t.Errorf("%q is refused without a time to come back", address)
			}
		}
		if got != want {
			t.Errorf("%q: %d, want %d", address, got, want)
		}
		return leave
	}
	capped := &Admission{Max: 2, PerAddress: 1}
	leave := enter(capped, "a", 200)
	enter(capped, "a", 429)
	enter(capped, "b", 200)
	enter(capped, "c", 429)
	leave()
	enter(capped, "c", 200)
	enter(capped, "a", 429)
	if n := capped.Open(); n != 2 {
		t.Errorf("%d are in, want 2", n)
	}
	files := &Admission{Descriptors: 1}
	enter(files, "a", 200)
	enter(files, "b", 429)

	open := &Admission{}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			for range 100 {
				if leave, err := open.Enter("a"); err == nil {
					leave()
				}
			}
		})
	}
	all.Wait()
	if n := open.Open(); n != 0 {
		t.Errorf("%d are left", n)
	}
	open.Close()
	enter(open, "a", 503)
}

func TestProblems(t *testing.T) {
	wrapped := func(err error) error { return fmt.Errorf("with internal words: %w", err) }
	for err, want := range map[error]struct {
		status int
		after  time.Duration
	}{
		flickr.ErrNoPhoto: {404, 0}, flickr.ErrUnsearchable: {404, 0}, flickr.ErrBlocked: {422, 0},
		flickr.ErrUnreachable: {502, 0}, flickr.ErrAnswer: {502, 0}, flickr.ErrTimeout: {504, 0},
		&flickr.BudgetError{After: time.Hour}: {503, time.Hour}, flickr.ErrBusy: {503, time.Second}, flickr.ErrClosed: {503, 2 * time.Second},
		hub.ErrClosed: {503, 2 * time.Second}, hub.ErrFull: {503, time.Minute},
		echo.ErrNotFound: {404, 0}, echo.ErrMethodNotAllowed: {405, 0}, &http.MaxBytesError{Limit: 4096}: {413, 0},
		errors.New("secret"): {500, 0}, echo.NewHTTPError(500, "secret"): {500, 0}, echo.NewHTTPError(400, "secret"): {400, 0},
		Unauthorized(): {401, 0}, Forbidden(): {403, 0},
	} {
		p := ProblemOf(wrapped(err))
		if p.Status != want.status || p.RetryAfter != want.after || p.Title != http.StatusText(want.status) || p.Detail == "" || p.Type == "" {
			t.Errorf("%v is told as %+v, want %+v", err, p, want)
		}
		for _, word := range []string{"internal", "secret"} {
			if strings.Contains(fmt.Sprintf("%+v", *p), word) {
				t.Errorf("%v is told as %+v", err, p)
			}
		}
	}
}
