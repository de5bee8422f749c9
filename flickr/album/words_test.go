package album

import (
	"strings"
	"testing"
)

func TestWordsMeanSomething(t *testing.T) {
	all := ^set(0)
	tests := []struct {
		text    string
		scenes  set // every scene of the theme is one of these
		moods   set
		weather weather
	}{
		{"sea", of(sea), all, fair},
		{"Ocean", of(sea), all, fair},
		{"OCEANS", of(sea), all, fair},
		{"mer", of(sea), all, fair},
		{"mountains", of(mountains, lake), all, fair},
		{"red mountain", of(mountains, lake), of(red), fair},
		{"mountain, red!", of(mountains, lake), of(red), fair},
		{"night", nightly, of(midnight, moonlit), fair},
		{"Nacht", nightly, of(midnight, moonlit), fair},
		{"night ocean", of(sea), of(midnight, moonlit), fair},
		{"red night", all, of(red), night},
		{"night red", all, of(red), night},
		{"snow", snowy, of(winter, ice), snow},
		{"snowy", snowy, of(winter, ice), snow},
		{"NEIGE", snowy, of(winter, ice), snow},
		{"snow forest", of(forest), of(winter, ice), snow},
		{"night snow", nightly & snowy, of(midnight, moonlit), snow},
		{"blue snow", all, of(blue), snow},
		{"rain in tokyo", of(city), of(wet, storm), fair}, // these moods rain already
		{"new york", of(city), all, fair},
		{"sunset", evening, of(sunset, golden, dusk), fair},
		{"sunsets at the beach", of(beach), of(sunset, golden, dusk), fair},
		{"roses", of(meadow, vase), of(pink, red, spring), fair},
		{"yellow rose", of(meadow, vase), of(yellow), fair},
		{"sahara", of(dunes), all, fair},
		{"autumn", all, of(autumn, golden), fair},
		{"foggy forest", of(forest), of(misty), fair},
		{"pumpkin", of(patch), of(orange, autumn), fair},
		{"galaxies", of(stars), of(midnight, moonlit, violet, ink), fair},
		{"雪山", of(mountains, lake), of(winter, ice), snow},
		{"夜の海", of(sea), of(midnight, moonlit), fair},
		{"море", of(sea), all, fair},
		{"forêt", of(forest), all, fair},
		{"aurora", of(aurora), all, fair},
		{"reef", of(reef), all, fair},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got := themeOf(tt.text)
			if got.scenes == 0 || got.scenes&^tt.scenes != 0 {
				t.Errorf("scenes %b, want of %b", got.scenes, tt.scenes)
			}
			if got.moods == 0 || got.moods&^tt.moods != 0 {
				t.Errorf("moods %b, want of %b", got.moods, tt.moods)
			}
			if got.weather != tt.weather {
				t.Errorf("weather %d, want %d", got.weather, tt.weather)
			}
		})
	}
}

func TestCaseAndPunctuationDoNotMatter(t *testing.T) {
	if a, b := themeOf("Red Mountain"), themeOf("  red,\tMOUNTAIN "); a != b {
		t.Errorf("themes differ: %+v and %+v", a, b)
	}
}

func TestUnknownWordsDiffer(t *testing.T) {
	seen := map[uint64]bool{}
	scenes := set(0)
	texts := strings.Fields("porcupine stapler zebra 42 ♥ ★ !! ?? 日 الليل ไทย qwertz")
	for _, text := range texts {
		got := themeOf(text)
		seen[got.seed] = true
		scenes |= got.scenes
		if n := got.moods.size(); n < 1 || n > 3 {
			t.Errorf("%q has %d moods, want a palette of at most 3", text, n)
		}
	}
	if len(seen) != len(texts) || scenes.size() < 10 {
		t.Errorf("%d themes for %d words, %d scenes in all", len(seen), len(texts), scenes.size())
	}
}

func TestVocabularyHoldsEachWordOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, group := range vocabulary {
		for word := range strings.FieldsSeq(group.words) {
			if seen[word] || seen[plain(word)] {
				t.Errorf("%q stands in two groups, or twice in one", word)
			}
			seen[word], seen[plain(word)] = true, true
			if word != strings.ToLower(word) {
				t.Errorf("%q is not lower case", word)
			}
		}
	}
	for r, h := range runes {
		if h == (hint{}) {
			t.Errorf("%c means a word that is not in the vocabulary", r)
		}
	}
}

func TestPickAndSome(t *testing.T) {
	s := of(3, 7, 40)
	for i, want := range []int{3, 7, 40, 3} {
		if got := s.pick(i); got != want {
			t.Errorf("pick(%d) = %d, want %d", i, got, want)
		}
	}
	if got := s.some(2, 99); got.size() != 2 || got&^s != 0 {
		t.Errorf("some(2) = %b of %b", got, s)
	}
	if got := s.some(5, 99); got != s {
		t.Errorf("some(5) of three = %b, want all", got)
	}
}
