package export_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/export"
	"github.com/niengiam/niengiam/graph/question"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// world is a store with a province and three districts, one of which has a name
// that a spreadsheet would take for a formula.
type world struct {
	*statstest.Memory
	files    []ledger.File    // of what is published next
	findings []ledger.Finding // likewise
	before   func() error     // what happens before slices are read
}

func (w *world) Slices(ctx context.Context, keys []figure.SliceKey) ([]*figure.Slice, error) {
	if w.before != nil {
		if err := w.before(); err != nil {
			return nil, err
		}
	}
	return w.Memory.Slices(ctx, keys)
}

const (
	formula = `=HYPERLINK("http://example.com","x")`
	growth  = `# Dân số theo huyện / Population by district
# vi: Dân số từng huyện.
# en: The population of each district.
query growth($year: Int! = 2020, $order: RankingOrder! = VALUE, $scope: ScopeInput) {
  ranking(indicator: "population", level: "district", year: $year, orderBy: $order, scope: $scope) {
    rankedCount
    rows { rank unit { code name } current { value status } change { absolute percent } text }
    total { current { value } }
  }
}
`
	series = `# Chuỗi / Series
query s($units: [ID!] = ["883", "884"]) { series(indicator: "population", units: $units) { series { unit { code name parent { code } } figures { year value rate } } } }
`
)

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{Memory: statstest.NewMemory()}
	unit := func(code, parent, level, name string) catalogue.UnitVersion {
		return catalogue.UnitVersion{Code: code, Parent: parent, Level: level, Kind: level, Names: number.Same(name), Opening: catalogue.Baseline}
	}
	d := catalogue.Definitions{
		Sources: []*catalogue.DataSource{{
			Code: "yearbook", Titles: number.Text{VI: "Niên giám", EN: "Yearbook"}, Publishers: number.Text{VI: "Cục Thống kê", EN: "Statistics Office"},
		}},
		Topics: []*catalogue.Topic{{Code: "people", Names: number.Text{VI: "Dân cư", EN: "People"}}},
		Indicators: []*catalogue.Indicator{{
			Code: "population", TopicCode: "people", Kind: catalogue.Amount, Direction: catalogue.HigherIsBetter, Absent: catalogue.Unreported, Decimals: 1,
			Eligibility: catalogue.Eligibility{Level: "district"}, Noun: catalogue.Noun{VI: "nghìn người", EN: "thousand people", ENPlural: "thousand people"},
			Names: number.Text{VI: "Dân số", EN: "Population"}, Descriptions: number.Text{VI: "Số người", EN: "The number of people"},
			Definition: &catalogue.Citation{Title: "Định nghĩa", URL: "https://example.com/definition"},
		}},
		Units: []catalogue.UnitVersion{
			unit("89", "", "province", "An Giang"), unit("883", "89", "district", "Long Xuyên"),
			unit("884", "89", "district", formula), unit("885", "89", "district", "Thoại Sơn, ệ ữ ỡ"),
		},
	}
	for _, level := range []string{"province", "district"} {
		d.Levels = append(d.Levels, &catalogue.Level{
			Code: level, Noun: catalogue.Noun{VI: level, EN: level, ENPlural: level + "s"}, Kinds: []*catalogue.Kind{{Code: level, Names: number.Text{VI: "", EN: ""}}},
		})
	}
	if err := w.Define(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
	w.publish(t, "2021-05-01", map[string][2]string{"883": {"300.0000000001", "301.5"}, "884": {"3", "2"}, "885": {"123456789012345.678", "123456789012346.678"}})
	return w
}

// publish makes the population of 2019 and 2020 visible as one release.
func (w *world) publish(t testing.TB, day string, values map[string][2]string) {
	t.Helper()
	published, err := number.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	id, err := w.NextRelease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var observations []ledger.Observation
	var postings []ledger.Posting
	for code, pair := range values {
		for i, value := range pair {
			year := number.Year(2019 + i)
			key := ledger.CellKey{Indicator: "population", Unit: w.Memory.Catalogue().At(year.Reference()).Unit(code).Key(), Year: year}
			o := ledger.Observation{
				Status: number.Normal, At: ledger.Position{Published: published, Release: id}, CellKey: key, Citation: "niên giám trang " + day,
				Value: decimal.NewNullDecimal(decimal.RequireFromString(value)),
			}
			all, err := w.History(t.Context(), []string{"population"}, []number.Year{year})
			if err != nil {
				t.Fatal(err)
			}
			var history []ledger.Observation
			for _, h := range all {
				if h.CellKey == key {
					history = append(history, h)
				}
			}
			observations, postings = append(observations, o), append(postings, ledger.Post(history, o)...)
		}
	}
	if err := w.Stage(t.Context(), observations, postings); err != nil {
		t.Fatal(err)
	}
	if err := w.Publish(t.Context(), ledger.Release{ID: id, SourceCode: "yearbook", Published: published, Loaded: time.Date(2026, 1, 31, 7, 0, 0, 0, time.UTC), Actor: "test", Added: len(values), Files: w.files}, w.findings, nil); err != nil {
		t.Fatal(err)
	}
}

// open gives an Exporter of a world with two saved questions.
func open(t testing.TB, w *world, config graph.Config) *export.Exporter {
	t.Helper()
	config.Stats = query.New(w)
	questions, err := question.Read(fstest.MapFS{
		"questions/1-growth.graphql": {Data: []byte(growth)}, "questions/2-series.graphql": {Data: []byte(series)},
	}, graph.Schema(), export.Reserved())
	if err != nil {
		t.Fatal(err)
	}
	return export.New(export.Config{
		Server: graph.New(config), Questions: questions, Edition: "test", Title: number.Text{VI: "Thử", EN: "Trial"},
	})
}

// get asks for a file; header lines are given in pairs.
func get(t testing.TB, e *export.Exporter, address string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	return do(t, e, http.MethodGet, address, "", header...)
}

func do(t testing.TB, e *export.Exporter, method, address, body string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, address, strings.NewReader(body))
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	recorder := httptest.NewRecorder()
	e.ServeHTTP(recorder, r)
	return recorder
}

// fault is what a refused request is told.
type fault struct {
	Message    string
	Extensions struct {
		Code, Where, Hint string
		Nearest           []string
	}
}

func faultOf(t testing.TB, got *httptest.ResponseRecorder) fault {
	t.Helper()
	var body struct{ Errors []fault }
	if err := json.Unmarshal(got.Body.Bytes(), &body); err != nil || len(body.Errors) == 0 {
		t.Fatalf("%d %v: %s", got.Code, err, got.Body)
	}
	return body.Errors[0]
}
