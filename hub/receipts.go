package hub

import (
	"context"
	"slices"
	"strconv"
	"time"
)

const (
	// everyScreen is up to how many viewers every screen says that it has shown a
	// picture. Of more, about so many do, chosen by chance: a crowd of any size costs
	// no more small requests a picture than this.
	everyScreen = 200
	// MaxReceipts is how many screens are counted a picture: more than chance will
	// ever choose, and a bound for whoever invents them.
	MaxReceipts = 500
	// ReceiptTime is how long after the broadcast a picture's receipts count.
	ReceiptTime = 10 * time.Second
)

// SampleOf returns the part of so many viewers that says that it has shown a
// picture: 1 of few, then what makes 200 of them.
func SampleOf(viewers int) float64 {
	if viewers <= everyScreen {
		return 1
	}
	return everyScreen / float64(viewers)
}

// A Broadcast is when a picture came to its viewers, and to how many.
type Broadcast struct {
	Frame, ID string
	At        time.Time // by this process's clock; it can be compared with time.Now only
	Viewers   int       // in all processes
	Sample    float64   // as they had last been told
}

// Broadcast returns a picture's broadcast. It reports false when the picture is
// not kept, or has come here another way than by being published.
func (h *Hub) Broadcast(frame, id string) (b Broadcast, ok bool) {
	h.call(func() {
		f := h.frames[frame]
		if f == nil {
			return
		}
		pictures := f.Now().pictures
		for i := len(pictures) - 1; i >= 0 && pictures[i].id >= id; i-- {
			if e := pictures[i]; e.id == id && e.sent != nil {
				b, ok = *e.sent, true
			}
		}
	})
	return b, ok
}

// Broadcasts returns the broadcasts of a frame's pictures whose receipts count now:
// of the newest most pictures, newest first.
func (h *Hub) Broadcasts(frame string, most int) (all []Broadcast) {
	h.call(func() {
		f := h.frames[frame]
		if f == nil {
			return
		}
		pictures := f.Now().pictures
		for _, e := range slices.Backward(pictures[max(0, len(pictures)-most):]) {
			if e.sent != nil && time.Since(e.sent.At) <= ReceiptTime {
				all = append(all, *e.sent)
			}
		}
	})
	return all
}

// sent notes that a frame's viewers get a picture now.
func (h *Hub) sent(f *Frame, e *Event, now time.Time) {
	viewers, told := h.watching(f), f.told
	if told == unknown {
		told = viewers
	}
	e.sent = &Broadcast{f.name, e.id, now, viewers, SampleOf(told)}
}

// AnnounceSeen tells a frame's viewers on how many screens a picture is.
func (h *Hub) AnnounceSeen(ctx context.Context, frame string, data []byte) error {
	_, err := h.cluster.Publish(ctx, Record{Frame: frame, Name: Seen, Data: data})
	return err
}

// A Receipt says that a screen shows a picture.
type Receipt struct {
	Screen string        // what tells screens apart; short
	At     time.Time     // when it came, by this process's clock
	Wait   time.Duration // of the screen's own, from the event's arrival to the picture's appearance; at least 0
}

// A Tally is what a picture's receipts add up to.
type Tally struct {
	Screens        int
	Shown, Arrived Histogram // since the broadcast
}

// Tallies is where the receipts of all processes are added up. It keeps what it
// needs of a picture until its receipts no longer count, and not who sent them.
type Tallies interface {
	// CountReceipts counts a picture's receipts: each screen once, MaxReceipts screens
	// at most, within ReceiptTime. For each it returns how long after the broadcast it
	// came, or a negative time if it was not counted.
	CountReceipts(ctx context.Context, b Broadcast, receipts []Receipt) (shown []time.Duration, err error)
	// TakeTally returns a picture's tally to one of all processes, the first that
	// asks: once before the receipts are final, and once after. That one may ask again,
	// where the answer was lost or could not be told. TakeTally reports false to the
	// others, where nothing has been counted, and where the final tally is no news.
	TakeTally(ctx context.Context, b Broadcast, final bool) (t Tally, ok bool, err error)
	// ReadTally returns what a picture's receipts add up to so far, and takes nothing.
	// Where nothing has been counted it is empty, and where the final tally was taken it
	// may be.
	ReadTally(ctx context.Context, b Broadcast) (Tally, error)
}

func presenceData(viewers int) []byte {
	// Six digits are enough to draw lots by, and short.
	return []byte(`{"viewers":` + strconv.Itoa(viewers) + `,"sample":` + strconv.FormatFloat(SampleOf(viewers), 'g', 6, 64) + `}`)
}
