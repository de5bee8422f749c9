package hub

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// inBubble runs a test against a hub whose time is the bubble's. The hub has to
// end with the test.
func inBubble(t *testing.T, test func(t *testing.T, h *Hub)) {
	t.Helper()
	inBubbleWith(t, &alone{}, test)
}

func inBubbleWith(t *testing.T, cluster Cluster, test func(t *testing.T, h *Hub)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		h := New(cluster, slog.New(slog.DiscardHandler))
		go h.Run()
		t.Cleanup(func() { // after those of the viewers, by which they leave
			h.Close()
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			if err := h.Wait(ctx); err != nil {
				t.Error("the hub does not end: ", err)
			}
		})
		test(t, h)
	})
}

func publish(t *testing.T, h *Hub, frame, data string) (id string) {
	t.Helper()
	id, err := h.Publish(t.Context(), frame, []byte(strconv.Quote(data)))
	if err != nil {
		t.Fatal("publish: ", err)
	}
	return id
}

// publishN publishes the pictures "from" to "to" and returns their ids.
func publishN(t *testing.T, h *Hub, frame string, from, to int) (ids []string) {
	t.Helper()
	for i := from; i <= to; i++ {
		ids = append(ids, publish(t, h, frame, strconv.Itoa(i)))
	}
	return ids
}

// A watcher is a subscription that writes down what it gets.
type watcher struct {
	*Subscription
	t   *testing.T
	got []*Event
	err error
}

func watch(t *testing.T, h *Hub, frame, last string) *watcher {
	t.Helper()
	sub, err := h.Subscribe(frame, last, SSE)
	if err != nil {
		t.Fatal("subscribe: ", err)
	}
	t.Cleanup(sub.Close)
	return &watcher{sub, t, sub.First(), nil}
}

// take returns, as "name data" each, what has come since the last call.
func (w *watcher) take() (lines []string) {
	for _, e := range w.new() {
		lines = append(lines, e.Name()+" "+string(e.Data()))
	}
	return lines
}

// new returns what has come since the last call.
func (w *watcher) new() []*Event {
	events := w.got
	w.got = nil
	select {
	case <-w.More():
		var more []*Event
		more, w.err = w.Next()
		return append(events, more...)
	default:
		return events
	}
}

func (w *watcher) want(lines ...string) {
	w.t.Helper()
	if got := w.take(); !slices.Equal(got, lines) {
		w.t.Errorf("viewer got\n%q\nwant\n%q", got, lines)
	}
}

func pictures(from, to int) (lines []string) {
	for i := from; i <= to; i++ {
		lines = append(lines, fmt.Sprintf("picture %q", strconv.Itoa(i)))
	}
	return lines
}

func viewers(n int) string { return "presence " + string(presenceData(n)) }

func TestEverybodyGetsEveryPictureInOrder(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		a := watch(t, h, "main", "")
		a.want(viewers(1))
		publish(t, h, "main", "1")
		a.want(pictures(1, 1)...)
		time.Sleep(time.Second) // the bubble's, so that the next presence is due
		b := watch(t, h, "main", "")
		b.want(append(pictures(1, 1), viewers(2))...)
		publishN(t, h, "main", 2, 5)
		a.want(append([]string{viewers(2)}, pictures(2, 5)...)...)
		b.want(pictures(2, 5)...)
		a.Close()
		b.Close()
	})
}

func TestResume(t *testing.T) {
	const published = HistorySize + 50
	inBubble(t, func(t *testing.T, h *Hub) {
		ids := publishN(t, h, "main", 0, published-1)
		for missed := range published {
			w := watch(t, h, "main", ids[published-1-missed])
			want := pictures(published-missed, published-1)
			if missed > HistorySize {
				want = append([]string{"reset {}"}, pictures(published-1, published-1)...)
			}
			got := w.take()
			if !slices.Equal(got[:len(got)-1], want) {
				t.Fatalf("who missed %d pictures got %q, want %q", missed, got, want)
			}
			w.Close()
		}
	})
}

func TestResumeWithAnIDThatWasNeverGiven(t *testing.T) {
	const shape = "01d3v8q7k2a-abcde" // a plausible id of another process
	for name, id := range map[string]string{
		"nonsense": "nonsense", "forged": shape, "NUL": "\x00", "huge": string(make([]byte, 1<<16)),
		"not UTF-8": "\xff\xfe", "far future": "fffffffffff-zzzzz", "negative": "-1",
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, h *Hub) {
				empty := watch(t, h, "empty", id)
				empty.want("reset {}", viewers(1))
				ids := publishN(t, h, "main", 1, 3)
				w := watch(t, h, "main", id)
				w.want("reset {}", `picture "3"`, viewers(1))
				if next := publish(t, h, "main", "4"); next <= ids[2] {
					t.Errorf("id %q after %q does not increase", next, ids[2])
				}
				w.want(pictures(4, 4)...)
				w.Close()
				empty.Close()
			})
		})
	}
}

// A frame's id means nothing in another.
func TestFramesAreIsolated(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		id := publish(t, h, "a", "1")
		b := watch(t, h, "b", id)
		b.want("reset {}", viewers(1))
		a := watch(t, h, "a", "")
		a.want(append(pictures(1, 1), viewers(1))...)
		publish(t, h, "a", "2")
		if err := h.AnnounceSearch(t.Context(), "a", "x"); err != nil {
			t.Error(err)
		}
		b.want()
		a.want(`picture "2"`, `searching {"keyword":"x"}`)
		if v, _ := h.Show(t.Context(), "b"); len(v.Pictures) != 0 || v.Viewers != 1 {
			t.Errorf("frame b shows %+v, want no pictures and one viewer", v)
		}
		if v, err := h.Show(t.Context(), "b"); v.Find(id) != nil || err != nil {
			t.Errorf("frame b finds a's picture (%v)", err)
		}
		if v, err := h.Show(t.Context(), "a"); v.Find(id) == nil || err != nil {
			t.Errorf("frame a does not find its picture (%v)", err)
		}
		a.Close()
		b.Close()
	})
}

func TestFleetingEventsAreReplacedByTheNewest(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		w := watch(t, h, "main", "")
		w.want(viewers(1))
		h.AnnounceSearch(t.Context(), "main", "a")
		publish(t, h, "main", "1")
		h.AnnounceSearch(t.Context(), "main", "b")
		h.AnnounceSearch(t.Context(), "main", "<c>\u2028")
		publish(t, h, "main", "2")
		w.want(`picture "1"`, `searching {"keyword":"\u003cc\u003e\u2028"}`, `picture "2"`)
		late := watch(t, h, "main", "")
		late.want(`picture "2"`, viewers(2)) // old news are not told again
		h.Touch(t.Context(), "main")
		w.want()
		w.Close()
		late.Close()
	})
}

func TestClear(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		ids := publishN(t, h, "main", 1, HistorySize+20)
		w := watch(t, h, "main", ids[len(ids)-1])
		w.want(viewers(1))
		behind := watch(t, h, "main", ids[len(ids)-1])
		behind.take()
		publish(t, h, "main", "old")
		w.want(`picture "old"`)
		if err := h.Clear(t.Context(), "main"); err != nil {
			t.Fatal(err)
		}
		w.want("reset {}")
		publish(t, h, "main", "new")
		w.want(`picture "new"`)
		behind.want("reset {}", `picture "new"`) // what was cleared is not shown
		for _, id := range []string{ids[0], ids[19], ids[20], ids[len(ids)-1]} {
			again := watch(t, h, "main", id)
			if got := again.take(); !slices.Equal(got[:2], []string{"reset {}", `picture "new"`}) {
				t.Errorf("resume with an id from before the clearing: %q", got)
			}
			again.Close()
		}
		if v, _ := h.Show(t.Context(), "main"); v.Find(ids[len(ids)-1]) != nil {
			t.Error("a cleared picture is still found")
		}
		w.Close()
		behind.Close()
	})
}

func TestFallingBehindTheHistory(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		w := watch(t, h, "main", "")
		w.take()
		publishN(t, h, "main", 1, HistorySize)
		w.want(pictures(1, HistorySize)...)
		publishN(t, h, "main", 1, HistorySize+1)
		if got := w.take(); len(got) != 0 || !errors.Is(w.err, ErrBehind) {
			t.Errorf("a viewer further back than the history got %q, %v; want ErrBehind", got, w.err)
		}
		w.Close()
	})
}

func TestClose(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		w := watch(t, h, "main", "")
		w.take()
		publish(t, h, "main", "last")
		h.Close()
		h.Close()
		w.want(`picture "last"`)
		if !errors.Is(w.err, ErrClosed) {
			t.Errorf("viewer of a closed hub: %v, want ErrClosed", w.err)
		}
		refused := func(when string) {
			t.Helper()
			if _, err := h.Publish(t.Context(), "main", []byte("1")); !errors.Is(err, ErrClosed) {
				t.Errorf("publish %s: %v, want ErrClosed", when, err)
			}
			if _, err := h.Subscribe("main", "", SSE); !errors.Is(err, ErrClosed) {
				t.Errorf("subscribe %s: %v, want ErrClosed", when, err)
			}
			if err := h.Clear(t.Context(), "main"); !errors.Is(err, ErrClosed) {
				t.Errorf("clear %s: %v, want ErrClosed", when, err)
			}
		}
		refused("while closing")
		over, cancel := context.WithCancel(t.Context())
		cancel()
		if err := h.Wait(over); !errors.Is(err, context.Canceled) {
			t.Errorf("Wait with a viewer left: %v", err)
		}
		w.Close()
		if err := h.Wait(t.Context()); err != nil {
			t.Errorf("Wait: %v", err)
		}
		refused("after the end")
		w.Close()
		h.Close()
		if _, err := h.Show(t.Context(), "main"); !errors.Is(err, ErrClosed) {
			t.Errorf("show after the end: %v", err)
		}
	})
}

func TestPublishWithAnEndedContext(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		ctx, cancel := context.WithCancelCause(t.Context())
		reason := errors.New("no more of this")
		cancel(reason)
		if _, err := h.Publish(ctx, "main", []byte("1")); !errors.Is(err, reason) {
			t.Errorf("publish: %v, want why its context has ended", err)
		}
		if v, _ := h.Show(t.Context(), "main"); len(v.Pictures) != 0 {
			t.Error("a picture whose publisher got an error is shown")
		}
	})
}

// Viewers that come, stay a while and leave never hold up those who publish,
// and those who stay see everything.
func TestManyAtOnce(t *testing.T) {
	const publishers, each, guests = 8, HistorySize / 8, 30 // no more than is kept, so nobody can fall behind
	h := New(&alone{}, slog.New(slog.DiscardHandler))
	go h.Run()
	steady := watch(t, h, "main", "")
	var all sync.WaitGroup
	for p := range publishers {
		all.Go(func() {
			for i := range each {
				if _, err := h.Publish(t.Context(), "main", fmt.Appendf(nil, `"%d/%d"`, p, i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range guests {
		all.Go(func() {
			for range 20 {
				sub, err := h.Subscribe("main", "", SSE)
				if err != nil {
					t.Error(err)
					return
				}
				sub.Next()
				sub.Close()
				sub.Close()
			}
		})
	}
	next := make([]int, publishers)
	last := ""
	for seen := 0; seen < publishers*each; {
		<-steady.More()
		events, err := steady.Next()
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if e.Name() != Picture {
				continue
			}
			seen++
			var p, i int
			fmt.Sscanf(string(e.Data()), `"%d/%d"`, &p, &i)
			if i != next[p] {
				t.Fatalf("publisher %d: picture %d came after %d", p, i, next[p]-1)
			}
			next[p]++
			if e.ID() <= last {
				t.Fatalf("id %q came after %q", e.ID(), last)
			}
			last = e.ID()
		}
	}
	all.Wait()
	if n, _ := h.Stats(); n != 1 {
		t.Errorf("%d viewers are left, want 1", n)
	}
	steady.Close()
	h.Close()
	if err := h.Wait(t.Context()); err != nil {
		t.Error(err)
	}
}
