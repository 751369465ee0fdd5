package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

const prometheusFolder = "../../deploy/prometheus"

// promtool runs Prometheus's own checker, which tools/machine installs.
func promtool(t *testing.T, stdin string, args ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "promtool", args...)
	command.Dir, command.Stdin = prometheusFolder, strings.NewReader(stdin)
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// rule is a rule of Prometheus.
type rule struct {
	Alert  string `yaml:"alert,omitempty"`
	Record string `yaml:"record,omitempty"`
	Expr   string `yaml:"expr"`
}

// ruleFile is a file of rules.
type ruleFile struct {
	Groups []struct {
		Name  string `yaml:"name"`
		Rules []rule `yaml:"rules"`
	} `yaml:"groups"`
}

func rules(t *testing.T) ruleFile {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(prometheusFolder, "niengiam.rules.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var file ruleFile
	if err := yaml.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	return file
}

// queries returns the expressions of the dashboard, with values for Grafana's variables.
func queries(t *testing.T) []string {
	t.Helper()
	content, err := os.ReadFile("../../deploy/grafana/niengiam.json")
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Panels []struct {
			Type, Title string
			Targets     []struct{ Expr string }
		}
		Templating struct {
			List []struct {
				Type  string
				Query any
			}
		}
	}
	if err := json.Unmarshal(content, &board); err != nil {
		t.Fatal(err)
	}
	var all []string
	values := strings.NewReplacer("$__rate_interval", "5m", "$job", "niengiam", "$instance", ".+")
	for _, panel := range board.Panels {
		if len(panel.Targets) == 0 && panel.Type != "row" {
			t.Errorf("the panel %q asks nothing", panel.Title)
		}
		for _, target := range panel.Targets {
			all = append(all, values.Replace(target.Expr))
		}
	}
	for _, variable := range board.Templating.List {
		if query, ok := variable.Query.(map[string]any); ok {
			text, _ := query["query"].(string)
			selector, _, _ := strings.Cut(strings.TrimPrefix(text, "label_values("), ", ")
			all = append(all, values.Replace(selector))
		}
	}
	if len(all) < 30 {
		t.Errorf("the dashboard has only %d queries", len(all))
	}
	return all
}

var (
	quoted   = regexp.MustCompile(`"[^"]*"`)
	grouping = regexp.MustCompile(`\b(by|without|on|ignoring|group_left|group_right) *\(([^)]*)\)`)
	selector = regexp.MustCompile(`([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{([^}]*)\})?`)
	matcher  = regexp.MustCompile(`([a-z_]+)(?:=~|!~|!=|=)`)
	window   = regexp.MustCompile(`\[[^\]]*\]`)
)

// named returns the metrics that an expression, which promtool has parsed, reads, each
// with the labels that it names.
func named(expression string) map[string][]string {
	found := map[string][]string{}
	text := window.ReplaceAllString(quoted.ReplaceAllString(expression, `""`), "")
	var grouped []string
	text = grouping.ReplaceAllStringFunc(text, func(clause string) string {
		for label := range strings.SplitSeq(grouping.FindStringSubmatch(clause)[2], ",") {
			grouped = append(grouped, strings.TrimSpace(label))
		}
		return ""
	})
	for _, at := range selector.FindAllStringSubmatchIndex(text, -1) {
		name, after := text[at[2]:at[3]], strings.TrimSpace(text[at[3]:])
		if strings.HasPrefix(after, "(") || slices.Contains([]string{"and", "or", "unless", "bool", "sum", "min", "max"}, name) {
			continue
		}
		labels := slices.Clone(grouped)
		if at[4] >= 0 {
			for _, match := range matcher.FindAllStringSubmatch(text[at[4]:at[5]], -1) {
				labels = append(labels, match[1])
			}
		}
		found[name] = append(found[name], labels...)
	}
	return found
}

// told returns the metrics of a page, each with its labels.
func told(page string) map[string][]string {
	found := map[string][]string{}
	label := regexp.MustCompile(`([a-z_]+)="`)
	for line := range strings.Lines(page) {
		name := regexp.MustCompile(`^[a-zA-Z_:][a-zA-Z0-9_:]*`).FindString(line)
		if name == "" {
			continue
		}
		found[name] = append(found[name], "job", "instance")
		for _, match := range label.FindAllStringSubmatch(line, -1) {
			found[name] = append(found[name], match[1])
		}
	}
	return found
}

// The rules are what Prometheus takes, and fire when they should.
func TestRulesOfPrometheus(t *testing.T) {
	promtool(t, "", "check", "rules", "niengiam.rules.yml")
	promtool(t, "", "check", "config", "prometheus.yml")
	promtool(t, "", "test", "rules", "niengiam.test.yml")
	tests, err := os.ReadFile(filepath.Join(prometheusFolder, "niengiam.test.yml"))
	if err != nil {
		t.Fatal(err)
	}
	operating, err := os.ReadFile("../../docs/operating.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range rules(t).Groups {
		for _, r := range group.Rules {
			if r.Alert != "" && !bytes.Contains(tests, []byte("alertname: "+r.Alert+"\n")) {
				t.Errorf("niengiam.test.yml does not try %s", r.Alert)
			}
			if r.Alert != "" && !bytes.Contains(operating, []byte("`"+r.Alert+"`")) {
				t.Errorf("docs/operating.md does not say what to do about %s", r.Alert)
			}
		}
	}
}

// Every query of the dashboard and every rule is one that Prometheus can parse, and reads
// metrics and labels that the real program has.
func TestQueriesNameMetricsThatExist(t *testing.T) {
	s := monitored(t)
	page := scraped(t, s)
	promtool(t, page, "check", "metrics")
	exist, all := told(page), queries(t)
	exist["up"] = []string{"job", "instance"} // Prometheus's own
	file := rules(t)
	asRules := ruleFile{Groups: slices.Clone(file.Groups[:1])}
	asRules.Groups[0].Name, asRules.Groups[0].Rules = "dashboard", nil
	for _, expression := range all {
		asRules.Groups[0].Rules = append(asRules.Groups[0].Rules, rule{Alert: "query", Expr: expression})
	}
	content, err := yaml.Marshal(asRules)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "dashboard.yml")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	promtool(t, "", "check", "rules", "--lint=none", path)
	for _, group := range file.Groups {
		for _, r := range group.Rules {
			all = append(all, r.Expr)
			if r.Record != "" {
				exist[r.Record] = []string{"job", "instance"}
			}
		}
	}
	for _, expression := range all {
		metrics := named(expression)
		if len(metrics) == 0 {
			t.Errorf("%s reads no metric", expression)
		}
		for name, labels := range metrics {
			if strings.HasPrefix(name, "node_") {
				continue // of the node exporter, which is not here
			}
			if exist[name] == nil {
				t.Errorf("%s reads %s, which the program does not have", expression, name)
				continue
			}
			for _, label := range labels {
				if !slices.Contains(exist[name], label) {
					t.Errorf("%s names the label %s, which %s does not have", expression, label, name)
				}
			}
		}
	}
}

// What the test above finds in an expression is what stands there.
func TestMetricsOfAnExpression(t *testing.T) {
	got := named(`sum by (le, source) (rate(one_total{door="a b",code=~"X|Y"}[5m])) / 2 > bool two and time() - three{job!="x"} > 1`)
	for name, want := range map[string][]string{"one_total": {"le", "source", "door", "code"}, "two": {"le", "source"}, "three": {"le", "source", "job"}} {
		if !slices.Equal(got[name], want) {
			t.Errorf("%s has the labels %v, want %v", name, got[name], want)
		}
	}
	if len(got) != 3 {
		t.Errorf("found %v, want three metrics", got)
	}
}
