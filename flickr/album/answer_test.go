package album

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
)

type photo struct {
	ID, Owner, Secret, Server, Title, License, Ownername, Media string
	Farm, Ispublic, Isfriend, Isfamily                          int
	Tags                                                        *string
	URL                                                         string `json:"url_l"`
	Width                                                       int    `json:"width_l"`
	Height                                                      int    `json:"height_l"`
}

type reply struct {
	Photos struct {
		Page, Pages, Perpage, Total int
		Photo                       []photo
	}
	Stat, Message string
	Code          int
}

// ask sends a search through an http.Client, as the Flickr client does. The
// arguments are names and values that replace the usual ones.
func ask(t testing.TB, args ...string) (reply, []byte) {
	t.Helper()
	q := url.Values{"method": {method}, "api_key": {"x"}, "format": {"json"}, "nojsoncallback": {"1"}, "per_page": {"100"}}
	for i := 0; i < len(args); i += 2 {
		q.Set(args[i], args[i+1])
	}
	client := http.Client{Transport: New()}
	resp, err := client.Get("https://api.flickr.example/services/rest/?" + q.Encode())
	if err != nil {
		t.Fatalf("search: %v", err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || int64(len(body)) != resp.ContentLength {
		t.Fatalf("status %d, %d of %d bytes, error %v", resp.StatusCode, len(body), resp.ContentLength, err)
	}
	var r reply
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil && q.Get("nojsoncallback") == "1" {
		t.Fatalf("%s: %v", body, err)
	}
	return r, body
}

func TestSearchLooksLikeFlickr(t *testing.T) {
	r, _ := ask(t, "text", "porcupine")
	if r.Stat != "ok" || r.Photos.Page != 1 || r.Photos.Pages != 1 || r.Photos.Perpage != 100 || r.Photos.Total != total || len(r.Photos.Photo) != total {
		t.Fatalf("got %+v", r)
	}
	seen := map[string]bool{}
	for _, p := range r.Photos.Photo {
		if seen[p.ID] {
			t.Errorf("photo %s comes twice", p.ID)
		}
		seen[p.ID] = true
		want := photo{ID: p.ID, Owner: "picture-frame", Server: "0", Title: p.Title, License: "9", Ownername: "Picture Frame",
			Media: "photo", Ispublic: 1, Tags: p.Tags, URL: "/album/" + p.ID + ".svg", Width: 1600, Height: 1000}
		if p != want || p.Title == "" || p.Tags == nil {
			t.Errorf("got  %+v\nwant %+v", p, want)
		}
		if _, ok := Draw(p.ID); !ok {
			t.Errorf("photo %s cannot be drawn", p.ID)
		}
	}
}

func TestPaging(t *testing.T) {
	all, _ := ask(t, "text", "sushi")
	var paged []photo
	for _, page := range []string{"1", "2", "3", "4"} {
		r, _ := ask(t, "text", "sushi", "per_page", "10", "page", page)
		if r.Photos.Pages != 3 || r.Photos.Perpage != 10 {
			t.Errorf("page %s: %d pages of %d, want 3 of 10", page, r.Photos.Pages, r.Photos.Perpage)
		}
		paged = append(paged, r.Photos.Photo...)
	}
	if len(paged) != total {
		t.Fatalf("the pages hold %d photos, want %d", len(paged), total)
	}
	for i := range paged {
		if paged[i].ID != all.Photos.Photo[i].ID {
			t.Errorf("photo %d is %s on its page, %s in the whole list", i, paged[i].ID, all.Photos.Photo[i].ID)
		}
	}
	for _, bad := range []string{"0", "-1", "x", "", "99999999999999999999"} {
		if r, _ := ask(t, "text", "sushi", "per_page", bad); len(r.Photos.Photo) != total {
			t.Errorf("per_page=%q: %d photos, want %d", bad, len(r.Photos.Photo), total)
		}
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name string
		args []string
		code int
	}{
		{"no text", nil, 3},
		{"blank text", []string{"text", " \t "}, 3},
		{"unknown method", []string{"text", "a", "method", "flickr.photos.\"x"}, 112},
		{"no method", []string{"text", "a", "method", ""}, 112},
		{"other format", []string{"text", "a", "format", "rest"}, 111},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, _ := ask(t, tt.args...)
			if r.Stat != "fail" || r.Code != tt.code || r.Message == "" {
				t.Errorf("got %+v, want code %d", r, tt.code)
			}
		})
	}
	if _, body := ask(t, "nojsoncallback", "0", "text", "a"); !bytes.HasPrefix(body, []byte("jsonFlickrApi({")) || !bytes.HasSuffix(body, []byte("})")) {
		t.Errorf("without nojsoncallback got %.30s…, want the callback", body)
	}
	if r := string(answer("%zz")); !strings.Contains(r, `"code":18`) && !strings.Contains(r, `"stat":"fail"`) {
		t.Errorf("a broken query got %s", r)
	}
}

func TestTagsAreWordsToo(t *testing.T) {
	_, text := ask(t, "text", "red mountain")
	_, tags := ask(t, "tags", "red,mountain")
	if !bytes.Equal(text, tags) {
		t.Error("tags and text of the same words find different photos")
	}
}

func TestEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://flickr.example/?text=a", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New().RoundTrip(req); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}

type closer struct {
	io.Reader
	closed bool
}

func (c *closer) Close() error { c.closed = true; return nil }

func TestBodyIsClosed(t *testing.T) {
	body := &closer{Reader: strings.NewReader("x")}
	req, err := http.NewRequest(http.MethodPost, "http://flickr.example/", body)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := New().RoundTrip(req)
	if err != nil || !body.closed {
		t.Fatalf("body closed: %v, error %v", body.closed, err)
	}
	resp.Body.Close()
}

func TestWordsStayPrivate(t *testing.T) {
	for _, group := range vocabulary {
		for word := range strings.FieldsSeq(group.words) {
			if len(word) < 3 {
				continue
			}
			theme := themeOf(word)
			for i := range total {
				p := theme.picture(i)
				if strings.Contains(id(p), word) {
					t.Errorf("%q is in the id %s", word, id(p))
				}
				if title := p.title(word); title == "" || strings.Contains(strings.ToLower(title), word) {
					t.Errorf("%q is in the title %q, or there is none", word, title)
				}
			}
		}
	}
}

func TestTitlesVary(t *testing.T) {
	for _, word := range []string{"sea", "mountain", "city", "porcupine", "♥"} {
		r, _ := ask(t, "text", word)
		titles := map[string]bool{}
		for _, p := range r.Photos.Photo {
			titles[p.Title] = true
		}
		if len(titles) < 12 {
			t.Errorf("%q: %d different titles for %d photos", word, len(titles), total)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	a := New()
	want, _ := Draw(Welcome)
	body := string(answer("method=flickr.photos.search&format=json&nojsoncallback=1&text=sea"))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			req, _ := http.NewRequest(http.MethodGet, "http://flickr.example/?method=flickr.photos.search&format=json&nojsoncallback=1&text=sea", nil)
			for range 5 {
				resp, err := a.RoundTrip(req)
				if err != nil {
					t.Error(err)
					return
				}
				if got, _ := io.ReadAll(resp.Body); string(got) != body {
					t.Error("the same search got another answer")
				}
				resp.Body.Close()
				if got, _ := Draw(Welcome); !bytes.Equal(got, want) {
					t.Error("the same id made another picture")
				}
			}
		})
	}
	wg.Wait()
}
