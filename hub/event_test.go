package hub

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http/httputil"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"picture-frame/hub/wire"
	"picture-frame/hub/wire/wiretest"
)

// FuzzEvent takes a keyword through every wire form and back.
func FuzzEvent(f *testing.F) {
	for _, keyword := range []string{
		"sushi", "a\r\nb", "a\x00b", "<script>", "a\u2028b\u2029c", "🎃", strings.Repeat("👩‍👩‍👧‍👦", 14),
		strings.Repeat("é̂̃̄", 25), `"\`, "data: x\n\nevent: bye\ndata: {}", "\ufeff", "\u202etxet", "\x7f", "\r", "id: \n",
	} {
		f.Add(keyword)
	}
	f.Fuzz(func(t *testing.T, keyword string) {
		if !utf8.ValidString(keyword) {
			return // refused before it comes here
		}
		data, err := json.Marshal(map[string]string{"keyword": keyword})
		if err != nil {
			t.Fatal(err)
		}
		const id = "01d3v8q7k2a-abcde"
		e := newEvent(id, Picture, data)
		back := func(form string, data []byte) {
			t.Helper()
			var got map[string]string
			if err := json.Unmarshal(data, &got); err != nil || got["keyword"] != keyword {
				t.Errorf("%s brings %q (%v), want %q", form, got["keyword"], err, keyword)
			}
		}
		for parser, parse := range wiretest.Parsers {
			got := parse(bytes.NewReader(e.Bytes(wire.SSE)))
			if len(got) != 1 || got[0].ID != id || got[0].Name != Picture {
				t.Fatalf("%s: got %q from %q, want one picture with its id", parser, got, e.Bytes(wire.SSE))
			}
			back(parser, []byte(got[0].Data))
		}
		line, rest, _ := bytes.Cut(e.Bytes(wire.NDJSON), []byte("\n"))
		if len(rest) > 0 {
			t.Errorf("NDJSON is more than a line: %q", e.Bytes(wire.NDJSON))
		}
		for form, text := range map[string][]byte{"NDJSON": line, "text": e.Text()} {
			var object struct {
				ID    string          `json:"id"`
				Event string          `json:"event"`
				Data  json.RawMessage `json:"data"`
			}
			if err := json.Unmarshal(text, &object); err != nil || object.ID != id || object.Event != Picture {
				t.Errorf("%s %q: %v", form, text, err)
			}
			back(form, object.Data)
		}
	})
}

// The bytes wrapped as chunks are, for an HTTP client, the same bytes.
func TestChunks(t *testing.T) {
	events := []*Event{
		newEvent("1", Picture, []byte(`{"keyword":"a"}`)), new(Hub).NewTime(time.Now()), NewBye(1500 * time.Millisecond),
		newReset(), newEvent("2", Picture, bytes.Repeat([]byte("x"), 70_000)),
	}
	for _, f := range []wire.Format{wire.SSE, wire.NDJSON} {
		var plain, chunked bytes.Buffer
		for _, e := range events {
			plain.Write(e.Bytes(f))
			chunked.Write(e.Bytes(f.Chunked()))
		}
		chunked.WriteString("0\r\n\r\n")
		got, err := io.ReadAll(httputil.NewChunkedReader(bufio.NewReader(&chunked)))
		if err != nil || !bytes.Equal(got, plain.Bytes()) {
			t.Errorf("format %d: chunks carry %.200q (%v), want %.200q", f, got, err, plain.Bytes())
		}
		if f.Chunked().Chunked() != f.Chunked() {
			t.Errorf("format %d: what is chunked is not chunked twice", f)
		}
	}
}

// Every time event tells the version of the page, and so does what a page is made
// from, for a frame that nobody has used too.
func TestTimeTellsTheVersion(t *testing.T) {
	inBubble(t, func(t *testing.T, h *Hub) {
		h.Version = "0a1b"
		s, err := h.Subscribe("main", "", SSE)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		const want = `{"now":"2000-01-01T00:00:00Z","version":"0a1b"}` // a bubble begins then
		if got := string(s.NewTime(time.Now()).Data()); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		for _, frame := range []string{"main", "unused"} {
			if view, err := h.Show(t.Context(), frame); view.Version != h.Version || err != nil {
				t.Errorf("frame %s: got the version %q (%v), want %q", frame, view.Version, err, h.Version)
			}
		}
	})
}

func TestByeTellsWhenToComeBack(t *testing.T) {
	e := NewBye(2345 * time.Millisecond)
	const want = "event: bye\nretry: 2345\ndata: {\"retry\":2345}\n\n"
	if got := string(e.Bytes(wire.SSE)); got != want {
		t.Errorf("bye is %q, want %q", got, want)
	}
	if got := string(e.Text()); got != `{"event":"bye","data":{"retry":2345}}` {
		t.Errorf("bye as an object is %q", got)
	}
}

// Appending to the bytes of an event does not change its other forms.
func TestEventBytesEndWhereTheyEnd(t *testing.T) {
	e := newEvent("1", Picture, []byte(`{}`))
	for f := range wire.Formats {
		before := string(e.Bytes(f.Chunked()))
		_ = append(e.Bytes(f), "overwritten"...)
		if got := string(e.Bytes(f.Chunked())); got != before {
			t.Errorf("appending to format %d made %q of %q", f, got, before)
		}
	}
}
