package handlers

import (
	"slices"
	"strings"
	"testing"
)

func TestSmallerSizes(t *testing.T) {
	const photo = "https://live.staticflickr.com/65535/50398032413_33a29a0f3c"
	for url, want := range map[string]string{
		photo + "_b.jpg":                  "_c _z . _n _m",
		photo + "_z.jpg":                  ". _n _m",
		photo + ".jpg":                    "_n _m",
		photo + "_w.jpg":                  "_n _m",
		photo + "_m.jpg":                  "",
		photo + "_h.jpg":                  "",
		photo + "_o.png":                  "",
		"/album/wvs-1.svg":                "",
		"https://example.com/1/2_3_b.jpg": "",
	} {
		var got []string
		for _, smaller := range smallerSizes(url) {
			size := strings.TrimSuffix(strings.TrimPrefix(smaller, photo), ".jpg")
			if size == "" {
				size = "."
			}
			got = append(got, size)
		}
		if !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s: got %q, want %q", url, got, want)
		}
	}
}

// A preview's reader that gets 404 for the first image takes the next one.
func TestLinkPreviewsNameSmallerSizesToo(t *testing.T) {
	e, h := newSite(t, false)
	id := hang(t, h, "main", sushi)
	for _, target := range []string{"/", "/p/" + id} {
		html := getPage(e, "http://frame.test"+target).Body.String()
		var got []string
		for _, line := range strings.Split(html, "\n") {
			if image, ok := strings.CutPrefix(line, `<meta property="og:image" content="https://live.staticflickr.com/1/2_3`); ok {
				got = append(got, strings.TrimSuffix(image, `">`))
			}
		}
		if want := []string{"_b.jpg", "_c.jpg", "_z.jpg", ".jpg", "_n.jpg", "_m.jpg"}; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", target, got, want)
		}
	}
}

// Crawlers read neither SVG nor addresses without a host, and some want to know
// the size before they fetch.
func TestLinkPreviewsAreReadable(t *testing.T) {
	e, h := newSite(t, false)
	sized := sushi
	sized.Width, sized.Height = 1024, 683
	for _, test := range []struct {
		name string
		hung *Picture
		want string
	}{
		{"empty", nil, "http://frame.test/album/wvs-dwn-0000000.1200x630.png 1200 630"},
		{"drawn", &Picture{URL: "/album/mtn-mdn-2wxz345.svg", Keyword: "mountain"}, "http://frame.test/album/mtn-mdn-2wxz345.1200x630.png 1200 630"},
		{"photo", &sized, sushi.URL + " 1024 683"},
		{"unsized", &sushi, sushi.URL + "  "},
	} {
		target := "http://frame.test/f/" + test.name
		if test.hung != nil {
			hang(t, h, test.name, *test.hung)
		}
		html := getPage(e, target).Body.String()
		var got []string
		for _, name := range []string{"og:image", "og:image:width", "og:image:height"} {
			_, after, _ := strings.Cut(html, `<meta property="`+name+`" content="`)
			value, _, _ := strings.Cut(after, `"`)
			got = append(got, value)
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
		image, _, _ := strings.Cut(test.want, " ")
		wantParts(t, html, `<meta name="twitter:image" content="`+image+`">`)
	}
}
