package e2e

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/fetch"

	"picture-frame/hub/redis/redistest"
)

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
	// Its allocator's thread sleeps until a time of the clock, and would not sleep at all.
	s.redis.Env, s.redis.Options = clock.Env, []string{"--jemalloc-bg-thread", "no"}
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
		return fulfill(r.RequestID, http.StatusOK, "")
	})
	s.page.open(s.fronts[1].url)
}
