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
	// slots spreads the heartbeats over their period, so that they never come
	// in a burst that a picture would have to wait for.
	slots = 15
	tick  = Heartbeat / slots
	// breath is how many writes that can wait are made between two looks at
	// whether a picture has come, which cannot.
	breath = 32
	// A burst is when one pass had to tell of several pictures. The next pass
	// then waits for a share of what passes take, at most gatherMost, so that
	// more of the burst goes out with it: every picture in it saves a write a
	// viewer. A lone picture waits for nothing.
	burstOver   = time.Second
	gatherShare = 3
	gatherMost  = 20 * time.Millisecond
)

// A shard owns a share of the sockets. Its goroutine is the only one that
// writes to them once they have arrived.
type shard struct {
	pool    *Pool
	poller  *poller
	buffers sync.Pool // of *[]byte
	signal  chan struct{}

	mu       sync.Mutex // guards what others hand over
	dirty    []*hub.Frame
	arrivals []arrival

	groups map[*hub.Frame]*group
	byFD   []*viewer
	slots  [slots][]*viewer
	count  int
	gen    int32
	late   []*viewer
	news   []*hub.Frame // frames with something that can wait
	left   map[*hub.Frame]int
	gone   []farewell
	beat   *hub.Event // the current second's time event
	second int64      // which one that is
	beats  int
	due    []*viewer // whose turn it is
	memo   [4]memo   // by format
	events []*hub.Event

	passEnded time.Time     // the last pass with pictures,
	passTook  time.Duration // how long it took,
	burst     bool          // and whether it had several of them
}

type arrival struct {
	v     *viewer
	frame *hub.Frame
}

type farewell struct {
	ended func(error)
	cause error
}

// A memo is what most viewers of a pass need: what lies after a position.
type memo struct {
	snapshot *hub.Snapshot
	position uint64
	bytes    []byte
	scratch  []byte // bytes, where they are those of several events
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
		left:    map[*hub.Frame]int{},
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
	s.poke()
}

func (s *shard) arrive(a arrival) {
	s.mu.Lock()
	s.arrivals = append(s.arrivals, a)
	s.mu.Unlock()
	s.poke()
}

func (s *shard) poke() {
	select {
	case s.signal <- struct{}{}:
	default:
	}
}

func (s *shard) run() {
	if s.pool.spare {
		// A write in which the kernel turns to something else looks to the
		// scheduler like one that blocks, and it moves us to another thread in the
		// middle of a pass. Keeping ours serves the last viewer some 5 % sooner.
		runtime.LockOSThread()
	}
	clock := time.NewTicker(tick)
	clock.Stop() // no viewers, no heartbeat
	running := false
	for {
		select {
		case <-s.signal:
			s.gather()
			s.serve()
		case events := <-s.poller.ready:
			for _, e := range events {
				s.attend(e)
			}
			s.poller.handled <- struct{}{}
		case now := <-clock.C:
			s.dropStalled(now)
			s.heartbeat(now)
			s.serve()
		}
		s.sayFarewell()
		if running != (s.count > 0) {
			if running = !running; running {
				clock.Reset(tick)
			} else {
				clock.Stop()
			}
		}
	}
}

// gather lets a burst come together.
func (s *shard) gather() {
	if s.burst && time.Since(s.passEnded) < burstOver {
		time.Sleep(min(s.passTook/gatherShare, gatherMost))
	}
}

// serve brings everybody up to date, pictures first.
func (s *shard) serve() {
	s.collect()
	for len(s.news) > 0 {
		f := s.news[0]
		s.news = slices.Delete(s.news, 0, 1)
		if g := s.groups[f]; g != nil {
			s.pass(g, true)
		}
	}
}

// collect takes what others have handed over. Frames with a new picture, and
// those that close, are served at once; the others are news.
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
		} else if !slices.Contains(s.news, f) {
			s.news = append(s.news, f)
		}
	}
}

// pass writes to the viewers of g what they do not have. Everything that has
// come by its start goes out in one write each, so that a burst of pictures
// costs no more writes than one. A pass that can wait lets pictures overtake.
//
// It goes upwards, as their sockets lie in memory: downwards the processor waits
// more for it, which is 1 to 2 % of all work.
func (s *shard) pass(g *group, canWait bool) {
	began, now := time.Now(), g.frame.Now()
	for i := 0; i < len(g.viewers); {
		if i%breath == 0 {
			if !s.pool.spare {
				runtime.Gosched() // those who publish want their answers
			}
			if canWait && len(s.signal) > 0 {
				<-s.signal
				s.collect()
				if i >= len(g.viewers) { // some have left
					break
				}
			}
		}
		v := g.viewers[i]
		if v.late == nil && !v.ending && (v.position < now.Serial() || now.Closing()) {
			s.update(v, now)
		}
		if i < len(g.viewers) && g.viewers[i] == v { // else it has left its place to another
			i++
		}
	}
	if !canWait {
		s.passEnded = time.Now()
		s.passTook = s.passEnded.Sub(began)
		s.burst = now.Newer(g.pictures) > 1
	}
	g.pictures = max(g.pictures, now.PictureSerial())
}

// update writes what lies between v's position and now.
func (s *shard) update(v *viewer, now *hub.Snapshot) {
	m := &s.memo[v.format]
	if m.snapshot != now || m.position != v.position {
		s.remember(m, now, v.position, v.format)
	}
	b := m.bytes
	v.position = now.Serial()
	if now.Closing() {
		v.ending = true
		b = appendEnd(m.scratch[:0:0], b, v.format)
	}
	s.send(v, b, len(m.scratch) == 0 && !v.ending)
}

func (s *shard) remember(m *memo, now *hub.Snapshot, position uint64, f wire.Format) {
	m.snapshot, m.position = now, position
	m.bytes, m.scratch = nil, m.scratch[:0]
	s.events = s.events[:0]
	if position < now.Serial() {
		s.events, _ = now.After(position, s.events)
	}
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

// send writes b to a viewer whose socket has taken all so far. Bytes that are
// not kept by an event have to be copied where the socket does not take them.
func (s *shard) send(v *viewer, b []byte, kept bool) {
	if len(b) == 0 {
		return
	}
	n, err := write(v.fd, b)
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
	s.pool.sent.Add(1)
}

// heartbeat writes the time to the viewers whose turn it is.
func (s *shard) heartbeat(now time.Time) {
	if second := now.Unix(); second != s.second {
		s.second, s.beat = second, hub.NewTime(now)
	}
	s.beats++
	s.due = append(s.due[:0], s.slots[s.beats%slots]...) // who leaves changes the slot
	for i, v := range s.due {
		if i%breath == 0 && len(s.signal) > 0 {
			<-s.signal
			s.collect()
		}
		if v.late == nil && !v.ending && s.byFD[v.fd] == v {
			s.send(v, s.beat.Bytes(v.format), true)
		}
	}
	clear(s.due)
}
