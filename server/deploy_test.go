package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

var (
	alertName  = regexp.MustCompile(`(?m)^      - alert: (\w+)$`)
	alertExpr  = regexp.MustCompile(`(?m)^        expr: (.+)$`)
	metricName = regexp.MustCompile(`kessai_[a-z_]+`)
	familyName = regexp.MustCompile(`(kessai|process)_[a-z_]+`)
)

// P96: every alert watches what a running server tells, and the page of operations
// says of each what to do, and of none that is not there.
func TestAlertsHaveMetricsAndPages(t *testing.T) {
	rules, err := os.ReadFile("../docs/deploy/alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	names, exprs := alertName.FindAllStringSubmatch(string(rules), -1), alertExpr.FindAllStringSubmatch(string(rules), -1)
	if len(names) == 0 || len(names) != len(exprs) || len(names) != strings.Count(string(rules), "alert:") {
		t.Fatalf("%d alerts with %d expressions", len(names), len(exprs))
	}
	told := described(everything(t).observer.registry)
	for i, n := range names {
		if strings.Count(string(page), "\n### "+n[1]+"\n") != 1 {
			t.Errorf("docs/operations.md says nothing of %s", n[1])
		}
		for _, m := range metricName.FindAllString(exprs[i][1], -1) {
			if family := strings.TrimSuffix(strings.TrimSuffix(m, "_bucket"), "_count"); !strings.Contains(told, `fqName: "`+family+`"`) {
				t.Errorf("%s: no server tells %s", n[1], m)
			}
		}
	}
	if pages := strings.Count(string(page), "\n### Kessai"); pages != len(names) {
		t.Errorf("%d alerts, and pages for %d", len(names), pages)
	}
}

// Every panel of the dashboard asks for what a running server tells.
func TestDashboardHasMetrics(t *testing.T) {
	text, err := os.ReadFile("../docs/deploy/grafana.json")
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &board); err != nil || len(board.Panels) == 0 {
		t.Fatal(err, len(board.Panels))
	}
	told := described(everything(t).observer.registry)
	for _, p := range board.Panels {
		if len(p.Targets) == 0 {
			t.Errorf("%s asks for nothing", p.Title)
		}
		for _, target := range p.Targets {
			names := familyName.FindAllString(target.Expr, -1)
			for _, m := range names {
				if family := strings.TrimSuffix(strings.TrimSuffix(m, "_bucket"), "_count"); !strings.Contains(told, `fqName: "`+family+`"`) {
					t.Errorf("%s: no server tells %s", p.Title, m)
				}
			}
			if len(names) == 0 {
				t.Errorf("%s: %s names no metric", p.Title, target.Expr)
			}
		}
	}
}

// everything is a server with all that can be told of.
func everything(t *testing.T) *server {
	t.Helper()
	return startServer(t, func(f *Flags) { f.Backup, f.BackupEvery, f.Ship = t.TempDir(), time.Hour, t.TempDir() })
}

// described gives what a server can tell, also before it had anything to tell.
func described(r *prometheus.Registry) string {
	all := make(chan *prometheus.Desc)
	go func() {
		r.Describe(all)
		close(all)
	}()
	var text strings.Builder
	for d := range all {
		text.WriteString(d.String() + "\n")
	}
	return text.String()
}
