package flickr

import (
	"strconv"
	"testing"
)

// row makes photos with the given tiers; their ids are the prefix and a number.
func row(prefix string, tiers ...int) []found {
	var photos []found
	for i, tier := range tiers {
		photos = append(photos, found{Photo{ID: prefix + strconv.Itoa(i)}, tier})
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
		{"both", both, "a1"}, // Only a0 is left, but it is on the screen.
	}
	for i, s := range steps {
		if got := p.pick(s.word, s.photos).ID; got != s.want {
			t.Errorf("step %d: %s shows %s, want %s", i, s.word, got, s.want)
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

func TestMemoryIsBounded(t *testing.T) {
	p := newPicker(first)
	for i := range 2 * rememberedWords {
		p.pick(strconv.Itoa(i), row("a", 0, 0))
	}
	if n := p.shown.Len(); n > rememberedWords {
		t.Errorf("%d words remembered", n)
	}
	p = newPicker(first)
	for i := range 3 * rememberedPhotos {
		p.pick("word", row(strconv.Itoa(i)+"x", 0))
	}
	if ids, _ := p.shown.Get("word"); len(ids) > rememberedPhotos {
		t.Errorf("%d photos remembered of one word", len(ids))
	}
}
