package stream

import "picture-frame/hub/wire"

// write writes what v's socket takes of b without blocking, and counts it and the
// events that it begins. Two sums in memory that is being written anyway are all that
// counting costs a delivery.
func (s *shard) write(v *viewer, b []byte, events uint32) (int, error) {
	n, err := write(v.fd, b)
	v.events += events
	v.bytes += uint64(n)
	s.sent[v.format].add(Sent{uint64(events), uint64(n), 1})
	return n, err
}

// notifySent tells how much has been sent since the last time.
func (s *shard) notifySent() {
	for f := range s.sent {
		if s.sent[f] != (Sent{}) {
			s.pool.traffic.Add(transportOf(wire.Format(f)), s.sent[f])
			s.sent[f] = Sent{}
		}
	}
}
