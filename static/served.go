package static

import (
	"io/fs"
	"path"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// File returns an embedded file as it is served. Scripts and styles have lost
// their comments and their white space by then, and nothing else: names stay,
// so that a stack trace can be read. That saves a good third of what a page loads
// and leaves the files here for people. The caller must not change the bytes.
func File(name string) (data []byte, ok bool) {
	file, ok := served()[name]
	if !ok {
		return nil, false
	}
	return file(), true
}

// loaders are the types that esbuild reads, by the end of a name.
var loaders = map[string]api.Loader{".js": api.LoaderJS, ".css": api.LoaderCSS}

// served makes each file when it is asked for first: a start would take 0.1 s longer
// with all of them.
var served = sync.OnceValue(func() map[string]func() []byte {
	all := map[string]func() []byte{}
	walk(".", func(name string) {
		all[name] = sync.OnceValue(func() []byte { return minified(name) })
	})
	return all
})

func minified(name string) []byte {
	// The files were compiled in: reading one back cannot fail.
	data, _ := fs.ReadFile(files, name)
	loader, text := loaders[path.Ext(name)]
	if !text {
		return data
	}
	less := api.Transform(string(data), api.TransformOptions{Loader: loader, MinifyWhitespace: true})
	if len(less.Errors) > 0 {
		return data // esbuild does not understand it, which a test rules out
	}
	return less.Code
}
