package stream

import "net/http"

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
