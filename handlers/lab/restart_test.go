package lab

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestLabRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		// Nobody is asked to come back while it is away; a few are left to chance
		// otherwise, so it restarts until chance has had enough.
		var c *call
		for range 40 {
			time.Sleep(awayFor)
			c = b.tap(visitor, "")
			b.breaks(visitor, "restart")
			bye := regexp.MustCompile(`event: bye\nretry: (\d+)\ndata: \{"retry":\d+\}\n\n$`).FindStringSubmatch(c.text())
			if !c.ended() || bye == nil {
				t.Fatalf("it ends with %q", c.text())
			}
			if ms, _ := strconv.Atoi(bye[1]); time.Duration(ms)*time.Millisecond < awayFor {
				t.Errorf("it asks to come back after %d ms and is away for %v", ms, awayFor)
			}
		}
		if again := b.tap(visitor, ""); again.head != "" || !again.ended() {
			t.Errorf("away, yet it answers: %q", again.head)
		}
		time.Sleep(awayFor)
		if again := b.tap(visitor, ""); !strings.HasPrefix(again.head, "HTTP/1.0 200 ") {
			t.Errorf("after %v: %q", awayFor, again.head)
		}
	})
}

// A bye in the middle of an event would make one false event of the two.
func TestLabRestartWithinAnEvent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		c := b.tap(visitor, "")
		b.breaks(visitor, "slow")
		b.hang("dunes")
		b.breaks(visitor, "restart")
		if got := c.text(); !c.ended() || strings.Contains(got, "bye") {
			t.Errorf("it ends with %q", got)
		}
	})
}

func TestLabStreamsSayByeWhenTheServerStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		c := b.tap(visitor, "")
		stalled := b.tap(stranger, "")
		b.breaks(stranger, "stall")
		b.lab.Close()
		if err := b.lab.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if !c.ended() || !strings.Contains(c.text(), "event: bye\n") {
			t.Errorf("it ends with %q", c.text())
		}
		if !stalled.ended() {
			t.Error("the stalled stream lives on")
		}
	})
}
