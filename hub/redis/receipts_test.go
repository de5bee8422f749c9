package redis

import (
	"log/slog"
	"reflect"
	"testing"
	"time"

	"picture-frame/hub"
	"picture-frame/hub/clustertest"
	"picture-frame/hub/redis/redistest"
)

// Two processes add to one tally, and one of them gets it; what is kept of it ends
// by itself, and holds no name of a screen's in the end.
func TestTalliesAreShared(t *testing.T) {
	s := redistest.New(t).Start()
	var walls []*clustertest.Wall
	for range 2 {
		store, err := New(s.URL(), slog.New(slog.NewTextHandler(t.Output(), nil)))
		if err != nil {
			t.Fatal(err)
		}
		walls = append(walls, clustertest.Start(t, store))
	}
	here := walls[0].MustShow(t, "main", "fox")
	there := here
	for there.At.Equal(here.At) {
		if b, ok := walls[1].Broadcast("main", here.ID); ok {
			there = b
		}
	}
	counted := walls[0].MustCount(t, here, clustertest.ReceiptsOf(here, "a", 3, time.Second, 0))
	counted += walls[1].MustCount(t, there, clustertest.ReceiptsOf(there, "a", 5, time.Second, 0))
	if counted != 5 {
		t.Errorf("got %d screens counted, want 5", counted)
	}
	if here, there := walls[0].MustRead(t, here), walls[1].MustRead(t, there); here.Screens != 5 || !reflect.DeepEqual(here, there) {
		t.Errorf("got %+v to read from one process, %+v from the other, want 5 screens from both", here, there)
	}
	first, ok := walls[1].MustTake(t, there, false)
	_, other := walls[0].MustTake(t, here, false)
	if again, still := walls[1].MustTake(t, there, false); !ok || other || !still || first.Screens != 5 || !reflect.DeepEqual(first, again) {
		t.Errorf("got %+v, %v, the other %v, and again %+v, %v, want one tally of 5 screens for whoever asked first", first, ok, other, again, still)
	}
	for _, key := range tallyKeys(here) {
		if left := s.Client.PTTL(t.Context(), key).Val(); left <= 0 || left > tallyTime {
			t.Errorf("%s is kept for %v, want at most %v", key, left, tallyTime)
		}
	}
	if walls[0].MustCount(t, here, clustertest.ReceiptsOf(here, "b", 1, 2*time.Second, 0)) != 1 {
		t.Error("a late screen is not counted")
	}
	final, ok := walls[0].MustTake(t, here, true)
	_, other = walls[1].MustTake(t, there, true)
	if again, still := walls[0].MustTake(t, here, true); !ok || other || !still || final.Screens != 6 || !reflect.DeepEqual(final, again) {
		t.Errorf("got %+v, %v, the other %v, and again %+v, %v, want one final tally of 6 screens for whoever asked first", final, ok, other, again, still)
	}
	if n := s.Client.Exists(t.Context(), tallyKeys(here)[0]).Val(); n != 0 {
		t.Error("the screens are still kept")
	}
}

// Both ends of a time are Redis's: a process whose own clock is an hour off, or
// whose hub got the picture late, measures the same.
func TestReceiptsAreTimedByRedis(t *testing.T) {
	s := redistest.New(t).Start()
	store, err := New(s.URL(), slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	w := clustertest.Start(t, store)
	b := w.MustShow(t, "main", "fox")
	b.At = time.Now().Add(4 * time.Second) // as if it had come here only then
	receipts := []hub.Receipt{{Screen: "a", At: time.Now().Add(3 * time.Second)}}
	shown, err := store.CountReceipts(t.Context(), b, receipts)
	if err != nil || shown[0] < 3*time.Second {
		t.Errorf("got %v, %v, want 3s and what it took to count", shown, err)
	}
}
