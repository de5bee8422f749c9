package hub

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// lineOf is a line whose newest picture came to hang just now.
func lineOf(frozen, approve bool) *LineState {
	now := time.Unix(1_800_000_000, 0)
	return &LineState{Line: Line{Settings: Settings{Frozen: frozen, Approve: approve}}, Now: now, Shown: now}
}

// found has a word arrive. It returns how: now, host, line, or the wait after which
// there is room.
func found(s *LineState, word, client string, usual time.Duration) string {
	w := Waiting{Ticket: word, Keyword: word, Client: client, Patience: LineTime, Autoplay: client == "autoplay"}
	c, forHost, err := s.arrive(w, true, usual)
	var full *FullError
	switch {
	case errors.As(err, &full):
		return full.After.String()
	case err != nil:
		return err.Error()
	case c.Hang != nil:
		s.Shown = s.Now
		return "now"
	case forHost:
		return "host"
	}
	return "line"
}

func (s *LineState) order() (words string) {
	for _, w := range s.InTurn {
		words += w.Keyword
	}
	return words
}

// Each row is a line in which words arrive one after the other.
func TestArrivals(t *testing.T) {
	for name, c := range map[string]struct {
		usual   time.Duration
		shown   time.Duration // since when the newest picture hangs; below 0 there is none
		clients string        // of each word
		want    []string
	}{
		"a picture that has had its time":     {3 * time.Second, 3 * time.Second, "ab", []string{"now", "line"}},
		"a frame without pictures":            {3 * time.Second, -1, "ab", []string{"now", "line"}},
		"a picture that hangs since just now": {3 * time.Second, 0, "ab", []string{"line", "line"}},
		"more than three of one client":       {time.Second, 0, "aaaba", []string{"line", "line", "line", "line", "1s"}},
		"more than eight":                     {2 * time.Second, time.Second, "abcdefghij", []string{"line", "line", "line", "line", "line", "line", "line", "line", "1s", "1s"}},
		"longer than 20 s":                    {6 * time.Second, 0, "abcd", []string{"line", "line", "line", "4s"}},
		"longer than 20 s, alone":             {time.Minute, 15 * time.Second, "a", []string{"25s"}},
		"just not longer than 20 s":           {time.Minute, 40 * time.Second, "ab", []string{"line", "1m0s"}},
	} {
		s := lineOf(false, false)
		s.Shown = s.Now.Add(-c.shown)
		if c.shown < 0 {
			s.Shown = time.Time{}
		}
		for i, client := range c.clients {
			if got := found(s, fmt.Sprint(i), string(client), c.usual); got != c.want[i] {
				t.Errorf("%s, word %d: got %s, want %s", name, i, got, c.want[i])
			}
		}
	}
}

// What Retry-After says is true: a word that comes again then finds room, and one that
// comes sooner does not.
func TestRetryAfterIsTrue(t *testing.T) {
	for _, usual := range []time.Duration{100 * time.Millisecond, time.Second, 2500 * time.Millisecond, 3 * time.Second, 7 * time.Second, 20 * time.Second, time.Minute} {
		for _, clients := range []string{"aaaaaaaaa", "abcabcabcabc", "abcdefghijklm"} {
			s := lineOf(false, false)
			for i, client := range clients {
				after, err := time.ParseDuration(found(s, fmt.Sprint(i), string(client), usual))
				if err != nil {
					continue
				}
				early, due := *s, *s
				early.Line, due.Line = s.clone(), s.clone()
				advance(&early, after-time.Millisecond, usual)
				advance(&due, after, usual)
				if got := found(&early, "early", string(client), usual); got != "1ms" {
					t.Errorf("hold %v, %q, word %d, sooner than after %v: got %s, want 1ms", usual, clients, i, after, got)
				}
				if got := found(&due, "due", string(client), usual); got != "line" && got != "now" {
					t.Errorf("hold %v, %q, word %d, after %v: got %s, want room", usual, clients, i, after, got)
				}
			}
		}
	}
}

// advance lets time go by, in which every picture hangs on its turn.
func advance(s *LineState, d, usual time.Duration) {
	for end := s.Now.Add(d); ; {
		wait := s.wake(usual)
		if wait == 0 || s.Now.Add(wait).After(end) {
			s.Now = end
			return
		}
		s.Now = s.Now.Add(wait)
		if c := s.settle(usual); c.Hang != nil {
			s.Shown = s.Now
		}
	}
}

func TestAutoplayWaitsBehindPeople(t *testing.T) {
	const usual = 2 * time.Second
	s := lineOf(false, false)
	for _, c := range []struct{ word, client, want string }{
		{"a", "one", "line"}, {"x", "autoplay", "line"}, {"b", "one", "line"}, {"y", "autoplay", "6s"}, {"c", "two", "line"},
	} {
		if got := found(s, c.word, c.client, usual); got != c.want {
			t.Errorf("%s of %s: got %s, want %s", c.word, c.client, got, c.want)
		}
	}
	if got := s.order(); got != "abcx" {
		t.Errorf("got the line %s, want abcx", got)
	}
	s = lineOf(false, true)
	if a, b, c := found(s, "x", "autoplay", usual), found(s, "y", "autoplay", usual), found(s, "a", "one", usual); a != "host" || b != hostTime.String() || c != "host" {
		t.Errorf("before the host: got %s, %s and %s, want one of autoplay's and the word", a, b, c)
	}
}

func TestBeforeTheHost(t *testing.T) {
	s := lineOf(false, true)
	for i := range hostSize {
		if got := found(s, fmt.Sprint(i), "one", time.Second); got != "host" {
			t.Fatalf("picture %d: got %s, want it before the host", i, got)
		}
		s.Now = s.Now.Add(time.Second)
	}
	if got, want := found(s, "more", "two", time.Second), (hostTime - hostSize*time.Second).String(); got != want {
		t.Errorf("the 51st: got %s, want %s", got, want)
	}
	s.Now = s.Now.Add(hostTime - hostSize*time.Second)
	if c := s.settle(time.Second); len(c.Gone) != 1 || c.Gone["0"] != goneLate || len(s.ForHost) != hostSize-1 {
		t.Errorf("10 min after the first: got %v gone and %d left, want the first gone", c.Gone, len(s.ForHost))
	}
	if got := found(s, "again", "two", time.Second); got != "host" {
		t.Errorf("then: got %s, want room", got)
	}
}

// What the host has let goes on to hang on a frozen frame, and is never too late.
func TestFreezing(t *testing.T) {
	const usual = 5 * time.Second
	s := lineOf(false, false)
	for _, word := range []string{"a", "b", "c"} {
		found(s, word, word, usual)
	}
	if _, err := s.decide("b", true, usual); err != nil {
		t.Fatal(err)
	}
	if c := s.set(Settings{Frozen: true}, usual); len(c.Gone) != 2 || c.Gone["a"] != goneFrozen || s.order() != "b" {
		t.Errorf("frozen: got %v gone and the line %s, want a and c, and b", c.Gone, s.order())
	}
	if got := found(s, "d", "d", usual); got != ErrFrozen.Error() {
		t.Errorf("a word: got %s, want %v", got, ErrFrozen)
	}
	minute := time.Minute
	if c := s.set(Settings{Hold: &minute}, usual); len(c.Gone) != 0 || s.order() != "b" {
		t.Errorf("a hold of a minute: got %v gone and the line %s, want b in it", c.Gone, s.order())
	}
	advance(s, minute, usual)
	if s.order() != "" {
		t.Errorf("a minute later: got the line %s, want nothing", s.order())
	}
}

// From the moment a host wants to see every picture, nothing hangs unseen.
func TestApprovingWhatIsInLine(t *testing.T) {
	const usual = 5 * time.Second
	s := lineOf(false, true)
	found(s, "first", "a", usual)
	s.Approve = false
	for _, word := range []string{"a", "b"} {
		found(s, word, word, usual)
	}
	if _, err := s.decide("b", true, usual); err != nil {
		t.Fatal(err)
	}
	if c := s.set(Settings{Approve: true}, usual); len(c.Gone) != 1 || c.Gone["a"] != goneToHost || s.order() != "b" || len(s.ForHost) != 2 {
		t.Errorf("got %v gone, the line %s and %d before the host; want a with the host, and b", c.Gone, s.order(), len(s.ForHost))
	}
	for range hostSize {
		s.Approve = true
		found(s, "x", "x", usual)
	}
	s.Approve = false
	found(s, "more", "m", usual)
	if c := s.set(Settings{Approve: true}, usual); c.Gone["more"] != goneLate {
		t.Errorf("got %v gone, want the one that has no room before the host either", c.Gone)
	}
}

// A clock that was set back keeps nobody waiting.
func TestClockThatGoesBack(t *testing.T) {
	s := lineOf(false, false)
	s.Shown = s.Now.Add(time.Hour)
	if got := found(s, "a", "a", time.Second); got != "now" {
		t.Errorf("got %s, want it to hang now", got)
	}
}
