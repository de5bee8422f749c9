package lab

// A section is one part of the page: a screen that its number key reaches, and one
// of the presenter's.
type section struct {
	ID    string // in the address, as #ID
	Name  string // in the bar
	Title string
	Lead  string // what it is, in a sentence
	Say   string // what a presenter may say to it
}

// sections is the table of the page's parts, in their order; the first nine have a
// key. What is in each is in templates/lab-*.html.
var sections = []section{{
	ID: "way", Name: "The way", Title: "Events down, Ajax up",
	Lead: "What you type goes up as a request like any other. What comes down is written into one answer that does not end. Everything below was measured in this browser, on this network.",
	Say:  "One request stays open, and the server writes into it whenever it has something to say.",
}, {
	ID: "wire", Name: "Wire", Title: "Wire",
	Lead: "The stream of this page, raw, as it arrives. Choose an event to see it parsed.",
	Say:  "That is all there is to it: lines of text, and a blank line that ends an event.",
}, {
	ID: "wave", Name: "The wave", Title: "The wave",
	Lead: "Each page that shows a picture says so with a small POST. The receipts of the last pictures, added up by the server.",
	Say:  "Every real-time system stops at “sent”. This one counts the screens that have it.",
}, {
	ID: "race", Name: "Race", Title: "Race",
	Lead: "One POST, the same picture down five ways at once. The clock starts when the POST leaves, so every time includes the search for the picture.",
	Say:  "Five ways down for the same picture. All of these times include the search.",
}, {
	ID: "break", Name: "Break it", Title: "Break it",
	Lead: "Two connections of yours, and nobody else’s. While they are down two pictures are hung: watch them arrive after all.",
	Say:  "We pull the plug. It comes back by itself, and with the last id it gets what it missed.",
}, {
	ID: "six", Name: "Six", Title: "Six connections",
	Lead: "Over HTTP/1.1 a browser opens six connections to a host, for all tabs together. Seven tabs that each open a stream of their own are one too many.",
	Say:  "Seven tabs, six connections: the seventh waits for ever. Tabs that share one stream do not.",
}, {
	ID: "network", Name: "Network", Title: "Is my network honest?",
	Lead: "What stands between this browser and the server, as far as it can be seen from here.",
	Say:  "Before we blame the stream: does the network in this room let it through?",
}, {
	ID: "demos", Name: "Demonstrations", Title: "The demonstrations",
	Lead: "Small streams, one idea each. The Go beside them is cut out of the running program’s own source.",
}}
