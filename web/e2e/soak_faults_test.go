package e2e

import (
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// soakFaults are what the soak has done to the program, and when. What is logged or
// answered meanwhile, and shortly after, may be because of it.
type soakFaults struct {
	mu    sync.Mutex
	all   []*soakFault
	total int
	tell  func(what string)
}

type soakFault struct {
	kind, what string
	from, to   time.Time // to is zero while it goes on
}

// soakGrace is for how long after its end a fault may show: an asker is told when the
// search has ended, and a circuit closes with the first word after its ten seconds.
var soakGrace = map[string]time.Duration{
	"source": 90 * time.Second, "redis": 20 * time.Second, "process": 20 * time.Second, "machine": 20 * time.Second,
	"freeze": 15 * time.Second, "approve": 15 * time.Second,
}

// Begin notes that a fault begins. It goes on until end is called.
func (f *soakFaults) Begin(kind, what string) (end func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tell(time.Now().UTC().Format("15:04:05 ") + kind + ": " + what)
	now := &soakFault{kind: kind, what: what, from: time.Now()}
	f.total++
	f.all = append(slices.DeleteFunc(f.all, func(old *soakFault) bool {
		return !old.to.IsZero() && time.Since(old.to) > soakGrace[old.kind]
	}), now)
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		now.to = time.Now()
	}
}

// Explains reports whether a fault of one of these kinds may be why something
// happens now.
func (f *soakFaults) Explains(kinds ...string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.ContainsFunc(f.all, func(one *soakFault) bool {
		return slices.Contains(kinds, one.kind) && (one.to.IsZero() || time.Since(one.to) < soakGrace[one.kind])
	})
}

func keysOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func shuffled(r *rand.Rand, all []string) []string {
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}
