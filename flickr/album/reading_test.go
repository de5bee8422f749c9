package album

import (
	"strings"
	"testing"
)

// Each word of a row has to be read as the others are.
func TestFormsOfAWordMeanTheSame(t *testing.T) {
	for _, row := range []string{
		"harbour harbor harbours Harbors",
		"theatre theater theatres",
		"grey gray greys",
		"dog dogs",
		"swim swims swimming swimmer swimmers",
		"cycling cyclist bike biking biker",
		"leaf leaves",
		"wolf wolves",
		"city cities",
		"fog foggy",
		"snow snowy snowing snowed",
		"colour color colours colored coloured colourful",
		"café cafe cafés cafe\u0301",
		"montaña montana montañas",
		"strasse straße",
		"northernlights northern-lights northern_lights",
		"milkyway milky-way",
		"icecream ice-cream",
		"hotairballoon hot-air-balloons",
		"blackandwhite black-and-white",
		"goldengatebridge golden-gate-bridge",
	} {
		forms := strings.Fields(row)
		want := hintsOf(strings.ToLower(forms[0]))
		if len(want) == 0 {
			t.Errorf("%q: got no meaning", forms[0])
		}
		for _, form := range forms[1:] {
			if got := hintsOf(strings.ToLower(form)); len(got) != len(want) || got[0] != want[0] {
				t.Errorf("%q: got %v, want that of %q, %v", form, got, forms[0], want)
			}
		}
	}
}

func TestCompounds(t *testing.T) {
	tests := []struct {
		text   string
		scenes set
		moods  set // 0: any
	}{
		{"harbour at night", of(harbour), of(midnight, moonlit)},
		{"city lights", of(city), 0},
		{"citylights", of(city), 0},
		{"cityscape", of(city), 0},
		{"winterforest", of(forest), of(winter, ice)},
		{"redcars", of(road), of(red)},
		{"sunsetbeach", of(beach), of(sunset, golden, dusk)},
		{"streetphotography", of(city), 0},
		{"landscape photography", of(viewpoint, river, lake), 0},
		{"mountainviews", of(mountains, lake), 0},
		{"instadog", of(sittingDog), 0},
		{"old church in the snow", of(village), 0},
	}
	for _, tt := range tests {
		got := themeOf(tt.text)
		if got.scenes != tt.scenes {
			t.Errorf("%q: got the scenes %b, want %b", tt.text, got.scenes, tt.scenes)
		}
		if tt.moods != 0 && got.moods != tt.moods {
			t.Errorf("%q: got the moods %b, want %b", tt.text, got.moods, tt.moods)
		}
	}
}

// Words that only look like others have no meaning here.
func TestLookalikesAreUnknown(t *testing.T) {
	for _, word := range strings.Fields("care carpet many flour hour busy the and of") {
		if got := hintsOf(word); len(got) != 0 {
			t.Errorf("%q: got %v, want no meaning", word, got)
		}
	}
}

// The work for one long word is bounded by the number of parts that are sought
// in it.
func TestLongWordsHaveFewParts(t *testing.T) {
	for _, part := range []string{"sea", "see", "and", "seasand", "a", "é", "sun"} {
		text := strings.Repeat(part, 400/len(part))
		if got := len(hintsOf(text)); got > maxParts {
			t.Errorf("%.20q…: got %d meanings, want at most %d", text, got, maxParts)
		}
	}
}
