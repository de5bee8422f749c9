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

	"github.com/launchdarkly/eventsource"
	"github.com/tmaxmax/go-sse"
)

// An event is what another project's parser made of the encoder's bytes.
type event struct{ id, name, data string }

// parsers are of projects that have nothing to do with each other, or with us.
var parsers = map[string]func(io.Reader) []event{
	"launchdarkly/eventsource": func(r io.Reader) (events []event) {
		for d := eventsource.NewDecoder(r); ; {
			e, err := d.Decode()
			if err != nil {
				return events
			}
			events = append(events, event{e.Id(), e.Event(), e.Data()})
		}
	},
	"tmaxmax/go-sse": func(r io.Reader) (events []event) {
		last := ""
		for e, err := range sse.Read(r, &sse.ReadConfig{MaxEventSize: 1 << 20}) {
			if err != nil {
				break
			}
			id := ""
			if e.LastEventID != last {
				id, last = e.LastEventID, e.LastEventID
			}
			events = append(events, event{id, e.Type, e.Data})
		}
		return events
	},
}

// lines is text as a client has it: all line breaks are line feeds.
func lines(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}

func FuzzAppendSSE(f *testing.F) {
	for _, data := range []string{
		"", "sushi", "a\nb", "a\r\nb\rc\n", "\n", "\r", "\n\n", "\r\n\r\n", "data: forged\n\nid: x", ": no comment",
		" space", "\x00", "\ufeff", "\u2028", "🎃", "\xff\xfe", "event: bye", strings.Repeat("long ", 1000),
	} {
		f.Add("01d3v8q7k2a-abcde", "picture", []byte(data), "", int64(0))
		f.Add(data, data, []byte(data), data, int64(1500))
	}
	f.Fuzz(func(t *testing.T, id, name string, data []byte, comment string, retry int64) {
		if data == nil {
			data = []byte{}
		}
		b := AppendSSE([]byte("keep"), Message{comment, id, name, time.Duration(retry) * time.Millisecond, data})
		b, kept := bytes.CutPrefix(b, []byte("keep"))
		if !kept {
			t.Fatal("what was there before is gone")
		}
		b = AppendSSE(b, Message{Name: "end", Data: []byte("end")})
		want := event{id, name, lines(string(data))}
		if strings.ContainsAny(id, "\r\n\x00") {
			want.id = ""
		}
		if strings.ContainsAny(name, "\r\n") {
			want.name = ""
		}
		for who, parse := range parsers {
			got := parse(bytes.NewReader(b))
			if len(got) != 2 || got[0] != want || got[1].name != "end" {
				t.Errorf("%s reads %q as %q, want %q and the end", who, b, got, want)
			}
		}
	})
}

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
		for who, parse := range parsers {
			got := parse(bytes.NewReader(e.Bytes(SSE)))
			if len(got) != 1 || got[0].id != id || got[0].name != Picture {
				t.Fatalf("%s reads %q as %q", who, e.Bytes(SSE), got)
			}
			back(who, []byte(got[0].data))
		}
		line, rest, _ := bytes.Cut(e.Bytes(NDJSON), []byte("\n"))
		if len(rest) > 0 {
			t.Errorf("NDJSON is more than a line: %q", e.Bytes(NDJSON))
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
		newEvent("1", Picture, []byte(`{"keyword":"a"}`)), NewTime(time.Now()), NewBye(1500 * time.Millisecond),
		NewEvent(Reset, []byte("{}")), newEvent("2", Picture, bytes.Repeat([]byte("x"), 70_000)),
	}
	for _, f := range []Format{SSE, NDJSON} {
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

func TestByeTellsWhenToComeBack(t *testing.T) {
	e := NewBye(2345 * time.Millisecond)
	const want = "event: bye\nretry: 2345\ndata: {\"retry\":2345}\n\n"
	if got := string(e.Bytes(SSE)); got != want {
		t.Errorf("bye is %q, want %q", got, want)
	}
	if got := string(e.Text()); got != `{"event":"bye","data":{"retry":2345}}` {
		t.Errorf("bye as an object is %q", got)
	}
}

// Nobody who shares an event's bytes can reach beyond them.
func TestEventBytesEndWhereTheyEnd(t *testing.T) {
	e := newEvent("1", Picture, []byte(`{}`))
	for f := range formats {
		before := string(e.Bytes(f.Chunked()))
		_ = append(e.Bytes(f), "overwritten"...)
		if got := string(e.Bytes(f.Chunked())); got != before {
			t.Errorf("appending to format %d made %q of %q", f, got, before)
		}
	}
}
