// Package wiretest reads event streams as other projects do, for tests.
package wiretest

import (
	"io"

	"github.com/launchdarkly/eventsource"
	"github.com/tmaxmax/go-sse"
)

// An Event is what another project's parser made of the encoder's bytes.
type Event struct{ ID, Name, Data string }

// Parsers are of projects that have nothing to do with each other, or with us.
var Parsers = map[string]func(io.Reader) []Event{
	"launchdarkly/eventsource": func(r io.Reader) (events []Event) {
		for d := eventsource.NewDecoder(r); ; {
			e, err := d.Decode()
			if err != nil {
				return events
			}
			events = append(events, Event{e.Id(), e.Event(), e.Data()})
		}
	},
	"tmaxmax/go-sse": func(r io.Reader) (events []Event) {
		last := ""
		for e, err := range sse.Read(r, &sse.ReadConfig{MaxEventSize: 1 << 20}) {
			if err != nil {
				break
			}
			id := ""
			if e.LastEventID != last {
				id, last = e.LastEventID, e.LastEventID
			}
			events = append(events, Event{id, e.Type, e.Data})
		}
		return events
	},
}
