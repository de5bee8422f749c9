package e2e

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/fetch"

	"picture-frame/hub/redis/redistest"
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

// A soak is one run.
type soak struct {
	t       *testing.T
	long    bool
	seed    uint64
	viewers int
	began   time.Time
	binary  string

	ledger  *ledger
	faults  *soakFaults
	redis   *redistest.Server
	nodes   []*soakNode
	fronts  []soakFront
	sources *soakSources
	askers  *soakAskers
	host    *soakHost
	crowd   *soakCrowd
	breaks  *soakBreaks
	page    *screen
	rows    []soakRow
}

func newSoak(t *testing.T) *soak {
	s := &soak{t: t, long: *soakFor > 0, seed: *soakSeed, viewers: *soakViewers, binary: binary}
	for s.seed == 0 {
		s.seed = rand.Uint64() >> 32
	}
	if s.viewers == 0 {
		s.viewers = map[bool]int{true: 2000, false: 48}[s.long]
	}
	if s.long { // what is measured is not the race detector
		s.binary = buildStepped(t)
	}
	s.ledger = newLedger(patience)
	s.faults = &soakFaults{tell: func(string) {}}
	if s.long { // as it happens; a short one says what was wrong at its end
		tell := func(text string) { t.Log(text) }
		s.ledger.tell, s.faults.tell = tell, tell
	}
	s.sources = newSoakSources(t, s.faults)
	s.redis = redistest.New(t)
	clock := clockOfC(t)
	s.redis.Env = clock.Env
	s.redis.Start()
	s.startNodes()
	s.breaks = &soakBreaks{redis: s.redis, clock: clock, nodes: s.nodes, ledger: s.ledger, faults: s.faults, short: !s.long}
	s.askers = &soakAskers{ledger: s.ledger, faults: s.faults, fronts: s.fronts, statuses: map[int]int{}}
	s.askers.client.Timeout = patience
	s.host = &soakHost{ledger: s.ledger, faults: s.faults, fronts: s.fronts}
	s.host.client.Timeout = patience
	s.crowd = &soakCrowd{ledger: s.ledger, fronts: s.fronts, stay: 5 * time.Second, pause: time.Second}
	s.crowd.seen = s.receipt
	if s.long {
		s.crowd.stay, s.crowd.pause = time.Minute, 10*time.Second
		s.openPage()
	}
	return s
}

// receipt posts a receipt for one of many pictures that viewers get, as a page does
// for those that it shows.
func (s *soak) receipt(frame, id string) {
	if rand.IntN(400) > 0 {
		return
	}
	go func() {
		front := s.fronts[rand.IntN(len(s.fronts))]
		body := fmt.Sprintf(`{"frame":%q,"id":%q,"screen":"screen %d","wait":20}`, frame, id, rand.Uint64())
		if resp, err := s.askers.client.Post(front.url+"/seen", asJSON, strings.NewReader(body)); err == nil {
			resp.Body.Close()
		}
	}()
}

// startNodes starts the processes, each with other sources, and both proxies.
func (s *soak) startNodes() {
	var programs []*program
	for i, pictures := range []string{"flickr", "auto", "feed"} {
		n := &soakNode{t: s.t, name: fmt.Sprint("p", i+1), binary: s.binary, url: "http://" + freeAddress(s.t), ledger: s.ledger, faults: s.faults, told: map[string]int{}, clock: newSteppedClock(s.t)}
		n.env = append(s.sources.settings(pictures), "REDIS_URL="+s.redis.URL(), "ADMIN_TOKEN="+token, "TRUST_PROXY=true", "SEARCHES_PER_MINUTE=20",
			"LOG_LEVEL=info", "AUTOPLAY=2m", "WORDS="+autoplayed)
		n.env = append(n.env, n.clock.Env...)
		n.Start()
		s.nodes = append(s.nodes, n)
		programs = append(programs, &program{t: s.t, URL: n.url})
	}
	const upgrade = "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; proxy_set_header Host $http_host;"
	behindNginx := nginx(s.t, programs[0], upgrade, programs[1:]...)
	behindHAProxy := haproxy(s.t, programs...)
	for i, n := range s.nodes {
		s.fronts = append(s.fronts, soakFront{n.name, n.url, ways})
		s.fronts = append(s.fronts, []soakFront{
			{"nginx", behindNginx.URL, ways}, {"HAProxy", behindHAProxy.URL, ways}, {"HAProxy over h2c", behindHAProxy.URL, overH2C()},
		}[i])
	}
	if err := soakReady(s.t.Context(), s.nodes); err != nil {
		s.t.Fatal(err)
	}
	programs[0].check(row{"PATCH", "/host/desk?frame=line", head("Authorization", "Bearer "+token, "Content-Type", asJSON), `{"hold":3000}`, 200, ""})
}

// openPage opens the first frame in a browser, through nginx, with photos that are
// drawn here.
func (s *soak) openPage() {
	s.page = blank(s.t)
	s.page.prefer("prefers-reduced-motion=reduce")
	s.page.serveFlickr(func(r fetch.EventRequestPaused) fetch.FulfillRequestParams {
		return fulfill(r.RequestID, http.StatusOK)
	})
	s.page.open(s.fronts[1].url)
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
