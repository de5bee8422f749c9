package stream

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"picture-frame/hub"
	"picture-frame/hub/memory"
	"picture-frame/hub/wire"
)

// perSocket is how many viewers of a bare shard share a socket: so many that it
// holds a picture for each, unread. Linux has one watched through two poll sets,
// ours and the runtime's, 500 times at most.
const perSocket = 200

// A bare is a shard without its goroutine: nothing happens in it but what the
// test calls. Its viewers have a descriptor each, of the same few sockets.
type bare struct {
	*shard
	tb     testing.TB
	joined int
	near   []int // what viewers' descriptors are copies of
	far    []int // the other ends
}

func newBare(tb testing.TB) *bare {
	tb.Helper()
	h := hub.New(memory.New(), slog.New(slog.DiscardHandler))
	go h.Run()
	s, err := newShard(&Pool{hub: h, stall: Stall, traffic: new(Traffic), spread: func(time.Duration) {}})
	if err != nil {
		tb.Fatal(err)
	}
	return &bare{shard: s, tb: tb}
}

func (b *bare) join() *viewer {
	b.tb.Helper()
	if b.joined++; b.joined > perSocket*len(b.near) {
		pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_NONBLOCK, 0)
		if err != nil {
			b.tb.Fatal(err)
		}
		b.tb.Cleanup(func() {
			unix.Close(pair[0])
			unix.Close(pair[1])
		})
		b.near, b.far = append(b.near, pair[0]), append(b.far, pair[1])
	}
	fd, err := unix.Dup(b.near[len(b.near)-1])
	if err != nil {
		b.tb.Fatal(err)
	}
	j, err := b.pool.hub.Join("main", "", hub.SSE, b.shard)
	if err != nil {
		b.tb.Fatal(err)
	}
	v := &viewer{fd: int32(fd), format: wire.SSEChunked, position: j.Position, ended: func(e End) { b.tb.Error("a viewer was dropped: ", e.Cause) }}
	b.add(arrival{v, j.Frame})
	return v
}

func (b *bare) leave(v *viewer) {
	b.tb.Helper()
	// The poller would go on to watch the socket, which has other descriptors.
	if err := unix.EpollCtl(b.poller.fd, unix.EPOLL_CTL_DEL, int(v.fd), nil); err != nil {
		b.tb.Fatal(err)
	}
	v.ended = func(End) {}
	b.drop(v, ErrGone)
	b.notifyLeft()
}

// read returns what has been written to any viewer since the last call.
func (b *bare) read() string {
	b.tb.Helper()
	var all strings.Builder
	buf := make([]byte, 1<<16)
	for _, fd := range b.far {
		for {
			n, err := unix.Read(fd, buf)
			if err == unix.EAGAIN {
				break
			}
			if err != nil {
				b.tb.Fatal(err)
			}
			all.Write(buf[:n])
		}
	}
	return all.String()
}

// However long viewers come and go, heartbeats stay spread over their period.
func TestHeartbeatsStaySpread(t *testing.T) {
	const each = 5
	b := newBare(t)
	var viewers []*viewer
	for range each * slots {
		viewers = append(viewers, b.join())
	}
	for i := range viewers {
		b.leave(viewers[i])
		viewers[i] = b.join()
	}
	for i, slot := range b.slots {
		if len(slot) != each {
			t.Errorf("slot %d has %d of %d viewers, want %d", i, len(slot), len(viewers), each)
		}
	}
}

// The clock stands still while there are no viewers. The next viewer must not get
// the time at which the last one left.
func TestTimeAfterALongSilence(t *testing.T) {
	b := newBare(t)
	for range slots { // so that every slot has a viewer
		b.join()
	}
	b.read()
	before := time.Date(2000, 1, 1, 7, 0, 0, 0, time.UTC)
	for i := range slots + 1 {
		b.heartbeat(before.Add(time.Duration(i) * tick))
	}
	if got := strings.Count(b.read(), "T07:00:"); got != slots+1 {
		t.Errorf("the time was told %d times, want %d", got, slots+1)
	}
	after := before.Add(time.Hour)
	for i := range slots {
		b.heartbeat(after.Add(time.Duration(i) * tick))
	}
	if got := strings.Count(b.read(), "T08:00:"); got != slots {
		t.Errorf("an hour later the new time was told %d times, want %d", got, slots)
	}
}

// Late viewers may catch up in any order.
func TestLateViewersAreListed(t *testing.T) {
	b := newBare(t)
	var viewers []*viewer
	for range 4 {
		v := b.join()
		b.fallBehind(v, []byte("x"))
		viewers = append(viewers, v)
	}
	for _, i := range []int{1, 0, 3, 2} {
		b.clearLate(viewers[i])
		for at, v := range b.late {
			if v.late.at != at || v == viewers[i] {
				t.Fatalf("after viewer %d has caught up, the list is %v", i, b.late)
			}
		}
	}
	if len(b.late) != 0 {
		t.Errorf("%d viewers are still late", len(b.late))
	}
}
