package web

import (
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A text may be read while a timer writes to it.
type text struct {
	mu      sync.Mutex
	builder strings.Builder
}

func (o *text) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.builder.Write(p)
}

func (o *text) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.builder.String()
}

func (o *text) Reset() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.builder.Reset()
}

// A flood of lines that say the same is counted, and buries nothing.
func TestLogIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out text
		log, end := (&Settings{LogFormat: "text"}).Logger(&out)
		flood := func() {
			for range linesAtOnce + 500 {
				log.With("method", "GET").Info("request")
				log.Warn("request failed")
			}
		}
		written := func(step, line string, want int) {
			t.Helper()
			synctest.Wait()
			if got := strings.Count(out.String(), line); got != want {
				t.Errorf("%s: got %d lines with %s, want %d", step, got, line, want)
			}
		}
		flood()
		log.Info("stopping")
		written("a flood", "msg=request method=GET", linesAtOnce)
		written("a flood", "level=WARN", linesAtOnce+500)
		written("a flood", "msg=stopping", 1)
		written("before it is counted", "left out", 0)
		time.Sleep(countEvery)
		written("a second later", `msg="lines left out" of=request lines=500`, 1)
		out.Reset()
		flood()
		written("another flood", "msg=request method=GET", linesASecond)
		time.Sleep(time.Minute)
		written("another flood", `msg="lines left out" of=request lines=1400`, 1)
		out.Reset()
		flood()
		written("after a quiet minute", "msg=request method=GET", linesAtOnce)
		end(time.Minute)
		written("at the end", `msg="lines left out" of=request lines=500`, 1)

		out.Reset()
		log, end = (&Settings{LogFormat: "text", LogLevel: slog.LevelDebug}).Logger(&out)
		flood()
		written("with everything logged", "msg=request method=GET", linesAtOnce+500)
		end(time.Minute)
	})
}
