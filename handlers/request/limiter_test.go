package request

import (
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/hub/memory"
)

func TestPerMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewPerMinute(3, memory.New())
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
		none := NewPerMinute(0, memory.New())
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
		if got := ClientKey(address); got != want {
			t.Errorf("%q is of %q, want %q", address, got, want)
		}
	}
}
