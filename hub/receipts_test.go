package hub

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"
)

func TestSample(t *testing.T) {
	for viewers, want := range map[int]string{
		0: `{"viewers":0,"sample":1}`, 1: `{"viewers":1,"sample":1}`, 200: `{"viewers":200,"sample":1}`,
		201: `{"viewers":201,"sample":0.995025}`, 1000: `{"viewers":1000,"sample":0.2}`, 100_000: `{"viewers":100000,"sample":0.002}`,
	} {
		if got := string(presenceData(viewers)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for _, viewers := range []int{1, 300, 12_345, 10_000_000} {
		var told struct{ Sample float64 }
		if err := json.Unmarshal(presenceData(viewers), &told); err != nil || math.Abs(told.Sample/SampleOf(viewers)-1) > 1e-5 {
			t.Errorf("%d viewers: got %v, %v, want %v", viewers, told.Sample, err, SampleOf(viewers))
		}
	}
}

// Every time is in the bucket that stands for it, to a sixteenth.
func TestBuckets(t *testing.T) {
	last := -1
	for ms := range 20_000 {
		d := time.Duration(ms) * time.Millisecond
		bucket := Bucket(d)
		if bucket != last && bucket != last+1 {
			t.Fatalf("%v: got bucket %d after %d", d, bucket, last)
		}
		last = bucket
		if from, to := Span(bucket); d < from || d >= to {
			t.Fatalf("%v: its bucket is from %v to %v", d, from, to)
		}
		if off := math.Abs(float64(middle(bucket)-d)) / float64(max(d, 1)); off > 1.0/16 || ms < exact && off > 0 {
			t.Errorf("%v: got %v for it", d, middle(bucket))
		}
	}
	if got := Bucket(-time.Second); got != 0 {
		t.Errorf("a time before the broadcast: got bucket %d, want 0", got)
	}
}

func TestPercentiles(t *testing.T) {
	for _, test := range []struct {
		ms       []int
		p50, p95 int
	}{
		{[]int{7}, 7, 7},
		{[]int{3, 9}, 3, 9},
		{[]int{3, 9, 30}, 9, 30},
		{[]int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 20}, 1, 1},
		{[]int{0, 5, 0, 5, 0}, 0, 5},
		{nil, 0, 0},
	} {
		h := Histogram{}
		for _, ms := range test.ms {
			h[Bucket(time.Duration(ms)*time.Millisecond)]++
		}
		got := []time.Duration{h.Percentile(50), h.Percentile(95)}
		if want := []time.Duration{time.Duration(test.p50) * time.Millisecond, time.Duration(test.p95) * time.Millisecond}; !slices.Equal(got, want) {
			t.Errorf("%v: got %v, want %v", test.ms, got, want)
		}
	}
}

// A picture's broadcast is known where it was published, not where it was restored
// or has been cleared.
func TestBroadcast(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		for range 3 {
			watch(t, h, "main", "")
		}
		h.SetRemote("main", Viewers{297})
		time.Sleep(time.Minute)
		id, err := h.Publish(t.Context(), "main", []byte(`"fox"`))
		if err != nil {
			t.Fatal(err)
		}
		want := Broadcast{"main", id, time.Now(), 300, 200.0 / 300}
		time.Sleep(time.Second)
		if got, ok := h.Broadcast("main", id); !ok || got != want {
			t.Errorf("got %+v, %v, want %+v", got, ok, want)
		}
		if err := h.Restore("hall", "", []Record{{Frame: "hall", ID: id, Name: Picture, Data: []byte(`"fox"`)}}); err != nil {
			t.Fatal(err)
		}
		if err := h.Clear(t.Context(), "main"); err != nil {
			t.Fatal(err)
		}
		for _, frame := range []string{"main", "hall", "nowhere"} {
			if got, ok := h.Broadcast(frame, id); ok {
				t.Errorf("%s: got %+v, want none", frame, got)
			}
		}
	})
}

// Only those count of which receipts still do.
func TestBroadcasts(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		var ids []string
		for _, after := range []time.Duration{0, time.Second, 4 * time.Second, 4 * time.Second} {
			time.Sleep(after)
			id, err := h.Publish(t.Context(), "main", []byte(`"fox"`))
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, id)
		}
		time.Sleep(ReceiptTime - 8*time.Second)
		for most, want := range map[int]string{2: fmt.Sprint(ids[3], ids[2]), 100: fmt.Sprint(ids[3], ids[2], ids[1])} {
			var got []any
			for _, b := range h.Broadcasts("main", most) {
				got = append(got, b.ID)
			}
			if fmt.Sprint(got...) != want {
				t.Errorf("at most %d: got %v, want %s", most, got, want)
			}
		}
		if got := h.Broadcasts("nowhere", 9); got != nil {
			t.Errorf("no such frame: got %v, want none", got)
		}
	})
}

// A seen event reaches all viewers, and is no use of the frame.
func TestSeenIsNoUseOfTheFrame(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		w := watch(t, h, "main", "")
		w.want(viewers(1))
		time.Sleep(time.Minute)
		if err := h.AnnounceSeen(t.Context(), "main", []byte(`{"id":"x"}`)); err != nil {
			t.Fatal(err)
		}
		w.want(`seen {"id":"x"}`)
		if got := h.Quiet(time.Minute); fmt.Sprint(got) != "[main]" {
			t.Errorf("quiet for a minute: got %v, want the frame", got)
		}
	})
}
