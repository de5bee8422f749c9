package redis

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"picture-frame/hub"
)

const (
	// tellEvery is the least time between two reports of this process's viewers,
	// and remindEvery the most. A process that says nothing for forgetAfter is
	// gone; it is noticed a second later, and viewers are told after another.
	tellEvery   = time.Second
	remindEvery = 10 * time.Second
	forgetAfter = 23 * time.Second
)

// A crowd is the viewers of all processes: each tells the others of its own.
type crowd struct {
	store *Store
	count func() (open int, byAddress map[string]int) // streams of this process; may be nil

	mu      sync.Mutex
	here    map[string]hub.Viewers // by frame
	changed bool
	told    time.Time
	open    int              // as told
	others  map[string]heard // by process
	deaf    time.Time        // since when none of them can be heard; zero if they can
}

// A report is what a process tells of its viewers.
type report struct {
	Frames    map[string]hub.Viewers `json:"frames"`
	Open      int                    `json:"open"`
	Addresses map[string]int         `json:"addresses,omitempty"` // where their number is limited
}

type heard struct {
	report
	at time.Time
}

func newCrowd(s *Store) *crowd {
	return &crowd{store: s, here: map[string]hub.Viewers{}, others: map[string]heard{}}
}

// watched notes how many viewers a frame has here. It does not block: the hub
// waits for it.
func (c *crowd) watched(frame string, viewers hub.Viewers) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.changed = true
	c.here[frame] = viewers
	if viewers.Sum() == 0 {
		delete(c.here, frame)
	}
}

// run tells the others what has changed.
func (c *crowd) run(ctx context.Context) {
	clock := time.NewTicker(tellEvery)
	defer clock.Stop()
	for {
		select {
		case <-clock.C:
		case <-ctx.Done():
			return
		}
		if c.due() && c.store.up.Load() {
			_ = c.tell(ctx, viewers) // whoever follows the log has seen it fail too
		}
	}
}

func (c *crowd) due() bool {
	open := 0
	if c.count != nil {
		open, _ = c.count()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changed || open != c.open || time.Since(c.told) >= remindEvery
}

// tell reports this process's viewers to the others. The report lies beside the
// log, which only says that there is a new one: a log of reports would be large.
func (c *crowd) tell(ctx context.Context, name string) error {
	var mine report
	if c.count != nil {
		mine.Open, mine.Addresses = c.count()
	}
	c.mu.Lock()
	mine.Frames = c.here
	data, _ := json.Marshal(mine) // names and numbers always encode
	watched := make([]goredis.Z, 0, len(c.here))
	for frame := range c.here {
		watched = append(watched, goredis.Z{Member: frame, Score: float64(time.Now().UnixMicro())})
	}
	c.changed, c.told, c.open = false, time.Now(), mine.Open
	c.mu.Unlock()
	err := c.send(ctx, name, data, watched)
	if err != nil {
		c.mu.Lock()
		c.changed = true
		c.mu.Unlock()
	}
	return err
}

// send keeps a report and says that there is one. Frames that are watched are
// the last to make room for others.
func (c *crowd) send(ctx context.Context, name string, data []byte, watched []goredis.Z) error {
	_, err := c.store.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
		p.Set(ctx, reportKey+c.store.process, data, forgetAfter)
		if len(watched) > 0 {
			p.ZAddArgs(ctx, framesKey, goredis.ZAddArgs{XX: true, GT: true, Members: watched})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.store.append(ctx, hub.Record{Name: name}, "")
}

// listen reads another process's report. One that has just come wants to know
// of us as well.
func (c *crowd) listen(ctx context.Context, process string, isNew bool) error {
	data, err := c.store.client.Get(ctx, reportKey+process).Bytes()
	if err != nil && !errors.Is(err, goredis.Nil) {
		return err
	}
	now := heard{at: time.Now()}
	_ = json.Unmarshal(data, &now.report) // none: it has none
	c.mu.Lock()
	before := c.others[process]
	c.others[process] = now
	c.changed = c.changed || isNew
	c.mu.Unlock()
	c.pass(before.Frames, now.Frames)
	return nil
}

// known are the other processes that have not been silent for too long.
func (c *crowd) known() map[string]bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	processes := make(map[string]bool, len(c.others))
	for process := range c.others {
		processes[process] = true
	}
	return processes
}

// deafen notes that nobody can be heard any more.
func (c *crowd) deafen() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.deaf.IsZero() {
		c.deaf = time.Now()
	}
}

// hear ends that. Nobody was silent meanwhile: the others are still known, and waited
// for if Redis has lost what it had.
func (c *crowd) hear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.deaf.IsZero() {
		return
	}
	for process, r := range c.others {
		r.at = r.at.Add(time.Since(c.deaf))
		c.others[process] = r
	}
	c.deaf = time.Time{}
}

// forget drops the processes that have been silent. Like listen it is called only
// while the log is followed: two that count at once could tell the hub in the
// wrong order.
func (c *crowd) forget(now time.Time) {
	var gone []heard
	c.mu.Lock()
	for process, r := range c.others {
		if now.Sub(r.at) > forgetAfter {
			delete(c.others, process)
			gone = append(gone, r)
		}
	}
	c.mu.Unlock()
	for _, r := range gone {
		c.pass(r.Frames, nil)
	}
}

// pass tells the hub of the frames in which two reports of a process differ.
func (c *crowd) pass(before, now map[string]hub.Viewers) {
	for frame := range before {
		if _, still := now[frame]; !still {
			c.sum(frame)
		}
	}
	for frame, viewers := range now {
		if viewers != before[frame] {
			c.sum(frame)
		}
	}
}

func (c *crowd) sum(frame string) {
	var sum hub.Viewers
	c.mu.Lock()
	for _, r := range c.others {
		sum = sum.Plus(r.Frames[frame])
	}
	c.mu.Unlock()
	c.store.hub.SetRemote(frame, sum)
}

// SetCounter implements hub.Cluster.
func (s *Store) SetCounter(count func() (open int, byAddress map[string]int)) { s.crowd.count = count }

// Remote implements hub.Cluster.
func (s *Store) Remote(address string) (open, ofAddress int) {
	c := s.crowd
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, r := range c.others {
		open += r.Open
		ofAddress += r.Addresses[address]
	}
	return open, ofAddress
}
