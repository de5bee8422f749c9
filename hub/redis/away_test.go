package redis

import (
	"log/slog"
	"strings"
	"testing"

	"picture-frame/hub/redis/redistest"
)

// That Redis is away is said once, also of one that hangs, which takes as long to find
// out as others stay; and again when Redis itself says why, or after it was there.
func TestAwayIsSaidOnce(t *testing.T) {
	t.Parallel()
	s := redistest.New(t).Start()
	var log safeBuffer
	store, err := New(s.URL(), slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	p := run(t, store, store).ready()
	said := func() int { return strings.Count(log.String(), "redis is away") }
	goOn := s.Hang()
	t.Cleanup(goOn)
	await(t, "it is noticed", func() bool { return !store.Up() && said() > 0 })
	for range 2 {
		before := store.LastError()
		await(t, "it is tried again", func() bool { return store.LastError().After(before) })
	}
	if n := said(); n != 1 {
		t.Fatalf("that redis hangs is said %d times:\n%s", n, log.String())
	}
	goOn()
	p.ready()
	for _, command := range []string{"CONFIG SET requirepass other", "CLIENT KILL TYPE normal SKIPME yes"} {
		words := []any{}
		for word := range strings.FieldsSeq(command) {
			words = append(words, word)
		}
		if err := s.Client.Do(background, words...).Err(); err != nil {
			t.Fatal(err)
		}
	}
	await(t, "the log says what Redis answers", func() bool { return strings.Contains(log.String(), "NOAUTH") })
	if n := said(); n > 3 {
		t.Errorf("it is said %d times, want once for each cause:\n%s", n, log.String())
	}
}
