// Package static holds the page's style sheets, scripts and icons, embedded in
// the binary, and knows the one address under which a build serves them.
//
// A page loads few files: each style sheet and script of bundles.go is put
// together from what it imports when it is asked for first. There is nothing to
// run after a change here but the program. A browser's developer tools show the
// files as they are here, by the source maps beside the bundles.
//
// Every file is served below /static/HASH/, where HASH stands for the contents
// of all of them. Bundles refer to each other by relative paths, so one changed
// file has to change the address of all, and in return a browser may keep
// everything for a year without asking again.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"sync"
)

// The tests beside these folders are not in it.
//
//go:embed css js icons
var files embed.FS

// What is served depends on how it is made, too.
//
//go:embed bundles.go
var recipe []byte

// hashDigits is enough to tell builds apart and short enough to read in a log.
const hashDigits = 10

// Hash returns the first ten hex digits of a SHA-256 over the name, size and
// contents of every embedded file, and over how they are served. It is computed
// once and never changes while the program runs.
var Hash = sync.OnceValue(func() string {
	sum := sha256.New()
	sum.Write(recipe)
	walk(".", func(name string) {
		// The files were compiled in: reading one back cannot fail.
		data, _ := fs.ReadFile(files, name)
		// A NUL cannot be in a name, so no two trees write the same bytes.
		sum.Write([]byte(name + "\x00"))
		digest := sha256.Sum256(data)
		sum.Write(digest[:])
	})
	return hex.EncodeToString(sum.Sum(nil))[:hashDigits]
})

// Path returns the address of an embedded file, such as
// /static/0123456789/js/app.js for "js/app.js".
func Path(name string) string {
	return "/static/" + Hash() + "/" + name
}

// walk calls visit for every embedded file below root, in lexical order.
func walk(root string, visit func(name string)) {
	// Neither can WalkDir fail on an embedded tree, nor does visit.
	_ = fs.WalkDir(files, root, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			visit(name)
		}
		return err
	})
}
