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
	data, ok = served()[name]
	return data, ok
}

// loaders are the types that esbuild reads, by the end of a name.
var loaders = map[string]api.Loader{".js": api.LoaderJS, ".css": api.LoaderCSS}

// served holds all files. Making them takes some 0.1 s, once, at the start.
var served = sync.OnceValue(func() map[string][]byte {
	all := map[string][]byte{}
	walk(".", func(name string) {
		// The files were compiled in: reading one back cannot fail.
		data, _ := fs.ReadFile(files, name)
		all[name] = data
		loader, text := loaders[path.Ext(name)]
		if !text {
			return
		}
		// A file that esbuild does not understand, which a test rules out, stays as
		// it is.
		if less := api.Transform(string(data), api.TransformOptions{Loader: loader, MinifyWhitespace: true}); len(less.Errors) == 0 {
			all[name] = less.Code
		}
	})
	return all
})
