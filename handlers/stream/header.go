package stream

import (
	"errors"
	"log/slog"
	"net/http"
	"time"

	"picture-frame/hub"
)

// SetHeader sets the header of an answer that is a stream of the given media
// type. It asks every proxy on the way to pass the stream on as it comes. An
// event stream is always UTF-8, but some clients take text for Latin-1 unless
// it says so.
func SetHeader(h http.Header, kind string) {
	if kind == "text/event-stream" {
		kind += "; charset=utf-8"
	}
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-cache, no-transform")
	h.Set("X-Accel-Buffering", "no") // nginx
	h.Add("Vary", "Accept")
}

// A ViewerLog writes the two lines that a stream leaves in the log, when it
// opens and when it closes.
type ViewerLog struct {
	log     *slog.Logger
	frame   string
	kind    string
	address string
	opened  time.Time
}

// LogOpened logs that a stream has opened. What the caller does when the stream
// ends has to include Closed. The strings are kept until then.
func LogOpened(log *slog.Logger, frame, kind, address string) *ViewerLog {
	log.Info("stream opened", "frame", frame, "kind", kind, "address", address)
	return &ViewerLog{log, frame, kind, address, time.Now()}
}

// Closed logs that the stream has ended, with the cause unless it is one of the
// two with which streams normally end: ErrGone, hub.ErrClosed.
func (v *ViewerLog) Closed(cause error) {
	if errors.Is(cause, hub.ErrClosed) || errors.Is(cause, ErrGone) {
		cause = nil
	}
	v.log.Info("stream closed", "frame", v.frame, "kind", v.kind, "address", v.address,
		"lasted", time.Since(v.opened), "err", cause)
}
