package static

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"picture-frame/hub"
)

func TestPath(t *testing.T) {
	want := regexp.MustCompile(`^/static/[0-9a-f]{10}/js/app\.js$`)
	if got := Path("js/app.js"); !want.MatchString(got) {
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

// What no page loads is forgotten here, and what esbuild does not understand
// would be an error on the page.
func TestEveryFileIsInABundle(t *testing.T) {
	used := map[string]bool{}
	for name := range served() {
		data, _ := File(name)
		if bytes.HasPrefix(data, []byte("throw new Error(")) {
			t.Errorf("%s: %s", name, data)
		}
		if path.Ext(name) != ".map" {
			continue
		}
		var sourceMap struct{ Sources []string }
		if err := json.Unmarshal(data, &sourceMap); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, source := range sourceMap.Sources {
			used[strings.TrimPrefix(source, "static:")] = true
		}
	}
	walk(".", func(name string) {
		// A page's style sheet has nothing but imports.
		if !strings.HasPrefix(name, "icons/") && !strings.HasPrefix(name, "css/pages/") && !used[name] {
			t.Errorf("no page loads %s", name)
		}
	})
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
	for name := range served() {
		data, _ := File(name)
		if path.Ext(name) == ".css" && (bytes.Contains(data, []byte("url(")) || bytes.Contains(data, []byte("@import"))) {
			t.Errorf("%s loads something", name)
		}
	}
	walk("js", func(name string) {
		source, _ := fs.ReadFile(files, name)
		for _, bad := range []string{"innerHTML", "insertAdjacentHTML", "document.write", "eval(", "import('http"} {
			if strings.Contains(string(source), bad) {
				t.Errorf("%s uses %s", name, bad)
			}
		}
	})
}

// What esbuild understands in another way than a browser would not work at all:
// that is what the tests with a browser are for.
func TestScriptsAndStylesAreMinified(t *testing.T) {
	for name := range served() {
		data, ok := File(name)
		if !ok || len(data) == 0 {
			t.Errorf("%s is not served", name)
		}
		code, link, _ := strings.Cut(string(data), "# sourceMappingURL=")
		if path.Ext(name) != ".map" && (strings.Contains(code, "/**") || strings.Contains(code, "\n  ") || strings.TrimRight(link, " */\n") != path.Base(name)+".map") {
			t.Errorf("%s is served with comments or indented, or without its source map", name)
		}
	}
	for _, name := range []string{"js", "js/dom.js", "css/base.css", "icons", "bundles.go"} {
		if _, ok := File(name); ok {
			t.Errorf("%s is served", name)
		}
	}
	icon, _ := fs.ReadFile(files, "icons/icon.svg")
	if got, _ := File("icons/icon.svg"); !bytes.Equal(got, icon) {
		t.Error("an icon is served changed")
	}
}
