package stream

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/labstack/echo/v4"
)

// held is a log's file whose reader takes nothing until it is told to.
type held struct {
	bytes.Buffer
	once    sync.Once
	release chan struct{}
}

func (h *held) Write(p []byte) (int, error) {
	h.once.Do(func() { <-h.release })
	return h.Buffer.Write(p)
}

// A crowd that leaves at once waits for no log, however slow that is; and what is too
// much for it is summed up.
func TestACrowdDoesNotWaitForTheLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const extra = 7
		out := &held{release: make(chan struct{})}
		a := &Admission{}
		a.Log(slog.New(slog.NewTextHandler(out, nil)))
		c := echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/", nil), nil)
		leave := func() {
			visit, err := a.Enter(c, OverSSE, "main")
			if err != nil {
				t.Fatal(err)
			}
			visit.Leave(End{Cause: ErrGone})
		}
		leave()
		synctest.Wait() // its line is being written
		for range linesWaiting + extra {
			leave()
		}
		if n := a.Counts().Closed[OverSSE][Left]; n != linesWaiting+extra+1 {
			t.Errorf("%d have left, want %d", n, linesWaiting+extra+1)
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if a.Wait(ended) == nil {
			t.Error("all was logged by a log that takes nothing")
		}
		close(out.release)
		if err := a.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		if n := strings.Count(out.String(), "stream closed"); n != linesWaiting+1 {
			t.Errorf("%d lines, want %d", n, linesWaiting+1)
		}
		if !strings.Contains(out.String(), "streams=7") {
			t.Errorf("what is too much is not summed up: %s", out.String()[out.Len()-300:])
		}
	})
}
