package wire

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"picture-frame/hub/wire/wiretest"
)

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
		want := wiretest.Event{ID: id, Name: name, Data: lines(string(data))}
		if strings.ContainsAny(id, "\r\n\x00") {
			want.ID = ""
		}
		if strings.ContainsAny(name, "\r\n") {
			want.Name = ""
		}
		for parser, parse := range wiretest.Parsers {
			got := parse(bytes.NewReader(b))
			if len(got) != 2 || got[0] != want || got[1].Name != "end" {
				t.Errorf("%s: got %q from %q, want %q and the end", parser, got, b, want)
			}
		}
	})
}
