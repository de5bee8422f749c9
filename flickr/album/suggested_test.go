package album

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// suggestions are the ways in which the program suggests a word, with the
// places to look in and the number of words that are there at least. When a
// list is renamed, this number fails, and the pattern has to follow.
var suggestions = []struct {
	name, root, files string
	pattern           *regexp.Regexp
	least             int
}{
	{"lists in the page's scripts", "../../static/js", `\.js$`, regexp.MustCompile(`(?s)const (?:EASY|WORDS|[A-Z_]*SUGGEST[A-Z_]*) = \[(.*?)\]`), 10},
	{"fields of the templates", "../../templates", `\.html$`, regexp.MustCompile(`class="word"[^>]* placeholder="([\pL ]+)"`), 2},
	{"the frame's first word", "../../handlers", `\.go$`, regexp.MustCompile(`Placeholder: +"([^"]+)"`), 1},
	{"the page's first word", "../../static/js", `\.js$`, regexp.MustCompile(`suggest\([^)]*'(\pL+)'\)`), 1},
	{"commands of the templates", "../../templates", `\.html$`, regexp.MustCompile(`keyword=(\pL+)`), 0},
	{"commands of the scripts", "../../static/js", `\.js$`, regexp.MustCompile(`keyword=(\pL+)`), 0},
	{"examples of the README", "../..", `^README\.md$`, regexp.MustCompile(`(?:keyword=|"keyword":"|the word ")(\pL+)`), 3},
	{"examples of the settings", "../..", `^\.env\.example$`, regexp.MustCompile(`keyword=(\pL+)`), 0},
}

// quoted is one word of a list in a script.
var quoted = regexp.MustCompile(`['"]([\pL ]+)['"]`)

// notWords are fields that look like those for a word to search for: the text
// for the wall is shown as it is, and the lab searches in what came down.
var notWords = []string{"hello", "Search"}

// suggested returns the words that the program suggests, read from its files.
func suggested(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, s := range suggestions {
		var found []string
		for _, text := range textsOf(t, s.root, regexp.MustCompile(s.files)) {
			for _, m := range s.pattern.FindAllStringSubmatch(text, -1) {
				if !strings.ContainsAny(m[1], `'"`) {
					found = append(found, m[1])
					continue
				}
				for _, word := range quoted.FindAllStringSubmatch(m[1], -1) {
					found = append(found, word[1])
				}
			}
		}
		if len(found) < s.least {
			t.Errorf("%s: got %d words %q, want at least %d", s.name, len(found), found, s.least)
		}
		all = append(all, found...)
	}
	all = slices.DeleteFunc(all, func(word string) bool { return slices.Contains(notWords, word) })
	slices.Sort(all)
	return slices.Compact(all)
}

// textsOf reads the files under root whose names match, but not those of
// folders beside the program such as .git.
func textsOf(t *testing.T, root string, name *regexp.Regexp) []string {
	t.Helper()
	var texts []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && root == "../.." && path != root:
			return fs.SkipDir
		case d.IsDir() || !name.MatchString(d.Name()) || strings.HasSuffix(d.Name(), "_test.go"):
			return nil
		}
		text, err := os.ReadFile(path)
		texts = append(texts, string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func TestSuggestedWordsHaveScenes(t *testing.T) {
	const most = 3 // scenes of one word, or they are not its own
	for _, word := range suggested(t) {
		if word == "anything" {
			if themeOf(word).scenes&^anywhere != 0 {
				t.Errorf("%q: got scenes that are not of any landscape", word)
			}
			continue
		}
		var named set
		for _, h := range hintsOf(word) {
			named |= h.scenes
		}
		// The adjective of “winter forest” or “city at night” names no scene;
		// without any scene a hash would choose.
		if n := named.size(); n < 1 || n > most {
			t.Errorf("%q: got %d scenes, want 1 to %d of its own", word, n, most)
		}
		if got := themeOf(word).scenes; got&^named != 0 {
			t.Errorf("%q: got the scenes %b, want only %b", word, got, named)
		}
	}
}

// What the program itself suggests is what people see first without a network.
func TestSuggestedWordsFit(t *testing.T) {
	tests := map[string]set{
		"harbour":         of(harbour),
		"lanterns":        of(lanterns),
		"fern":            of(forest),
		"lighthouse":      of(coast),
		"orchard":         of(orchard),
		"aurora":          of(aurora),
		"meadow":          of(meadow, rows),
		"northern lights": of(aurora),
		"clownfish":       of(reef),
		"pumpkin":         of(patch),
		"balloons":        of(balloons),
		"winter forest":   of(forest),
		"city at night":   of(city),
		"dunes":           of(dunes),
		"ocean":           of(sea),
	}
	for word, want := range tests {
		if got := themeOf(word).scenes; got != want {
			t.Errorf("%q: got the scenes %b, want %b", word, got, want)
		}
	}
}
