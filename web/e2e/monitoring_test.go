package e2e

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// An alert is a rule of Prometheus's.
type alert struct {
	Alert, Expr, For    string
	Labels, Annotations map[string]string
}

func alerts(t *testing.T) (rules []alert) {
	t.Helper()
	text, err := os.ReadFile("../monitoring/alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Name  string
			Rules []alert
		}
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	for _, group := range file.Groups {
		rules = append(rules, group.Rules...)
	}
	return rules
}

// A dashboard is what we look at of Grafana's.
type dashboard struct {
	Panels []struct {
		ID      int
		Title   string
		GridPos struct{ X, Y, W, H int }
		Targets []struct{ Expr, LegendFormat string }
	}
}

// All that the dashboard and the alerts ask of Prometheus there is, and whatever an
// alert is about has a panel. The README names every alert.
func TestMonitoringAsksForWhatThereIs(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../monitoring/dashboard.json")
	if err != nil {
		t.Fatal(err)
	}
	var d dashboard
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	s, shown, ids := scraped(t), map[string]bool{}, map[int]bool{}
	inGrafana := strings.NewReplacer("$job", "picture-frame", "$__rate_interval", "5m")
	for _, panel := range d.Panels {
		if ids[panel.ID] || panel.ID == 0 || len(panel.Targets) == 0 || panel.GridPos.X+panel.GridPos.W > 24 {
			t.Errorf("panel %d, %q: its id is not its own, it asks for nothing, or it lies outside", panel.ID, panel.Title)
		}
		ids[panel.ID] = true
		for _, target := range panel.Targets {
			metrics, grouped := s.check(t, panel.Title, inGrafana.Replace(target.Expr))
			for _, metric := range metrics {
				shown[metric] = true
			}
			for _, label := range regexp.MustCompile(`{{(\w+)}}`).FindAllStringSubmatch(target.LegendFormat, -1) {
				if !slices.Contains(append(grouped, "instance", "job"), label[1]) {
					t.Errorf("%s: %s has no %s", panel.Title, target.Expr, label[1])
				}
			}
		}
	}
	if len(d.Panels) < 10 || len(d.Panels) > 14 {
		t.Errorf("got %d panels, want 10 to 14, which one can look through", len(d.Panels))
	}
	_, section, _ := strings.Cut(readmeText(t), "### Alerts\n")
	section, _, _ = strings.Cut(section, "\n#")
	named := map[string]bool{}
	for _, name := range regexp.MustCompile("`PictureFrame(\\w+)`").FindAllStringSubmatch(section, -1) {
		named["PictureFrame"+name[1]] = true
	}
	for _, rule := range alerts(t) {
		metrics, _ := s.check(t, rule.Alert, rule.Expr)
		for _, metric := range metrics {
			if !shown[metric] {
				t.Errorf("%s: no panel shows %s", rule.Alert, metric)
			}
		}
		if !named[rule.Alert] || rule.Annotations["summary"] == "" || rule.Annotations["description"] == "" || rule.Labels["severity"] == "" {
			t.Errorf("%s: the README does not name it, or it does not say how bad, what and what to do", rule.Alert)
		}
		delete(named, rule.Alert)
	}
	if len(named) > 0 {
		t.Errorf("the README names %q, which there is not", slices.Collect(maps.Keys(named)))
	}
}

// The README's table of metrics lists all of ours with their labels, and no others.
func TestReadmeListsMetrics(t *testing.T) {
	t.Parallel()
	s := scraped(t)
	_, table, _ := strings.Cut(readmeText(t), "| `pictureframe_…` |")
	table, _, _ = strings.Cut(table, "\n\n")
	listed, word := map[string]bool{}, regexp.MustCompile("`([a-z_]+)`")
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			continue
		}
		for _, name := range word.FindAllStringSubmatch(cells[1], -1) {
			metric := "pictureframe_" + name[1]
			if s[metric] == nil {
				metric += "_count"
			}
			listed[metric] = true
			if s[metric] == nil {
				t.Errorf("the README lists %s, which there is not", name[1])
			}
			for _, label := range word.FindAllStringSubmatch(cells[2], -1) {
				there := false
				for _, of := range word.FindAllStringSubmatch(cells[1], -1) {
					there = there || s.has("pictureframe_"+of[1], label[1]) || s.has("pictureframe_"+of[1]+"_count", label[1])
				}
				if !there {
					t.Errorf("the README gives %s the label %s, which it has not", cells[1], label[1])
				}
			}
		}
	}
	for metric := range s {
		part := strings.HasSuffix(metric, "_bucket") || strings.HasSuffix(metric, "_sum")
		if strings.HasPrefix(metric, "pictureframe_") && !part && !listed[metric] {
			t.Errorf("the README does not list %s", metric)
		}
	}
}
