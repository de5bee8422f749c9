package flickr

import (
	"bytes"
	"fmt"
	"net/http"
	"testing"

	"picture-frame/flickr/album"
	"picture-frame/flickr/fetch/fetchtest"
)

// hundred is an answer with as many photos as we ask for.
func hundred() []byte {
	var b bytes.Buffer
	b.WriteString(`{"photos":{"page":1,"pages":7,"perpage":100,"total":"700","photo":[`)
	for i := range perPage {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"5%09d","owner":"1234%04d@N07","secret":"%010x","server":"65535","farm":66,"title":"Photo number %d \u2014 with a title of usual length","ispublic":1,"isfriend":0,"isfamily":0,"license":"%d","ownername":"Someone %d","tags":"one two three four five six seven eight nine ten harbour boat water evening","media":"photo","media_status":"ready"`,
			i, i, i+1, i, i%17, i)
		for _, s := range []struct {
			name, suffix string
			w, h         int
		}{{"h", "_h", 1600, 1067}, {"l", "_b", 1024, 683}, {"c", "_c", 800, 534}, {"z", "_z", 640, 427}, {"m", "", 500, 333}} {
			fmt.Fprintf(&b, `,"url_%s":"https:\/\/live.staticflickr.com\/65535\/5%09d_%010x%s.jpg","height_%s":%d,"width_%s":%d`, s.name, i, i+1, s.suffix, s.name, s.h, s.name, s.w)
		}
		b.WriteByte('}')
	}
	b.WriteString(`]},"stat":"ok"}`)
	return b.Bytes()
}

// BenchmarkCached is one search for a word that is in the cache; to stay under
// 50 microseconds and 10 KB.
func BenchmarkCached(b *testing.B) {
	answer := hundred()
	for name, blocked := range map[string][]string{"plain": nil, "blocklist": {"dog", "hot dog", "cat"}} {
		b.Run(name, func(b *testing.B) {
			s, err := New(Options{Settings: withKey(testKey, ""), Blocked: blocked, Album: album.New(), Transport: fetchtest.RoundTrip(func(r *http.Request) (*http.Response, error) {
				return fetchtest.Response(r, http.StatusOK, string(answer)), nil
			})})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Search(background, "Old Harbour"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDecode is an answer of a hundred photos, up to those to choose from.
func BenchmarkDecode(b *testing.B) {
	answer := hundred()
	b.SetBytes(int64(len(answer)))
	b.ReportAllocs()
	for b.Loop() {
		members, err := decodeSearch(answer)
		if err != nil {
			b.Fatal(err)
		}
		if n := len(choose(members, fromAPI, blocklist{})); n != perPage {
			b.Fatalf("%d photos", n)
		}
	}
}
