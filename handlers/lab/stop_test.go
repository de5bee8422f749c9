package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestLabStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		var calls []*call
		for _, path := range []string{"/lab/ping", "/lab/time", "/lab/prices", "/lab/quiet", "/lab/count?buffered=1"} {
			calls = append(calls, b.open(fmt.Sprintf(get, path)))
		}
		synctest.Wait()
		if open := b.admission.Open(); open != len(calls) {
			t.Errorf("%d streams count as viewers, want %d", open, len(calls))
		}
		stopped := time.Now()
		b.lab.Close()
		if err := b.lab.Wait(t.Context()); err != nil || time.Since(stopped) != 0 {
			t.Errorf("waited %v: %v", time.Since(stopped), err)
		}
		for _, c := range calls {
			<-c.end
			if got := c.text(); !strings.HasSuffix(got, "0\r\n\r\n") {
				t.Errorf("no clean end: %q", got)
			}
		}
		if c := b.open(fmt.Sprintf(get, "/lab/ping")); !strings.HasPrefix(c.head, "HTTP/1.1 503 ") {
			t.Errorf("after the stop: %s", c.head)
		}
	})
}

func TestLabStopDoesNotWaitForWhoDoesNotRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		conn := b.dial()
		io.WriteString(conn, "GET /lab/time HTTP/1.0\r\n\r\n")
		if _, err := conn.Read(make([]byte, 1<<10)); err != nil { // the header, and then it never reads
			t.Fatal(err)
		}
		synctest.Wait()
		began := time.Now()
		b.lab.Close()
		if err := b.lab.Wait(t.Context()); err != nil || time.Since(began) > 3*time.Second {
			t.Errorf("waited %v: %v", time.Since(began), err)
		}
	})
}

func TestLabStreamsNeedAPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.admission.Max = 1
		first := b.open(fmt.Sprintf(get, "/lab/time"))
		if c := b.open(fmt.Sprintf(get, "/lab/prices")); !strings.HasPrefix(c.head, "HTTP/1.1 429 ") {
			t.Errorf("a stream too many: %s", c.head)
		}
		first.conn.Close()
		synctest.Wait()
		if c := b.open(fmt.Sprintf(get, "/lab/prices")); !strings.HasPrefix(c.head, "HTTP/1.1 200 ") {
			t.Errorf("once there is room: %s", c.head)
		}
	})
}

func TestLabWaitGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.open(fmt.Sprintf(get, "/lab/time"))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := b.lab.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Wait while a stream is open: %v", err)
		}
	})
}
