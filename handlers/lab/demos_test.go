package lab

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/handlers/request"
)

func TestLabPing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newBench(t).open(fmt.Sprintf(get, "/lab/ping"))
		<-c.end
		for _, line := range []string{"HTTP/1.1 200 OK", "\r\nContent-Type: text/plain", "\r\nTransfer-Encoding: chunked"} {
			if !strings.Contains(c.head, line) {
				t.Errorf("the header lacks %q: %s", line, c.head)
			}
		}
		s := time.Second
		wantArrivals(t, c,
			arrival{s, "5\r\nping\n\r\n"}, arrival{2 * s, "5\r\nping\n\r\n"}, arrival{3 * s, "5\r\nping\n\r\n"},
			arrival{4 * s, "5\r\nping\n\r\n"}, arrival{5 * s, "5\r\nping\n\r\n"},
			arrival{5 * s, "9\r\nok, bye!\n\r\n"}, arrival{5 * s, "0\r\n\r\n"})
	})
}

func TestLabPingInHTTP10(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newBench(t).open("GET /lab/ping HTTP/1.0")
		if end := <-c.end; end != 5*time.Second {
			t.Errorf("ended after %v", end)
		}
		if strings.Contains(c.head, "Transfer-Encoding") {
			t.Errorf("HTTP/1.0 has no chunks: %s", c.head)
		}
		s := time.Second
		wantArrivals(t, c, arrival{s, "ping\n"}, arrival{2 * s, "ping\n"}, arrival{3 * s, "ping\n"},
			arrival{4 * s, "ping\n"}, arrival{5 * s, "ping\n"}, arrival{5 * s, "ok, bye!\n"})
	})
}

func TestLabCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		c := b.open("GET /lab/count HTTP/1.0")
		<-c.end
		s := time.Second
		wantArrivals(t, c, arrival{0, "0\n"}, arrival{s, "1\n"}, arrival{2 * s, "2\n"}, arrival{3 * s, "3\n"}, arrival{4 * s, "4\n"})
		c = b.open("GET /lab/count?buffered=1 HTTP/1.0")
		<-c.end
		wantArrivals(t, c, arrival{4 * s, "0\n1\n2\n3\n4\n"})
	})
}

func TestLabTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		block := func(id, second int) string { // synctest's clock starts there
			return fmt.Sprintf("id: %d\nevent: time\nretry: 2000\ndata: 2000-01-01T00:00:%02dZ\n\n", id, second)
		}
		s := time.Second
		c := b.open("GET /lab/time?loop=3 HTTP/1.0")
		<-c.end
		if !strings.Contains(c.head, "\r\nContent-Type: text/event-stream") {
			t.Errorf("header: %s", c.head)
		}
		wantArrivals(t, c, arrival{0, block(1, 0)}, arrival{s, block(2, 1)}, arrival{2 * s, block(3, 2)})
		c = b.open("GET /lab/time?loop=1 HTTP/1.0\nLast-Event-ID: 41")
		<-c.end
		wantArrivals(t, c, arrival{0, block(42, 2)})
		// Without a loop it goes on, past every deadline of the server.
		c = b.open("GET /lab/time HTTP/1.0\nLast-Event-ID: nonsense")
		time.Sleep(time.Hour)
		synctest.Wait()
		if got := len(c.arrivals()); got != 3601 {
			t.Errorf("%d events in an hour, want 3601", got)
		}
		c.conn.Close()
		synctest.Wait()
		if open := b.admission.Open(); open != 0 {
			t.Errorf("%d streams open after the client has left", open)
		}
	})
}

func TestLabPrices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newBench(t).open("GET /lab/prices HTTP/1.0")
		time.Sleep(time.Minute)
		synctest.Wait()
		var prices []int
		for i, a := range c.arrivals() {
			var whole, cents int
			if n, _ := fmt.Sscanf(a.bytes, "event: prices\ndata: FRAME\ndata: %d.%02d\n\n", &whole, &cents); n != 2 || a.after != time.Duration(i)*time.Second {
				t.Fatalf("arrival %d: %v", i, a)
			}
			prices = append(prices, whole*100+cents)
		}
		if len(prices) != 61 || slices.Min(prices) == slices.Max(prices) {
			t.Errorf("prices %v", prices)
		}
		for i, p := range prices[1:] {
			if step := p - prices[i]; step < -200 || step > 200 {
				t.Errorf("a step of %d", step)
			}
		}
	})
}

func TestLabHeadEndsAfterTheHeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		for path, kind := range map[string]string{
			"/lab/ping": "text/plain", "/lab/count": "text/plain", "/lab/time": request.MIMEEventStream, "/lab/prices": request.MIMEEventStream,
			"/lab/stream?visit=" + strings.Repeat("a", 32): request.MIMEEventStream,
		} {
			c := b.open("HEAD " + path + " HTTP/1.1\nHost: frame\nConnection: close")
			if end := <-c.end; end != 0 || c.text() != "" || !strings.Contains(c.head, "Content-Type: "+kind) {
				t.Errorf("%s: %q after %v, %s", path, c.text(), end, c.head)
			}
		}
	})
}

func TestLabShowsItsOwnSource(t *testing.T) {
	for _, d := range demos {
		got, err := d.Source()
		name := "func " + d.Name + "Demo"
		if err != nil || !strings.HasPrefix(got, name+"(") || !strings.HasSuffix(got, "\n}") || strings.Count(got, name) != 1 || strings.Count(got, "\n") > 16 {
			t.Errorf("%s is shown as\n%s\nand %v", d.Name, got, err)
		}
	}
}
