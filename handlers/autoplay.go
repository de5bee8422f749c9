package handlers

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"time"

	"picture-frame/flickr"
	"picture-frame/hub"
)

type wall interface {
	shower
	Quiet(d time.Duration) (frames []string)
}

// Autoplay shows, until ctx ends, another picture for one of its own words in
// every frame that somebody watches and nobody has searched in for quiet. Its
// searches are to be such that people never miss what it used up. Claim is true
// for one of all processes that ask for a frame within a time.
func Autoplay(ctx context.Context, h wall, s *Searches, quiet time.Duration, claim func(ctx context.Context, frame string, within time.Duration) bool) {
	clock := time.NewTicker(min(quiet/4, 5*time.Second))
	defer clock.Stop()
	for {
		select {
		case <-clock.C:
		case <-ctx.Done():
			return
		}
		for _, frame := range h.Quiet(quiet) {
			view, err := h.Show(ctx, frame)
			// While its search may run, no other process begins one.
			if err != nil || len(view.Pictures) == 0 || !claim(ctx, frame, max(quiet/2, flickr.SearchTime)) {
				continue
			}
			// An error means too many searches at once: then it is not its turn.
			_, _ = s.Start(frame, keywordIn(view.Pictures[rand.N(len(view.Pictures))]))
		}
	}
}

func keywordIn(e *hub.Event) string {
	var p Picture
	_ = json.Unmarshal(e.Data(), &p) // it is our own
	return p.Keyword
}
