package stream

import (
	"errors"
	"net/http"
	"sync"
	"testing"

	"picture-frame/handlers/request"
	"picture-frame/hub"
)

func TestAdmission(t *testing.T) {
	enter := func(a *Admission, address string, want int) func() {
		t.Helper()
		leave, err := a.Enter(address)
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
	if _, err := open.Enter("a"); !errors.Is(err, hub.ErrClosed) {
		t.Errorf("after Close: got %v, want %v", err, hub.ErrClosed)
	}
}
