package flickr

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestSearchAnswers is about what is made of a body, whatever it is.
func TestSearchAnswers(t *testing.T) {
	tests := []struct {
		name string
		body []byte
		urls []string // of the photos, in order
		err  error
	}{
		{"hit", body(t, "hit.json"), []string{
			"https://live.staticflickr.com/65535/40000000001_aaaa000001_b.jpg",
			"https://live.staticflickr.com/65535/40000000002_aaaa000002_b.jpg"}, nil},
		{"hit as JSONP", body(t, "hit.jsonp"), []string{
			"https://live.staticflickr.com/65535/40000000001_aaaa000001_b.jpg",
			"https://live.staticflickr.com/65535/40000000002_aaaa000002_b.jpg"}, nil},
		{"JSONP with a comment and no semicolon", []byte(`/**/cb.x({"photos":{},"stat":"ok"})`), nil, nil},
		{"every type wrong", body(t, "types.json"), []string{
			"https://live.staticflickr.com/65535/41000000001_1234567890_b.jpg",
			"https://live.staticflickr.com/7000/41000000002_bbbb000002_c.jpg"}, nil},
		{"byte order mark and blanks", append([]byte("\n\ufeff "), body(t, "empty.json")...), nil, nil},
		{"empty", body(t, "empty.json"), nil, nil},
		{"empty without list", body(t, "empty_without_list.json"), nil, nil},
		{"list is null", []byte(`{"photos":{"photo":null},"stat":"ok"}`), nil, nil},
		{"list is a text", []byte(`{"photos":{"photo":"none"},"stat":"ok"}`), nil, nil},
		{"photos is a list", []byte(`{"photos":[{"id":"5","server":"6","secret":"7"}],"stat":"ok"}`), []string{
			"https://live.staticflickr.com/6/5_7_z.jpg"}, nil},
		{"one photo instead of a list", []byte(`{"photos":{"photo":{"id":"5","server":"6","secret":"7"}},"stat":"ok"}`), []string{
			"https://live.staticflickr.com/6/5_7_z.jpg"}, nil},
		{"stat missing", []byte(`{"photos":{"photo":[]}}`), nil, nil},
		{"photos missing", body(t, "other_method.json"), nil, ErrAnswer},
		{"photos null", []byte(`{"photos":null,"stat":"ok"}`), nil, ErrAnswer},
		{"bad key", body(t, "fail_key.json"), nil, ErrAnswer},
		{"nothing asked", body(t, "fail_nothing_asked.json"), nil, ErrUnsearchable},
		{"too many tags", []byte(`{"stat":"fail","code":1,"message":"Too many tags in ALL query"}`), nil, ErrUnsearchable},
		{"too many ORs", []byte(`{"stat":"fail","code":77,"message":"Exceeded limit"}`), nil, ErrUnsearchable},
		{"bad URL in XML", body(t, "fail.xml"), nil, ErrUnsearchable},
		{"unavailable", body(t, "fail_unavailable.json"), nil, ErrAnswer},
		{"fail with photos", []byte(`{"photos":{"photo":[]},"stat":"fail"}`), nil, ErrAnswer},
		{"fail without a code", []byte(`{"stat":"fail"}`), nil, ErrAnswer},
		{"success in XML", body(t, "ok.xml"), nil, ErrAnswer},
		{"HTML", body(t, "outage.html"), nil, ErrAnswer},
		{"truncated", body(t, "truncated.json"), nil, ErrAnswer},
		{"truncated JSONP", []byte(`jsonFlickrApi({"photos":{"photo":[`), nil, ErrAnswer},
		{"nothing", nil, nil, ErrAnswer},
		{"a list", []byte(`[]`), nil, ErrAnswer},
		{"null", []byte(`null`), nil, ErrAnswer},
		{"a bottomless well", []byte(strings.Repeat(`{"photos":`, 20000)), nil, ErrAnswer},
		{"text behind the end", []byte(`{"photos":{"photo":[]},"stat":"ok"} and more`), nil, ErrAnswer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			members, err := decodeSearch(tt.body)
			if !errors.Is(err, tt.err) {
				t.Fatalf("error is %v, want %v", err, tt.err)
			}
			if got := urlsOf(choose(members, fromAPI, blocklist{})); !reflect.DeepEqual(got, tt.urls) {
				t.Errorf("got %q\nwant %q", got, tt.urls)
			}
		})
	}
}

func TestFeedAnswers(t *testing.T) {
	tests := []struct {
		name string
		body []byte
		want []Photo
		err  error
	}{
		{"photos and a video", body(t, "feed.json"), []Photo{
			{ID: "42000000001", URL: "https://live.staticflickr.com/65535/42000000001_cccc000001_b.jpg", Title: "Cranes", Owner: "Dora & Co",
				OwnerURL: "https://www.flickr.com/photos/cranespotter/", PageURL: "https://www.flickr.com/photos/cranespotter/42000000001/"},
			{ID: "42000000003", URL: "https://live.staticflickr.com/65535/42000000003_cccc000003_b.jpg", Owner: "Emil",
				OwnerURL: "https://www.flickr.com/photos/55555555@N05/", PageURL: "https://www.flickr.com/photos/55555555@N05/42000000003/"},
		}, nil},
		{"as it was in 2015", body(t, "feed_2015.jsonp"), []Photo{
			{ID: "15000000001", URL: "https://live.staticflickr.com/500/15000000001_dddd000001_b.jpg", Title: `The dog's "day" out \`, Owner: "Fido's friénd",
				OwnerURL: "https://www.flickr.com/photos/dogs_day/", PageURL: "https://www.flickr.com/photos/dogs_day/15000000001/"},
		}, nil},
		{"empty", body(t, "feed_empty.json"), nil, nil},
		{"no items", []byte(`{"title":"Uploads"}`), nil, ErrAnswer},
		{"an answer of the API", body(t, "fail_key.json"), nil, ErrAnswer},
		{"Atom", []byte(`<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Uploads</title></feed>`), nil, ErrAnswer},
		{"items of every type", []byte(`{"items":[null,1,"x",[],{},{"media":null},{"media":"https://live.staticflickr.com/1/2_3_m.jpg","author":"someone@example.com","title":["t"]}]}`),
			[]Photo{{ID: "2", URL: "https://live.staticflickr.com/1/2_3_b.jpg"}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			members, err := decodeFeed(tt.body)
			if !errors.Is(err, tt.err) {
				t.Fatalf("error is %v, want %v", err, tt.err)
			}
			var got []Photo
			for _, f := range choose(members, fromFeed, blocklist{}) {
				got = append(got, f.Photo)
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

// TestCredit has the types of types.json in mind: what is credited must
// survive them.
func TestCredit(t *testing.T) {
	members, err := decodeSearch(body(t, "types.json"))
	if err != nil {
		t.Fatal(err)
	}
	got := choose(members, fromAPI, blocklist{})
	want := []Photo{
		{ID: "41000000001", URL: "https://live.staticflickr.com/65535/41000000001_1234567890_b.jpg", Title: "A title in an object", Owner: "Cleo",
			OwnerURL: "https://www.flickr.com/photos/11111111@N01/", PageURL: "https://www.flickr.com/photos/11111111@N01/41000000001/",
			License: "Public Domain Dedication (CC0)", LicenseURL: "https://creativecommons.org/publicdomain/zero/1.0/", Width: 1024, Height: 600},
		{ID: "41000000002", URL: "https://live.staticflickr.com/7000/41000000002_bbbb000002_c.jpg"},
	}
	for i := range want {
		if !reflect.DeepEqual(got[i].Photo, want[i]) {
			t.Errorf("got  %+v\nwant %+v", got[i].Photo, want[i])
		}
	}
}

func TestLicenses(t *testing.T) {
	for id, want := range map[flexible]string{"0": "All Rights Reserved", "4": "CC BY 2.0", "11": "CC BY 4.0", "16": "CC BY-NC-ND 4.0", " 5 ": "CC BY-SA 2.0", "17": "", "": "", "x": ""} {
		var p Photo
		p.credit(id)
		if p.License != want || (p.LicenseURL == "") != (want == "") {
			t.Errorf("licence %q is %q (%q), want %q", id, p.License, p.LicenseURL, want)
		}
	}
	// What is no id credits nobody: "true" is not licence 1, nor "false" 0.
	for _, id := range []string{"true", "false", "null", "[4]", "{}"} {
		var m member
		var p Photo
		if err := json.Unmarshal([]byte(`{"license":`+id+`}`), &m); err != nil {
			t.Fatal(err)
		}
		if p.credit(m["license"]); p.License != "" {
			t.Errorf("licence %s is %q, want none", id, p.License)
		}
	}
	if len(licenses) != 17 {
		t.Errorf("%d licences, want 17: 0 to 16", len(licenses))
	}
}

// TestOwnAnswersAreAllRead sends every body to both decoders: any may arrive at
// either endpoint.
func TestOwnAnswersAreAllRead(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// Any body may arrive at either endpoint.
		for _, decode := range []func([]byte) ([]member, error){decodeSearch, decodeFeed} {
			if members, err := decode(data); err != nil && members != nil {
				t.Errorf("%s: photos and an error", file)
			}
		}
	}
}

func urlsOf(photos []found) []string {
	var urls []string
	for _, p := range photos {
		urls = append(urls, p.URL)
	}
	return urls
}
