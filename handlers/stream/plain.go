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
	sub, err := p.hub.Subscribe(s.Frame, s.LastID, transportOf(s.Format))
	if err != nil {
		return err
	}
	defer sub.Close()
	answer(w, r, p.stall, func(out *Writer) error {
		return Follow(out, counted{out, p}, sub, s.Format, Heartbeat)
	}, s.Ended)
	return nil
}

// counted counts the writes that pass through it.
type counted struct {
	io.Writer
	pool *Pool
}

func (c counted) Write(b []byte) (int, error) {
	c.pool.sent.Add(1)
	return c.Writer.Write(b)
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
