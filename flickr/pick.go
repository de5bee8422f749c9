package flickr

import (
	"math/rand/v2"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
)

const (
	// rememberedWords is for how many words it is known what they have shown.
	rememberedWords = 1000
	// rememberedPhotos bounds what is known of one word, whose page changes a
	// little each time it is fetched.
	rememberedPhotos = 2 * maxKept
)

// picker chooses among a word's photos, at random but without repeating itself.
// What a word has shown outlives its page in the cache.
type picker struct {
	random func(n int) int

	mu    sync.Mutex
	shown *lru.Cache[string, map[string]bool] // photo ids by word
	last  string                              // the id of the photo shown last, by whatever word
}

func newPicker(random func(n int) int) *picker {
	if random == nil {
		random = rand.IntN
	}
	shown, err := lru.New[string, map[string]bool](rememberedWords)
	if err != nil {
		panic(err) // Only for a size below 1.
	}
	return &picker{random: random, shown: shown}
}

// pick chooses one of photos, of which there is at least one: of the best tier
// that has any left, and none that the word has shown before all of them have
// been, and not the one that was shown last unless there is no other.
func (p *picker) pick(word string, photos []found) Photo {
	p.mu.Lock()
	defer p.mu.Unlock()
	shown, ok := p.shown.Get(word)
	if !ok {
		shown = make(map[string]bool)
		p.shown.Add(word, shown)
	}
	i := p.draw(photos, func(id string) bool { return !shown[id] && id != p.last })
	if i < 0 || len(shown) >= rememberedPhotos {
		clear(shown)
	}
	if i < 0 {
		i = p.draw(photos, func(id string) bool { return id != p.last })
	}
	if i < 0 {
		i = 0 // There is one, and it was shown last.
	}
	photo := photos[i].Photo
	shown[photo.ID] = true
	p.last = photo.ID
	return photo
}

// draw returns the place of a random photo among those of the best tier that
// are free, or -1 if none is. Photos of the last tier are not drawn at all
// where there is a better one, free or not.
func (p *picker) draw(photos []found, free func(id string) bool) int {
	var counts [tierCount]int
	better := false
	for i := range photos {
		better = better || photos[i].tier < tierLast
		if free(photos[i].ID) {
			counts[photos[i].tier]++
		}
	}
	if better {
		counts[tierLast] = 0
	}
	for tier, count := range counts {
		if count == 0 {
			continue
		}
		n := p.random(count)
		for i := range photos {
			if photos[i].tier != tier || !free(photos[i].ID) {
				continue
			}
			if n == 0 {
				return i
			}
			n--
		}
	}
	return -1
}
