package hub

import "encoding/json"

// A Transport is how a viewer follows a frame.
type Transport uint8

// All there are.
const (
	SSE Transport = iota
	NDJSON
	WebSocket
	Poll
	transports // how many
)

// Viewers counts viewers by transport.
type Viewers [transports]int

// Sum counts them all.
func (v Viewers) Sum() (sum int) {
	for _, n := range v {
		sum += n
	}
	return sum
}

// Plus adds up two counts.
func (v Viewers) Plus(more Viewers) Viewers {
	for t, n := range more {
		v[t] += n
	}
	return v
}

// UnmarshalJSON reads a list, or the one number that processes of an earlier version
// tell of.
func (v *Viewers) UnmarshalJSON(text []byte) error {
	*v = Viewers{}
	if json.Unmarshal(text, &v[SSE]) == nil {
		return nil
	}
	var list []int
	err := json.Unmarshal(text, &list)
	copy(v[:], list)
	return err
}
