package hub

import "slices"

// The names of the events that a viewer can receive.
const (
	Picture   = "picture"   // a new picture, with an id of its own
	Searching = "searching" // somebody's search has been running for a while
	Presence  = "presence"  // how many watch
	Queue     = "queue"     // which words come next
	Host      = "host"      // what the frame's host has set
	Time      = "time"      // the server's clock, and the heartbeat
	Removed   = "removed"   // a picture has been taken off
	Seen      = "seen"      // on how many screens a picture is
	Reset     = "reset"     // what follows is no gapless continuation; with an id where no picture follows
	Bye       = "bye"       // the last event of a stream
)

// A kind says how the hub treats the events of one name.
type kind struct {
	name    string
	kept    bool // it has an id, is kept, and a viewer that comes back gets all it has missed
	latest  bool // only the newest counts: a viewer that is late gets that one
	clears  bool // what was kept before it is kept no more
	removes bool // one picture is kept no more, and who may have it is told
	polled  bool // an answer to a poll carries it
	active  bool // it counts as use of the frame, which defers autoplay
}

// kinds is all there is: a new kind of event is a name above and a row here.
// The page has the same list in static/js/transport/events.js, which a test of
// static compares with this one.
var kinds = [...]kind{
	{name: Picture, kept: true, polled: true, active: true},
	{name: Searching, latest: true, active: true},
	{name: Presence, latest: true},
	{name: Removed, removes: true, polled: true},
	{name: Queue, latest: true},
	{name: Host, latest: true},
	{name: Seen, latest: true}, // no use of the frame: autoplay's pictures are seen too
	{name: Time},               // made by each stream
	{name: Reset, latest: true, clears: true, polled: true, active: true},
	{name: Bye}, // the same
}

// KindNames are the names of all events that a viewer can receive.
func KindNames() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return names
}

// indexOfKind is the place of a name's row in kinds, or -1.
func indexOfKind(name string) int {
	return slices.IndexFunc(kinds[:], func(k kind) bool { return k.name == name })
}

// kindOf returns a name's row; a name that has none is neither kept nor told.
func kindOf(name string) kind {
	if i := indexOfKind(name); i >= 0 {
		return kinds[i]
	}
	return kind{name: name}
}
