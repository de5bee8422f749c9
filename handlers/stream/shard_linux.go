package stream

import (
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"picture-frame/hub"
	"picture-frame/hub/wire"
)

const (
	// slots spreads the heartbeats over their period, so that a picture never has
	// to wait for all of them.
	slots = 15
	tick  = Heartbeat / slots
	// yieldEvery is the number of writes that can wait after which a pass checks
	// whether a picture has come, which cannot wait.
	yieldEvery = 32
	// If a pass had several new pictures, it was in a burst. The next pass then
	// waits for a share of the time that passes take, at most coalesceMost, so
	// that more of the burst goes out with it, because each picture that does
	// saves a write a viewer. A single picture never waits.
	burstOver     = time.Second
	coalesceShare = 3
	coalesceMost  = 20 * time.Millisecond
)

// A shard owns a share of the sockets. Its goroutine is the only one that
// writes to them once they have arrived.
type shard struct {
	pool    *Pool
	poller  *poller
	buffers sync.Pool // of *[]byte
	signal  chan struct{}

	mu       sync.Mutex // guards dirty and arrivals, which other goroutines append to
	dirty    []*hub.Frame
	arrivals []arrival

	groups   map[*hub.Frame]*group
	byFD     []*viewer
	slots    [slots][]*viewer
	count    int
	gen      int32
	late     []*viewer
	deferred []*hub.Frame // frames whose new events can wait: no pictures
	left     map[leaver]int
	gone     []departure
	sent     [wire.Formats]Sent // since notifySent
	beat     *hub.Event         // the current second's time event
	second   int64              // the second that beat is for
	beats    int
	due      []*viewer // of the heartbeat
	memo     [4]memo   // by format
	events   []*hub.Event

	passEnded time.Time     // the last pass with pictures,
	passTook  time.Duration // how long it took,
	burst     bool          // and whether it had several of them
}

type arrival struct {
	v     *viewer
	frame *hub.Frame
}

// A leaver is what viewers that leave together have in common.
type leaver struct {
	frame *hub.Frame
	by    hub.Transport
}

type departure struct {
	ended func(End)
	end   End
}

// A memo caches the bytes that lie after a position in a snapshot. Most viewers
// of a pass need the same.
type memo struct {
	snapshot *hub.Snapshot
	position uint64
	events   uint32
	bytes    []byte
	scratch  []byte // the memory of bytes if they belong to several events
}

func newShard(p *Pool) (*shard, error) {
	poller, err := newPoller()
	if err != nil {
		return nil, err
	}
	s := &shard{
		pool:    p,
		poller:  poller,
		buffers: sync.Pool{New: func() any { return new([]byte) }},
		signal:  make(chan struct{}, 1),
		groups:  map[*hub.Frame]*group{},
		left:    map[leaver]int{},
	}
	return s, nil
}

// Wake implements hub.Waker.
func (s *shard) Wake(f *hub.Frame) {
	s.mu.Lock()
	if !slices.Contains(s.dirty, f) {
		s.dirty = append(s.dirty, f)
	}
	s.mu.Unlock()
	s.notify()
}

func (s *shard) arrive(a arrival) {
	s.mu.Lock()
	s.arrivals = append(s.arrivals, a)
	s.mu.Unlock()
	s.notify()
}

func (s *shard) notify() {
	select {
	case s.signal <- struct{}{}:
	default:
	}
}

func (s *shard) run() {
	if s.pool.spareCPU {
		// If the kernel preempts a write, Go's scheduler takes it for one that
		// blocks, and continues this goroutine on another thread in the middle of a
		// pass. Keeping the thread serves the last viewer some 5 % sooner.
		runtime.LockOSThread()
	}
	clock := time.NewTicker(tick)
	clock.Stop() // no viewers, no heartbeat
	running := false
	for {
		select {
		case <-s.signal:
			s.coalesce()
			s.serve()
		case events := <-s.poller.ready:
			for _, e := range events {
				s.handlePoll(e)
			}
			s.poller.handled <- struct{}{}
		case now := <-clock.C:
			s.dropStalled(now)
			s.heartbeat(now)
			s.serve()
		}
		s.notifySent()
		s.notifyLeft()
		if running != (s.count > 0) {
			if running = !running; running {
				clock.Reset(tick)
			} else {
				clock.Stop()
			}
		}
	}
}

// coalesce waits in a burst, so that the next pass has more of it.
func (s *shard) coalesce() {
	if s.burst && time.Since(s.passEnded) < burstOver {
		time.Sleep(min(s.passTook/coalesceShare, coalesceMost))
	}
}

// serve writes to every viewer what it does not have, pictures first.
func (s *shard) serve() {
	s.collect()
	for len(s.deferred) > 0 {
		f := s.deferred[0]
		s.deferred = slices.Delete(s.deferred, 0, 1)
		if g := s.groups[f]; g != nil {
			s.pass(g, true)
		}
	}
}

// collect takes over dirty and arrivals. A frame with a new picture, or one that
// closes, is served at once; any other is deferred.
func (s *shard) collect() {
	s.mu.Lock()
	arrivals, dirty := s.arrivals, s.dirty
	s.arrivals, s.dirty = nil, nil
	s.mu.Unlock()
	for _, a := range arrivals {
		s.add(a)
	}
	for _, f := range dirty {
		g := s.groups[f]
		if g == nil {
			continue
		}
		if now := f.Now(); now.PictureSerial() > g.pictures || now.Closing() {
			s.pass(g, false)
		} else if !slices.Contains(s.deferred, f) {
			s.deferred = append(s.deferred, f)
		}
	}
}

// pass writes to each viewer of g what it does not have of the events that have
// come by the start of the pass, in one write, so that a burst of pictures costs
// no more writes than one. A pass that can wait serves new pictures in between.
//
// It goes upwards through the viewers, because that is the order of their sockets
// in memory. Downwards, cache misses add 1 to 2 % to all work.
func (s *shard) pass(g *group, canWait bool) {
	began, now := time.Now(), g.frame.Now()
	for i := 0; i < len(g.viewers); {
		if i%yieldEvery == 0 {
			if !s.pool.spareCPU {
				runtime.Gosched() // publishers wait for their answers
			}
			if canWait && len(s.signal) > 0 {
				<-s.signal
				s.collect()
				if i >= len(g.viewers) { // collect has dropped some
					break
				}
			}
		}
		v := g.viewers[i]
		if v.late == nil && !v.ending && (v.position < now.Serial() || now.Closing()) {
			s.update(v, now)
		}
		if i < len(g.viewers) && g.viewers[i] == v { // else v was dropped, and drop has moved the last viewer to i
			i++
		}
	}
	if !canWait {
		s.passEnded = time.Now()
		s.passTook = s.passEnded.Sub(began)
		s.burst = now.Newer(g.pictures) > 1
	}
	for at := range now.Broadcasts(g.pictures) {
		s.pool.spread(time.Since(at))
	}
	g.pictures = max(g.pictures, now.PictureSerial())
}

// update writes what lies between v's position and now.
func (s *shard) update(v *viewer, now *hub.Snapshot) {
	m := &s.memo[v.format]
	if m.snapshot != now || m.position != v.position {
		s.remember(m, now, v.position, v.format)
	}
	b, events := m.bytes, m.events
	v.position = now.Serial()
	if now.Closing() {
		v.ending = true
		b = appendEnd(m.scratch[:0:0], b, v.format)
		events++ // the bye
	}
	s.send(v, b, events, len(m.scratch) == 0 && !v.ending)
}

func (s *shard) remember(m *memo, now *hub.Snapshot, position uint64, f wire.Format) {
	m.snapshot, m.position = now, position
	m.bytes, m.scratch = nil, m.scratch[:0]
	s.events = s.events[:0]
	if position < now.Serial() {
		s.events, _ = now.After(position, s.events)
	}
	m.events = uint32(len(s.events))
	switch len(s.events) {
	case 0:
	case 1:
		m.bytes = s.events[0].Bytes(f)
	default:
		for _, e := range s.events {
			m.scratch = append(m.scratch, e.Bytes(f)...)
		}
		m.bytes = m.scratch
	}
	clear(s.events)
}

// appendEnd appends what a viewer still has to get, a bye, and the end of the
// chunked body.
func appendEnd(b, pending []byte, f wire.Format) []byte {
	b = append(append(b, pending...), Bye().Bytes(f)...)
	if f == f.Chunked() {
		b = append(b, "0\r\n\r\n"...)
	}
	return b
}

// send writes b, so many events, to a viewer that is not late. If the socket does not
// take all of it, the rest is copied unless it is kept: memory that an event owns.
func (s *shard) send(v *viewer, b []byte, events uint32, kept bool) {
	if len(b) == 0 {
		return
	}
	n, err := s.write(v, b, events)
	switch {
	case err != nil:
		s.drop(v, err)
		return
	case n < len(b):
		rest := b[n:]
		if !kept {
			rest = slices.Clone(rest)
		}
		s.fallBehind(v, rest)
		s.watch(v, unix.EPOLL_CTL_MOD)
	case v.ending:
		s.finish(v)
	}
}

// heartbeat writes the time to the viewers in the slot that is due.
func (s *shard) heartbeat(now time.Time) {
	if second := now.Unix(); second != s.second {
		s.second, s.beat = second, s.pool.hub.NewTime(now)
	}
	s.beats++
	s.due = append(s.due[:0], s.slots[s.beats%slots]...) // a copy, because drop changes the slot
	for i, v := range s.due {
		if i%yieldEvery == 0 && len(s.signal) > 0 {
			<-s.signal
			s.collect()
		}
		if v.late == nil && !v.ending && s.byFD[v.fd] == v {
			s.send(v, s.beat.Bytes(v.format), 1, true)
		}
	}
	clear(s.due)
}
