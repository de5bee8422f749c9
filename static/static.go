// Package static holds the page's style sheets, scripts and icons, embedded in
// the binary, and knows the one address under which a build serves them.
//
// Every file is served below /static/HASH/, where HASH stands for the contents
// of all of them. Modules import each other by relative paths, so one changed
// file has to change the address of all, and in return a browser may keep
// everything for a year without asking again.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// The tests beside these folders are not in it.
//
//go:embed css js icons
var files embed.FS

// hashDigits is enough to tell builds apart and short enough to read in a log.
const hashDigits = 10

// Hash returns the first ten hex digits of a SHA-256 over the name, size and
// contents of every embedded file. It is computed once and never changes while
// the program runs.
var Hash = sync.OnceValue(func() string {
	sum := sha256.New()
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
// /static/0123456789/css/base.css for "css/base.css".
func Path(name string) string {
	return "/static/" + Hash() + "/" + name
}

// Modules returns the names of the script modules that the frame's page loads,
// in a fixed order, so that the page can ask for all of them at once instead
// of discovering one import after the other. The lab and the host have their own,
// and js/floor.js is no module.
var Modules = sync.OnceValue(func() []string {
	var names []string
	walk("js", func(name string) {
		if path.Ext(name) == ".js" && name != "js/floor.js" && !strings.HasPrefix(name, "js/lab/") && !strings.HasPrefix(name, "js/host/") {
			names = append(names, name)
		}
	})
	return names
})

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
