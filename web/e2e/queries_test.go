package e2e

import (
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/VictoriaMetrics/metricsql"
	"github.com/gorilla/websocket"
)

// A scrape is what /metrics answers: of each metric's series the labels.
type scrape map[string][]map[string]string

// scraped returns what a program answers that has had traffic of all kinds.
func scraped(t *testing.T) scrape {
	t.Helper()
	p := start(t, fakeFlickr(t, func(word string, w http.ResponseWriter, r *http.Request) {
		if word == "bad" {
			w.WriteHeader(http.StatusForbidden)
		}
		io.WriteString(w, hit)
	})...)
	for _, w := range ways[:4] {
		p.follow(w, "main", "").next("presence")
	}
	p.Publish("main", "fox")
	p.acknowledge("main", p.newest("main"), "a-screen", 10)
	p.request("GET", "/poll", nil, "")
	p.check(row{"POST", "/publish", head("Content-Type", asForm), "keyword=bad", 502, ""})
	p.talk("/ws", nil).say(websocket.TextMessage, `{"keyword":"fox"}`).hear("published")
	_, body := p.request("GET", "/metrics", nil, "")
	s := scrape{"up": {{}}} // Prometheus's own
	for line := range strings.Lines(body) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		series, err := metricsql.Parse(line[:strings.LastIndexByte(line, ' ')])
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		name, filters := nameOf(series.(*metricsql.MetricExpr))
		of := map[string]string{}
		for _, f := range filters {
			of[f.Label] = f.Value
		}
		s[name] = append(s[name], of)
	}
	return s
}

// nameOf returns the metric that a selector names, and what it says of labels.
func nameOf(m *metricsql.MetricExpr) (metric string, filters []metricsql.LabelFilter) {
	return m.LabelFilterss[0][0].Value, m.LabelFilterss[0][1:]
}

// given reports whether Prometheus adds a label to whatever it scrapes.
func given(label string) bool { return label == "job" || label == "instance" }

// has reports whether some series of a metric has a label.
func (s scrape) has(metric, label string) bool {
	return given(label) || slices.ContainsFunc(s[metric], func(of map[string]string) bool { _, there := of[label]; return there })
}

// selects reports whether a selector finds a series.
func (s scrape) selects(m *metricsql.MetricExpr) bool {
	metric, filters := nameOf(m)
	return slices.ContainsFunc(s[metric], func(of map[string]string) bool {
		return !slices.ContainsFunc(filters, func(f metricsql.LabelFilter) bool {
			pattern := f.Value
			if !f.IsRegexp {
				pattern = regexp.QuoteMeta(pattern)
			}
			matches := regexp.MustCompile("^(?:" + pattern + ")$").MatchString(of[f.Label])
			return !given(f.Label) && (of[f.Label] == "" || matches == f.IsNegative)
		})
	})
}

// check parses a query and finds all that it names among what there is. It returns
// the metrics, and the labels by which they are grouped.
func (s scrape) check(t *testing.T, where, query string) (metrics, grouped []string) {
	t.Helper()
	expr, err := metricsql.Parse(query)
	if err != nil {
		t.Errorf("%s: it cannot be asked: %s: %v", where, query, err)
		return nil, nil
	}
	metricsql.VisitAll(expr, func(e metricsql.Expr) {
		switch e := e.(type) {
		case *metricsql.MetricExpr:
			metric, filters := nameOf(e)
			metrics = append(metrics, metric)
			if !s.selects(e) {
				t.Errorf("%s: there is no %s", where, e.AppendString(nil))
			}
			for _, f := range filters {
				for _, word := range regexp.MustCompile(`\b[a-z]+\b`).FindAllString(f.Value, -1) {
					if !given(f.Label) && f.IsRegexp && !strings.Contains(readmeText(t), "`"+word+"`") {
						t.Errorf("%s: the README knows no %s %q", where, f.Label, word)
					}
				}
			}
		case *metricsql.FuncExpr: // the parser takes more than Prometheus does
			if i := metricsql.GetRollupArgIdx(e); metricsql.IsRollupFunc(e.Name) && e.Name != "timestamp" {
				if of, ok := e.Args[i].(*metricsql.RollupExpr); !ok || of.Window == nil {
					t.Errorf("%s: there is no time in %s", where, e.AppendString(nil))
				}
			}
		case *metricsql.AggrFuncExpr:
			grouped = append(grouped, e.Modifier.Args...)
		}
	})
	for _, label := range grouped {
		if !slices.ContainsFunc(metrics, func(metric string) bool { return s.has(metric, label) }) {
			t.Errorf("%s: nothing in %s has the label %s", where, query, label)
		}
	}
	return metrics, grouped
}
