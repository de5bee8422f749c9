package flickr

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/flickr/fetch/fetchtest"
)

// row makes photos with the given tiers; their ids are the prefix and a number.
func row(prefix string, tiers ...int) []found {
	var photos []found
	for i, tier := range tiers {
		photos = append(photos, found{Photo: Photo{ID: prefix + strconv.Itoa(i)}, tier: tier})
	}
	return photos
}

func TestNoRepeatsUntilUsedUp(t *testing.T) {
	p := newPicker(nil)
	photos := row("a", make([]int, 50)...)
	last := ""
	for round := range 3 {
		seen := map[string]bool{}
		for range photos {
			id := p.pick("word", photos).ID
			if seen[id] {
				t.Fatalf("round %d: %s again after %d of %d", round, id, len(seen), len(photos))
			}
			if id == last {
				t.Fatalf("%s twice in a row", id)
			}
			seen[id], last = true, id
		}
	}
}

// TestMemoryOutlivesThePage: the word's results were fetched again, in another
// order and with one photo more.
func TestMemoryOutlivesThePage(t *testing.T) {
	p := newPicker(first)
	old := row("a", 0, 0, 0)
	p.pick("word", old)
	p.pick("word", old)
	newer := append(row("b", 0), old[1], old[0], old[2])
	got := []string{p.pick("word", newer).ID, p.pick("word", newer).ID}
	if got[0] != "b0" || got[1] != "a2" {
		t.Errorf("got %v, want b0 and a2: a0 and a1 were shown", got)
	}
}

func TestNeverTwiceInARowAcrossWords(t *testing.T) {
	p := newPicker(first)
	both, one := row("a", 0, 0), row("a", 0)
	steps := []struct {
		word   string
		photos []found
		want   string
	}{
		{"one", one, "a0"},
		{"both", both, "a1"}, // a0 would be first
		{"both", both, "a0"},
		{"one", one, "a0"},   // There is no other.
		{"both", both, "a1"}, // Used up, and a0 was just shown by the other word.
		{"one", one, "a0"},
		{"both", both, "a0"}, // a1 was its own last, which is worse than what another word shows.
	}
	for i, s := range steps {
		if got := p.pick(s.word, s.photos).ID; got != s.want {
			t.Errorf("step %d: %s: got %s, want %s", i, s.word, got, s.want)
		}
	}
}

func TestBetterTiersFirst(t *testing.T) {
	p := newPicker(nil)
	photos := row("a", tierTall, tierLast, tierWide, tierPlain, tierLarge, tierLast)
	var got string
	for range 4 {
		got += p.pick("word", photos).ID
	}
	if got != "a2a4a3a0" {
		t.Errorf("order is %s, want a2a4a3a0", got)
	}
	for range 20 {
		if id := p.pick("word", photos).ID; id == "a1" || id == "a5" {
			t.Errorf("thumbnail %s is shown beside better ones", id)
		}
	}
	if id := p.pick("only", row("t", tierLast)).ID; id != "t0" {
		t.Errorf("got %s, want the thumbnail that is all there is", id)
	}
}

// A thumbnail is better than the same picture once more.
func TestThumbnailRatherThanTheSame(t *testing.T) {
	p := newPicker(nil)
	photos := row("a", tierLast, tierWide, tierLast)
	last := ""
	for i := range 20 {
		id := p.pick("word", photos).ID
		if id == last || i%2 == 0 && id != "a1" {
			t.Errorf("pick %d: got %s after %q, want a1 every other time and never the same twice", i, id, last)
		}
		last = id
	}
}

// FuzzPick has each byte pick once: by which of three words, and from which of
// the pages that this word has at the time.
func FuzzPick(f *testing.F) {
	for _, steps := range []string{"\x00\x00\x01\x00", "\x00\x01\x00\x01\x00\x02", "\x00\x10\x04\x20\x08\x30\x0c", "abcdefghijklmnopqrstuvwxyz"} {
		f.Add([]byte(steps), uint64(1))
	}
	pages := [][]found{
		row("a", 0, 0), row("a", 0), row("b", 0), append(row("a", 0, 0), row("b", 0)...), row("a", tierWide, tierLast),
		row("a", 0, 0, 0, 0, 0), row("c", tierLast, tierLast), append(row("b", tierTall), row("a", tierPlain, tierWide)...),
	}
	f.Fuzz(func(t *testing.T, steps []byte, seed uint64) {
		p := newPicker(rand.New(rand.NewPCG(seed, 0)).IntN)
		own, screen := map[byte]string{}, ""
		for i, step := range steps[:min(len(steps), 1000)] {
			word, page := step%3, pages[int(step/3)%len(pages)]
			got := p.pick(string('A'+rune(word)), page)
			if !slices.ContainsFunc(page, func(f found) bool { return f.ID == got.ID }) {
				t.Fatalf("pick %d: got %q, which is not on the page", i, got.ID)
			}
			if len(page) > 1 && got.ID == own[word] {
				t.Fatalf("pick %d: got %s again, which the word has shown last, of %d photos", i, got.ID, len(page))
			}
			better := func(f found) bool { return f.ID != own[word] && f.ID != screen && f.tier < tierLast }
			if got.ID == screen && slices.ContainsFunc(page, better) {
				t.Fatalf("pick %d: got %s, which is on the screen, instead of another photo", i, got.ID)
			}
			own[word], screen = got.ID, got.ID
		}
	})
}

// Words that are asked for at the same time do not disturb each other: each of
// them shows its two photos in turn.
func TestPickConcurrently(t *testing.T) {
	p := newPicker(nil)
	both := row("a", 0, 0)
	var all sync.WaitGroup
	for w := range 8 {
		all.Go(func() {
			last := ""
			for range 200 {
				id := p.pick(strconv.Itoa(w), both).ID
				if id == last {
					t.Errorf("word %d: got %s twice in a row", w, id)
				}
				last = id
			}
		})
	}
	var first atomic.Int64 // how often one word's first photo comes, of 8 askers
	for range 8 {
		all.Go(func() {
			for range 200 {
				if p.pick("one word", both).ID == "a0" {
					first.Add(1)
				}
			}
		})
	}
	all.Wait()
	if got := first.Load(); got != 800 {
		t.Errorf("got one of two photos %d times of 1600, want 800: each in turn", got)
	}
}

// TestWordsInTurn asks as people do, one word and another, while the cache
// grows stale and the feed has the photos in another order each time.
func TestWordsInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		photo := func(id int) string {
			return fmt.Sprintf(`{"title":"x","link":"https://www.flickr.com/photos/a/%[1]d/","media":{"m":"https://live.staticflickr.com/1/%[1]d_ab_m.jpg"}}`, id)
		}
		s := newSearcher(t, Options{Settings: Settings{Pictures: "feed"}, Transport: fetchtest.RoundTrip(func(r *http.Request) (*http.Response, error) {
			items := []string{photo(1), photo(2)}
			if r.URL.Query().Get("tags") == "b" {
				items = []string{photo(2), photo(3)} // it shares one
			}
			rand.Shuffle(len(items), func(i, k int) { items[i], items[k] = items[k], items[i] })
			return fetchtest.Response(r, http.StatusOK, `{"items":[`+strings.Join(items, ",")+`]}`), nil
		})})
		last := map[string]string{}
		for i, word := range strings.Fields("a a b a a b a b b a " + strings.Repeat("a b b a ", 50)) {
			p, err := s.Search(background, word)
			if err != nil {
				t.Fatal(err)
			}
			if p.ID == last[word] {
				t.Errorf("search %d, for %s: got %s again, want its other photo", i, word, p.ID)
			}
			last[word] = p.ID
			time.Sleep(rand.N(keepTime))
		}
	})
}

func TestMemoryIsBounded(t *testing.T) {
	p := newPicker(first)
	for i := range 2 * rememberedWords {
		p.pick(strconv.Itoa(i), row("a", 0, 0))
	}
	if n := p.words.Len(); n > rememberedWords {
		t.Errorf("%d words remembered", n)
	}
	p = newPicker(first)
	for i := range 3 * rememberedPhotos {
		p.pick("word", row(strconv.Itoa(i)+"x", 0))
	}
	if m, _ := p.words.Get("word"); len(m.shown) > rememberedPhotos {
		t.Errorf("%d photos remembered of one word", len(m.shown))
	}
}
