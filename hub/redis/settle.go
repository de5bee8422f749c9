package redis

import "context"

// settleTime is how long a Redis that has lost what it had is not published to
// unless all processes have come back: more than the longest pause between two
// tries and the time for an answer.
const settleTime = 2*pauseMost + 2*answerTime

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
