package e2e

import (
	"strings"
	"testing"
	"time"
)

// The soak's ledger finds what a viewer can be done wrong, and nothing else.
func TestLedgerOfTheSoak(t *testing.T) {
	t.Parallel()
	// Three words were asked for, and their pictures came to one viewer, that stays.
	given := func(frame string) (*ledger, *soakViewer) {
		l := newLedger(time.Minute)
		stays := &soakViewer{name: "stays", frame: frame}
		l.Connected(stays)
		for _, n := range []string{"1", "2", "3"} {
			l.Asked(frame, "w"+n)
			l.Saw(stays, n, "w"+n)
			l.Answered("w" + n)
		}
		return l, stays
	}
	for name, tc := range map[string]struct {
		happens func(l *ledger, stays, v *soakViewer)
		want    string // that a fault says; "" wants none
	}{
		"all is well":        {func(l *ledger, _, v *soakViewer) { l.Saw(v, "1", "w1"); l.Saw(v, "2", "w2"); l.Saw(v, "3", "w3") }, ""},
		"lost":               {func(l *ledger, _, v *soakViewer) { l.Saw(v, "1", "w1"); l.Saw(v, "3", "w3") }, `v: lost "w2" (2): 3 came after 1`},
		"lost after a start": {func(l *ledger, _, v *soakViewer) { l.Told(v, "0"); l.Saw(v, "3", "w3") }, `lost "w1"`},
		"lost and not answered": {func(l *ledger, _, v *soakViewer) {
			l.words["w2"].answered = time.Time{}
			l.Saw(v, "1", "w1")
			l.Saw(v, "3", "w3")
		}, ""},
		"lost and taken off": {func(l *ledger, _, v *soakViewer) { l.Removing("f", "2"); l.Saw(v, "1", "w1"); l.Saw(v, "3", "w3") }, ""},
		"lost at the end":    {func(l *ledger, _, v *soakViewer) { l.Saw(v, "1", "w1"); v.since = time.Now().Add(-time.Hour) }, `v: lost "w3" (3): it is at 1`},
		"lost long after": {func(l *ledger, _, v *soakViewer) {
			l.Judge(time.Now().Add(time.Hour))
			l.Saw(v, "1", "w1")
			l.Saw(v, "3", "w3")
		}, `v: lost "w2"`},
		"lost between two visits": {func(l *ledger, _, v *soakViewer) {
			l.Saw(v, "1", "w1")
			l.Left(v, nil)
			l.Connected(v)
			l.Saw(v, "3", "w3")
		}, `v: lost "w2"`},
		"lost by all":            {func(l *ledger, _, _ *soakViewer) { l.Asked("f", "w4"); l.Answered("w4") }, `lost "w4" of f`},
		"doubled":                {func(l *ledger, _, v *soakViewer) { l.Saw(v, "1", "w1"); l.Saw(v, "1", "w1") }, `"w1" came twice`},
		"doubled by a new id":    {func(l *ledger, stays, _ *soakViewer) { l.Saw(stays, "4", "w3") }, `"w3" came as 4, and had come as 3`},
		"swapped":                {func(l *ledger, _, v *soakViewer) { l.Saw(v, "2", "w2"); l.Saw(v, "1", "w1") }, `"w1" came as 1 after 2, out of order`},
		"another's picture":      {func(l *ledger, _, v *soakViewer) { l.Saw(v, "1", "w2") }, `1 is "w2", and was "w1"`},
		"nobody's picture":       {func(l *ledger, _, v *soakViewer) { l.Saw(v, "4", "x") }, "nobody has asked for"},
		"another frame's":        {func(l *ledger, _, v *soakViewer) { l.Asked("g", "x"); l.Saw(v, "4", "x") }, "was asked on g"},
		"reset":                  {func(l *ledger, _, v *soakViewer) { l.Saw(v, "1", "w1"); l.Reset(v, "3") }, "a reset at 1"},
		"reset after a clearing": {func(l *ledger, _, v *soakViewer) { l.Saw(v, "1", "w1"); l.Clearing("f"); l.Reset(v, "4") }, ""},
		"refused":                {func(l *ledger, _, v *soakViewer) { l.Left(v, errText("404 Not Found")) }, "answered with 404"},
		"cut off": {func(l *ledger, _, v *soakViewer) {
			l.Left(v, errText("unexpected EOF"))
			l.Left(v, errText("502 Bad Gateway"))
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, stays := given("f")
			v := &soakViewer{name: "v", frame: "f"}
			l.Connected(v)
			tc.happens(l, stays, v)
			l.Judge(time.Now().Add(2 * time.Hour))
			got := strings.Join(l.faults, "\n")
			if tc.want == "" && got != "" || !strings.Contains(got, tc.want) {
				t.Errorf("got the faults %q, want %q", got, tc.want)
			}
		})
	}
}

type errText string

func (e errText) Error() string { return string(e) }

// What grows in the soak is found, and what moves up and down is not.
func TestFlatInTheSoak(t *testing.T) {
	t.Parallel()
	rows := func(heap func(n int) int) (all []soakRow) {
		for n := range 18 {
			all = append(all, soakRow{nodes: []soakSample{{heap: heap(n)}}})
		}
		return all
	}
	for name, tc := range map[string]struct {
		heap func(n int) int
		want bool
	}{
		"level":           {func(n int) int { return 20000 + n%3*2000 }, true},
		"warming up":      {func(n int) int { return 20000 + min(n, 6)*5000 }, true},
		"growing":         {func(n int) int { return 20000 + n*2000 }, false},
		"growing at last": {func(n int) int { return 20000 + max(0, n-10)*4000 }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if grown := soakGrown(rows(tc.heap)); (len(grown) == 0) != tc.want {
				t.Errorf("got %q, want flat: %v", grown, tc.want)
			}
		})
	}
}
