package e2e

import (
	"context"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

var (
	soakFor     = flag.Duration("soak", 0, "how long TestSoak lasts; 0 is one round of what can break")
	soakSeed    = flag.Uint64("soakseed", 0, "what TestSoak draws its plan from; 0 draws that")
	soakViewers = flag.Int("soakviewers", 0, "how many viewers TestSoak has; 0: 2,000, or few in a short one")
)

// Months of a wall in an hour: viewers of all transports come and go, directly and
// through two proxies, a word comes every second, and whatever can break does: the
// sources, Redis, processes and clocks, with a host at work. Nothing that was answered
// with 200 is lost, doubled or out of order for any viewer, nothing grows, and nothing
// is logged without a reason. make soak runs it for half an hour; in the test command
// it is one short round, with the same checks but that of growth.
func TestSoak(t *testing.T) {
	t.Parallel()
	s := newSoak(t)
	t.Logf("-soak %v -soakviewers %d -soakseed %d", *soakFor, s.viewers, s.seed)
	s.run()
}

// run lets everything happen at once, for as long as it should, and then has all of
// it end: words first, and viewers when all have got what there is.
func (s *soak) run() {
	s.began = time.Now()
	watching, leave := context.WithCancel(context.Background())
	defer s.crowd.all.Wait()
	defer leave()
	s.crowd.Start(watching, s.viewers, s.seed)
	s.watched()
	going, stop := context.WithCancel(context.Background())
	if s.long {
		going, stop = context.WithTimeout(going, *soakFor)
	}
	defer stop()
	var actors []chan struct{}
	stream := uint64(0)
	act := func(run func(context.Context, *rand.Rand, time.Duration), pace time.Duration) {
		ended, r := make(chan struct{}), rand.New(rand.NewPCG(s.seed, 1<<40+stream))
		stream++
		actors = append(actors, ended)
		go func() { defer close(ended); run(going, r, pace) }()
	}
	pace := map[bool]time.Duration{true: 20 * time.Second, false: time.Second}[s.long]
	act(s.askers.Run, map[bool]time.Duration{true: time.Second, false: 200 * time.Millisecond}[s.long])
	act(s.host.Run, pace)
	act(s.sources.Run, pace)
	act(s.breaks.Run, pace)
	go s.breaks.watchMachine(going)
	s.windows(actors[len(actors)-1], going)
	stop()
	for _, ended := range actors {
		<-ended
	}
	s.settle()
	leave()
	s.crowd.all.Wait()
	s.verdict()
}

// watched waits until somebody watches each frame: before that, nobody sees a picture.
func (s *soak) watched() {
	p := &program{t: s.t, URL: s.nodes[0].url}
	late := patient(s.t)
	for _, f := range soakFrames {
		for {
			var d desk
			if _, text := p.request(http.MethodGet, "/host/desk?frame="+f.name, bearer(), ""); json.Unmarshal([]byte(text), &d) == nil && d.Viewers > 0 {
				break
			}
			select {
			case <-late:
				s.t.Fatalf("nobody watches %s", f.name)
			case <-time.After(between):
			}
		}
	}
}

// windows measures until it is over. A short soak is over when all has happened.
func (s *soak) windows(broken <-chan struct{}, going context.Context) {
	window := min(max(*soakFor/20, 10*time.Second), 5*time.Minute)
	measure := time.NewTicker(window)
	defer measure.Stop()
	judge := time.NewTicker(5 * time.Second)
	defer judge.Stop()
	for {
		select {
		case <-measure.C:
			s.measure(going)
		case now := <-judge.C:
			s.ledger.Judge(now)
		case <-going.Done():
			return
		case <-broken:
			return
		}
	}
}

// measure ends a window. Who is away just now is asked when it is back.
func (s *soak) measure(ctx context.Context) {
	if !s.long {
		return
	}
	r := soakRow{}
	for _, n := range s.nodes {
		var now soakSample
		for ctx.Err() == nil {
			var err error
			if now, err = n.sample(); err == nil {
				break
			}
			sleep(ctx, 100*time.Millisecond)
		}
		r.nodes = append(r.nodes, now)
	}
	for r.redis == 0 && ctx.Err() == nil {
		r.keys, r.redis = redisHolds(ctx, s.breaks)
	}
	if ctx.Err() != nil {
		return // it is over
	}
	// Openverse lets a day have 200 words, which here are ten minutes'.
	for _, key := range s.redis.Client.Keys(ctx, "pictureframe:queries:openverse*").Val() {
		s.redis.Client.Del(ctx, key)
	}
	r.page, r.at = settled(s.t, s.page.ctx), time.Since(s.began)
	s.askers.mu.Lock()
	r.statuses, s.askers.statuses = s.askers.statuses, map[int]int{}
	s.askers.mu.Unlock()
	s.faults.mu.Lock()
	r.faults, s.faults.total = s.faults.total, 0
	s.faults.mu.Unlock()
	s.ledger.mu.Lock()
	r.tally, s.ledger.tally, r.wrong = s.ledger.tally, soakTally{}, s.ledger.wrong
	s.ledger.mu.Unlock()
	s.rows = append(s.rows, r)
	s.t.Logf("\n%s", soakTable(s.rows[len(s.rows)-1:], s.nodes))
}

// settle waits until every viewer has got what there is, and judges it.
func (s *soak) settle() {
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	if err := soakReady(ctx, s.nodes); err != nil {
		s.ledger.Fault("at the end: %v", err)
	}
	for sleep(ctx, 100*time.Millisecond) && len(s.ledger.Behind()) > 0 {
	}
	if behind := s.ledger.Behind(); len(behind) > 0 {
		s.ledger.Fault("at the end %d viewers are behind, such as %s", len(behind), behind[0])
	}
	s.ledger.Judge(time.Now().Add(s.ledger.late))
}

func (s *soak) verdict() {
	if s.long {
		s.t.Logf("viewers %d, seed %d\n%s", s.viewers, s.seed, soakTable(s.rows, s.nodes))
		for _, n := range s.nodes {
			s.t.Logf("%s started %d times, and logged above info: %v", n.name, n.starts, n.told)
		}
		for _, what := range soakGrown(s.rows) {
			s.t.Errorf("this grew: %s", what)
		}
	}
	if s.ledger.wrong > 0 {
		s.t.Errorf("-soakseed %d: %d things are wrong; the first of them:\n%s", s.seed, s.ledger.wrong, strings.Join(s.ledger.faults, "\n"))
	}
	if word := s.ledger.Newest(soakFrames[0].name); s.long && word != "" {
		s.page.shows(word)
	}
	for _, n := range s.nodes {
		n.Stop(syscall.SIGTERM)
	}
}
