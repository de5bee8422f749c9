package hub

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

// told returns the last number of viewers that w was told, or -1.
func told(w *watcher) int {
	n := -1
	for _, line := range w.take() {
		fmt.Sscanf(line, `presence {"viewers":%d,"sample"`, &n)
	}
	return n
}

func TestPresenceComesAtMostOnceASecond(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		w := watch(t, h, "main", "")
		w.want(viewers(1))
		time.Sleep(time.Minute)
		var times []time.Duration
		began := time.Now()
		stop := make(chan struct{})
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			for {
				select {
				case <-w.More():
					if events, _ := w.Next(); len(events) > 0 {
						times = append(times, time.Since(began))
					}
				case <-stop:
					return
				}
			}
		}()
		for range 50 { // 5 s of a rush
			guest := watch(t, h, "main", "")
			defer guest.Close()
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(10 * time.Second)
		close(stop)
		<-ended
		for i := 1; i < len(times); i++ {
			if gap := times[i] - times[i-1]; gap < time.Second {
				t.Errorf("presence came after %v", gap)
			}
		}
		if len(times) < 5 || times[0] != 0 {
			t.Errorf("presence came at %v, want it at once and then each second", times)
		}
		w.Close()
	})
}

func TestPresenceIsRightAfterAbruptLeave(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		w := watch(t, h, "main", "")
		var guests []*watcher
		for range 10 {
			guests = append(guests, watch(t, h, "main", ""))
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if n := told(w); n != 11 {
			t.Errorf("told of %d viewers, want 11", n)
		}
		for _, g := range guests {
			g.Close()
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if n := told(w); n != 1 {
			t.Errorf("told of %d viewers, want 1", n)
		}
		w.Close()
	})
}

// A poll that ends and comes back, or a page that is loaded again, is no change.
func TestPresenceDoesNotFlicker(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		w := watch(t, h, "main", "")
		guest := watch(t, h, "main", "")
		time.Sleep(time.Minute)
		w.want(viewers(1), viewers(2))
		for range 100 {
			guest.Close()
			time.Sleep(presenceSettle - time.Millisecond)
			guest = watch(t, h, "main", "")
			time.Sleep(time.Second)
		}
		synctest.Wait()
		w.want()
		guest.Close()
		w.Close()
	})
}

// A viewer that comes between two announcements is told another number than the others
// were. If one of those leaves before the next, the others' number is right
// again, and the newcomer's wrong.
func TestPresenceReachesWhoCameBetweenTwoAnnouncements(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		a := watch(t, h, "main", "")
		a.want(viewers(1))
		b := watch(t, h, "main", "")
		b.want(viewers(2))
		a.Close()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		b.want(viewers(1))
		b.Close()
	})
}

func TestPresenceIsRarerForCrowds(t *testing.T) {
	const crowd = 20_000
	inBubble(t, func(t *testing.T, h *Hub) {
		w := watch(t, h, "main", "")
		w.want(viewers(1))
		guests := make([]*Subscription, crowd)
		for i := range guests {
			guests[i], _ = h.Subscribe("main", "", SSE)
		}
		time.Sleep(time.Minute)
		w.want(viewers(crowd + 1))
		guests[0].Close() // soon
		time.Sleep(presenceSettle)
		synctest.Wait()
		w.want(viewers(crowd))
		guests[1].Close() // only after a pause
		time.Sleep(crowd*presenceShare - time.Millisecond)
		w.want()
		time.Sleep(2 * time.Millisecond)
		synctest.Wait()
		w.want(viewers(crowd - 1))
		for _, g := range guests {
			g.Close()
		}
		w.Close()
	})
}

func TestPresenceIsRarerForCrowdsElsewhere(t *testing.T) {
	for crowd, rest := range map[int]time.Duration{20_000: 20_000 * presenceShare, 1_000_000: presenceMost} {
		inBubble(t, func(t *testing.T, h *Hub) {
			w := watch(t, h, "main", "")
			w.want(viewers(1))
			h.SetRemote("main", Viewers{SSE: crowd})
			time.Sleep(presenceEvery)
			synctest.Wait()
			w.want(viewers(crowd + 1))
			h.SetRemote("main", Viewers{SSE: crowd - 1})
			time.Sleep(rest - time.Millisecond)
			w.want()
			time.Sleep(2 * time.Millisecond)
			synctest.Wait()
			w.want(viewers(crowd))
			w.Close()
		})
	}
}

func TestFramesAreBounded(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		// All but "watched" and "fresh" are idle; "main"'s picture is the oldest,
		// though it was searched in last.
		watched := watch(t, h, "watched", "")
		publish(t, h, "watched", "1")
		for i := range MaxFrames - 1 {
			publish(t, h, "f"+strconv.Itoa(i), "1")
			time.Sleep(time.Second)
		}
		h.Touch(t.Context(), "f0")
		frames := func(want int) {
			t.Helper()
			if _, n := h.Stats(); n != want {
				t.Fatalf("there are %d frames, want %d", n, want)
			}
		}
		pictures := func(frame string, want int) {
			t.Helper()
			if v, err := h.Show(t.Context(), frame); err != nil || len(v.Pictures) != want {
				t.Errorf("frame %s has %d pictures (%v), want %d", frame, len(v.Pictures), err, want)
			}
		}
		frames(MaxFrames)
		publish(t, h, "one-more", "1")
		frames(MaxFrames)
		pictures("f0", 0)
		pictures("f1", 1)
		pictures("watched", 1)
		// Frames that anybody makes by looking cost none that has a picture.
		for i := range 10 {
			w := watch(t, h, "empty"+strconv.Itoa(i), "")
			w.Close()
		}
		frames(MaxFrames)
		pictures("f1", 0)
		pictures("f2", 1)
		watched.Close()
	})
}

func TestFramesAllWatched(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		var all []*watcher
		for i := range MaxFrames {
			all = append(all, watch(t, h, "f"+strconv.Itoa(i), ""))
		}
		if _, err := h.Subscribe("main", "", SSE); !errors.Is(err, ErrFull) {
			t.Errorf("subscribe: %v, want ErrFull", err)
		}
		if _, err := h.Publish(t.Context(), "main", []byte("1")); !errors.Is(err, ErrFull) {
			t.Errorf("publish: %v, want ErrFull", err)
		}
		if v, err := h.Show(t.Context(), "main"); err != nil || len(v.Pictures) != 0 {
			t.Errorf("show: %+v, %v; want an empty frame", v, err)
		}
		if err := h.AnnounceSearch(t.Context(), "main", "x"); err != nil {
			t.Errorf("search: %v; want nothing, for nobody watches", err)
		}
		all[7].Close()
		w := watch(t, h, "main", "")
		w.want(viewers(1))
		w.Close()
		for _, w := range all {
			w.Close()
		}
	})
}

func TestFramesAreForgotten(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		shown := watch(t, h, "shown", "")
		publish(t, h, "shown", "1")
		shown.Close()
		watched := watch(t, h, "watched", "")
		gone := watch(t, h, "gone", "")
		gone.Close()
		time.Sleep(forgetAfter / 2)
		if _, n := h.Stats(); n != 3 {
			t.Errorf("%d frames after a while, want 3", n)
		}
		time.Sleep(forgetAfter)
		if _, n := h.Stats(); n != 2 {
			t.Errorf("%d frames in the end, want the one with a picture and the one with a viewer", n)
		}
		h.Clear(t.Context(), "shown")
		time.Sleep(2 * forgetAfter)
		if _, n := h.Stats(); n != 1 {
			t.Errorf("%d frames, want the watched one alone", n)
		}
		watched.Close()
	})
}

func TestQuiet(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		w := watch(t, h, "watched", "")
		publish(t, h, "watched", "1")
		publish(t, h, "alone", "1")
		empty := watch(t, h, "empty", "")
		quiet := func(want ...string) {
			t.Helper()
			if got := slices.Sorted(slices.Values(h.Quiet(time.Minute))); !slices.Equal(got, want) {
				t.Errorf("got the quiet frames %q, want %q", got, want)
			}
		}
		time.Sleep(time.Minute - time.Millisecond)
		quiet()
		time.Sleep(time.Millisecond)
		quiet("empty", "watched")
		h.Touch(t.Context(), "watched")
		quiet("empty")
		time.Sleep(time.Minute)
		quiet("empty", "watched")
		w.Close()
		quiet("empty")
		empty.Close()
		quiet()
	})
}
