package file

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"picture-frame/hub"
)

const (
	// healEvery is the least time between two tries to write again, and healShare
	// how much longer than a try the pause is: the file is read as a whole.
	healEvery = time.Second
	healShare = 10
)

// fail stops publishing: what the disk has of the last write is not known before
// it has been read again.
func (s *Store) fail(ctx context.Context, err error) {
	s.up.Store(false)
	s.failed.Note()
	s.log.ErrorContext(ctx, "the frames cannot be kept: nothing can be published", "file", s.path, "err", err)
	s.shut()
}

func (s *Store) shut() {
	if s.db != nil {
		_ = s.db.Close() // it has failed already
		s.db = nil
	}
}

// errMoved says that the file's name no longer leads to it, so that what is
// written would be lost with this process.
var errMoved = errors.New("the file was moved, deleted or replaced")

// lookAfter stops publishing when the file is no longer where it was. All frames
// have to be written anew then.
func (s *Store) lookAfter() {
	info, err := os.Stat(s.path)
	if err == nil && os.SameFile(info, s.info) {
		return
	}
	for _, frame := range s.hub.Pictured() {
		s.unsure[frame] = true
	}
	s.fail(context.Background(), errMoved)
}

// heal opens the file again and makes it what the hub has, which everybody has
// seen. Until that succeeds nothing can be published.
func (s *Store) heal(now time.Time) {
	if now.Before(s.healAt) {
		return
	}
	began := time.Now()
	err := s.reopen()
	s.healAt = now.Add(max(healEvery, healShare*time.Since(began)))
	if err != nil {
		s.log.Debug("the frames still cannot be kept", "err", err)
		s.shut()
		return
	}
	clear(s.unsure)
	s.up.Store(true)
	s.log.Info("the frames are kept again", "file", s.path)
}

// reopen opens the file that this process had, or a new one where there is none.
// Another one in its place may hold what somebody wants to keep.
func (s *Store) reopen() error {
	info, err := os.Stat(s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, err = prepare(filepath.Dir(s.path)); err != nil {
			return err
		}
		if info, err = os.Stat(s.path); err != nil {
			return err
		}
		s.info = info
	case err != nil:
		return err
	case !os.SameFile(info, s.info):
		return errMoved
	}
	db, _, err := open(s.path)
	if err != nil {
		return err
	}
	s.db = db
	return s.update(func(tx *bolt.Tx) error {
		t, err := begin(tx)
		if err != nil {
			return err
		}
		if err := s.rewrite(t); err != nil {
			return err
		}
		if err := s.notes.put(t, s.hub.Activity(), s.Queries()); err != nil {
			return err
		}
		if err := t.putDesk(s.desk); err != nil {
			return err
		}
		return t.finish()
	})
}

// rewrite makes the frames of which the file may have something else what the
// hub has of them.
func (s *Store) rewrite(t *transaction) error {
	for frame := range s.unsure {
		view, err := s.hub.Show(context.Background(), frame)
		if err != nil {
			return err
		}
		if err := t.clear(frame, view.Since); err != nil {
			return err
		}
		for _, e := range view.Pictures {
			if err := t.append(frame, e.ID(), e.Data(), s.watched); err != nil {
				return err
			}
		}
		for _, e := range view.Removed {
			if err := t.remove(frame, e.At(), hub.RemovedID(e.Data())); err != nil {
				return err
			}
		}
	}
	return nil
}
