package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// BenchmarkFanOut is what a viewer and a delivery cost, of this program and of
// the textbook's: real processes, 10,000 real connections, one word after the
// other. Read it as ratios between the two, of one run.
//
//	go test -run '^$' -bench FanOut -benchtime 30x ./web/e2e
func BenchmarkFanOut(b *testing.B) {
	for _, server := range []struct {
		name, source string
		receipts     int // a picture: what a crowd of this size sends
	}{
		{"picture-frame", "picture-frame", 0},
		{"picture-frame with receipts", "picture-frame", 200},
		{"textbook", "./testdata/textbook", 0},
	} {
		b.Run(server.name, func(b *testing.B) { fanOut(b, server.source, 10_000, server.receipts) })
	}
}

func fanOut(b *testing.B, source string, viewers, receipts int) {
	program := filepath.Join(b.TempDir(), "server")
	if out, err := exec.Command("go", "build", "-o", program, source).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	_, port, _ := net.SplitHostPort(address)
	server := exec.Command(program)
	server.Dir = b.TempDir()
	server.Env = []string{"HOST=127.0.0.1", "PORT=" + port, "PICTURES=album", "SEARCHES_PER_MINUTE=0"}
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	defer server.Wait()
	defer server.Process.Kill()
	for deadline := time.Now().Add(patience); ; {
		if conn, err := net.Dial("tcp", address); err == nil {
			conn.Close()
			break
		} else if time.Now().After(deadline) {
			b.Fatal(err)
		}
	}
	proc := process{b, server.Process.Pid}
	publish := func() {
		resp, err := http.PostForm("http://"+address+"/publish", url.Values{"keyword": {"ocean"}})
		if err != nil {
			b.Fatal(err)
		}
		resp.Body.Close()
	}
	publish() // so that what is made once is made
	empty := proc.memory()
	crowd := newCrowd(b, address, viewers)
	crowd.wait(int64(viewers), []byte("\r\n\r\n"))
	settled := proc.memory()
	for range 40 { // until memory has been tidied and has come to rest
		time.Sleep(100 * time.Millisecond)
		settled = proc.memory()
	}
	ticks, delivered := proc.cpu(), 0
	b.ResetTimer()
	for b.Loop() {
		crowd.seen = 0
		publish()
		crowd.wait(int64(viewers), []byte("event: picture"))
		delivered += viewers
		if receipts > 0 {
			sendReceipts(b, "http://"+address, receipts)
			// All are told on how many screens it is, which is one more delivery to each.
			crowd.seen = 0
			crowd.wait(int64(viewers), []byte("event: seen"))
			delivered += viewers
		}
	}
	b.ReportMetric(float64(settled-empty)/float64(viewers), "RSS-B/viewer")
	b.ReportMetric((proc.cpu()-ticks).Seconds()*1e6/float64(delivered), "CPU-us/delivery")
}

// sendReceipts posts receipts of so many screens for the current picture, over one
// connection: there are not always ports for more.
func sendReceipts(b *testing.B, base string, screens int) {
	resp, err := http.Get(base + "/history?limit=1")
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	var kept struct{ Pictures []struct{ ID string } }
	if err := json.NewDecoder(resp.Body).Decode(&kept); err != nil || len(kept.Pictures) == 0 {
		b.Fatalf("the current picture: %v", err)
	}
	for i := range screens {
		body := fmt.Sprintf(`{"frame":"main","id":%q,"screen":"screen %d","wait":20}`, kept.Pictures[0].ID, i)
		resp, err := http.Post(base+"/seen", asJSON, strings.NewReader(body))
		if err != nil || resp.StatusCode != http.StatusNoContent {
			b.Fatalf("a receipt: %v, %v", resp, err)
		}
		resp.Body.Close()
	}
}

// A process is read through /proc.
type process struct {
	b   *testing.B
	pid int
}

func (p process) file(name string) string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", p.pid, name))
	if err != nil {
		p.b.Fatal(err)
	}
	return string(text)
}

// memory is the resident set, in bytes.
func (p process) memory() int {
	_, rest, _ := strings.Cut(p.file("status"), "VmRSS:")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		p.b.Fatal(err)
	}
	return kb << 10
}

// cpu is the time spent in user and in system mode.
func (p process) cpu() time.Duration {
	const perSecond = 100 // USER_HZ, on every architecture that Go knows
	text := p.file("stat")
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+2:])
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / perSecond
}

// A crowd is many subscriptions read by one goroutine.
type crowd struct {
	b    *testing.B
	ep   int
	seen int64
}

func newCrowd(b *testing.B, address string, viewers int) *crowd {
	ep, err := unix.EpollCreate1(0)
	if err != nil {
		b.Fatal(err)
	}
	c := &crowd{b: b, ep: ep}
	b.Cleanup(func() { unix.Close(ep) })
	to, err := net.ResolveTCPAddr("tcp4", address)
	if err != nil {
		b.Fatal(err)
	}
	for i := range viewers {
		fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { unix.Close(fd) })
		// Ports of one address do not last for several runs.
		from := unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, byte(2 + i/5000)}}
		unix.SetsockoptInt(fd, unix.SOL_IP, unix.IP_BIND_ADDRESS_NO_PORT, 1)
		unix.SetsockoptLinger(fd, unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1})
		if err := unix.Bind(fd, &from); err != nil {
			b.Fatal(err)
		}
		if err := unix.Connect(fd, &unix.SockaddrInet4{Port: to.Port, Addr: [4]byte(to.IP.To4())}); err != nil {
			b.Fatal(err)
		}
		unix.SetNonblock(fd, true)
		e := unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fd)}
		if err := unix.EpollCtl(ep, unix.EPOLL_CTL_ADD, fd, &e); err != nil {
			b.Fatal(err)
		}
		if _, err := unix.Write(fd, []byte("GET /subscribe HTTP/1.1\r\nHost: "+address+"\r\nAccept: text/event-stream\r\n\r\n")); err != nil {
			b.Fatal(err)
		}
	}
	return c
}

// wait reads until the mark has been seen by so many connections. A read sees
// at most one: each round begins when all of the last has arrived.
func (c *crowd) wait(n int64, mark []byte) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	events, buf := make([]unix.EpollEvent, 1024), make([]byte, 64<<10)
	for c.seen < n {
		if ctx.Err() != nil {
			c.b.Fatalf("%d of %d viewers were served", c.seen, n)
		}
		ready, err := unix.EpollWait(c.ep, events, 100)
		if err != nil && err != unix.EINTR {
			c.b.Fatal(err)
		}
		for _, e := range events[:max(0, ready)] {
			k, err := unix.Read(int(e.Fd), buf)
			if err != nil || k == 0 {
				c.b.Fatalf("a viewer was cut off: %v", err)
			}
			if bytes.Contains(buf[:k], mark) {
				c.seen++
			}
		}
	}
}
