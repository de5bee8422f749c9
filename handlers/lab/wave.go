package lab

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub"
	"picture-frame/hub/wire"
)

const (
	// waveEvery is how often receipts are looked for. They come in bunches a tenth of a
	// second apart.
	waveEvery = 250 * time.Millisecond
	// wavePictures is of how many pictures at a time the receipts are sent.
	wavePictures = 10
	// waveReads bounds how many pictures a second are asked for, by all of these streams
	// of this process. Those above it come later.
	waveReads = 400
	// waveComment is how often a stream speaks that has nothing to tell.
	waveComment = 15 * time.Second
)

// A wave is what a picture's receipts add up to so far.
type wave struct {
	ID       string   `json:"id"`
	Receipts int      `json:"receipts"`
	Sample   float64  `json:"sample"`
	Of       int      `json:"of"` // viewers
	Arrived  [][3]int `json:"arrived"`
	Shown    [][3]int `json:"shown"`
}

// bars returns the buckets of a histogram, the shortest times first: from and to in
// milliseconds, and how many receipts are in it.
func bars(h hub.Histogram) (all [][3]int) {
	for _, bucket := range slices.Sorted(maps.Keys(h)) {
		from, to := hub.Span(bucket)
		all = append(all, [3]int{int(from.Milliseconds()), int(to.Milliseconds()), h[bucket]})
	}
	return all
}

// Wave is GET /lab/wave?frame=NAME: an event stream of the receipts of the frame's
// pictures, in their buckets, while they count. It is no viewer of the frame. What
// nobody watches costs nothing: receipts are read for this stream only, and only
// while there is a picture that is young enough to get any.
func (l *Lab) Wave(c echo.Context) error {
	frame, err := request.Frame(c)
	if err != nil {
		return err
	}
	return l.answer(c, request.MIMEEventStream, func(out *stream.Writer) error {
		told := map[string]int{}
		return out.Loop(waveEvery, 0, func(i int) error {
			if i%int(waveComment/waveEvery) == 0 {
				if err := out.Send(wire.Message{Comment: "the wave of " + frame, Retry: 2 * time.Second}); err != nil {
					return err
				}
			}
			return l.sendWaves(out, frame, told)
		})
	})
}

// sendWaves sends what has changed since told, which it brings up to date.
func (l *Lab) sendWaves(out *stream.Writer, frame string, told map[string]int) error {
	count := l.hub.Broadcasts(frame, wavePictures)
	maps.DeleteFunc(told, func(id string, _ int) bool {
		return !slices.ContainsFunc(count, func(b hub.Broadcast) bool { return b.ID == id })
	})
	for _, b := range count {
		if !l.waves.Allow() {
			return nil
		}
		t, err := l.tallies.ReadTally(l.stopping, b)
		if err != nil || t.Screens <= told[b.ID] {
			continue // it may be back the next time
		}
		told[b.ID] = t.Screens
		data, _ := json.Marshal(wave{b.ID, t.Screens, b.Sample, b.Viewers, bars(t.Arrived), bars(t.Shown)}) // numbers always encode
		if err := out.Send(wire.Message{Name: "wave", Data: data}); err != nil {
			return err
		}
	}
	return nil
}
