package stream

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/hub"
)

func TestAdmission(t *testing.T) {
	from := func(address string) echo.Context {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = address + ":1"
		return echo.New().NewContext(r, nil)
	}
	enter := func(a *Admission, address string, want int) *Visit {
		t.Helper()
		visit, err := a.Enter(from(address), OverSSE, "main")
		got := http.StatusOK
		if err != nil {
			got = request.ProblemOf(err).Status
			if request.ProblemOf(err).RetryAfter == 0 {
				t.Errorf("%q is refused without a time to come back", address)
			}
		}
		if got != want {
			t.Errorf("%q: %d, want %d", address, got, want)
		}
		return visit
	}
	capped := &Admission{Max: 2, PerAddress: 1}
	visit := enter(capped, "a", 200)
	enter(capped, "a", 429)
	enter(capped, "b", 200)
	enter(capped, "c", 429)
	visit.Leave(End{})
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
				if visit, err := open.Enter(from("a"), OverPoll, ""); err == nil {
					visit.Leave(End{})
				}
			}
		})
	}
	all.Wait()
	if n := open.Open(); n != 0 {
		t.Errorf("%d are left", n)
	}
	open.Close()
	if _, err := open.Enter(from("a"), OverSSE, "main"); !errors.Is(err, hub.ErrClosed) {
		t.Errorf("after Close: got %v, want %v", err, hub.ErrClosed)
	}
}
