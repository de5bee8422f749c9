package stream

import (
	"errors"
	"net/http"
	"time"

	"picture-frame/hub"
)

// plain serves a stream on the caller's goroutine.
func (p *Pool) plain(w http.ResponseWriter, r *http.Request, s Stream) error {
	sub, err := p.hub.Subscribe(s.Frame, s.LastID)
	if err != nil {
		return err
	}
	defer sub.Close()
	out := plainWriter{pool: p, w: w, rc: http.NewResponseController(w)}
	// The server's deadline for reading a request would end the stream.
	_ = out.rc.SetReadDeadline(time.Time{}) // a recorder has none
	w.WriteHeader(http.StatusOK)
	s.Ended(out.run(r, s.Format, sub))
	return nil
}

type plainWriter struct {
	pool *Pool
	w    http.ResponseWriter
	rc   *http.ResponseController
	buf  []byte
}

func (o *plainWriter) run(r *http.Request, f hub.Format, sub *hub.Subscription) error {
	o.buf = appendOpening(o.buf, f)
	if err := o.write(f, sub.First()...); err != nil {
		return err
	}
	heartbeat := time.NewTicker(Heartbeat)
	defer heartbeat.Stop()
	for {
		select {
		case <-sub.More():
			events, err := sub.Next()
			if errors.Is(err, hub.ErrClosed) {
				events = append(events, Bye())
			}
			if failed := o.write(f, events...); failed != nil || err != nil {
				return errors.Join(err, failed)
			}
		case now := <-heartbeat.C:
			if err := o.write(f, hub.NewTime(now)); err != nil {
				return err
			}
		case <-r.Context().Done():
			return ErrGone
		}
	}
}

// write sends the events, and what is in the buffer before them, at once.
func (o *plainWriter) write(f hub.Format, events ...*hub.Event) error {
	for _, e := range events {
		o.buf = append(o.buf, e.Bytes(f)...)
	}
	if len(o.buf) == 0 {
		return nil
	}
	_ = o.rc.SetWriteDeadline(time.Now().Add(Stall)) // a recorder has none
	_, err := o.w.Write(o.buf)
	if err == nil {
		err = o.rc.Flush()
	}
	o.buf = o.buf[:0]
	o.pool.sent.Add(uint64(len(events)))
	return err
}
