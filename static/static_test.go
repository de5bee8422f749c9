package static

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"picture-frame/hub"
)

func TestPath(t *testing.T) {
	want := regexp.MustCompile(`^/static/[0-9a-f]{10}/css/base\.css$`)
	if got := Path("css/base.css"); !want.MatchString(got) {
		t.Errorf("Path is %s, want %s", got, want)
	}
}

// Tests, packages of Node and Go files lie beside the embedded folders.
func TestOnlyAssetsAreEmbedded(t *testing.T) {
	walk(".", func(name string) {
		switch path.Ext(name) {
		case ".css", ".js", ".svg", ".png":
		default:
			t.Errorf("%s is embedded", name)
		}
	})
}

// A module that is imported but not listed is found out late, and one that is
// listed but not imported is loaded for nothing.
func TestModulesAreWhatThePageImports(t *testing.T) {
	imports := regexp.MustCompile(`(?m)^(?:import|export)\b(?:[^;]*? from)? '([^']+)';`)
	reached := map[string]bool{}
	var follow func(name string)
	follow = func(name string) {
		if reached[name] {
			return
		}
		reached[name] = true
		source, err := fs.ReadFile(files, name)
		if err != nil {
			t.Error(err)
		}
		for _, found := range imports.FindAllSubmatch(source, -1) {
			follow(path.Join(path.Dir(name), string(found[1])))
		}
	}
	follow("js/app.js")
	for _, name := range Modules() {
		if !reached[name] {
			t.Errorf("%s is listed, but the page does not import it", name)
		}
	}
	for name := range reached {
		if !slices.Contains(Modules(), name) {
			t.Errorf("%s is imported, but not listed", name)
		}
	}
}

// An event whose kind the page does not list would arrive nowhere, in silence.
func TestPageKnowsEveryKindOfEvent(t *testing.T) {
	source, err := fs.ReadFile(files, "js/transport/events.js")
	if err != nil {
		t.Fatal(err)
	}
	list := regexp.MustCompile(`export const NAMES = \[([^\]]*)\];`).FindSubmatch(source)
	if list == nil {
		t.Fatal("got no list of names, want export const NAMES = [...]")
	}
	var got []string
	for _, name := range regexp.MustCompile(`'([^']+)'`).FindAllSubmatch(list[1], -1) {
		got = append(got, string(name[1]))
	}
	want := hub.KindNames()
	slices.Sort(got)
	slices.Sort(want)
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("got %q, want hub's %q", got, want)
	}
}

// Nothing comes from anywhere else: no font, no script, no picture.
func TestNothingIsLoadedFromElsewhere(t *testing.T) {
	walk("css", func(name string) {
		source, _ := fs.ReadFile(files, name)
		if bytes.Contains(source, []byte("url(")) || bytes.Contains(source, []byte("@import")) {
			t.Errorf("%s loads something", name)
		}
	})
	walk("js", func(name string) {
		source, _ := fs.ReadFile(files, name)
		for _, bad := range []string{"innerHTML", "insertAdjacentHTML", "document.write", "eval(", "import('http"} {
			if strings.Contains(string(source), bad) {
				t.Errorf("%s uses %s", name, bad)
			}
		}
	})
}

// A file that the minifier does not understand would be served as it is, and
// one that it understands in another way than a browser would not work at all:
// that is what the tests with a browser are for.
func TestScriptsAndStylesAreMinified(t *testing.T) {
	walk(".", func(name string) {
		source, _ := fs.ReadFile(files, name)
		got, ok := File(name)
		if !ok {
			t.Errorf("%s is not served", name)
		}
		switch path.Ext(name) {
		case ".js", ".css":
			if len(got) >= len(source) || bytes.Contains(got, []byte("/*")) {
				t.Errorf("%s is served with %d bytes of %d, want it without comments", name, len(got), len(source))
			}
		default:
			if !bytes.Equal(got, source) {
				t.Errorf("%s is served changed", name)
			}
		}
	})
	if _, ok := File("js"); ok {
		t.Error("a folder is served")
	}
}
