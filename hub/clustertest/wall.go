package clustertest

import (
	"context"
	"log/slog"
	"slices"
	"strconv"
	"testing"
	"time"

	"picture-frame/hub"
)

// A Wall is a hub over a cluster, as one process has them.
type Wall struct {
	*hub.Hub
	Cluster hub.Cluster
	Stop    func() // in order; may be called again
}

// Start runs a hub over a cluster until the test's end.
func Start(t testing.TB, cluster hub.Cluster) *Wall {
	t.Helper()
	h := hub.New(cluster, slog.New(slog.NewTextHandler(t.Output(), nil)))
	go h.Run()
	ctx, cancel := context.WithCancel(background)
	go cluster.Run(ctx)
	<-cluster.Ready()
	stopped := false
	w := &Wall{Hub: h, Cluster: cluster, Stop: func() {
		if stopped {
			return
		}
		stopped = true
		h.Close()
		patience, enough := context.WithTimeout(background, time.Minute)
		defer enough()
		cluster.Close(patience)
		cancel()
	}}
	t.Cleanup(w.Stop)
	return w
}

// History returns "ID DATA" of what a frame keeps, oldest first.
func (w *Wall) History(t *testing.T, frame string) (lines []string) {
	t.Helper()
	view, err := w.Show(background, frame)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range view.Pictures {
		lines = append(lines, e.ID()+" "+string(e.Data()))
	}
	return lines
}

// MustPublish publishes a picture whose data is a JSON string.
func (w *Wall) MustPublish(t *testing.T, frame, data string) (id string) {
	t.Helper()
	id, err := w.Publish(background, frame, []byte(strconv.Quote(data)))
	if err != nil {
		t.Fatalf("publishing %q: got %v, want success", data, err)
	}
	return id
}

// Leave has a viewer come to a frame that is empty and go again. It returns the id to
// come back with.
func (w *Wall) Leave(t *testing.T, frame string) (mark string) {
	t.Helper()
	sub, err := w.Subscribe(frame, "", hub.SSE)
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	if got := sub.First(); len(got) != 1 || got[0].Name() != hub.Presence || sub.Mark() == "" {
		t.Errorf("an empty frame: got %d events and the mark %q, want the presence and a mark", len(got), sub.Mark())
	}
	return sub.Mark()
}

// WantAfter checks what a viewer gets that comes back with an id: data, and "reset"
// for a reset.
func (w *Wall) WantAfter(t *testing.T, frame, id string, want ...string) {
	t.Helper()
	sub, err := w.Subscribe(frame, id, hub.SSE)
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	var got []string
	for _, e := range sub.First() {
		switch e.Name() {
		case hub.Picture:
			got = append(got, string(e.Data()))
		case hub.Presence:
		default:
			got = append(got, e.Name())
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("after the id %s of %s: got %q, want %q", id, frame, got, want)
	}
}
