package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"picture-frame/hub/redis/redistest"
)

// A soakNode is one of the processes, which always comes back at the same address.
type soakNode struct {
	t      *testing.T
	name   string
	binary string
	url    string
	env    []string
	ledger *ledger
	faults *soakFaults
	clock  *steppedClock
	told   map[string]int // lines of the log that are no info, by what they say

	mu      sync.Mutex
	program *program // nil while it is not to run
	starts  int
}

// Start starts the process and has its end noticed.
func (n *soakNode) Start() {
	address, _ := url.Parse(n.url)
	p := &program{t: n.t, each: n.line}
	p.launch(n.binary, n.t.TempDir(), append(n.env, "HOST="+address.Hostname(), "PORT="+address.Port())...)
	n.mu.Lock()
	n.program = p
	n.starts++
	n.mu.Unlock()
	go func() {
		<-p.done
		n.mu.Lock()
		defer n.mu.Unlock()
		if n.program == p {
			n.ledger.Fault("%s ended by itself: %v", n.name, p.cmd.ProcessState)
		}
	}()
}

// Stop ends the process.
func (n *soakNode) Stop(s syscall.Signal) {
	n.mu.Lock()
	p := n.program
	n.program = nil
	n.mu.Unlock()
	if code := p.Stop(s); s == syscall.SIGTERM && code != 0 {
		n.ledger.Fault("%s exited with %d, want 0", n.name, code)
	}
}

// soakLines are the lines above info that a log may have, and the faults that each
// has to have as a reason. One with more than its message names the field that tells.
var soakLines = map[string][]string{
	"search failed":          {"source"},
	"circuit changed":        {"source"},
	"search":                 {"source", "redis", "process", "machine"},
	"request failed":         {"source", "redis", "process", "machine"},
	"budget cannot be asked": {"redis", "machine"},
	"redis is away: nothing can be published": {"redis", "machine"},
}

// line takes a line of the process's log.
func (n *soakNode) line(line map[string]any) {
	level, text := line["level"], fmt.Sprint(line["msg"])
	if level == "INFO" {
		return
	}
	n.mu.Lock()
	n.told[text]++
	n.mu.Unlock()
	if why, known := soakLines[text]; !known || level != "WARN" || !n.faults.Explains(why...) {
		n.ledger.Fault("%s logs without a reason: %v", n.name, line)
	}
}

// ready waits until all processes can publish.
func soakReady(ctx context.Context, nodes []*soakNode) error {
	ctx, cancel := context.WithTimeout(ctx, 2*patience)
	defer cancel()
	for _, n := range nodes {
		for {
			resp, err := http.Get(n.url + "/readyz")
			if err == nil {
				resp.Body.Close()
				if resp.StatusCode == http.StatusOK {
					break
				}
			}
			if !sleep(ctx, 50*time.Millisecond) {
				return fmt.Errorf("%s is not ready", n.name)
			}
		}
	}
	return nil
}

// soakBreaks are what happens to Redis and the processes. The first process lives
// through all of it.
type soakBreaks struct {
	redis  *redistest.Server
	clock  *steppedClock // of Redis
	nodes  []*soakNode
	ledger *ledger
	faults *soakFaults
	short  bool
}

// watchMachine notes when the machine is so busy that Redis, which nobody has broken,
// answers late: programs then give it up, as they should. It returns when ctx ends.
func (b *soakBreaks) watchMachine(ctx context.Context) {
	const late = time.Second // half of what the program bears
	for sleep(ctx, 100*time.Millisecond) {
		began := time.Now()
		b.redis.Client.Ping(ctx) // it may be away
		if took := time.Since(began); took > late && !b.faults.Explains("redis") && ctx.Err() == nil {
			b.faults.Begin("machine", fmt.Sprintf("Redis took %v for an answer", took.Round(time.Millisecond)))()
		}
	}
}

var soakBroken = []string{
	"redis hangs", "redis is killed", "redis restarts", "redis's clock steps",
	"a process is killed", "a process restarts", "a process's clock steps",
}

// Run does one after the other until ctx ends, or each once if it is short, and waits
// each time until all is well again.
func (b *soakBreaks) Run(ctx context.Context, r *rand.Rand, pause time.Duration) {
	for round := 0; ctx.Err() == nil && !(b.short && round > 0); round++ {
		for _, what := range shuffled(r, slices.Clone(soakBroken)) {
			if !sleep(ctx, pause/2+rand.N(pause)) {
				return
			}
			b.one(what, r, min(pause, 10*time.Second))
		}
	}
}

func (b *soakBreaks) one(what string, r *rand.Rand, most time.Duration) {
	ctx := context.Background() // what has begun is ended
	victim := b.nodes[1+r.IntN(len(b.nodes)-1)]
	for_ := time.Duration(r.Float64() * float64(most))
	kind := map[bool]string{true: "process", false: "redis"}[what[0] == 'a']
	by := time.Duration(r.Int64N(int64(2*time.Hour))) - time.Hour
	end := b.faults.Begin(kind, fmt.Sprintf("%s (%s, for %v, by %v)", what, victim.name, for_.Round(time.Millisecond), by.Round(time.Second)))
	defer end()
	switch what {
	case "redis hangs":
		goOn := b.redis.Hang()
		sleep(ctx, for_)
		goOn()
	case "redis is killed":
		b.redis.Kill()
		sleep(ctx, for_)
		b.redis.Start()
	case "redis restarts":
		b.redis.Client.Shutdown(ctx)
		b.redis.Kill() // which has ended, or does now
		b.redis.Start()
	case "a process is killed":
		victim.Stop(syscall.SIGKILL)
		sleep(ctx, for_)
		victim.Start()
	case "a process restarts":
		victim.Stop(syscall.SIGTERM)
		victim.Start()
	case "redis's clock steps":
		b.clock.Step(by)
	case "a process's clock steps": // in a build that lets it
		b.nodes[r.IntN(len(b.nodes))].clock.Step(by)
	}
	if err := soakReady(ctx, b.nodes); err != nil {
		b.ledger.Fault("after %s: %v", what, err)
	}
}
