package lab

import (
	"embed"
	"html/template"
	"iter"
	"strings"

	"github.com/labstack/echo/v4"
)

// A demo is one demonstration. Its name decides the path of its stream,
// /lab/NAME, and where the Go that the page shows is found: the function
// NAMEDemo in the file NAME.go.
type demo struct {
	Name    string
	Title   string
	About   template.HTML
	Say     string   // what a presenter may say to it
	Curl    []string // commands for a terminal; {root} stands for the server's address
	Button  string   // the label of what runs it
	Panel   panel
	handler func(*Lab, echo.Context) error
}

// Path returns the path of the demonstration's stream.
func (d demo) Path() string { return "/lab/" + d.Name }

// A panel says how the page runs a demonstration and what it shows meanwhile.
type panel struct {
	// Kind is how: "text" reads an answer as it comes, "events" listens with an
	// EventSource, "socket" talks over a WebSocket.
	Kind   string
	Event  string   // for "events", the name of the events
	Logs   []output // each a list of what arrives
	Figure string   // "text" or "time" writes the last data in large letters
	Chart  string   // unless empty, names a chart of the numbers on the data's last line
}

// An output is a log of the demonstration's path with a query.
type output struct {
	Title string
	Query string
}

// demos is the table of the demonstrations: routes and page are made from it. A
// new demonstration is a file NAME.go, a row here with its name in files, and a
// line in README.md.
var demos = []demo{{
	Name:    "ping",
	Title:   "Ping",
	About:   "A response that is not ready when it starts: chunks, a second apart, then the end.",
	Say:     "An answer may begin before it is ready. Everything else here is that one idea.",
	Curl:    []string{"curl -N '{root}/lab/ping'"},
	Button:  "Run",
	Panel:   panel{Kind: "text", Logs: []output{{}}},
	handler: (*Lab).ping,
}, {
	Name:    "count",
	Title:   "Count",
	About:   "The same five writes, flushed and not. Without a flush, everything comes at the end.",
	Say:     "Forget one flush, and a stream is a download.",
	Curl:    []string{"curl -N '{root}/lab/count'", "curl -N '{root}/lab/count?buffered=1'"},
	Button:  "Run both",
	Panel:   panel{Kind: "text", Logs: []output{{Title: "Flushed"}, {Title: "Buffered", Query: "?buffered=1"}}},
	handler: (*Lab).count,
}, {
	Name:    "time",
	Title:   "Time",
	About:   "An event with a name, an id and a retry. Add <code>?loop=N</code>, and it ends after N.",
	Say:     "A name to listen for, an id to come back with, a time to wait: that is an event.",
	Curl:    []string{"curl -N '{root}/lab/time'"},
	Button:  "Run",
	Panel:   panel{Kind: "events", Event: "time", Figure: "time", Logs: []output{{}}},
	handler: (*Lab).time,
}, {
	Name:    "prices",
	Title:   "Prices",
	About:   "Two <code>data:</code> lines, one event: the browser joins them with a line feed.",
	Say:     "Two lines of data, one event.",
	Curl:    []string{"curl -N '{root}/lab/prices'"},
	Button:  "Run",
	Panel:   panel{Kind: "events", Event: "prices", Figure: "text", Chart: "The last prices"},
	handler: (*Lab).prices,
}, {
	Name:  "wall",
	Title: "Wall",
	About: "Up and down on one connection: the WebSocket that a frame does not need.",
	Say:   "And this is what we did not need: a protocol of its own, for both directions.",
	Curl: []string{"curl -iN -m 3 --http1.1 -o - -H 'Connection: Upgrade' -H 'Upgrade: websocket' " +
		"-H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: c3RhZ2UgZG9vciBrZXkhIQ==' '{root}/lab/wall'"},
	Button:  "Connect",
	Panel:   panel{Kind: "socket", Logs: []output{{}}},
	handler: (*Lab).wall,
}}

// files holds the file of each demonstration.
//
//go:embed ping.go count.go time.go prices.go wall.go
var files embed.FS

// Source returns the function of the demonstration as it is compiled in. It
// fails if the file is not among files.
func (d demo) Source() (string, error) {
	file, err := files.ReadFile(d.Name + ".go")
	return function(string(file), d.Name+"Demo"), err
}

// function returns a function of a source file that gofmt has formatted, with
// four spaces for a tab.
func function(file, name string) string {
	_, from, _ := strings.Cut(file, "\nfunc "+name+"(")
	body, _, _ := strings.Cut(from, "\n}\n")
	return strings.ReplaceAll("func "+name+"("+body+"\n}", "\t", "    ")
}

// Demonstrations yields the path and the handler of each demonstration.
func (l *Lab) Demonstrations() iter.Seq2[string, echo.HandlerFunc] {
	return func(yield func(string, echo.HandlerFunc) bool) {
		for _, d := range demos {
			if !yield(d.Path(), func(c echo.Context) error { return d.handler(l, c) }) {
				return
			}
		}
	}
}
