package handlers

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"log/slog"
	"math"
	"sync"
	"time"

	"picture-frame/handlers/request"
	"picture-frame/hub"
)

const (
	// tellAfter is how long after a picture's broadcast all viewers are told how many
	// screens show it, and lateAfter how long after the first receipt where that one
	// comes later.
	tellAfter = 1500 * time.Millisecond
	lateAfter = time.Second
	// settle is how long the last receipts may take to be counted by all processes.
	settle = 250 * time.Millisecond
	// gather is how long receipts wait for others, which are then counted in one step.
	gather = 100 * time.Millisecond
	// again is how long Redis is left alone after it has failed, and tellFor how long a
	// count that is final is tried to be told: clusters keep it for about so long.
	again   = 500 * time.Millisecond
	tellFor = 5 * time.Second
	// followed bounds the pictures whose receipts a process takes at a time.
	followed = 500
	// lagTime is how long a receipt waits for its picture where it comes to a process
	// that is behind, and lookEvery how often it is looked for.
	lagTime   = time.Second
	lookEvery = 20 * time.Millisecond
	// awaited bounds the pictures that are looked for at a time: who invents them has
	// the hub asked so often and no more.
	awaited = 20
)

type broadcaster interface {
	Broadcast(frame, id string) (b hub.Broadcast, ok bool)
	AnnounceSeen(ctx context.Context, frame string, data []byte) error
}

// Receipts counts on how many screens pictures are, and tells their viewers. One
// goroutine follows each picture from its first receipt here until its receipts no
// longer count.
type Receipts struct {
	hub     broadcaster
	tallies hub.Tallies
	lag     time.Duration // how long a picture may take to come here that other processes' viewers have
	observe func(arrived, shown time.Duration)
	log     *slog.Logger
	ctx     context.Context

	looking chan struct{} // holds one for each picture that is looked for

	mu      sync.Mutex
	waiting map[picture]*pile
}

// A picture is one of a frame's.
type picture struct{ frame, id string }

// A pile is the receipts of a picture that have yet to be counted.
type pile struct {
	receipts []hub.Receipt
	more     chan struct{} // has room for one
}

// NewReceipts returns receipts for the pictures of h, which are counted by cluster
// until ctx ends. Observe gets the times of each receipt that this process counts.
func NewReceipts(ctx context.Context, h broadcaster, cluster hub.Cluster, observe func(arrived, shown time.Duration), log *slog.Logger) *Receipts {
	r := &Receipts{hub: h, tallies: cluster, observe: observe, log: log, ctx: ctx, looking: make(chan struct{}, awaited), waiting: map[picture]*pile{}}
	if cluster.Shared() {
		r.lag = lagTime
	}
	return r
}

// Add takes a receipt. It does not block, and drops what is not worth counting: a
// receipt without a screen, or above what is counted of a picture.
func (r *Receipts) Add(frame string, said request.Receipt) {
	now := time.Now()
	broadcast := hub.IDTime(said.ID)
	if said.Screen == "" || broadcast.IsZero() {
		return
	}
	// The name means something to that browser only. It is kept as what tells it
	// from others, which has always the same length and differs for every picture.
	screen := sha256.Sum256([]byte(said.ID + " " + said.Screen))
	receipt := hub.Receipt{Screen: string(screen[:12]), At: now, Wait: said.Wait}
	p := picture{frame, said.ID}
	r.mu.Lock()
	defer r.mu.Unlock()
	w := r.waiting[p]
	if w == nil {
		if len(r.waiting) >= followed || r.ctx.Err() != nil {
			return
		}
		w = &pile{more: make(chan struct{}, 1)}
		r.waiting[p] = w
		go r.follow(p, w)
	}
	if len(w.receipts) >= hub.MaxReceipts {
		return
	}
	w.receipts = append(w.receipts, receipt)
	w.wake()
}

func (w *pile) wake() {
	select {
	case w.more <- struct{}{}:
	default: // they are waited for already
	}
}

// follow counts a picture's receipts, and tells of them in its time.
func (r *Receipts) follow(p picture, w *pile) {
	defer func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.waiting, p)
	}()
	b, ok := r.find(p)
	if !ok {
		return
	}
	since := time.Since(b.At)
	toFirst, toEnd := tellAfter-since, hub.ReceiptTime-since
	if toFirst <= 0 {
		toFirst = min(lateAfter, toEnd)
	}
	first, final := time.NewTimer(toFirst), time.NewTimer(toEnd+settle)
	defer first.Stop()
	defer final.Stop()
	for time.Since(b.At) < hub.ReceiptTime+tellFor {
		select {
		case <-w.more:
			if !r.pause(gather) {
				return
			}
			if !r.count(b, w) && !r.pause(again) {
				return
			}
		case <-first.C:
			if !r.count(b, w) || !r.tell(b, false) {
				first.Reset(again)
			}
		case <-final.C:
			if r.count(b, w) && r.tell(b, true) {
				return
			}
			final.Reset(again)
		case <-r.ctx.Done():
			return
		}
	}
}

// find returns a picture's broadcast while its receipts count. One that another
// process's viewers have got already may come here a little later.
func (r *Receipts) find(p picture) (b hub.Broadcast, ok bool) {
	if b, ok = r.hub.Broadcast(p.frame, p.id); ok || r.lag == 0 {
		return b, ok && time.Since(b.At) <= hub.ReceiptTime
	}
	select {
	case r.looking <- struct{}{}:
		defer func() { <-r.looking }()
	default:
		return b, false
	}
	for began := time.Now(); time.Since(began) < r.lag && r.pause(lookEvery); {
		if b, ok = r.hub.Broadcast(p.frame, p.id); ok {
			return b, time.Since(b.At) <= hub.ReceiptTime
		}
	}
	return b, false
}

func (r *Receipts) pause(d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-r.ctx.Done():
		return false
	}
}

// count counts the receipts that wait. It reports false if Redis has failed: then
// they go on waiting. A screen that was counted all the same is not counted twice.
func (r *Receipts) count(b hub.Broadcast, w *pile) bool {
	r.mu.Lock()
	receipts := w.receipts
	w.receipts = nil
	r.mu.Unlock()
	if len(receipts) == 0 {
		return true
	}
	shown, err := r.tallies.CountReceipts(r.ctx, b, receipts)
	if err != nil {
		r.log.Debug("receipts not counted", "frame", b.Frame, "err", err)
		r.mu.Lock()
		w.receipts = append(receipts, w.receipts...)
		w.receipts = w.receipts[:min(len(w.receipts), hub.MaxReceipts)]
		r.mu.Unlock()
		w.wake()
		return false
	}
	for i, took := range shown {
		if took >= 0 {
			r.observe(took-min(took, receipts[i].Wait), took)
		}
	}
	return true
}

// tell tells a picture's viewers on how many screens it is, unless another process
// does, or it has been taken off meanwhile. It reports false if that failed: what
// this process has taken nobody else tells.
func (r *Receipts) tell(b hub.Broadcast, final bool) bool {
	t, ok, err := r.tallies.TakeTally(r.ctx, b, final)
	if _, kept := r.hub.Broadcast(b.Frame, b.ID); ok && kept {
		data, _ := json.Marshal(seenOf(b, t)) // strings and numbers always encode
		err = r.hub.AnnounceSeen(r.ctx, b.Frame, data)
	}
	if err != nil {
		r.log.Debug("receipts not told", "frame", b.Frame, "err", err)
	}
	return err == nil
}

// A seen is the data of a seen event. Times are in milliseconds since the broadcast.
type seen struct {
	ID      string      `json:"id"`
	Screens int         `json:"screens"`
	Of      int         `json:"of"`
	Arrived percentiles `json:"arrived"`
	Shown   percentiles `json:"shown"`
}

type percentiles struct {
	P50 int64 `json:"p50"`
	P95 int64 `json:"p95"`
}

// seenOf scales a tally to all viewers. That is an estimate, so it never names more
// screens than there were viewers; screens that have all been counted are no
// estimate, and whoever came in the moment of the broadcast is one more viewer.
func seenOf(b hub.Broadcast, t hub.Tally) seen {
	s := seen{ID: b.ID, Screens: t.Screens, Of: max(b.Viewers, t.Screens), Arrived: percentilesOf(t.Arrived), Shown: percentilesOf(t.Shown)}
	if b.Sample < 1 {
		s.Screens = min(int(math.Round(float64(t.Screens)/b.Sample)), s.Of)
	}
	return s
}

func percentilesOf(h hub.Histogram) percentiles {
	return percentiles{h.Percentile(50).Milliseconds(), h.Percentile(95).Milliseconds()}
}
