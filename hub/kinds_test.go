package hub

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// A kind of event that is forgotten in one of the lists would silently not
// arrive.
func TestEveryKindIsInTheTableAndOnThePage(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "kinds.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	ast.Inspect(file, func(n ast.Node) bool {
		if declaration, ok := n.(*ast.GenDecl); ok && declaration.Tok == token.CONST {
			for _, spec := range declaration.Specs {
				for _, value := range spec.(*ast.ValueSpec).Values {
					name, _ := strconv.Unquote(value.(*ast.BasicLit).Value)
					named = append(named, name)
				}
			}
		}
		return true
	})
	rows := KindNames()
	slices.Sort(named)
	slices.Sort(rows)
	if len(rows) == 0 || !slices.Equal(rows, named) {
		t.Errorf("the table has rows for %q, want one for each of %q", rows, named)
	}
	module, err := os.ReadFile("../static/js/transport/events.js")
	if err != nil {
		t.Skip("the page has no list of its own yet")
	}
	list := regexp.MustCompile(`(?s)NAMES = \[(.*?)\]`).FindSubmatch(module)
	if list == nil {
		t.Fatal("events.js has no list NAMES")
	}
	var page []string
	for _, name := range regexp.MustCompile(`["'](\w+)["']`).FindAllSubmatch(list[1], -1) {
		page = append(page, string(name[1]))
	}
	slices.Sort(page)
	if !slices.Equal(page, rows) {
		t.Errorf("the page listens for %q, want %q", page, rows)
	}
}

// What a kind says of itself is what happens.
func TestUnknownKindIsRefused(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		if _, err := h.Deliver(Record{Frame: "main", Name: "rumour", Data: []byte("{}")}); err == nil {
			t.Error("an event of no kind was taken, want an error")
		}
	})
}
