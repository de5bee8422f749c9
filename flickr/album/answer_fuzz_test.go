package album

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func FuzzSearch(f *testing.F) {
	for _, word := range []string{"sushi", "-red", "\x00", "\xff\xfe", "雪山", "a\u2028b", strings.Repeat("x ", 200)} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		r, body := ask(t, "text", word)
		if !json.Valid(body) {
			t.Fatalf("not JSON: %s", body)
		}
		if strings.TrimSpace(word) == "" {
			return
		}
		if len(r.Photos.Photo) != total {
			t.Fatalf("%d photos", len(r.Photos.Photo))
		}
		for _, p := range r.Photos.Photo {
			if _, ok := parse(p.ID); !ok {
				t.Fatalf("%s cannot be drawn", p.ID)
			}
		}
	})
}

func BenchmarkRoundTrip(b *testing.B) {
	a := New()
	req, err := http.NewRequest(http.MethodGet, "http://flickr.example/?method=flickr.photos.search&format=json&nojsoncallback=1&per_page=100&text=porcupine", nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.RoundTrip(req); err != nil {
			b.Fatal(err)
		}
	}
}
