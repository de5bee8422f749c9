package hub

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestIDsIncreaseWhateverTheClockDoes(t *testing.T) {
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	ids := newIDs()
	last := ""
	for i := range 10_000 {
		switch rand.N(10) {
		case 0:
			now = now.Add(-rand.N(1000 * time.Hour))
		case 1:
			now = now.Add(rand.N(1000 * time.Hour))
		case 2:
			now = now.Add(rand.N(time.Second))
		}
		id := ids.next(now)
		if id <= last {
			t.Fatalf("id %d is %q after %q", i, id, last)
		}
		last = id
	}
}

// A process that was started again goes on above what its viewers bring, even
// if its clock is behind; and in the same microsecond its ids are not another
// process's.
func TestIDsAfterARestart(t *testing.T) {
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	before := newIDs()
	old := before.next(now)
	after := newIDs()
	behind := now.Add(-time.Hour)
	after.saw(old, behind)
	if id := after.next(behind); id <= old {
		t.Errorf("id %q of a clock that was set back is not after %q", id, old)
	}
	twin := newIDs()
	if a, b := before.next(now.Add(time.Hour)), twin.next(now.Add(time.Hour)); a == b {
		t.Errorf("two processes made the id %q", a)
	}
}

// Nobody can use up the ids: what no honest process can have made yet is not
// believed.
func TestIDsForged(t *testing.T) {
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	for _, id := range []string{
		"", "-", "zzzzzzzzzzz-abcde", "vvvvvvvvvvv-abcde", strings.Repeat("v", 100) + "-abcde",
		"0000000000a", "+0000000001-a", "\x00", "01\u00e9-a",
	} {
		forged, honest := newIDs(), newIDs()
		forged.saw(id, now)
		if got, want := forged.next(now), honest.next(now); got[:countDigits] != want[:countDigits] {
			t.Errorf("after %q the next id is %q, want %q", id, got, want)
		}
	}
}
