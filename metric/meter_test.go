package metric_test

import (
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/niengiam/niengiam/metric"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

func meter() *metric.Meter {
	return metric.New(metric.Config{Fields: []string{"ranking"}, Questions: []string{"growth"}, Sources: []string{"census"}})
}

func page(m *metric.Meter) string {
	w := httptest.NewRecorder()
	m.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

// What has no name of its own is counted as other, so that no caller can make series.
func TestLabelsAreBounded(t *testing.T) {
	m := meter()
	m.Answered("graphql", "free text of a caller", time.Second, 1, []number.Code{"INVENTED_CODE"})
	m.Answered("question", "growth-of-nothing", time.Second, 0, nil)
	m.Answered("back", "ranking", time.Second, 0, nil)
	m.Loaded(ledger.Run{Source: "a source that was taken out", Outcome: ledger.Failed})
	got := page(m)
	for _, want := range []string{
		`niengiam_graph_requests_total{door="graphql",operation="other",result="failed"} 1`,
		`niengiam_graph_requests_total{door="question",operation="other",result="answered"} 1`,
		`niengiam_graph_requests_total{door="other",operation="other",result="answered"} 1`,
		`niengiam_graph_errors_total{code="OTHER",door="graphql",operation="other"} 1`,
		`niengiam_graph_answers_total{from="memory"} 2`, `niengiam_graph_answers_total{from="engine"} 1`,
		`niengiam_etl_loads_total{outcome="failed",source="other"} 1`,
	} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("the page does not have %s", want)
		}
	}
	for _, never := range []string{"free text", "growth-of-nothing", "INVENTED", "taken out"} {
		if strings.Contains(got, never) {
			t.Errorf("the page has %q", never)
		}
	}
}

// A load that found its files unchanged repeats the counts of an earlier one, which are
// counted once.
func TestLoadsAreCounted(t *testing.T) {
	m := meter()
	due := time.Date(2026, 1, 1, 6, 0, 0, 0, time.UTC)
	began := due.Add(time.Hour)
	m.Loaded(ledger.Run{Source: "census", Outcome: ledger.Published, Due: due, StartedAt: began, Ended: began.Add(3 * time.Second), Read: 10, Rejected: 2})
	m.Loaded(ledger.Run{Source: "census", Outcome: ledger.Unchanged, StartedAt: began, Ended: began.Add(time.Second), Read: 10, Rejected: 2, Repeats: "first"})
	m.StageEnded(ledger.StageFetch, 2*time.Second)
	m.StageEnded("invented", time.Second)
	got := page(m)
	if strings.Contains(got, "invented") {
		t.Error("the page has a stage that is none")
	}
	for _, want := range []string{
		`niengiam_etl_stage_duration_seconds_sum{stage="fetch"} 2`, `niengiam_etl_stage_duration_seconds_count{stage="publish"} 0`,
		`niengiam_etl_loads_total{outcome="published",source="census"} 1`, `niengiam_etl_loads_total{outcome="failed",source="census"} 0`,
		`niengiam_etl_rows_read_total{source="census"} 10`, `niengiam_etl_rows_rejected_total{source="census"} 2`,
		`niengiam_etl_late_loads_total{source="census"} 1`, `niengiam_etl_load_duration_seconds_sum{source="census"} 4`,
	} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("the page does not have %s", want)
		}
	}
}

// A request that went well is counted without allocating.
func TestCountingIsCheap(t *testing.T) {
	m := meter()
	m.Answered("graphql", "ranking", time.Millisecond, 0, nil)
	if n := testing.AllocsPerRun(100, func() { m.Answered("graphql", "ranking", time.Millisecond, 1, nil) }); n != 0 {
		t.Errorf("counting a request allocates %v times", n)
	}
}

func BenchmarkAnswered(b *testing.B) {
	m := meter()
	b.ReportAllocs()
	for b.Loop() {
		m.Answered("graphql", "ranking", time.Millisecond, 0, nil)
	}
}
