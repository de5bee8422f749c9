package handlers

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/flickr"
	"picture-frame/hub"
)

// A screens is a hub that takes its time, and keeps what it was told.
type screens struct {
	announcing, publishing time.Duration

	mu   sync.Mutex
	told []string
}

func (s *screens) tell(ctx context.Context, takes time.Duration, what string) error {
	select {
	case <-time.After(takes):
	case <-ctx.Done():
		return hub.ErrAway
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told = append(s.told, what)
	return nil
}

func (s *screens) Touch(ctx context.Context, _ string) error { return ctx.Err() }

func (s *screens) AnnounceSearch(ctx context.Context, _, keyword string) error {
	return s.tell(ctx, s.announcing, "searching "+keyword)
}

func (s *screens) Room(hub.Word) error { return nil }

func (s *screens) Approves(string) bool { return false }

func (s *screens) Propose(ctx context.Context, _ hub.Word) (string, error) {
	return "", s.tell(ctx, s.publishing, "picture")
}

// A picture that is found while its search is being announced comes after that.
func TestPictureWaitsForItsAnnouncement(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &screens{announcing: time.Second}
		<-start(t, (&finder{after: 400 * time.Millisecond}).searches(s, 1))
		if got := strings.Join(s.told, ", "); got != "searching sushi, picture" {
			t.Errorf("viewers were told %q, want the search, then the picture", got)
		}
	})
}

// TestWait begins to stop two seconds before ctx ends, while one search runs.
func TestWait(t *testing.T) {
	const patience = 2 * time.Second
	for name, c := range map[string]struct {
		find, publish time.Duration
		want          error
		took          time.Duration
	}{
		"found in time":          {time.Second, 0, nil, time.Second},
		"not found in time":      {5 * time.Second, 0, flickr.ErrClosed, patience},
		"published in time":      {time.Second, 500 * time.Millisecond, nil, 1500 * time.Millisecond},
		"published a bit late":   {patience - 1, publishTime, nil, patience + publishTime - 1},
		"published far too late": {time.Second, time.Minute, hub.ErrAway, patience + publishTime},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := (&finder{after: c.find}).searches(&screens{publishing: c.publish}, 2)
				end := start(t, s)
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				defer cancel()
				began := time.Now()
				go func() {
					time.Sleep(time.Millisecond)
					if _, err := s.Start(t.Context(), "main", "late", Asker{}); !errors.Is(err, flickr.ErrClosed) {
						t.Errorf("a search that comes later: got %v, want ErrClosed", err)
					}
				}()
				s.Wait(ctx)
				if took := time.Since(began); took != c.took {
					t.Errorf("waited for %v, want %v", took, c.took)
				}
				select {
				case r := <-end:
					if !errors.Is(r.Err, c.want) || (r.Err == nil) != (r.Picture != nil) {
						t.Errorf("the asker got %s, %v; want error %v", r.Picture, r.Err, c.want)
					}
				default:
					t.Error("the asker has got nothing, want an answer before Wait returns")
				}
				s.Wait(ctx) // again is fine
			})
		})
	}
}

// However searches and the end meet, each search that has begun is answered
// once, and before Wait returns.
func TestWaitAmidSearches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shown := &screens{}
		find := func(ctx context.Context, _ string) (flickr.Photo, error) {
			select {
			case <-time.After(rand.N(3 * time.Second)):
				return flickr.Photo{URL: "/album/x.svg"}, nil
			case <-ctx.Done():
				return flickr.Photo{}, ctx.Err()
			}
		}
		s := NewSearches(flickr.NewAsync(find, 20, quiet), shown, quiet)
		var begun, pictures, closed, refused atomic.Int64
		var askers sync.WaitGroup
		for range 200 {
			askers.Go(func() {
				time.Sleep(rand.N(4 * time.Second))
				end, err := s.Start(t.Context(), "main", "sushi", Asker{})
				if err != nil {
					refused.Add(1)
					return
				}
				begun.Add(1)
				switch r := <-end; {
				case r.Err == nil:
					pictures.Add(1)
				case errors.Is(r.Err, flickr.ErrClosed):
					closed.Add(1)
				}
			})
		}
		time.Sleep(2 * time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		s.Wait(ctx)
		synctest.Wait()
		if b, p, c := begun.Load(), pictures.Load(), closed.Load(); b != p+c || p == 0 || c == 0 {
			t.Errorf("%d searches begun when Wait returned, %d shown and %d closed; want all of them answered, some each way", b, p, c)
		}
		askers.Wait()
		if begun.Load()+refused.Load() != 200 || pictures.Load()+closed.Load() != begun.Load() {
			t.Errorf("a search was begun after Wait had returned")
		}
	})
}
