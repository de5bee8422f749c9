package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

const ferry = `{"result_count":1,"page_count":1,"page_size":20,"page":1,"results":[{"title":"Ferry","creator":"Ada",` +
	`"creator_url":"https://www.flickr.com/photos/1@N01","foreign_landing_url":"https://www.flickr.com/photos/1@N01/61",` +
	`"url":"https://farm5.staticflickr.com/65535/61_ab_b.jpg","license":"by-sa","license_version":"2.0","provider":"flickr","source":"flickr",` +
	`"tags":[],"mature":false,"width":1024,"height":683,"unstable__sensitivity":[]}]}`

const feedOfOne = `{"items":[{"title":"From the feed","media":{"m":"https://live.staticflickr.com/65535/62_cd_m.jpg"},"link":"https://www.flickr.com/photos/ann/62/"}]}`

// fakeServer answers every request with a status and a body, and counts them.
func fakeServer(t *testing.T, status int, body string) (url string, asked *atomic.Int64) {
	t.Helper()
	asked = new(atomic.Int64)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}))
	t.Cleanup(server.Close)
	return server.URL, asked
}

// TestOpenverse: the picture as programs get it, and its credit and its host's
// permission as people do.
func TestOpenverse(t *testing.T) {
	t.Parallel()
	url, asked := fakeServer(t, 200, ferry)
	p := start(t, "PICTURES=openverse", "OPENVERSE_URL="+url+"/v1/")
	picture := p.Publish("main", "staten island ferry")
	want := map[string]any{
		"url": "https://farm5.staticflickr.com/65535/61_ab_b.jpg", "keyword": "staten island ferry", "title": "Ferry", "owner": "Ada",
		"owner_url": "https://www.flickr.com/photos/1@N01", "page_url": "https://www.flickr.com/photos/1@N01/61",
		"license": "CC BY-SA 2.0", "license_url": "https://creativecommons.org/licenses/by-sa/2.0/", "width": 1024.0, "height": 683.0, "source": "openverse",
	}
	if fmt.Sprint(picture) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", picture, want)
	}
	p.Publish("main", "Staten Island ferry")
	if got := asked.Load(); got != 1 {
		t.Errorf("got %d requests for one word, want 1", got)
	}
	resp, page := p.request("GET", "/", nil, "")
	if !strings.Contains(page, "Flickr, found with Openverse") || !strings.Contains(page, "not endorsed") {
		t.Error("the page does not credit Openverse")
	}
	if policy := resp.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "https://*.staticflickr.com") {
		t.Errorf("got policy %q, want the photo's host allowed", policy)
	}
}

// TestOpenverseRefused: alone it is an error for the asker, that names it; in auto
// the feed serves, and Openverse is left alone.
func TestOpenverseRefused(t *testing.T) {
	t.Parallel()
	url, asked := fakeServer(t, 403, "<!DOCTYPE html>")
	p := start(t, "PICTURES=openverse", "OPENVERSE_URL="+url)
	for range 3 {
		p.check(row{"POST", "/publish", head("Content-Type", asForm), "keyword=sushi", 502, "Openverse answered with an error"})
	}
	if got := asked.Load(); got != 1 {
		t.Errorf("got %d requests after a 403, want 1", got)
	}
	feed, _ := fakeServer(t, 200, feedOfOne)
	p = start(t, "PICTURES=auto", "OPENVERSE_URL="+url, "FLICKR_FEED_URL="+feed)
	for _, word := range []string{"sushi", "ramen"} {
		if picture := p.Publish("main", word); picture["source"] != "feed" || picture["note"] != nil {
			t.Errorf("%s: got %v, want the feed's without a note", word, picture)
		}
	}
	if got := asked.Load(); got != 2 {
		t.Errorf("got %d requests of two processes, want 2", got)
	}
}

// TestOpenverseSpent: a word that comes after our budget waits as long as it takes.
func TestOpenverseSpent(t *testing.T) {
	t.Parallel()
	url, asked := fakeServer(t, 200, ferry)
	p := start(t, "PICTURES=openverse", "OPENVERSE_URL="+url)
	for i := range 20 {
		p.Publish("main", fmt.Sprint("word", i))
	}
	resp, _ := p.request("POST", "/publish", head("Content-Type", asForm), "keyword=more")
	if wait := resp.Header.Get("Retry-After"); resp.StatusCode != 503 || wait == "" {
		t.Errorf("got %s and Retry-After %q, want 503 and some seconds", resp.Status, wait)
	}
	if got := asked.Load(); got != 20 {
		t.Errorf("got %d requests, want 20", got)
	}
}
