package e2e

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// The table of folders in the README says what each imports of ours, so that an
// arrow that points the wrong way is seen there first.
func TestReadmeKnowsTheImports(t *testing.T) {
	t.Parallel()
	readme := readmeText(t)
	for line := range strings.Lines(goList(t, "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "./...")) {
		fields := strings.Fields(line)
		folder := strings.TrimPrefix(strings.TrimPrefix(fields[0], "picture-frame"), "/")
		if folder == "" {
			folder = "main.go"
		}
		if strings.HasSuffix(folder, "test") || strings.Contains(folder, "testdata") {
			continue // what only tests use
		}
		var want []string
		for _, path := range fields[1:] {
			if ours, ok := strings.CutPrefix(path, "picture-frame/"); ok {
				want = append(want, "`"+ours+"`")
			}
		}
		row := regexp.MustCompile("(?m)^\\| `" + regexp.QuoteMeta(folder) + "` \\|.*\\| ?(.*?) ?\\|$").FindStringSubmatch(readme)
		switch {
		case row == nil && folder != "web/e2e":
			t.Errorf("got no row for %s in the README's table of folders, want one", folder)
		case row != nil && row[1] != strings.Join(want, " "):
			t.Errorf("%s: got the imports %s in the README, want %s", folder, row[1], strings.Join(want, " "))
		}
	}
}

// Whoever adds a dependency says in the README what it is for.
func TestReadmeKnowsTheDependencies(t *testing.T) {
	t.Parallel()
	_, table, _ := strings.Cut(readmeText(t), "## What it stands on")
	modules := strings.Fields(goList(t, "-m", "-f", "{{if not (or .Main .Indirect)}}{{.Path}}{{end}}", "all"))
	if len(modules) == 0 {
		t.Fatal("got no dependencies, want some")
	}
	for _, module := range modules {
		if !strings.Contains(table, "`"+module+"`") {
			t.Errorf("the README does not say what %s is for", module)
		}
	}
}

// goList returns what go list says of this module.
func goList(t *testing.T, args ...string) string {
	t.Helper()
	list := exec.Command("go", append([]string{"list"}, args...)...)
	list.Dir = "../.."
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func readmeText(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
