package request

import (
	"net/http"
	"testing"
)

func TestForPeople(t *testing.T) {
	for accept, want := range map[string]bool{
		"": false, "*/*": false, "text/html": true, "TEXT/HTML ; q=0.1": true, "text/*": true,
		"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8": true,
		"text/html;q=0": false, "text/html;q=0, */*": false, "text/html; q=0.0": false,
		"application/json": false, "application/problem+json": false, "application/json, text/html": false,
		"text/html, application/json": true, "application/json;q=0.5, text/html;q=0.9": true,
		"application/problem+json;q=0.9, text/html;q=0.5": false, "text/html, */*": true, "*/*, text/html": true,
		"text/event-stream": false, "text/html;level=1": true, "text/html;q=nonsense": true, ";;,,q=": false,
		"*/*;q=0.1, text/html;q=0.05": false,
	} {
		r := &http.Request{Header: http.Header{"Accept": {accept}}}
		if got := ForPeople(r); got != want {
			t.Errorf("Accept %q: for people %t, want %t", accept, got, want)
		}
	}
}

func TestPreferAmongStreams(t *testing.T) {
	for accept, want := range map[string]string{
		"": MIMEEventStream, "*/*": MIMEEventStream, "text/*": MIMEEventStream, "image/png": MIMEEventStream,
		"text/event-stream": MIMEEventStream, "application/x-ndjson": MIMENDJSON, "application/*": MIMENDJSON,
		"application/x-ndjson, text/event-stream":       MIMENDJSON,
		"text/event-stream, application/x-ndjson":       MIMEEventStream,
		"application/x-ndjson;q=0.5, text/event-stream": MIMEEventStream,
		"application/x-ndjson;q=0, */*":                 MIMEEventStream,
		"text/html,application/xhtml+xml,*/*;q=0.8":     "text/html",
		"text/event-stream, text/html":                  MIMEEventStream,
		"application/x-ndjson, */*;q=0.1":               MIMENDJSON,
	} {
		r := &http.Request{Header: http.Header{"Accept": {accept}}}
		if got := Prefer(r, MIMEEventStream, MIMENDJSON, "text/html"); got != want {
			t.Errorf("Accept %q: %s, want %s", accept, got, want)
		}
	}
	r := &http.Request{Header: http.Header{"Accept": {"image/png", "application/x-ndjson"}}}
	if got := Prefer(r, MIMEEventStream, MIMENDJSON); got != MIMENDJSON {
		t.Errorf("Accept on two lines: %s", got)
	}
}
