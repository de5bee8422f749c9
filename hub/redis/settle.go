package redis

import (
	"context"
	"errors"
	"time"
)

// What one process knows may be all that is left of a picture. So after a loss the
// processes wait for each other.

// settleTime is how long a Redis that has lost what it had is not published to
// unless all processes have come back: more than the longest pause between two
// tries and the time for an answer.
const settleTime = 2*pauseMost + 2*answerTime

// meet brings the hub and Redis together and tells the others. It returns from where
// the log has to be followed.
func (s *Store) meet(ctx context.Context) (end logEnd, err error) {
	if end, err = s.endOfLog(ctx); err != nil {
		return end, err
	}
	s.found(end)
	if end.records == 0 {
		// No count is lower: that it is emptied from now on would go unnoticed.
		if err = s.crowd.tell(ctx, hello); err == nil {
			end, err = s.endOfLog(ctx)
		}
		if err == nil && end.records == 0 {
			err = errLost
		}
	}
	if err == nil {
		err = s.sync(ctx)
	}
	if err == nil {
		err = s.crowd.tell(ctx, hello)
	}
	return end, err
}

// left notes that the log is not followed any more, and why.
func (s *Store) left(err error) {
	s.crowd.deafen()
	s.lost = s.lost || errors.Is(err, errLost)
}

// found notes that Redis answers again, and what it has. That it has lost something
// counts until this process publishes again, however often it goes away meanwhile.
func (s *Store) found(end logEnd) {
	s.lost = s.lost || end.records < s.records
	s.crowd.hear()
}

// settled reports whether Redis has everything that any process knows. This one is
// connected since a time.
func (s *Store) settled(ctx context.Context, since time.Time) bool {
	if s.lost && time.Since(since) < s.settleTime && !s.othersAreBack(ctx) {
		return false
	}
	s.lost = false
	return true
}

// othersAreBack reports whether every process that was there before Redis lost what
// it had has put back what it knows. A process tells of its viewers after that. If
// one of them published before, its picture would be newer than what another still
// has to put back, which viewers would never be shown.
func (s *Store) othersAreBack(ctx context.Context) bool {
	var reports []string
	for process := range s.crowd.known() {
		reports = append(reports, reportKey+process)
	}
	if len(reports) == 0 {
		return true
	}
	there, err := s.client.Exists(ctx, reports...).Result()
	return err == nil && there == int64(len(reports))
}

// caughtUp tells the hub that everything has come here that there was at a time. As
// long as another process may still have to put something back, nobody knows that.
func (s *Store) caughtUp(asOf time.Time) {
	if s.up.Load() {
		s.hub.CaughtUp(asOf)
	}
}
