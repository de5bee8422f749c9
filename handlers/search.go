package handlers

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"picture-frame/flickr"
)

// announceAfter is how long a search may take before all viewers are told that
// somebody is looking: a quick one would only flicker.
const announceAfter = 300 * time.Millisecond

// A Picture is what a viewer gets: a photo and the word that brought it.
type Picture struct {
	URL        string `json:"url"`
	Keyword    string `json:"keyword"`
	Title      string `json:"title,omitempty"`
	Owner      string `json:"owner,omitempty"`
	OwnerURL   string `json:"owner_url,omitempty"`
	PageURL    string `json:"page_url,omitempty"`
	License    string `json:"license,omitempty"`
	LicenseURL string `json:"license_url,omitempty"`
	Width      int    `json:"width,omitempty"`
	Height     int    `json:"height,omitempty"`
	Source     string `json:"source"`
	Note       string `json:"note,omitempty"` // why the album stands in
}

func pictureOf(keyword string, p flickr.Photo) Picture {
	return Picture{
		URL: p.URL, Keyword: keyword, Title: p.Title,
		Owner: p.Owner, OwnerURL: p.OwnerURL, PageURL: p.PageURL,
		License: p.License, LicenseURL: p.LicenseURL,
		Width: p.Width, Height: p.Height, Source: p.Source, Note: p.Note,
	}
}

type searcher interface {
	Search(keyword string, then func(context.Context, flickr.Photo, error)) error
}

type publisher interface {
	Publish(ctx context.Context, frame string, data []byte) (id string, err error)
	Touch(ctx context.Context, frame string) error
	AnnounceSearch(ctx context.Context, frame, keyword string) error
}

// Searches turns a word into a picture on every screen of a frame.
type Searches struct {
	flickr searcher
	hub    publisher
	log    *slog.Logger
}

// NewSearches returns searches over s whose pictures go to p.
func NewSearches(s searcher, p publisher, log *slog.Logger) *Searches {
	return &Searches{s, p, log}
}

// A Result is how a search has ended: with the JSON of the picture that was
// broadcast, or with the reason why none was.
type Result struct {
	Picture []byte
	Err     error
}

// Start begins a search, whose end comes on the channel. Nobody has to wait
// for it: the picture is broadcast in any case. An error means that the search
// has not begun.
func (s *Searches) Start(frame, keyword string) (<-chan Result, error) {
	end := make(chan Result, 1)
	began := time.Now()
	// This defers autoplay, and tells before any search whether its picture could
	// be shown at all. A frame that is not there yet needs neither.
	if err := s.hub.Touch(context.Background(), frame); err != nil {
		return nil, err
	}
	quiet := s.announceLater(frame, keyword)
	err := s.flickr.Search(keyword, func(ctx context.Context, photo flickr.Photo, err error) {
		quiet()
		r := Result{Err: err}
		if err == nil {
			r.Picture, _ = json.Marshal(pictureOf(keyword, photo)) // strings and numbers always encode
			_, r.Err = s.hub.Publish(ctx, frame, r.Picture)
		}
		s.log.LogAttrs(ctx, levelOf(r.Err), "search", slog.String("frame", frame), slog.String("keyword", keyword),
			slog.String("source", photo.Source), slog.Duration("took", time.Since(began)), slog.Any("err", r.Err))
		end <- r
	})
	if err != nil {
		quiet()
		return nil, err
	}
	return end, nil
}

// announceLater tells the frame's viewers of the search unless quiet is called
// before it is time. After quiet has returned no such event comes any more,
// unless it is on its way from another server: quiet does not wait for that.
func (s *Searches) announceLater(frame, keyword string) (quiet func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var telling sync.Mutex
	timer := time.AfterFunc(announceAfter, func() {
		telling.Lock()
		defer telling.Unlock()
		if err := s.hub.AnnounceSearch(ctx, frame, keyword); err != nil {
			s.log.Debug("search not announced", "frame", frame, "err", err)
		}
	})
	return func() {
		timer.Stop()
		cancel()
		telling.Lock()
		defer telling.Unlock()
	}
}

// levelOf gives failures that an operator can do something about a warning.
func levelOf(err error) slog.Level {
	if err != nil && ProblemOf(err).Status >= 500 {
		return slog.LevelWarn
	}
	return slog.LevelInfo
}
