package static

import (
	"io/fs"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// bundles lists what pages load. esbuild makes the files of one row together, each
// of what it imports: a page asks for few files, and a developer has many. What
// both of the frame's scripts import is in chunk, so that there is one of it.
var bundles = [][]string{
	{"css/pages/frame.css"}, {"css/pages/wall.css"}, {"css/pages/lab.css"}, {"css/pages/host.css"}, {"css/pages/plain.css"},
	{"js/app.js", "js/controls.js"}, {"js/floor.js"}, {"js/night.js"}, {"js/lab/lab.js"}, {"js/host/desk.js"}, {"js/host/signin.js"},
}

const chunk = "js/chunk.js"

// File returns a file as it is served: a bundle, its source map, or an icon.
// Bundles have lost their comments and white space, and nothing else: names stay,
// so that a stack trace can be read. The source map leads a browser's developer
// tools to the files here. The caller must not change the bytes.
func File(name string) (data []byte, ok bool) {
	if file, ok := served()[name]; ok {
		return file(), true
	}
	if !strings.HasPrefix(name, "icons/") {
		return nil, false
	}
	data, err := fs.ReadFile(files, name)
	return data, err == nil
}

// served makes each bundle when one of its files is asked for first: a start
// would take longer with all of them.
var served = sync.OnceValue(func() map[string]func() []byte {
	all := map[string]func() []byte{}
	for _, entries := range bundles {
		made := sync.OnceValue(func() map[string][]byte { return bundle(entries) })
		names := entries
		if len(entries) > 1 {
			names = append(names, chunk)
		}
		for _, name := range names {
			all[name] = func() []byte { return made()[name] }
			all[name+".map"] = func() []byte { return made()[name+".map"] }
		}
	}
	return all
})

// bundle makes the files of a row, by their names.
func bundle(entries []string) map[string][]byte {
	options := api.BuildOptions{
		Bundle:           true,
		Splitting:        len(entries) > 1,
		Format:           api.FormatESModule,
		MinifyWhitespace: true,
		Sourcemap:        api.SourceMapLinked,
		Outdir:           "/",
		ChunkNames:       strings.TrimSuffix(chunk, ".js"),
		Plugins:          []api.Plugin{embedded},
	}
	for _, name := range entries {
		options.EntryPointsAdvanced = append(options.EntryPointsAdvanced,
			api.EntryPoint{InputPath: name, OutputPath: strings.TrimSuffix(name, path.Ext(name))})
	}
	built := api.Build(options)
	all := map[string][]byte{}
	for _, file := range built.OutputFiles {
		all[strings.TrimPrefix(file.Path, "/")] = file.Contents
	}
	if len(built.Errors) > 0 { // which a test rules out, but not while somebody writes
		problem := built.Errors[0]
		text := problem.Text
		if problem.Location != nil {
			text = problem.Location.File + ":" + strconv.Itoa(problem.Location.Line) + ": " + text
		}
		for _, name := range entries {
			all[name] = []byte("throw new Error(" + strconv.Quote(text) + ");\n")
		}
	}
	return all
}

// embedded makes esbuild read the files that are compiled in.
var embedded = api.Plugin{Name: "embedded", Setup: func(build api.PluginBuild) {
	loaders := map[string]api.Loader{".js": api.LoaderJS, ".css": api.LoaderCSS}
	build.OnResolve(api.OnResolveOptions{Filter: "."}, func(asked api.OnResolveArgs) (api.OnResolveResult, error) {
		return api.OnResolveResult{Path: path.Join(path.Dir(asked.Importer), asked.Path), Namespace: "static"}, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: ".", Namespace: "static"}, func(asked api.OnLoadArgs) (api.OnLoadResult, error) {
		data, err := fs.ReadFile(files, asked.Path)
		text := string(data)
		return api.OnLoadResult{Contents: &text, Loader: loaders[path.Ext(asked.Path)]}, err
	})
}}
