package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"picture-frame/flickr"
	"picture-frame/handlers/request"
	"picture-frame/hub"
)

// Words are what the operator has autoplay search for, beside a frame's own words.
type Words []string

// Read reads the setting WORDS; it is a web.Check.
func (w *Words) Read(lookup func(name string) string) (problems []string) {
	for _, word := range flickr.SplitList(lookup("WORDS")) {
		if _, err := request.CheckKeyword(word); err != nil {
			problems = append(problems, fmt.Sprint("WORDS has an entry that nobody could search for: ", ProblemOf(err).Detail))
		} else if flickr.Blocks(lookup("BLOCKED_WORDS"), word) {
			problems = append(problems, "WORDS has an entry that BLOCKED_WORDS refuses")
		}
		*w = append(*w, word)
	}
	return problems
}

// next returns the word for the next picture of a frame that has these, oldest
// first; "" if there is none. The frame's words and the operator's have the same
// chance, however many there are of each. The current one comes again only if
// there is no other.
func (w Words) next(pictures []*hub.Event) (word string) {
	kept := make([]string, len(pictures))
	for i, e := range pictures {
		kept[i] = keywordIn(e)
		word = kept[i]
	}
	lists := [][]string{kept, w}
	if rand.N(2) == 0 {
		slices.Reverse(lists)
	}
	for _, list := range lists {
		others := slices.DeleteFunc(slices.Clone(list), func(other string) bool { return other == word })
		if len(others) > 0 {
			return others[rand.N(len(others))]
		}
	}
	return word
}

type wall interface {
	shower
	Quiet(d time.Duration) (frames []string)
}

// Autoplay shows, until ctx ends, another picture in every frame that somebody
// watches and nobody has searched in for quiet: for one of the frame's own words
// or of words. A frame without pictures stays empty if there are no words. Its
// searches are to be such that people never miss what it used up. Claim is true
// for one of all processes that ask for a frame within a time.
func Autoplay(ctx context.Context, h wall, s *Searches, words Words, quiet time.Duration, claim func(ctx context.Context, frame string, within time.Duration) bool) {
	clock := time.NewTicker(min(quiet/4, 5*time.Second))
	defer clock.Stop()
	for {
		select {
		case <-clock.C:
		case <-ctx.Done():
			return
		}
		for _, frame := range h.Quiet(quiet) {
			if hub.LabFrame(frame) {
				continue // its visitor decides what hangs there, and its words cost nothing
			}
			view, err := h.Show(ctx, frame)
			word := words.next(view.Pictures)
			// While its search may run, no other process begins one.
			if err != nil || word == "" || !claim(ctx, frame, max(quiet/2, flickr.SearchTime)) {
				continue
			}
			// An error means too many searches or words at once: then it is not its turn.
			_, _ = s.Start(ctx, frame, word, Asker{Autoplay: true})
		}
	}
}

func keywordIn(e *hub.Event) string {
	var p Picture
	_ = json.Unmarshal(e.Data(), &p) // it is our own
	return p.Keyword
}
