package web

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"picture-frame/hub"
)

// scrapeTime is how long a scrape waits for what processes share.
const scrapeTime = time.Second

// A Limit is how many queries a budget has within any period Per.
type Limit struct {
	Budget  string
	Queries int
	Per     time.Duration
}

var (
	circuitState = described("circuit_state", "1 for the state of a source's circuit: closed (it is asked), half-open (one search tries it), open (it failed too often just now), paused (it has refused, and is left alone).", "source", "state")
	budgetLimit  = described("budget_queries", "Queries that a source's budget has within its period.", "budget")
	budgetLeft   = described("budget_queries_left", "Those that are left, in all processes; absent while Redis is away.", "budget")
)

// A source is somebody else's server, of which Prometheus reads the state.
type source struct {
	name    string
	states  []string
	circuit func() string
	limits  []Limit
	cluster hub.Cluster
}

// WatchSource adds the state of a source, one of states, and its budgets, which
// cluster counts.
func (m *Metrics) WatchSource(name string, states []string, circuit func() string, limits []Limit, cluster hub.Cluster) {
	m.watched = append(m.watched, source{name, states, circuit, limits, cluster})
	for _, hit := range []string{"hit", "miss"} {
		m.cache.WithLabelValues(name, hit)
	}
}

type watchedSources struct{ *Metrics }

// Describe implements prometheus.Collector.
func (w watchedSources) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{circuitState, budgetLimit, budgetLeft} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (w watchedSources) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTime)
	defer cancel()
	for _, s := range w.watched {
		now := s.circuit()
		for _, state := range s.states {
			value := 0.0
			if state == now {
				value = 1
			}
			gauge(circuitState, value, s.name, state)
		}
		for _, l := range s.limits {
			gauge(budgetLimit, float64(l.Queries), l.Budget)
			if n, err := s.cluster.QueriesTaken(ctx, l.Budget, l.Per); err == nil {
				gauge(budgetLeft, float64(max(0, l.Queries-n)), l.Budget)
			}
		}
	}
}

// Publishing is a cluster whose pictures are timed, from here until they are ordered,
// kept and delivered here.
func (m *Metrics) Publishing(c hub.Cluster) hub.Cluster { return timed{c, m} }

type timed struct {
	hub.Cluster
	metrics *Metrics
}

// Publish implements hub.Cluster.
func (t timed) Publish(ctx context.Context, r hub.Record) (string, error) {
	began := time.Now()
	id, err := t.Cluster.Publish(ctx, r)
	if r.Name == hub.Picture && !errors.Is(err, hub.ErrTurns) { // it takes its turn then
		t.metrics.published(err, time.Since(began))
	}
	return id, err
}

// SwapLine implements hub.Lines.
func (t timed) SwapLine(ctx context.Context, frame string, was hub.LineState, next hub.Line, c hub.Change) (bool, error) {
	began := time.Now()
	swapped, err := t.Cluster.SwapLine(ctx, frame, was, next, c)
	if c.Hang != nil && (swapped || err != nil) {
		t.metrics.published(err, time.Since(began))
	}
	return swapped, err
}

func (m *Metrics) published(err error, took time.Duration) {
	outcome := "ok"
	switch {
	case errors.Is(err, hub.ErrAway), errors.Is(err, hub.ErrUnkept):
		outcome = "away"
	case err != nil:
		outcome = "error"
	}
	m.publish.WithLabelValues(outcome).Observe(took.Seconds())
}

// buildInfo is 1, with what runs here as its labels.
func buildInfo(page string) prometheus.Collector {
	labels := prometheus.Labels{"version": "", "revision": "", "page": page}
	if info, ok := debug.ReadBuildInfo(); ok {
		labels["version"] = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				labels["revision"] = s.Value
			}
		}
	}
	g := prometheus.NewGauge(prometheus.GaugeOpts{Name: "pictureframe_build_info", Help: "1; the program's version and revision, as far as its build knew them, and the version of its page.", ConstLabels: labels})
	g.Set(1)
	return g
}
