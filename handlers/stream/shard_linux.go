package stream

import (
	"runtime"
	"slices"
	"sync"
	"time"

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
