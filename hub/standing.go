package hub

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// queueEvery is the least time between two queue events of a frame.
const queueEvery = time.Second

// A heldLine is what this process knows of a frame's line.
type heldLine struct {
	state LineState
	read  time.Time // by this process's clock
	timer *time.Timer
}

// at is the line as of a moment of this process's clock.
func (l *heldLine) at(now time.Time) *LineState {
	s := l.state
	s.Now = s.Now.Add(now.Sub(l.read))
	return &s
}

// SetLine tells what a frame's line is now. It comes from clusters.
func (h *Hub) SetLine(frame string, s LineState) {
	h.call(func() { h.setLine(frame, s) })
}

func (h *Hub) setLine(frame string, s LineState) {
	if before := h.lines[frame]; before != nil {
		before.timer.Stop()
	} else if s.Empty() {
		return
	}
	if s.Empty() {
		delete(h.lines, frame)
	} else {
		line := &heldLine{state: s, read: time.Now()}
		line.timer = h.turnTimer(frame, &s)
		h.lines[frame] = line
	}
	if f := h.frames[frame]; f != nil {
		h.tellQueue(f)
		h.tellHost(f)
	}
	h.wakeDesks(frame)
}

// hung takes a picture that hangs now out of what is known of its line: nobody sees it
// there as well until the line is told anew.
func (h *Hub) hung(r Record) {
	line := h.lines[r.Frame]
	if r.Ticket == "" || line == nil {
		return
	}
	line.state.InTurn = slices.DeleteFunc(slices.Clone(line.state.InTurn), func(w Waiting) bool { return w.Ticket == r.Ticket })
	line.state.Shown = line.at(time.Now()).Now
}

// turnTimer wakes this process when there is something to do for a line.
func (h *Hub) turnTimer(frame string, s *LineState) *time.Timer {
	wait := s.wake(h.Hold)
	if wait == 0 || h.closing {
		t := time.NewTimer(time.Hour)
		t.Stop()
		return t
	}
	own := !h.cluster.Shared() // nobody else can take it
	if len(s.InTurn) > 0 {
		_, waits := h.askers[s.InTurn[0].Ticket]
		own = own || waits
	}
	if !own {
		wait += rand.N(spread)
	}
	return time.AfterFunc(wait, func() { h.takeTurn(frame) })
}

// A queueData is the data of a queue event.
type queueData struct {
	Waiting []queued `json:"waiting"`
	More    int      `json:"more"`
}

type queued struct {
	Keyword string `json:"keyword"`
	In      int64  `json:"in"` // milliseconds
}

// queueEvent tells which words come next, and when; nil if none waits. As many are
// named as people can have in line, so that each finds its own.
func (h *Hub) queueEvent(frame string) *Event {
	line := h.lines[frame]
	if line == nil || len(line.state.InTurn) == 0 {
		return nil
	}
	s := line.at(time.Now())
	data := queueData{Waiting: []queued{}}
	for i, w := range s.InTurn {
		if i == lineSize {
			data.More = len(s.InTurn) - lineSize
			break
		}
		data.Waiting = append(data.Waiting, queued{w.Keyword, s.turn(i, h.Hold).Sub(s.Now).Milliseconds()})
	}
	text, _ := json.Marshal(data) // strings and numbers always encode
	return NewEvent(Queue, text)
}

// queueKey differs when queue events would, but for the time that goes by.
func (h *Hub) queueKey(frame string) string {
	line := h.lines[frame]
	if line == nil || len(line.state.InTurn) == 0 {
		return ""
	}
	var key strings.Builder
	key.WriteString(line.state.hold(h.Hold).String())
	for _, w := range line.state.InTurn {
		key.WriteString(" " + w.Ticket)
	}
	return key.String()
}

// tellQueue tells a frame's viewers which words come next, if that has changed, now
// or when it is time again.
func (h *Hub) tellQueue(f *Frame) {
	key := h.queueKey(f.name)
	if key == f.queueTold || f.queueSet || h.closing {
		return
	}
	if wait := time.Until(f.queueDue); wait > 0 {
		f.queueSet = true
		time.AfterFunc(wait, func() {
			h.call(func() {
				f.queueSet = false
				h.tellQueue(f)
			})
		})
		return
	}
	f.queueTold, f.queueDue = key, time.Now().Add(queueEvery)
	e := h.queueEvent(f.name)
	if e == nil {
		e = NewEvent(Queue, []byte(`{"waiting":[],"more":0}`))
	}
	f.append(e)
}

// A hostData is the data of a host event.
type hostData struct {
	Frozen  bool `json:"frozen"`
	Approve bool `json:"approve"`
}

func (h *Hub) hostData(frame string) (d hostData) {
	if line := h.lines[frame]; line != nil {
		d = hostData{line.state.Frozen, line.state.Approve}
	}
	return d
}

func (d hostData) event() *Event {
	text, _ := json.Marshal(d) // always encodes
	return NewEvent(Host, text)
}

// Approves reports whether pictures wait for a frame's host.
func (h *Hub) Approves(frame string) (approves bool) {
	h.call(func() { approves = h.hostData(frame).Approve })
	return approves
}

// tellHost tells a frame's viewers what its host has set, if that has changed.
func (h *Hub) tellHost(f *Frame) {
	if d := h.hostData(f.name); d != f.hostTold && !h.closing {
		f.hostTold = d
		f.append(d.event())
	}
}

// standing is what a viewer that comes has to know of the line and the host.
func (h *Hub) standing(frame string) (events []*Event) {
	if d := h.hostData(frame); d != (hostData{}) {
		events = append(events, d.event())
	}
	if e := h.queueEvent(frame); e != nil {
		events = append(events, e)
	}
	return events
}

// Waiting counts for the operator the words that wait for their turn, and the
// pictures that wait for a host, on all frames.
func (h *Hub) Waiting() (inTurn, forHost int) {
	h.call(func() {
		for _, line := range h.lines {
			inTurn += len(line.state.InTurn)
			forHost += len(line.state.ForHost)
		}
	})
	return inTurn, forHost
}
