package e2e

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A soakSample is what one process, and Redis, hold at the end of a window. The
// viewers' own share of descriptors is taken off.
type soakSample struct {
	goroutines, descriptors int
	heap, rss               int // in KiB, heap after a collection
	viewers                 int
}

// A soakRow is one window.
type soakRow struct {
	at       time.Duration
	statuses map[int]int
	tally    soakTally
	faults   int
	nodes    []soakSample
	keys     int
	redis    int // memory in KiB
	page     use
	wrong    int
}

var metricLine = regexp.MustCompile(`(?m)^(\w+) ([0-9.e+]+)$`)

// sample reads a process's own numbers, after it has collected its garbage.
func (n *soakNode) sample() (s soakSample, err error) {
	client := http.Client{Timeout: patience}
	get := func(path string) (string, error) {
		r, _ := http.NewRequest(http.MethodGet, n.url+path, nil)
		r.Header = bearer()
		resp, err := client.Do(r)
		if err != nil {
			return "", err
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		return string(text), err
	}
	defer client.CloseIdleConnections()
	if _, err := get("/debug/pprof/heap?gc=1"); err != nil {
		return s, err
	}
	text, err := get("/metrics")
	if err != nil {
		return s, err
	}
	values := map[string]int{}
	for _, m := range metricLine.FindAllStringSubmatch(text, -1) {
		value, _ := strconv.ParseFloat(m[2], 64)
		values[m[1]] = int(value)
	}
	viewers := values["pictureframe_viewers"]
	return soakSample{
		goroutines: values["go_goroutines"], descriptors: values["process_open_fds"] - viewers, viewers: viewers,
		heap: values["go_memstats_heap_alloc_bytes"] >> 10, rss: values["process_resident_memory_bytes"] >> 10,
	}, nil
}

// soakGrown tells what has grown of what the first process, which lives through everything, and
// Redis and the page hold: the median of the last third of the windows against that of
// the second, the first third being for warming up. What is allowed on top is what
// sockets of the moment, caches with a bound and the collector's habits make of it; a
// leak of a word's worth a second is more in any run of half an hour.
func soakGrown(rows []soakRow) (grown []string) {
	third := len(rows) / 3
	if third == 0 {
		return nil
	}
	median := func(rows []soakRow, value func(soakRow) int) int {
		var all []int
		for _, r := range rows {
			all = append(all, value(r))
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	for _, m := range []struct {
		name  string
		value func(soakRow) int
		more  int
	}{
		{"goroutines beside one a viewer", func(r soakRow) int { return r.nodes[0].goroutines - r.nodes[0].viewers }, 200},
		{"descriptors beside viewers", func(r soakRow) int { return r.nodes[0].descriptors }, 200},
		{"KiB of heap", func(r soakRow) int { return r.nodes[0].heap }, 4 << 10},
		{"KiB resident", func(r soakRow) int { return r.nodes[0].rss }, 24 << 10},
		{"Redis keys", func(r soakRow) int { return r.keys }, 100},
		{"KiB of Redis", func(r soakRow) int { return r.redis }, 1 << 10},
		{"nodes in the page", func(r soakRow) int { return int(r.page.nodes) }, 500},
		{"listeners in the page", func(r soakRow) int { return int(r.page.listeners) }, 100},
		{"KiB of the page's heap", func(r soakRow) int { return int(r.page.heap >> 10) }, 1 << 10},
	} {
		before, after := median(rows[third:2*third], m.value), median(rows[len(rows)-third:], m.value)
		if after > before+before/10+m.more {
			grown = append(grown, fmt.Sprintf("%s: %d in the second third of the windows, %d in the last", m.name, before, after))
		}
	}
	return grown
}

// soakTable is what the soak prints at its end.
func soakTable(rows []soakRow, nodes []*soakNode) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-8s %-34s %9s %6s %6s %5s %6s %6s %5s %6s", "until", "words by status", "delivered", "joined", "resum.", "reset", "refus.", "faults", "keys", "redis")
	for _, n := range nodes {
		fmt.Fprintf(&b, " | %-4s %5s %5s %4s %6s %6s", n.name, "view", "gor", "fds", "heap", "rss")
	}
	fmt.Fprintf(&b, " | %6s %5s | %s\n", "nodes", "heap", "wrong")
	for _, r := range rows {
		var statuses []string
		for _, status := range slices.Sorted(maps.Keys(r.statuses)) {
			statuses = append(statuses, fmt.Sprintf("%d:%d", status, r.statuses[status]))
		}
		fmt.Fprintf(&b, "%-8s %-34s %9d %6d %6d %5d %6d %6d %5d %5dK", r.at.Round(time.Second), strings.Join(statuses, " "),
			r.tally.deliveries, r.tally.joined, r.tally.resumed, r.tally.resets, r.tally.refused, r.faults, r.keys, r.redis)
		for _, s := range r.nodes {
			fmt.Fprintf(&b, " |      %5d %5d %4d %5dK %5dK", s.viewers, s.goroutines, s.descriptors, s.heap, s.rss)
		}
		fmt.Fprintf(&b, " | %6d %4dK | %d\n", r.page.nodes, r.page.heap>>10, r.wrong)
	}
	return b.String()
}

// redisHolds is how many keys a Redis has, and its memory in KiB.
func redisHolds(ctx context.Context, s *soakBreaks) (keys, memory int) {
	keys = int(s.redis.Client.DBSize(ctx).Val())
	info := s.redis.Client.Info(ctx, "memory").Val()
	if _, rest, found := strings.Cut(info, "used_memory:"); found {
		memory, _ = strconv.Atoi(strings.TrimSpace(strings.SplitN(rest, "\n", 2)[0]))
	}
	return keys, memory >> 10
}
