package stream

import (
	"errors"
	"io"
	"net/http"
	"time"

	"picture-frame/hub"
	"picture-frame/hub/wire"
)

// plain serves a stream on the caller's goroutine.
func (p *Pool) plain(w http.ResponseWriter, r *http.Request, s Stream) error {
	by := transportOf(s.Format)
	sub, err := p.hub.Subscribe(s.Frame, s.LastID, hub.Transport(by))
	if err != nil {
		return err
	}
	defer sub.Close()
	var sent Sent
	count := func(n Sent) {
		sent.add(n)
		p.traffic.Add(by, n)
	}
	answer(w, r, p.stall, count, func(out *Writer) error {
		return Follow(out, out, sub, s.Format, Heartbeat)
	}, func(cause error) { s.Ended(End{cause, sent}) })
	return nil
}

// Follow writes the events of sub to w, which passes them on to out, with a time
// event every heartbeat. It returns when out or sub ends. If the hub closes, it
// writes a bye event and returns hub.ErrClosed.
func Follow(out *Writer, w io.Writer, sub *hub.Subscription, f wire.Format, heartbeat time.Duration) error {
	buf := appendOpening(nil, f)
	write := func(events ...*hub.Event) error {
		for _, e := range events {
			buf = append(buf, e.Bytes(f)...)
		}
		if len(buf) == 0 {
			return nil
		}
		out.count(Sent{Events: uint64(len(events))})
		_, err := w.Write(buf)
		buf = buf[:0]
		return err
	}
	if err := write(sub.First()...); err != nil {
		return err
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-sub.More():
			events, err := sub.Next()
			if errors.Is(err, hub.ErrClosed) {
				events = append(events, Bye())
			}
			if failed := write(events...); failed != nil || err != nil {
				return errors.Join(err, failed)
			}
		case now := <-beat.C:
			if err := write(sub.NewTime(now)); err != nil {
				return err
			}
		case <-out.Done():
			return out.Err()
		}
	}
}
