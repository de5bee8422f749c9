package handlers

import (
	"errors"
	"log/slog"
	"net/http"

	"picture-frame/flickr"
)

// outcomeOf returns how looking for a word has ended, for metrics: found, none,
// blocked, spent, busy, timeout, unreachable, error, or refused, by a limit, a host or a
// stop.
func outcomeOf(err error) string {
	for _, known := range []struct {
		err     error
		outcome string
	}{
		{flickr.ErrNoPhoto, "none"},
		{flickr.ErrUnsearchable, "none"},
		{flickr.ErrBlocked, "blocked"},
		{flickr.ErrBudget, "spent"},
		{flickr.ErrBusy, "busy"},
		{flickr.ErrTimeout, "timeout"},
		{flickr.ErrUnreachable, "unreachable"},
		{flickr.ErrAnswer, "error"},
	} {
		if errors.Is(err, known.err) {
			return known.outcome
		}
	}
	switch {
	case err == nil:
		return "found"
	case ProblemOf(err).Status == http.StatusInternalServerError:
		return "error"
	}
	return "refused"
}

// levelOf gives failures that an operator can do something about a warning.
func levelOf(err error) slog.Level {
	if err != nil && ProblemOf(err).Status >= 500 {
		return slog.LevelWarn
	}
	return slog.LevelInfo
}
