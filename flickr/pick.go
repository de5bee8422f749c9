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
	words *lru.Cache[string, *memory]
	last  string // the id of the photo shown last, by whatever word
}

// memory is what one word has shown, by the ids of photos.
type memory struct {
	shown map[string]bool // since it began anew
	last  string
}

func newPicker(random func(n int) int) *picker {
	if random == nil {
		random = rand.IntN
	}
	words, err := lru.New[string, *memory](rememberedWords)
	if err != nil {
		panic(err) // Only for a size below 1.
	}
	return &picker{random: random, words: words}
}

// pick chooses one of photos, of which there is at least one: of the best tier
// that has any left, and none that the word has shown before all of them have
// been. It is never the one that the word has shown last unless there is no
// other, and not the one that another word has shown last if that can be helped.
func (p *picker) pick(word string, photos []found) Photo {
	p.mu.Lock()
	defer p.mu.Unlock()
	m, ok := p.words.Get(word)
	if !ok {
		m = &memory{shown: make(map[string]bool)}
		p.words.Add(word, m)
	}
	other := func(id string) bool { return id != m.last }
	change := func(id string) bool { return other(id) && id != p.last }
	unseen := func(id string) bool { return change(id) && !m.shown[id] }

	i := p.draw(photos, unseen, noThumbnails(photos))
	if i < 0 || len(m.shown) >= rememberedPhotos {
		clear(m.shown)
	}
	if i < 0 {
		i = p.draw(photos, change, noThumbnails(photos))
	}
	if i < 0 {
		i = p.draw(photos, other, tierCount)
	}
	if i < 0 {
		i = 0 // There is one, and the word has shown it last.
	}
	photo := photos[i].Photo
	m.shown[photo.ID] = true
	m.last, p.last = photo.ID, photo.ID
	return photo
}

// noThumbnails is how many tiers there are to choose from: the last one does
// not count where there is a better photo.
func noThumbnails(photos []found) int {
	for i := range photos {
		if photos[i].tier < tierLast {
			return tierLast
		}
	}
	return tierCount
}

// draw returns the place of a random photo among those of the best tier that
// are free, of the first so many tiers, or -1 if none is.
func (p *picker) draw(photos []found, free func(id string) bool, tiers int) int {
	var counts [tierCount]int
	for i := range photos {
		if free(photos[i].ID) {
			counts[photos[i].tier]++
		}
	}
	for tier, count := range counts[:tiers] {
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
