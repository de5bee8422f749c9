package hub

// Returned counts viewers that came with an id to resume from.
type Returned struct {
	Resumed  uint64 // without a gap
	Reset    uint64 // because their id was no longer kept
	Replayed uint64 // pictures that the former had missed
}

func (r *Returned) count(events []*Event) {
	missed := uint64(0)
	for _, e := range events {
		switch e.name {
		case Reset:
			r.Reset++
			return
		case Picture:
			missed++
		}
	}
	r.Resumed++
	r.Replayed += missed
}

// Returned counts those of all frames, by transport.
func (h *Hub) Returned() (all [transports]Returned) {
	h.call(func() { all = h.returned })
	return all
}
