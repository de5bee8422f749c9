package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// loggers are the methods and functions that take keys, by the position of the first.
var loggers = map[string]int{
	"Debug": 1, "Info": 1, "Warn": 1, "Error": 1,
	"DebugContext": 2, "InfoContext": 2, "WarnContext": 2, "ErrorContext": 2, "Log": 3,
}

// isLog reports whether an expression is called as this program calls its loggers.
func isLog(e ast.Expr) bool {
	switch x := e.(type) {
	case *ast.Ident:
		return x.Name == "log" || x.Name == "to"
	case *ast.SelectorExpr:
		return strings.EqualFold(x.Sel.Name, "log") || x.Sel.Name == "to"
	}
	return false
}

// The README lists the keys of the log's lines, all and no others.
func TestLogKeys(t *testing.T) {
	used := map[string]string{}
	note := func(at token.Position, e ast.Expr) {
		if text, ok := e.(*ast.BasicLit); ok && text.Kind == token.STRING {
			key, _ := strconv.Unquote(text.Value)
			used[key] = at.String()
		}
	}
	files := token.NewFileSet()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata") || strings.Contains(path, "node_modules") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			at := files.Position(call.Pos())
			if of, ok := name.X.(*ast.Ident); ok && of.Name == "slog" && len(call.Args) == 2 {
				note(at, call.Args[0]) // an Attr
				return true
			}
			if first, ok := loggers[name.Sel.Name]; ok && isLog(name.X) {
				for i := first; i < len(call.Args); i += 2 {
					note(at, call.Args[i])
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(readme), "| key | what |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	listed := map[string]bool{}
	for line := range strings.Lines(table) {
		cell := strings.SplitN(line, "|", 3)[1]
		for _, key := range regexp.MustCompile("`([a-z_]+)`").FindAllStringSubmatch(cell, -1) {
			listed[key[1]] = true
		}
	}
	for key, at := range used {
		if !listed[key] {
			t.Errorf("%s: the README does not list the key %q", at, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(listed)) {
		if used[key] == "" {
			t.Errorf("the README lists the key %q, which nothing logs", key)
		}
	}
}
