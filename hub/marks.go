package hub

// Marks says of frames since when everything about them is known: an id each.
// Those of all other frames is at the empty name, which is no frame's.
type Marks map[string]string

// Of returns a frame's mark; empty if nothing about it has ever been lost.
func (m Marks) Of(frame string) string { return max(m[frame], m[""]) }

// Raise notes that what happened up to an id is not known any more. There are at
// most MaxFrames marks: then the oldest one becomes that of all other frames.
func (m Marks) Raise(frame, id string) {
	if id <= m.Of(frame) {
		return
	}
	m[frame] = id
	if len(m) <= MaxFrames {
		return
	}
	oldest := frame
	for name, mark := range m {
		if name != "" && mark < m[oldest] {
			oldest = name
		}
	}
	m[""] = max(m[""], m[oldest])
	delete(m, oldest)
}
