package file

import (
	"context"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"picture-frame/hub"
)

// gather returns what waits to be written: the wait for the disk is then one for
// all of it.
func (s *Store) gather(first *request) []*request {
	group := []*request{first}
	for len(group) < groupSize {
		select {
		case next := <-s.queue:
			group = append(group, next)
		default:
			return group
		}
	}
	return group
}

// write puts a group of records on the disk, then hands them to the hub in the
// same order.
func (s *Store) write(group []*request) {
	answerAll := func(err error) {
		for _, waiting := range group {
			waiting.answer <- answer{err: err}
		}
	}
	if s.db == nil {
		answerAll(hub.ErrUnkept)
		return
	}
	group = slices.DeleteFunc(group, func(waiting *request) bool { return s.refuse(waiting) })
	if len(group) == 0 {
		return
	}
	for _, waiting := range group {
		id, err := s.hub.NextID()
		if err != nil {
			answerAll(err)
			return
		}
		waiting.record.ID = id
	}
	before := s.desk
	for _, waiting := range group {
		if waiting.settings != nil {
			s.desk = s.desk.with(waiting.record.Frame, *waiting.settings)
		}
	}
	if err := s.update(func(tx *bolt.Tx) error { return s.put(tx, group) }); err != nil {
		s.desk = before
		for _, waiting := range group {
			frame := waiting.record.Frame
			if waiting.settings == nil {
				s.unsure[frame] = true
			} else { // the file may have them all the same
				s.desk = s.desk.with(frame, before.settings[frame])
			}
		}
		s.fail(group[0].ctx, err) // one line, though all of them wait
		answerAll(fmt.Errorf("%w: %w", hub.ErrUnkept, err))
		return
	}
	for _, waiting := range group {
		if waiting.settings != nil {
			waiting.answer <- answer{}
			continue
		}
		id, err := s.hub.Deliver(waiting.record)
		if err != nil {
			s.unsure[waiting.record.Frame] = true // the hub has no room for it
		}
		waiting.answer <- answer{id, err}
	}
}

// refuse answers a removal of a picture that is not there.
func (s *Store) refuse(waiting *request) bool {
	r := waiting.record
	if r.Name != hub.Removed {
		return false
	}
	view, err := s.hub.Show(context.Background(), r.Frame)
	if err == nil && view.Find(hub.RemovedID(r.Data)) == nil {
		err = hub.ErrNoPicture
	}
	if err != nil {
		waiting.answer <- answer{err: err}
	}
	return err != nil
}

// put writes a group, and what has been noted since the last one.
func (s *Store) put(tx *bolt.Tx, group []*request) error {
	t, err := begin(tx)
	if err != nil {
		return err
	}
	for _, waiting := range group {
		r := waiting.record
		if waiting.settings != nil {
			continue
		}
		switch r.Name {
		case hub.Picture:
			err = t.append(r.Frame, r.ID, r.Data, s.watched)
		case hub.Removed:
			err = t.remove(r.Frame, r.ID, hub.RemovedID(r.Data))
		default:
			err = t.clear(r.Frame, r.ID)
		}
		if err != nil {
			return err
		}
	}
	if err := s.notes.put(t, s.hub.Activity(), s.Queries()); err != nil {
		return err
	}
	if s.desk.unkept {
		err = t.putDesk(s.desk)
	}
	if err != nil {
		return err
	}
	return t.finish()
}

// watched reports whether somebody watches a frame.
func (s *Store) watched(frame string) bool {
	view, err := s.hub.Show(context.Background(), frame)
	return err == nil && view.Viewers > 0
}

// writeNotes writes what has been noted and no picture took along, and corrects
// frames of which the file has what the hub had no room for.
func (s *Store) writeNotes() {
	activity, queries := s.hub.Activity(), s.Queries()
	if len(s.unsure) == 0 && !s.desk.unkept && !s.notes.news(activity, queries) {
		return
	}
	err := s.update(func(tx *bolt.Tx) error {
		t, err := begin(tx)
		if err != nil {
			return err
		}
		if err := s.rewrite(t); err != nil {
			return err
		}
		if err := s.notes.put(t, activity, queries); err != nil {
			return err
		}
		if err := t.putDesk(s.desk); err != nil {
			return err
		}
		return t.finish()
	})
	if err != nil {
		s.fail(context.Background(), err)
		return
	}
	clear(s.unsure)
}

// update runs one transaction. It has been written to the disk, or nothing of it
// counts, when it returns; after an error which of the two is not known.
func (s *Store) update(do func(tx *bolt.Tx) error) error {
	err := s.db.Update(do)
	if err == nil {
		s.notes.commit()
		s.desk.unkept = false
	}
	return err
}
