package handlers

import (
	"picture-frame/handlers/request"
	"picture-frame/hub"
)

// An Asker is who searches.
type Asker struct {
	Client   string       // tells askers apart
	Shared   bool         // a client may have only so many words in line
	Autoplay bool         // nobody does: the picture waits behind people's
	AtOnce   bool         // the picture waits for nobody's
	Allow    func() error // takes a search from the asker's; nil for no limit
}

// askerOf returns who sends a request. A word of the lab's counts for nobody.
func askerOf(frame string, c request.Client, limit *request.PerMinute) Asker {
	if hub.LabFrame(frame) {
		return Asker{Client: c.Key(), AtOnce: true}
	}
	return Asker{Client: c.Key(), Shared: limit.On(), Allow: func() error { return limit.Allow(c) }}
}
