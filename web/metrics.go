package web

import (
	"cmp"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"picture-frame/handlers/stream"
	"picture-frame/hub"
)

// Metrics counts and measures what /metrics serves.
type Metrics struct {
	registry *prometheus.Registry
	routes   map[string]bool // "METHOD /path", as they are served
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	sources  *prometheus.HistogramVec
	arrived  prometheus.Histogram
	shown    prometheus.Histogram
	spread   prometheus.Histogram
	searches *prometheus.HistogramVec
	publish  *prometheus.HistogramVec
	cache    *prometheus.CounterVec
	watched  []source
}

// NewMetrics returns metrics that include those of Go and of the process.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "pictureframe_requests_total", Help: "Answers. The route is none where nothing is, or does not take the method.",
		}, []string{"route", "method", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "pictureframe_request_seconds", Help: "How long requests took: SSE and NDJSON until they were under way, sockets, polls and the lab's streams until their end.",
		}, []string{"route", "method"}),
		sources: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "pictureframe_source_seconds", Help: "How long picture sources took to answer.",
		}, []string{"source", "outcome"}),
		arrived: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "pictureframe_picture_arrived_seconds", Help: "From a picture's broadcast until it had arrived at a screen and the screen's receipt here, of the receipts that this process counted.",
		}),
		shown: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "pictureframe_picture_shown_seconds", Help: "From a picture's broadcast until a screen's receipt, there and back, of the receipts that this process counted.",
		}),
		spread: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "pictureframe_broadcast_seconds", Help: "From a picture's broadcast here until it was written to the last of a frame's viewers on SSE and NDJSON who were not behind; once for each group of them (one less than processors).",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
		}),
	}
	m.searches = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "pictureframe_search_seconds", Help: "From a word's arrival until a picture was found for it, or not. The source is the one that had it or failed; none where no source did.",
	}, []string{"source", "outcome"})
	m.publish = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "pictureframe_publish_seconds", Help: "What it took until a found picture, in its turn, was ordered, kept and delivered in this process; away: by what keeps it it could not be.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
	}, []string{"outcome"})
	m.cache = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "pictureframe_cache_lookups_total", Help: "Words that were looked for in the cache of a source.",
	}, []string{"source", "result"})
	for _, outcome := range []string{"ok", "away", "error"} {
		m.publish.WithLabelValues(outcome)
	}
	m.registry.MustRegister(m.searches, m.publish, m.cache, watchedSources{m}, m.requests, m.took, m.sources, m.arrived, m.shown, m.spread,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Source counts a request to a source of pictures.
func (m *Metrics) Source(source, outcome string, took time.Duration) {
	m.sources.WithLabelValues(source, outcome).Observe(took.Seconds())
}

// Search counts a word that was looked for.
func (m *Metrics) Search(source, outcome string, took time.Duration) {
	m.searches.WithLabelValues(cmp.Or(source, "none"), outcome).Observe(took.Seconds())
}

// Cached counts a word that was looked for in the cache of a source.
func (m *Metrics) Cached(source string, hit bool) {
	result := "miss"
	if hit {
		result = "hit"
	}
	m.cache.WithLabelValues(source, result).Inc()
}

// Receipt counts a screen that shows a picture, by the time since its broadcast.
func (m *Metrics) Receipt(arrived, shown time.Duration) {
	m.arrived.Observe(arrived.Seconds())
	m.shown.Observe(shown.Seconds())
}

// Spread counts a picture that has been written to the viewers of a shard.
func (m *Metrics) Spread(took time.Duration) { m.spread.Observe(took.Seconds()) }

// request counts an answer. Clients choose methods and paths; what they cannot make is
// a series for each.
func (m *Metrics) request(route, method string, status int, took time.Duration) {
	if !m.routes[method+" "+route] {
		route, method = "none", "other"
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.took.WithLabelValues(route, method).Observe(took.Seconds())
}

// serve notes which routes there are. It is called before the first request.
func (m *Metrics) serve(routes []*echo.Route) {
	m.routes = map[string]bool{}
	for _, r := range routes {
		m.routes[r.Method+" "+r.Path] = true
	}
}

// watch registers metrics whose values other parts of the program count.
func (m *Metrics) watch(h *hub.Hub, admission *stream.Admission, cluster hub.Cluster) {
	m.registry.MustRegister(streams{admission, h})
	m.registry.MustRegister(buildInfo(h.Version))
	gauge := func(name, help string, value func() float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
	}
	gauge("pictureframe_viewers", "Open streams of all transports.", func() float64 { return float64(admission.Open()) })
	gauge("pictureframe_viewers_possible", "Open streams that the limit on descriptors allows; 0 if not known.",
		func() float64 { return float64(admission.Descriptors) })
	gauge("pictureframe_clock_timestamp_seconds", "What this process's clock says, and the clocks on screens.",
		func() float64 { return float64(time.Now().UnixMilli()) / 1000 })
	gauge("pictureframe_frames", "Frames in use.", func() float64 { _, frames := h.Stats(); return float64(frames) })
	gauge("pictureframe_waiting_turn", "Words that wait for their turn, in all processes.",
		func() float64 { inTurn, _ := h.Waiting(); return float64(inTurn) })
	gauge("pictureframe_waiting_host", "Pictures that wait for a host, in all processes.",
		func() float64 { _, forHost := h.Waiting(); return float64(forHost) })
	gauge("pictureframe_cluster_last_error_timestamp_seconds", "When Redis or the disk last failed this process; 0 if it never has.", func() float64 {
		if at := cluster.LastError(); !at.IsZero() {
			return float64(at.UnixMilli()) / 1000
		}
		return 0
	})
	gauge("pictureframe_cluster_up", "1 while pictures can be published: what keeps them can be reached, and this process is up to date.", func() float64 {
		if cluster.Up() {
			return 1
		}
		return 0
	})
}

func (m *Metrics) handler() echo.HandlerFunc {
	return echo.WrapHandler(promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
}
