// Package templates holds the HTML of the pages and parses it.
//
// frame.html, lab.html, stream.html and error.html are pages; layout.html
// defines the parts they share. A page is executed under its file name:
//
//	pages, err := templates.Parse(static.Path, static.Modules())
//	err = pages.ExecuteTemplate(w, "frame.html", data)
package templates

import (
	"embed"
	"html/template"
)

//go:embed *.html
var files embed.FS

// Parse parses all pages into one set. asset gives the address of an embedded
// file ("css/base.css"); modules are the scripts that the frame asks for early.
func Parse(asset func(name string) string, modules []string) (*template.Template, error) {
	return template.New("pages").Funcs(template.FuncMap{
		"asset":   asset,
		"modules": func() []string { return modules },
	}).ParseFS(files, "*.html")
}
