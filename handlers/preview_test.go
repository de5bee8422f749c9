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
