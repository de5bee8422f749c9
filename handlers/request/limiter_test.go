package request

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/hub/memory"
)

// wait is how long a client has to wait for its next search.
func wait(t *testing.T, l *PerMinute, c Client) time.Duration {
	t.Helper()
	err := l.Allow(c)
	if err == nil {
		return 0
	}
	p := ProblemOf(err)
	if p.Status != http.StatusTooManyRequests || p.RetryAfter <= 0 {
		t.Errorf("got %+v, want a 429 with the time to wait", p)
	}
	return p.RetryAfter
}

func TestPerMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewPerMinute(3, memory.New())
		one, other := Client{address: "192.0.2.1"}, Client{address: "192.0.2.2"}
		for i := range 3 {
			if wait := wait(t, l, one); wait != 0 {
				t.Errorf("search %d: got a wait of %v, want none", i, wait)
			}
		}
		for range 10 { // to be refused costs nothing
			if wait := wait(t, l, one); wait <= 19*time.Second || wait > 20*time.Second {
				t.Errorf("the fourth: got a wait of %v, want 20 s", wait)
			}
		}
		if wait := wait(t, l, other); wait != 0 {
			t.Errorf("somebody else: got a wait of %v, want none", wait)
		}
		time.Sleep(20 * time.Second)
		if wait := wait(t, l, one); wait != 0 {
			t.Errorf("after the wait: got %v more, want none", wait)
		}
		if wait := wait(t, l, one); wait == 0 {
			t.Error("got two attempts for one")
		}
		none := NewPerMinute(0, memory.New())
		for range 1000 {
			if wait(t, none, one) != 0 {
				t.Fatal("without a limit: got a wait, want none")
			}
		}
	})
}

// Browsers behind one address are clients of their own, up to ten times what one
// may.
func TestManyBehindOneAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewPerMinute(3, memory.New())
		for browser := range 10 {
			for i := range 3 {
				if wait := wait(t, l, Client{fmt.Sprint(browser), "2001:db8::1"}); wait != 0 {
					t.Errorf("browser %d, search %d: got a wait of %v, want none", browser, i, wait)
				}
			}
		}
		if got, want := wait(t, l, Client{"another", "2001:db8::2"}), 2*time.Second; got != want {
			t.Errorf("the 31st search of 30: got a wait of %v, want %v", got, want)
		}
		if wait := wait(t, l, Client{"another", "192.0.2.1"}); wait != 0 {
			t.Errorf("the same browser at another address: got a wait of %v, want none", wait)
		}
	})
}

func TestClientKey(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.1": "192.0.2.1", "::ffff:192.0.2.1": "192.0.2.1", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64",
		"::1": "::/64", "": "", "nonsense": "nonsense",
	} {
		if got := ClientKey(address); got != want {
			t.Errorf("%q is of %q, want %q", address, got, want)
		}
	}
}
