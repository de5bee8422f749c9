package stream

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"picture-frame/hub"
)

// small returns a connection whose receive buffer holds little, so that the
// server's socket is soon full.
func (s *stage) small() net.Conn {
	s.t.Helper()
	dialer := net.Dialer{Control: func(_, _ string, raw syscall.RawConn) (err error) {
		failed := raw.Control(func(fd uintptr) {
			err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 4096)
		})
		return errors.Join(err, failed)
	}}
	conn, err := dialer.Dial("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	return conn
}

// big is a picture's data that fills buffers quickly: its number, all over.
func big(i int) string { return strings.Repeat(fmt.Sprintf("%05d,", i), 1400) }

// number is the number of a picture's data, which has to be whole.
func number(data string) int {
	var n int
	fmt.Sscanf(data, "%05d,", &n)
	if strings.Count(data, data[:6])*6 != len(data) {
		return -1000 // bytes of another picture are in it
	}
	return n
}

// timeless returns a pool of one shard without its clock: no viewer is dropped
// for being slow, at the end neither.
func timeless(h *hub.Hub, log *slog.Logger) *Pool {
	p := &Pool{hub: h, log: log, stall: unhurried, traffic: new(Traffic), spread: func(time.Duration) {}}
	s, err := newShard(p)
	if err != nil {
		panic(err)
	}
	p.shards = []*shard{s}
	go func() {
		for {
			select {
			case <-s.signal:
				s.serve()
			case events := <-s.poller.ready:
				for _, e := range events {
					s.handlePoll(e)
				}
				s.poller.handled <- struct{}{}
			}
			s.notifyLeft()
		}
	}()
	return p
}

func TestLateViewerCatchesUp(t *testing.T) {
	s := newStage(t, unhurried)
	late := s.openOn(s.small(), "main", "", "HTTP/1.1", "")
	prompt := s.open("main", "", "HTTP/1.1", "")
	for i := range 90 { // 720 KB, far more than the buffers between us
		s.publish("main", big(i))
		if got := number(prompt.picture()); got != i {
			t.Fatalf("while another does not read: got picture %d, want %d", got, i)
		}
	}
	for i := range 90 {
		if got := number(late.picture()); got != i {
			t.Fatalf("late viewer got picture %d, want %d", got, i)
		}
	}
	s.publish("main", big(90))
	if got := number(late.picture()); got != 90 {
		t.Errorf("caught up, the viewer got picture %d, want 90", got)
	}
}

func TestLongReplayDoesNotFitTheSocket(t *testing.T) {
	s := newStage(t, unhurried)
	first := s.publish("main", big(0))
	for i := range hub.HistorySize {
		s.publish("main", big(i+1))
	}
	c := s.openOn(s.small(), "main", first, "HTTP/1.1", "")
	for i := range hub.HistorySize {
		if got := number(c.picture()); got != i+1 {
			t.Fatalf("got picture %d, want %d", got, i+1)
		}
	}
}

// Several pictures that go out in one write are put together in memory that
// the next pass uses again.
func TestBurstInterruptedByAFullSocket(t *testing.T) {
	s := newStage(t, unhurried)
	var slow []*client
	for range 8 {
		slow = append(slow, s.openOn(s.small(), "main", "", "HTTP/1.1", ""))
	}
	const bursts, size = 9, 10
	for b := range bursts {
		var all sync.WaitGroup
		all.Go(func() {
			for i := range size {
				s.publish("main", big(b*size+i))
			}
		})
		all.Wait()
		for i := range size {
			if got := number(slow[0].picture()); got != b*size+i {
				t.Fatalf("got picture %d, want %d", got, b*size+i)
			}
		}
	}
	for _, c := range slow[1:] {
		for want := range bursts * size {
			if got := number(c.picture()); got != want {
				t.Fatalf("got picture %d, want %d", got, want)
			}
		}
	}
}

func TestViewerBehindTheHistoryIsDropped(t *testing.T) {
	s := newStage(t, unhurried)
	late := s.openOn(s.small(), "main", "", "HTTP/1.1", "")
	// Who reads on shows that each picture has gone out before the next one comes. Of
	// more than a history at a time every viewer gets a reset.
	prompt, last := s.open("main", "", "HTTP/1.1", ""), ""
	for i := range 3 * hub.HistorySize {
		last = s.publish("main", big(i))
		if got := number(prompt.picture()); got != i {
			t.Fatalf("got picture %d, want %d", got, i)
		}
	}
	seen := -1
	for {
		event, err := readBlock(late)
		if err != nil {
			break // dropped
		}
		if n := strings.Index(event, "data: "); n >= 0 && strings.Contains(event, "event: picture") {
			if got := number(strings.TrimSuffix(event[n+6:], "\n")); got != seen+1 {
				t.Fatalf("got picture %d after %d", got, seen)
			}
			seen++
		}
	}
	if err := s.cause(); !errors.Is(err, hub.ErrBehind) {
		t.Errorf("the stream ended with %v, want hub.ErrBehind", err)
	}
	again := s.open("main", last, "HTTP/1.1", "")
	s.publish("main", "new")
	if got := again.picture(); got != "new" {
		t.Errorf("back again: got %.10q, want new", got)
	}
}

// readBlock reads up to a blank line and reports a broken stream.
func readBlock(c *client) (string, error) {
	var block strings.Builder
	for {
		line, err := c.body.ReadString('\n')
		if err != nil {
			return "", err
		}
		if line == "\n" {
			return block.String(), nil
		}
		block.WriteString(line)
	}
}

func TestViewerThatDoesNotReadIsDropped(t *testing.T) {
	s := newStage(t, 2*time.Second)
	s.openOn(s.small(), "main", "", "HTTP/1.1", "")
	for i := range 60 {
		s.publish("main", big(i))
	}
	// The shard or the kernel, whose time-out is the same, notices it first.
	if err := s.cause(); !errors.Is(err, ErrStalled) && !errors.Is(err, ErrGone) {
		t.Errorf("the stream ended with %v, want ErrStalled", err)
	}
	s.viewers("main", 0)
}

func TestHangUpWhileLate(t *testing.T) {
	s := newStage(t, unhurried)
	late := s.openOn(s.small(), "main", "", "HTTP/1.1", "")
	for i := range 60 {
		s.publish("main", big(i))
	}
	late.conn.Close()
	s.viewers("main", 0)
	s.cause()
}

func TestLateViewerIsToldOfTheEnd(t *testing.T) {
	s := newStageOver(t, timeless)
	late := s.openOn(s.small(), "main", "", "HTTP/1.1", "")
	for i := range 60 {
		s.publish("main", big(i))
	}
	s.hub.Close()
	for i := range 60 {
		if got := number(late.picture()); got != i {
			t.Fatalf("got picture %d, want %d", got, i)
		}
	}
	last, event := "", late.next()
	for event != "" {
		last, event = event, late.next()
	}
	if !strings.HasPrefix(last, "bye ") {
		t.Errorf("last event: got %q, want bye", last)
	}
}

// A viewer that reads nothing has less time when the process stops.
func TestLateViewerDoesNotHoldUpTheEnd(t *testing.T) {
	s := newStage(t, unhurried)
	s.openOn(s.small(), "main", "", "HTTP/1.1", "")
	for i := range 60 {
		s.publish("main", big(i))
	}
	if most := stallAtEnd + tick; most > 4*time.Second {
		t.Errorf("it may take %v of the 5 s that a stop may take", most)
	}
	s.hub.Close()
	if err := s.cause(); !errors.Is(err, ErrStalled) { // its usual time is longer than we wait
		t.Errorf("the stream ended with %v, want ErrStalled", err)
	}
}

// The model of a viewer: whatever happens to its connections, the pictures it
// gets are those that were published, each once, in order.
func TestEveryPictureOnceInOrder(t *testing.T) {
	const pictures, viewers = 90, 12 // fewer pictures than are kept
	s := newStage(t, unhurried)
	first := s.publish("main", big(-1))
	var all sync.WaitGroup
	for v := range viewers {
		rng := rand.New(rand.NewPCG(uint64(v), 1))
		all.Go(func() { s.watchAndCut(v, first, pictures, rng) })
	}
	all.Go(func() {
		for i := range pictures {
			s.publish("main", big(i)[:6*(rand.N(1399)+1)])
			if i%10 == 0 { // now and then another event comes between
				s.hub.AnnounceSearch(t.Context(), "main", "x")
			}
		}
	})
	all.Wait()
}

// watchAndCut reads pictures from connections that it cuts at random places.
func (s *stage) watchAndCut(viewer int, last string, pictures int, rng *rand.Rand) {
	for next := 0; next < pictures; {
		conn := s.small()
		c := s.openOn(conn, "main", last, []string{"HTTP/1.1", "HTTP/1.0"}[viewer%2], "")
		c.body.Reset(io.LimitReader(c.resp.Body, rng.Int64N(100_000)))
		for next < pictures {
			block, err := readBlock(c)
			if err != nil {
				break
			}
			if !strings.Contains(block, "event: picture") {
				if strings.Contains(block, "event: reset") {
					s.t.Errorf("viewer %d was reset after %s", viewer, last)
				}
				continue
			}
			_, after, _ := strings.Cut(block, "id: ")
			last, _, _ = strings.Cut(after, "\n")
			_, data, _ := strings.Cut(strings.TrimSuffix(block, "\n"), "data: ")
			if got := number(data); got != next {
				s.t.Errorf("viewer %d got picture %d, want %d", viewer, got, next)
				return
			}
			next++
		}
		conn.Close()
	}
}

// Without its clock a shard writes no heartbeats, which would find it out too.
func TestHangUpIsNoticedWithoutAWrite(t *testing.T) { hangUp(t, newStageOver(t, timeless)) }
