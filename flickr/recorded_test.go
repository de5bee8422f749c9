package flickr

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// recordings is a folder of answers that Flickr really gave. They belong to the
// people whose photos are in them and are not part of this program, so it may
// be missing; testdata has an invented answer of each shape.
const recordings = "../../shared/flickr"

// TestRecordedAnswers expects of every recorded answer the photos, and the first
// of them, or the problem.
func TestRecordedAnswers(t *testing.T) {
	const host = "https://live.staticflickr.com/"
	type test struct {
		read   func([]byte) ([]member, error)
		shown  func(member) (found, bool)
		photos int
		best   Photo // what is shown first if the dice say 0
		err    error
	}
	tests := map[string]test{
		"search_minimal_2013.json": {decodeSearch, fromAPI, 1, Photo{ID: "8130464513", URL: host + "8191/8130464513_780e01decd_z.jpg", Title: "Hana",
			Owner: "78733179@N04", OwnerURL: "https://www.flickr.com/photos/78733179@N04/", PageURL: "https://www.flickr.com/photos/78733179@N04/8130464513/"}, nil},
		"search_all_extras_2013.json": {decodeSearch, fromAPI, 2, Photo{ID: "10115956703", URL: host + "2822/10115956703_b14e1be9d0_b.jpg", Title: "Jon Snow",
			Owner: "@janko-m", OwnerURL: "https://www.flickr.com/photos/78733179@N04/", PageURL: "https://www.flickr.com/photos/78733179@N04/10115956703/",
			License: licenses["0"].name, LicenseURL: licenses["0"].url, Width: 1024, Height: 640,
			Sizes: []Size{{host + "2822/10115956703_253e5b1ab0_h.jpg", 1600, 1000}, {host + "2822/10115956703_67c9dd116f_k.jpg", 2048, 1280}}}, nil},
		"search_30_extras_2020.json": {decodeSearch, fromAPI, 30, Photo{ID: "49514824541"}, nil},
		// One of the 300 is a film still being processed, on server 0.
		"search_300_no_extras_2020.json":     {decodeSearch, fromAPI, 299, Photo{ID: "50398032413", URL: host + "65535/50398032413_33a29a0f3c_z.jpg"}, nil},
		"list_url_h_own_secret_2021.json":    {decodeSearch, fromAPI, 2, Photo{ID: "51106354744", URL: host + "65535/51106354744_8b1e605063_b.jpg", Width: 1024, Height: 457}, nil},
		"list_int_total_2023.json":           {decodeSearch, fromAPI, 9, Photo{ID: "52980178287"}, nil},
		"search_empty_string_total.json":     {decodeSearch, fromAPI, 0, Photo{}, nil},
		"fail_100_invalid_format_2013.json":  {decodeSearch, fromAPI, 0, Photo{}, ErrAnswer},
		"fail_100_key_expired.json":          {decodeSearch, fromAPI, 0, Photo{}, ErrAnswer},
		"fail_3_parameterless.json":          {decodeSearch, fromAPI, 0, Photo{}, ErrUnsearchable},
		"fail_99_2023.xml":                   {decodeSearch, fromAPI, 0, Photo{}, ErrAnswer},
		"http_429.html":                      {decodeSearch, fromAPI, 0, Photo{}, ErrAnswer},
		"licenses_getInfo_2025.xml":          {decodeSearch, fromAPI, 0, Photo{}, ErrAnswer},
		"reflection_photos_search_2022.json": {decodeSearch, fromAPI, 0, Photo{}, ErrAnswer},
		"feed_porcupine_2024.json": {decodeFeed, fromFeed, 20, Photo{ID: "53769361124", URL: host + "65535/53769361124_4f4e902d92_b.jpg", Title: "Porcupine in A Tree",
			Owner: "ZoomZoom Du Buisson", OwnerURL: "https://www.flickr.com/photos/zoomzoomslittleadventures/",
			PageURL: "https://www.flickr.com/photos/zoomzoomslittleadventures/53769361124/"}, nil},
		"feed_porcupine_2026.json": {decodeFeed, fromFeed, 18, Photo{ID: "55166878881", URL: host + "65535/55166878881_8f22ac08f4_b.jpg"}, nil},
		"feed_everyone_2024.json":  {decodeFeed, fromFeed, 20, Photo{ID: "53831666357", URL: host + "65535/53831666357_fe37b1670d_b.jpg"}, nil},
	}

	eachRecording(t, recordings, tests, func(t *testing.T, tt test, data []byte) {
		members, err := tt.read(data)
		if !errors.Is(err, tt.err) {
			t.Fatalf("error is %v, want %v", err, tt.err)
		}
		photos := choose(members, tt.shown, blocklist{})
		if len(photos) != tt.photos {
			t.Errorf("%d photos, want %d", len(photos), tt.photos)
		}
		for _, p := range photos {
			if got, ok := staticURL(p.URL); !ok || got != p.URL || p.PageURL == "" || p.Owner == "" {
				t.Errorf("cannot be shown or credited: %+v", p)
			}
		}
		if len(photos) == 0 {
			return
		}
		best := newPicker(first).pick("word", photos)
		// Where a row of the table says little, little is compared.
		if tt.best.URL == "" {
			best.URL = ""
		}
		if tt.best.Title == "" {
			best = Photo{ID: best.ID, URL: best.URL, Width: tt.best.Width, Height: tt.best.Height}
		}
		if !reflect.DeepEqual(best, tt.best) {
			t.Errorf("shows %+v\nwant  %+v", best, tt.best)
		}
	})
}

// eachRecording calls check with every answer in a folder, as a test of its own, and
// what is expected of it. Nothing is there in a clone without the recordings.
func eachRecording[T any](t *testing.T, folder string, tests map[string]T, check func(t *testing.T, want T, data []byte)) {
	t.Helper()
	files, err := filepath.Glob(folder + "/*")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files", len(files))
	for _, file := range files {
		name := filepath.Base(file)
		if filepath.Ext(name) == ".md" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			want, ok := tests[name]
			if !ok {
				t.Fatal("no expectation for this recording")
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			check(t, want, data)
		})
	}
}
