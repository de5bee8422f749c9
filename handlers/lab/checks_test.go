package lab

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestLabQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newBench(t).open("GET /lab/quiet?seconds=90 HTTP/1.0")
		<-c.end
		wantArrivals(t, c, arrival{0, "event: quiet\ndata: 90\n\n"}, arrival{90 * time.Second, "event: done\ndata: 90\n\n"})
	})
}

func TestLabRefusesBadParameters(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		for _, path := range []string{
			"/lab/time?loop=0", "/lab/time?loop=-1", "/lab/time?loop=3601", "/lab/time?loop=x", "/lab/time?loop=", "/lab/time?loop=1.5",
			"/lab/quiet?seconds=0", "/lab/quiet?seconds=301", "/lab/stream", "/lab/stream?visit=short",
		} {
			if c := b.open(fmt.Sprintf(get, path)); !strings.HasPrefix(c.head, "HTTP/1.1 400 ") {
				t.Errorf("%s: %s", path, c.head)
			}
		}
	})
}

func TestLabHopTellsHowARequestArrived(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		request := "GET /lab/hop?host=frame HTTP/1.0\nHost: frame\nVia: 1.1 somebody\nX-Forwarded-For: 192.0.2.7"
		c := newBench(t).open(request)
		<-c.end
		want := fmt.Sprintf(`{"proto":"HTTP/1.0","via":"1.1 somebody","forwarded":true,"host_kept":true,"header_bytes":%d}`,
			len(strings.ReplaceAll(request, "\n", "\r\n"))+len("\r\n\r\n"))
		if got := strings.TrimSpace(c.text()); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}
