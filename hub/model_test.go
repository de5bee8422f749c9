package hub

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A wall is a frame as simple as can be: all that has ever happened, and which
// pictures are kept.
type wall struct {
	log   []string // ids, and "removed ID"
	kept  []string // ids
	since int      // a viewer whose last picture is at this place of the log, or later, can resume
	told  []int    // the places of the removals that can be told
}

func (w *wall) publish(id string) {
	w.log = append(w.log, id)
	w.kept = append(w.kept, id)
	if n := len(w.kept) - HistorySize; n > 0 {
		w.since = max(w.since, slices.Index(w.log, w.kept[n-1]))
		w.kept = w.kept[n:]
	}
}

func (w *wall) remove(id string) {
	w.kept = slices.DeleteFunc(w.kept, func(k string) bool { return k == id })
	w.told = append(w.told, len(w.log))
	w.log = append(w.log, "removed "+id)
	if n := len(w.told) - RemovalsKept; n > 0 {
		w.since = max(w.since, w.told[n-1])
		w.told = w.told[n:]
	}
}

// clear makes every id so far unknown; only what comes can be resumed from.
func (w *wall) clear() { w.kept, w.told, w.since = nil, nil, len(w.log) }

// knows reports whether a viewer with a place in the log can resume from there: its
// picture is kept, has been taken off and that is remembered, or was the last to
// make room.
func (w *wall) knows(place int) bool {
	if place < w.since {
		return false
	}
	id := w.log[place]
	return place == w.since || slices.Contains(w.kept, id) ||
		slices.ContainsFunc(w.told, func(at int) bool { return w.log[at] == "removed "+id })
}

// resume is what a viewer gets whose last picture is at a place of the log; -1 is
// none.
func (w *wall) resume(place int) (lines []string) {
	if place >= 0 && w.knows(place) {
		for _, line := range w.log[place+1:] {
			if slices.Contains(w.kept, line) || strings.HasPrefix(line, "removed ") {
				lines = append(lines, line)
			}
		}
		return lines
	}
	if place >= 0 {
		lines = append(lines, "reset")
	}
	if n := len(w.kept); n > 0 {
		lines = append(lines, w.kept[n-1])
	}
	return lines
}

// A guest comes, looks whenever it feels like it, goes, and comes back.
type guest struct {
	*watcher
	frame string
	wall  *wall
	seen  int      // the place of its last picture in the log, -1 without one
	due   []string // what the model says it has to get next
}

func look(w *watcher) (lines []string) {
	for _, e := range w.new() {
		switch e.Name() {
		case Picture:
			lines = append(lines, e.ID())
		case Removed:
			lines = append(lines, "removed "+RemovedID(e.Data()))
		case Reset:
			lines = append(lines, "reset")
		}
	}
	return lines
}

// look takes what has come for g, which has to be what was due.
func (g *guest) look() {
	g.t.Helper()
	got := look(g.watcher)
	if g.err != nil { // only a viewer further behind than the history may be sent away
		if len(g.due) <= HistorySize {
			g.t.Fatalf("a viewer with %d pictures to come got %v", len(g.due), g.err)
		}
		g.Close()
		g.watcher = nil
		return
	}
	if !slices.Equal(got, g.due) {
		g.t.Fatalf("a viewer of %q got %q, want %q", g.frame, got, g.due)
	}
	g.due = nil
	for _, line := range got {
		if line != "reset" && !strings.HasPrefix(line, "removed ") {
			g.seen = slices.Index(g.wall.log, line)
		}
	}
}

// Whatever happens in whatever order, every viewer gets what the model says.
func TestAgainstTheModel(t *testing.T) {
	for range 60 {
		seed := rand.Uint64()
		t.Run(strconv.FormatUint(seed, 16), func(t *testing.T) {
			inBubble(t, func(t *testing.T, h *Hub) { playAgainstModel(t, h, rand.New(rand.NewPCG(seed, 1))) })
		})
	}
}

func playAgainstModel(t *testing.T, h *Hub, random *rand.Rand) {
	removals := random.IntN(30)          // in a hundred steps
	away := []int{1, 40}[random.IntN(2)] // how much longer viewers are away than there
	names := []string{"a", "b"}
	walls := map[string]*wall{"a": {}, "b": {}}
	guests := make([]*guest, 6)
	for i := range guests {
		guests[i] = &guest{frame: names[i%2], wall: walls[names[i%2]], seen: -1}
	}
	for range 2500 {
		name := names[random.IntN(2)]
		model := walls[name]
		g := guests[random.IntN(len(guests))]
		switch n := random.IntN(100); {
		case n < 60-removals:
			id := publish(t, h, name, fmt.Sprint(n))
			model.publish(id)
			for _, g := range guests {
				if g.frame == name && g.watcher != nil {
					g.due = append(g.due, id)
				}
			}
		case n < 60:
			if len(model.kept) == 0 {
				continue
			}
			id := model.kept[max(0, len(model.kept)-1-random.IntN(4))]
			if random.IntN(4) == 0 {
				id = model.kept[random.IntN(len(model.kept))]
			}
			if err := h.Remove(t.Context(), name, id); err != nil {
				t.Fatal(err)
			}
			model.remove(id)
			for _, g := range guests {
				if g.frame == name && g.watcher != nil {
					g.due = append(slices.DeleteFunc(g.due, func(line string) bool { return line == id }), "removed "+id)
				}
			}
		case n < 61:
			if err := h.Clear(t.Context(), name); err != nil {
				t.Fatal(err)
			}
			model.clear()
			for _, g := range guests {
				if g.frame == name && g.watcher != nil {
					g.due = []string{"reset"}
				}
			}
		case n < 80:
			if g.watcher == nil {
				if away > 1 && random.IntN(away) > 0 {
					continue
				}
				last := ""
				if g.seen >= 0 {
					last = g.wall.log[g.seen]
				}
				g.watcher = watch(t, h, g.frame, last)
				g.due = g.wall.resume(g.seen)
				g.look()
			} else {
				g.Close()
				g.watcher = nil
			}
		default:
			if g.watcher == nil {
				continue
			}
			g.look()
		}
	}
	for name, model := range walls {
		view, err := h.Show(t.Context(), name)
		var kept []string
		for _, e := range view.Pictures {
			kept = append(kept, e.ID())
		}
		if err != nil || !slices.Equal(kept, model.kept) {
			t.Errorf("frame %q keeps %q (%v), want %q", name, kept, err, model.kept)
		}
	}
	for _, g := range guests {
		if g.watcher != nil {
			g.Close()
		}
	}
}
