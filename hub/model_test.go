package hub

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
)

// A wall is a frame as simple as can be: all that was ever published, and how
// much of it is gone.
type wall struct {
	ids  []string
	gone int // how many are no longer kept
	seen int // a viewer that has so many can still resume
}

func (w *wall) publish(id string) {
	w.ids = append(w.ids, id)
	w.gone = max(w.gone, len(w.ids)-HistorySize)
	w.seen = max(w.seen, w.gone)
}

// clear makes every id so far unknown; only what comes can be resumed from.
func (w *wall) clear() { w.gone, w.seen = len(w.ids), len(w.ids)+1 }

// resume is what a viewer gets that has the first seen pictures.
func (w *wall) resume(seen int) (lines []string) {
	switch {
	case seen > 0 && seen < w.seen:
		lines = append(lines, "reset")
		fallthrough
	case seen == 0:
		if len(w.ids) > w.gone {
			lines = append(lines, w.ids[len(w.ids)-1])
		}
		return lines
	}
	return slices.Clone(w.ids[seen:])
}

// A guest comes, looks whenever it feels like it, goes, and comes back.
type guest struct {
	*watcher
	frame string
	wall  *wall
	seen  int      // pictures of its frame up to its last one
	due   []string // what the model says it has to get next
}

func look(w *watcher) (lines []string) {
	select {
	case <-w.More():
		var events []*Event
		events, w.err = w.Next()
		w.got = append(w.got, events...)
	default:
	}
	for _, e := range w.got {
		switch e.Name() {
		case Picture:
			lines = append(lines, e.ID())
		case Reset:
			lines = append(lines, "reset")
		}
	}
	w.got = nil
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
	if n := len(got); n > 0 && got[n-1] != "reset" {
		g.seen = slices.Index(g.wall.ids, got[n-1]) + 1
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
	names := []string{"a", "b"}
	walls := map[string]*wall{"a": {}, "b": {}}
	guests := make([]*guest, 6)
	for i := range guests {
		guests[i] = &guest{frame: names[i%2], wall: walls[names[i%2]]}
	}
	for range 1500 {
		name := names[random.IntN(2)]
		model := walls[name]
		g := guests[random.IntN(len(guests))]
		switch n := random.IntN(100); {
		case n < 60:
			id := publish(t, h, name, fmt.Sprint(n))
			model.publish(id)
			for _, g := range guests {
				if g.frame == name && g.watcher != nil {
					g.due = append(g.due, id)
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
		case n < 70:
			if g.watcher == nil {
				last := ""
				if g.seen > 0 {
					last = g.wall.ids[g.seen-1]
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
		if err != nil || !slices.Equal(kept, model.ids[model.gone:]) {
			t.Errorf("frame %q keeps %q (%v), want %q", name, kept, err, model.ids[model.gone:])
		}
	}
	for _, g := range guests {
		if g.watcher != nil {
			g.Close()
		}
	}
}
