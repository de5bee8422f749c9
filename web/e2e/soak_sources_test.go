package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// soakAnswers are the ways in which a source fails, beside answering well.
var soakAnswers = map[string]func(w http.ResponseWriter, r *http.Request, good string){
	"429": func(w http.ResponseWriter, _ *http.Request, _ string) {
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(429)
	},
	"500": func(w http.ResponseWriter, _ *http.Request, _ string) { w.WriteHeader(500) },
	"503": func(w http.ResponseWriter, _ *http.Request, _ string) { w.WriteHeader(503) },
	"403": func(w http.ResponseWriter, _ *http.Request, _ string) { w.WriteHeader(403) },
	"html": func(w http.ResponseWriter, _ *http.Request, _ string) {
		fmt.Fprint(w, "<!DOCTYPE html><title>Hold on</title>")
	},
	"jsonp":  func(w http.ResponseWriter, _ *http.Request, good string) { fmt.Fprint(w, "jsonFlickrApi("+good+")") },
	"badkey": func(w http.ResponseWriter, _ *http.Request, _ string) { fmt.Fprint(w, refusal(100, "Invalid API Key")) },
	"down": func(w http.ResponseWriter, _ *http.Request, _ string) {
		fmt.Fprint(w, refusal(105, "Service currently unavailable"))
	},
	"blank": func(http.ResponseWriter, *http.Request, string) {},
	"nothing": func(w http.ResponseWriter, _ *http.Request, _ string) {
		fmt.Fprint(w, `{"photos":{"photo":[]},"stat":"ok","items":[],"results":[]}`)
	},
	"hang": func(_ http.ResponseWriter, r *http.Request, _ string) { <-r.Context().Done() },
	"cut": func(w http.ResponseWriter, _ *http.Request, good string) {
		w.Header().Set("Content-Length", fmt.Sprint(len(good)))
		fmt.Fprint(w, good[:len(good)/2])
		panic(http.ErrAbortHandler)
	},
	"reset": func(http.ResponseWriter, *http.Request, string) { panic(http.ErrAbortHandler) },
	"slow": func(w http.ResponseWriter, r *http.Request, good string) {
		if sleep(r.Context(), 2*time.Second) {
			fmt.Fprint(w, good)
		}
	},
}

// soakSources are the stand-ins for Flickr's API and feed, and for Openverse. Each
// photo is one that has never been.
type soakSources struct {
	url    string
	faults *soakFaults
	photos atomic.Int64

	mu   sync.Mutex
	mode map[string]string // by source, while it fails
}

func newSoakSources(t *testing.T, faults *soakFaults) *soakSources {
	s := &soakSources{faults: faults, mode: map[string]string{}}
	server := httptest.NewServer(s)
	server.Config.ErrorLog = nil
	t.Cleanup(server.CloseClientConnections)
	s.url = server.URL
	return s
}

// settings are those of a process that asks here.
func (s *soakSources) settings(pictures string) []string {
	env := []string{"PICTURES=" + pictures, "FLICKR_API_URL=" + s.url + "/flickr/", "FLICKR_FEED_URL=" + s.url + "/feed/", "OPENVERSE_URL=" + s.url + "/openverse/"}
	if pictures == "flickr" {
		env = append(env, "FLICKR_API_KEY="+flickrKey)
	}
	return env
}

func (s *soakSources) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	source := strings.Split(r.URL.Path, "/")[1]
	n := s.photos.Add(3)
	photo := func(form string) string {
		var all []string
		for i := range int64(3) {
			all = append(all, strings.ReplaceAll(form, "ID", fmt.Sprint(54000000000+n+i)))
		}
		return strings.Join(all, ",")
	}
	var good string
	switch source {
	case "flickr":
		good = `{"photos":{"page":1,"pages":1,"perpage":100,"total":3,"photo":[` + photo(`{"id":"ID","owner":"1@N01","secret":"abc","server":"65535",`+
			`"title":"Photo ID","ispublic":1,"isfriend":0,"isfamily":0,"media":"photo","ownername":"Ann","license":"4"}`) + `]},"stat":"ok"}`
	case "feed":
		good = `{"items":[` + photo(`{"title":"Photo ID","media":{"m":"https://live.staticflickr.com/65535/ID_cd_m.jpg"},"link":"https://www.flickr.com/photos/ann/ID/"}`) + `]}`
	case "openverse":
		good = `{"result_count":3,"page_count":1,"page_size":20,"page":1,"results":[` + photo(`{"title":"Photo ID","creator":"Ada",`+
			`"creator_url":"https://www.flickr.com/photos/1@N01","foreign_landing_url":"https://www.flickr.com/photos/1@N01/ID",`+
			`"url":"https://live.staticflickr.com/65535/ID_ab_b.jpg","license":"by-sa","license_version":"2.0","provider":"flickr","source":"flickr",`+
			`"tags":[],"mature":false,"width":1024,"height":683,"unstable__sensitivity":[]}`) + `]}`
	}
	s.mu.Lock()
	mode := s.mode[source]
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	if answer := soakAnswers[mode]; answer != nil {
		answer(w, r, good)
		return
	}
	fmt.Fprint(w, good)
}

// Run has a source fail in one way after the other until ctx ends, each for a while.
func (s *soakSources) Run(ctx context.Context, r *rand.Rand, while time.Duration) {
	for ctx.Err() == nil {
		for _, mode := range shuffled(r, keysOf(soakAnswers)) {
			source := []string{"flickr", "flickr", "openverse", "feed"}[r.IntN(4)]
			if mode == "403" && source == "openverse" && r.IntN(4) != 0 {
				continue // it is left alone for an hour
			}
			if !sleep(ctx, while/2+rand.N(while)) {
				return
			}
			end := s.faults.Begin("source", source+" "+mode)
			s.set(source, mode)
			sleep(ctx, while/2+rand.N(while))
			s.set(source, "")
			end()
		}
	}
}

func (s *soakSources) set(source, mode string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mode[source] = mode
}
