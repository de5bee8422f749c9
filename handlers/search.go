package handlers

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"picture-frame/flickr"
	"picture-frame/hub"
	"picture-frame/hub/wire"
)

const (
	// announceAfter is how long a search may take before all viewers are told that
	// somebody is looking: a quick one would only flicker.
	announceAfter = 300 * time.Millisecond
	// publishTime is what a picture that has just been found when the time for
	// stopping is over still gets to reach the viewers.
	publishTime = 500 * time.Millisecond
	// answerTime is when a search has been answered: before a platform's router gives
	// up, 30 s after the request. So a word that was long looked for waits less.
	answerTime = 29 * time.Second
)

// A Picture is what a viewer gets: a photo and the word that brought it. In
// JSON, what is always there comes first; hence URL, which hides the photo's.
type Picture struct {
	URL     string `json:"url"`
	Keyword string `json:"keyword"`
	flickr.Photo
}

type searcher interface {
	Search(ctx context.Context, keyword string) (<-chan flickr.Result, error)
	Close()
}

type publisher interface {
	Propose(ctx context.Context, w hub.Word) (ticket string, err error)
	Touch(ctx context.Context, frame string) error
	Room(w hub.Word) error
	Approves(frame string) bool
	AnnounceSearch(ctx context.Context, frame, keyword string) error
}

// Searches turns a word into a picture on every screen of a frame. One
// goroutine follows each search from its start to its answer.
type Searches struct {
	flickr searcher
	drawn  searcher // for the lab's frames; nil searches like for all others
	hub    publisher
	log    *slog.Logger
	// observe gets how long a word was looked for, where, and with what outcome.
	observe func(source, outcome string, took time.Duration)

	telling context.Context // of what is published; ends when Wait gives up
	giveUp  context.CancelFunc

	mu      sync.Mutex
	closed  bool
	running sync.WaitGroup
}

// NewSearches returns searches over s whose pictures go to p.
func NewSearches(s searcher, p publisher, log *slog.Logger) *Searches {
	telling, giveUp := context.WithCancel(context.Background())
	return &Searches{flickr: s, hub: p, log: log, observe: func(string, string, time.Duration) {}, telling: telling, giveUp: giveUp}
}

// Observe has f called for each word: with the source of what was found or of the
// failure ("" if it is none's), and with an outcome of a fixed few. F must be quick and safe
// for concurrent use. Observe is called before the first search.
func (s *Searches) Observe(f func(source, outcome string, took time.Duration)) { s.observe = f }

// DrawLab has the words of the lab's frames searched for by album, which must cost
// nothing. It is called before the first search.
func (s *Searches) DrawLab(album searcher) { s.drawn = album }

// A Result is how a search has ended: with the JSON of the picture that was
// broadcast, with the ticket with which it waits for the host, or with the reason
// why it does neither.
type Result struct {
	Picture []byte
	Ticket  string
	Err     error
}

// Start begins a search, whose end comes on the channel. Nobody has to wait
// for it: the picture is broadcast in any case, also when ctx has ended, which only
// says to whom the log's lines belong. An error means that the search
// has not begun: nothing was asked of a source. After Wait it is flickr.ErrClosed.
func (s *Searches) Start(ctx context.Context, frame, keyword string, by Asker) (<-chan Result, error) {
	if !s.enter() {
		return nil, flickr.ErrClosed
	}
	began := time.Now()
	ctx, over := s.whileTelling(ctx)
	found, err := s.begin(ctx, frame, keyword, by)
	if err != nil {
		over()
		s.observe("", outcomeOf(err), time.Since(began))
		s.running.Done()
		return nil, err
	}
	end := make(chan Result, 1)
	go func() {
		defer s.running.Done()
		defer over()
		f := s.await(ctx, frame, keyword, found)
		source := cmp.Or(f.Photo.Source, flickr.SourceName(f.Err)) // that had it, or failed
		s.observe(source, outcomeOf(f.Err), time.Since(began))
		r := s.publish(ctx, frame, keyword, by, f, time.Since(began))
		word := slog.String("keyword", keyword)
		if r.Ticket != "" || s.hub.Approves(frame) {
			word = slog.String("ticket", r.Ticket) // the word is nobody's but the host's
		}
		s.log.LogAttrs(ctx, levelOf(r.Err), "search", slog.String("frame", frame), word,
			slog.String("source", source), slog.Duration("took", time.Since(began)), slog.Any("err", r.Err))
		end <- r
	}()
	return end, nil
}

// whileTelling returns a context with the values of ctx that ends when Wait gives up.
// The caller has to call over when it is done with it.
func (s *Searches) whileTelling(ctx context.Context) (telling context.Context, over func()) {
	telling, end := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(s.telling, end)
	return telling, func() { stop(); end() }
}

func (s *Searches) begin(ctx context.Context, frame, keyword string, by Asker) (<-chan flickr.Result, error) {
	// This defers autoplay, and tells before any search whether its picture could
	// be shown at all. A frame that is not there yet needs neither.
	if err := s.hub.Touch(ctx, frame); err != nil {
		return nil, err
	}
	// A word that finds no place now costs no query, and is not counted.
	if err := s.hub.Room(hub.Word{Frame: frame, Client: by.Client, Shared: by.Shared, AtOnce: by.AtOnce}); err != nil {
		return nil, err
	}
	if by.Allow != nil {
		if err := by.Allow(); err != nil {
			return nil, err
		}
	}
	if s.drawn != nil && hub.LabFrame(frame) {
		return s.drawn.Search(ctx, keyword)
	}
	return s.flickr.Search(ctx, keyword)
}

// closeSearchers cuts short what has found nothing yet.
func (s *Searches) closeSearchers() {
	s.flickr.Close()
	if s.drawn != nil {
		s.drawn.Close()
	}
}

// await returns what is found. If that takes long, it tells the frame's viewers
// meanwhile; it returns after they have been told, so the picture comes later.
func (s *Searches) await(ctx context.Context, frame, keyword string, found <-chan flickr.Result) flickr.Result {
	late := time.NewTimer(announceAfter)
	defer late.Stop()
	select {
	case f := <-found:
		return f
	case <-late.C:
	}
	if err := s.hub.AnnounceSearch(ctx, frame, keyword); err != nil {
		s.log.DebugContext(ctx, "search not announced", "frame", frame, "err", err)
	}
	return <-found
}

// publish hangs what was found on all of the frame's screens, in its turn.
func (s *Searches) publish(ctx context.Context, frame, keyword string, by Asker, f flickr.Result, took time.Duration) Result {
	if f.Err != nil {
		return Result{Err: f.Err}
	}
	picture, _ := json.Marshal(Picture{f.Photo.URL, keyword, f.Photo}) // strings and numbers always encode
	picture = wire.EscapeLineEnds(picture)                             // what is answered is what is broadcast
	ticket, err := s.hub.Propose(ctx, hub.Word{
		Frame: frame, Keyword: keyword, Picture: picture,
		Client: by.Client, Shared: by.Shared, Autoplay: by.Autoplay, AtOnce: by.AtOnce, Patience: answerTime - took,
	})
	if err != nil || ticket != "" {
		return Result{Ticket: ticket, Err: err}
	}
	return Result{Picture: picture}
}

// enter counts a search that may begin. A WaitGroup must not grow from nothing
// while somebody waits for it, so Wait closes first.
func (s *Searches) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.running.Add(1)
	}
	return !s.closed
}

// Wait refuses new searches and returns when all that are running have ended
// and been answered. When ctx ends first, those that have found nothing yet are
// cut short, with flickr.ErrClosed for their askers, and pictures that are being
// published get a last half second. It may be called more than once.
func (s *Searches) Wait(ctx context.Context) {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	ended := make(chan struct{})
	go func() {
		s.running.Wait()
		s.closeSearchers() // releases their contexts
		s.giveUp()
		close(ended)
	}()
	select {
	case <-ended:
		return
	case <-ctx.Done():
	}
	s.closeSearchers()
	select {
	case <-ended:
	case <-time.After(publishTime):
		s.giveUp()
		<-ended
	}
}
