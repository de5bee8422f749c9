package hub

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
)

// A kind of event that is forgotten in the table would silently not
// arrive.
func TestEveryKindIsInTheTable(t *testing.T) {
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
}

func TestUnknownKindIsRefused(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		if _, err := h.Deliver(Record{Frame: "main", Name: "rumour", Data: []byte("{}")}); err == nil {
			t.Error("an event of no kind was taken, want an error")
		}
	})
}
