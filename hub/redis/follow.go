package redis

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"picture-frame/hub"
)

const (
	// Between two tries there is a pause, which doubles, and up to as much again.
	// It starts anew after Redis has been there for a while.
	pauseFirst = 50 * time.Millisecond
	pauseMost  = 2 * time.Second
	steady     = 2 * time.Second
	// listen is how long one read of the log waits. Between two of them Redis is
	// asked whether it still has what it had.
	listen = time.Second
	batch  = 256
)

// Names of records that are between processes and no events.
const (
	restored = "restored" // a frame's pictures have changed: read them again
	viewers  = "viewers"  // a process has a new report of its viewers
	hello    = "hello"    // the same, and it has just come
	line     = "line"     // what waits on a frame, or what its host has set, has changed
)

// errLost says that Redis no longer has what it had.
var errLost = errors.New("redis: records are missing")

// Run implements hub.Cluster: it keeps this process up to date.
func (s *Store) Run(ctx context.Context) {
	defer s.client.Close()
	go s.crowd.run(ctx)
	pause, told := pauseFirst, ""
	for {
		began := time.Now()
		err := s.follow(ctx)
		there := s.up.Swap(false)
		s.left(err)
		s.setReady()
		if ctx.Err() != nil || errors.Is(err, hub.ErrClosed) {
			return
		}
		s.failed.Note()
		if there && time.Since(began) > steady { // one that hangs takes as long to fail
			pause = pauseFirst
		}
		if why := cause(err); there || why != told {
			told = why
			s.log.Warn("redis is away: nothing can be published", "err", err)
		}
		select {
		case <-time.After(pause + rand.N(pause)):
		case <-ctx.Done():
			return
		}
		pause = min(2*pause, pauseMost)
	}
}

// cause returns what the log says once while it stays the same: what Redis itself has
// answered, such as that the password is wrong, or that there was no answer.
func cause(err error) string {
	var said goredis.Error
	if errors.As(err, &said) {
		return said.Error()
	}
	return "no answer"
}

func (s *Store) setReady() {
	select {
	case <-s.ready:
	default:
		close(s.ready)
	}
}

// follow brings the hub up to date, then hands it what comes. It returns when
// it cannot go on.
func (s *Store) follow(ctx context.Context) error {
	began := time.Now()
	end, err := s.meet(ctx)
	if err != nil {
		return err
	}
	s.warnOfEviction(ctx)
	for {
		s.records = end.records
		if !s.up.Load() && s.settled(ctx, began) {
			s.up.Store(true)
			s.setReady()
			s.log.Info("redis is there")
		}
		s.crowd.forget(time.Now())
		if time.Since(s.checked) >= checkEvery {
			s.checked = time.Now()
			if err := s.restoreEvicted(ctx); err != nil {
				return err
			}
		}
		asked := time.Now()
		messages, err := s.read(ctx, end.position)
		if err == nil && len(messages) == 0 {
			err = s.stillThere(ctx, end.records)
		}
		if err != nil {
			return err
		}
		for _, message := range messages {
			n, err := strconv.ParseInt(text(message, "record"), 10, 64)
			if err != nil || n != end.records+1 {
				return errLost
			}
			end = logEnd{message.ID, n}
			if err := s.take(ctx, message); err != nil {
				return err
			}
		}
		if len(messages) < batch {
			s.caughtUp(asked)
		}
	}
}

// read waits for what follows a position, and returns nothing if nothing does. A
// Redis that hangs is away.
func (s *Store) read(ctx context.Context, position string) ([]goredis.XMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, listen+answerTime)
	defer cancel()
	streams, err := s.client.XRead(ctx, &goredis.XReadArgs{
		Streams: []string{logKey, position}, Count: batch, Block: listen,
	}).Result()
	if errors.Is(err, goredis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return streams[0].Messages, nil
}

// A logEnd is a place in the log: behind its newest record.
type logEnd struct {
	position string
	records  int64
}

func (s *Store) endOfLog(ctx context.Context) (logEnd, error) {
	var newest *goredis.XMessageSliceCmd
	var records *goredis.StringCmd
	_, err := s.client.TxPipelined(ctx, func(p goredis.Pipeliner) error {
		newest = p.XRevRangeN(ctx, logKey, "+", "-", 1)
		records = p.Get(ctx, recordsKey)
		return nil
	})
	if err != nil && !errors.Is(err, goredis.Nil) {
		return logEnd{}, err
	}
	end := logEnd{position: "0"}
	if messages := newest.Val(); len(messages) > 0 {
		end.position = messages[0].ID
	}
	end.records, _ = records.Int64() // none is none
	return end, nil
}

// stillThere notices a Redis that has been emptied while nothing came, and one
// that takes no writes.
func (s *Store) stillThere(ctx context.Context, records int64) error {
	var count *goredis.StringCmd
	var probe *goredis.StatusCmd
	_, err := s.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
		count = p.Get(ctx, recordsKey)
		probe = p.Set(ctx, probeKey+s.process, 1, forgetAfter)
		return nil
	})
	s.wrote(ctx, probe.Err())
	now, failed := count.Int64()
	if failed != nil && !errors.Is(failed, goredis.Nil) {
		return cmp.Or(err, failed)
	}
	if now < records {
		return errLost
	}
	return nil
}

// take does what a record says.
func (s *Store) take(ctx context.Context, m goredis.XMessage) error {
	r := hub.Record{Frame: text(m, "frame"), ID: text(m, "id"), Name: text(m, "name"), Data: []byte(text(m, "data")), Ticket: text(m, "ticket")}
	process := text(m, "process")
	switch r.Name {
	case viewers, hello:
		if process != s.process {
			if r.Name == hello {
				s.checked = time.Time{} // what it misses of Redis it can have from here
			}
			return s.crowd.listen(ctx, process, r.Name == hello)
		}
		return nil
	case restored:
		if process == s.process {
			return nil
		}
		// The other may have known less than this process.
		return s.syncFrames(ctx, []string{r.Frame}, nil)
	case line:
		err := s.loadLine(ctx, r.Frame)
		s.hub.Gone(r.Frame, goneIn(r.Data))
		s.delivered(text(m, "token"), delivery{"", err})
		return err
	}
	if r.Name == hub.Reset {
		s.resets[r.Frame] = r.ID
	}
	s.known = max(s.known, hub.IDTime(r.ID).UnixMicro())
	id, err := s.hub.Deliver(r)
	if text(m, "line") != "" {
		if err := s.loadLine(ctx, r.Frame); err != nil {
			return err
		}
	}
	s.delivered(text(m, "token"), delivery{id, err})
	switch {
	case errors.Is(err, hub.ErrClosed): // only the others see it; Close has yet to tell them
	case err != nil:
		s.log.Warn("a picture of another process finds no room here", "frame", r.Frame, "err", err)
	}
	return nil
}

func text(m goredis.XMessage, field string) string {
	s, _ := m.Values[field].(string)
	return s
}
