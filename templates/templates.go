// Package templates holds the HTML of the pages and parses it.
//
// frame.html, host.html, lab.html, stream.html and error.html are pages;
// layout.html and lab-*.html define the parts they share or are made of. A page
// is executed under its file name:
//
//	pages, err := templates.Parse(static.Path)
//	err = pages.ExecuteTemplate(w, "frame.html", data)
package templates

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
)

//go:embed *.html
var files embed.FS

// Version returns ten hexadecimal digits that change whenever a page or one of its
// assets does, whose own hash is given.
func Version(assets string) string {
	sum := sha256.New()
	sum.Write([]byte(assets))
	names, _ := fs.Glob(files, "*") // the pattern is right, and embedded files can be read
	for _, name := range names {
		text, _ := fs.ReadFile(files, name)
		digest := sha256.Sum256(text)
		sum.Write(digest[:])
	}
	return hex.EncodeToString(sum.Sum(nil))[:10]
}

// Parse parses all pages into one set. asset gives the address of a file of
// package static ("js/app.js").
func Parse(asset func(name string) string) (*template.Template, error) {
	return template.New("pages").Funcs(template.FuncMap{"asset": asset}).ParseFS(files, "*.html")
}
