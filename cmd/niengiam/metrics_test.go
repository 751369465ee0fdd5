package main

import (
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var metricsLine = regexp.MustCompile(`Prometheus: (http://\S+/metrics)`)

// scraped returns what the program tells Prometheus.
func scraped(t *testing.T, s *served) string {
	t.Helper()
	found := metricsLine.FindStringSubmatch(s.printed())
	if found == nil {
		t.Fatalf("nothing says where metrics are:\n%s", s.printed())
	}
	response, err := http.Get(found[1])
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		t.Fatalf("metrics: %d %s", response.StatusCode, body)
	}
	return string(body)
}

// monitored starts a program with metrics and asks it what gives each of them a number.
func monitored(t *testing.T) *served {
	t.Helper()
	s := serve(t, "--data", loadedData(t), "--load", "--metrics-addr", "127.0.0.1:0")
	s.ask(`{ comparison(indicator: "criterion-19-2", unit: "89", year: 2020, baseYear: 2019) { rows { text } } }`)
	s.ask(`{ comparison(indicator: "criterion-19-2", unit: "89", year: 2020, baseYear: 2019) { rows { text } } }`)
	s.ask(`{ comparison(indicator: "criterion-19-2", unit: "89", year: 2020, baseYear: 2019) { rows { text unit { code } } } }`) // of the same slices
	s.refused(`{ comparison(indicator: "người-lạ", unit: "89", year: 2020) { rows { text } } }`)
	s.refused(`{ someoneWrites: nothingOfOurs }`)
	return s
}

// Each number that Prometheus is told is the one that happened, through the real program.
func TestMetricsCountWhatHappens(t *testing.T) {
	s := monitored(t)
	for _, question := range []string{"/export/population-growth.csv", "/export/no-such-question.csv"} {
		response, err := http.Get(s.address + question)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
	}
	page := scraped(t, s)
	for _, want := range []string{
		`niengiam_graph_requests_total{door="graphql",operation="comparison",result="answered"} 3`,
		`niengiam_graph_requests_total{door="graphql",operation="comparison",result="failed"} 1`,
		`niengiam_graph_requests_total{door="graphql",operation="other",result="refused"} 1`,
		`niengiam_graph_requests_total{door="question",operation="population-growth",result="answered"} 1`,
		`niengiam_graph_requests_total{door="export",operation="other",result="refused"} 1`,
		`niengiam_graph_errors_total{code="UNKNOWN_INDICATOR",door="graphql",operation="comparison"} 1`,
		`niengiam_graph_errors_total{code="GRAPHQL_VALIDATION_FAILED",door="graphql",operation="other"} 1`,
		`niengiam_graph_request_duration_seconds_count{door="graphql",operation="comparison"} 4`,
		`niengiam_graph_kept_answer_hits_total 1`, `niengiam_graph_kept_answers_limit_bytes 6.7108864e+07`, `niengiam_ready 1`, `niengiam_engine_up 1`, `niengiam_engine_restarts_total 0`,
		`niengiam_etl_loads_total{outcome="unchanged",source="population"} 1`,
		`niengiam_etl_last_load_outcome{outcome="unchanged",source="population"} 1`,
		`niengiam_etl_rows_read_total{source="population"} 0`,
		`niengiam_etl_restatements_pending{source="population"} 0`,
	} {
		if !strings.Contains(page, want+"\n") {
			t.Errorf("metrics do not have %s", want)
		}
	}
	for _, positive := range []string{
		`niengiam_graph_answers_total{from="memory"}`, `niengiam_graph_answers_total{from="engine"}`,
		"niengiam_memory_slices", "niengiam_memory_slices_bytes", "niengiam_memory_slice_hits_total", "niengiam_memory_slice_misses_total",
		"niengiam_graph_kept_answers", "niengiam_graph_kept_answers_bytes", "niengiam_graph_kept_answer_misses_total",
		"niengiam_warehouse_statements_total", "niengiam_warehouse_rows_read_total", "niengiam_warehouse_release_head",
		`niengiam_warehouse_release_loaded_timestamp_seconds{source="population"}`, `niengiam_etl_last_load_rows_read{source="population"}`,
		"niengiam_engine_resident_memory_bytes", "niengiam_gate_connections_limit", "go_goroutines", "process_resident_memory_bytes",
	} {
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(positive) + ` [1-9]`).MatchString(page) {
			t.Errorf("%s is not there, or 0", positive)
		}
	}
	for _, never := range []string{"người-lạ", "someoneWrites", "nothingOfOurs", "no-such-question"} {
		if strings.Contains(page, never) {
			t.Errorf("metrics tell %q", never)
		}
	}
	for _, label := range regexp.MustCompile(`[{,]([a-z_]+)="`).FindAllStringSubmatch(page, -1) {
		if !slices.Contains(labels, label[1]) {
			t.Errorf("metrics have a label %q", label[1])
		}
	}
}

// labels are all that numbers are told apart by: none is of a person or a figure.
var labels = []string{"code", "door", "from", "goversion", "le", "operation", "outcome", "quantile", "result", "source", "stage", "version"}

// Without the setting nobody is told anything, and the address of the API never tells it.
func TestMetricsAreNotForWhoeverAsks(t *testing.T) {
	s := loaded(t)
	if strings.Contains(s.printed(), "Prometheus") {
		t.Error("metrics are served though nobody asked for them")
	}
	for _, program := range []*served{s, monitored(t)} {
		response, err := http.Get(program.address + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if response.StatusCode != http.StatusNotFound || strings.Contains(string(body), "niengiam_") {
			t.Errorf("the address of the API answers /metrics with %d", response.StatusCode)
		}
	}
}
