package web

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A stalled reader takes nothing until it is released.
type stalled struct {
	text
	release chan struct{}
}

func (s *stalled) Write(p []byte) (int, error) {
	<-s.release
	return s.text.Write(p)
}

// Whoever logs does not wait for the reader of the log, nor does the end of the
// process for long; and what the reader has missed is told.
func TestLogWaitsForNoReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := stalled{release: make(chan struct{})}
		log, end := (&Settings{LogFormat: "text"}).Logger(&out)
		log.Warn("first")
		synctest.Wait() // it is being written
		line := strings.Repeat("x", maxQueued/8)
		for range 10 {
			log.Warn(line) // seven find room
		}
		began := time.Now()
		end(time.Second)
		if took := time.Since(began); took != time.Second {
			t.Errorf("the log ended after %v, want 1 s", took)
		}
		close(out.release)
		synctest.Wait()
		if n := strings.Count(out.String(), line); n != 7 || !strings.Contains(out.String(), "level=WARN msg=\"lines lost: the reader of this log was too slow\" lines=3\n") {
			t.Errorf("the reader got %d lines, want 7 and the number of those that it missed: …%s", n, out.String()[max(0, len(out.String())-200):])
		}
	})
}
