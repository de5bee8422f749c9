package handlers

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/hub"
)

func TestAutoplay(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hub.Hub) {
		f := &finder{}
		s := f.searches(h, 2)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var elsewhere atomic.Bool // another process shows something
		go Autoplay(ctx, h, s, time.Minute, func(context.Context, string, time.Duration) bool { return !elsewhere.Load() })
		expect := func(want string) {
			t.Helper()
			synctest.Wait()
			if got := f.asked(); got != want {
				t.Errorf("asked for %q, want %q", got, want)
			}
		}
		publish := func(frame, word string) {
			if _, err := h.Publish(t.Context(), frame, []byte(`{"keyword":"`+word+`"}`)); err != nil {
				t.Error(err)
			}
		}
		watched := viewer(t, h, "watched")
		viewer(t, h, "empty")
		publish("watched", "sushi")
		publish("alone", "pumpkin")
		elsewhere.Store(true)
		time.Sleep(70 * time.Second)
		expect("")
		elsewhere.Store(false)
		time.Sleep(7 * time.Second) // it looks every 5 s
		expect("sushi")
		if got := names(watched); got != "picture picture " {
			t.Errorf("the viewer got %q", got)
		}
		// Somebody types, though nothing comes of it.
		time.Sleep(50 * time.Second)
		if err := h.Touch(t.Context(), "watched"); err != nil {
			t.Error(err)
		}
		time.Sleep(50 * time.Second)
		expect("sushi")
		time.Sleep(20 * time.Second)
		expect("sushi sushi")
		watched.Close()
		time.Sleep(time.Hour)
		expect("sushi sushi")
		again := viewer(t, h, "watched")
		time.Sleep(5 * time.Second)
		expect("sushi sushi sushi")
		stop()
		time.Sleep(time.Hour)
		expect("sushi sushi sushi")
		again.Close()
	})
}
