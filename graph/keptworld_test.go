package graph_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/kept"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// restlessManager is a release manager whose jobs are never the same twice, whoever asks.
type restlessManager struct {
	graph.ReleaseManager
	asked atomic.Int64
}

func (m *restlessManager) Jobs(context.Context) ([]*ledger.Job, error) {
	next := time.Unix(m.asked.Add(1), 0)
	return []*ledger.Job{{SourceCode: "test", Next: &next}}, nil
}

// keptWorld is one store behind servers with several rights that keep their answers in one
// memory, each beside one with the same rights that keeps none.
type keptWorld struct {
	*world
	answers *kept.Answers[catalogue.Calendar]
	keeping []*graph.Server
	fresh   []*graph.Server
}

func newKeptWorld(t testing.TB, memory uint64, callers int) *keptWorld {
	t.Helper()
	w := &keptWorld{world: newWorld(t, 22)}
	d := w.Memory.Catalogue().Definitions
	cases := indicator("cases", catalogue.Count, "district")
	cases.Threshold = 5
	d.Indicators = append(append([]*catalogue.Indicator{}, d.Indicators...), cases)
	if err := w.Define(t.Context(), d, "2"); err != nil {
		t.Fatal(err)
	}
	var cells []cell
	for i := range 11 {
		cells = append(cells, cell{"cases", fmt.Sprint(883 + i), 2019, fmt.Sprint(2 * i), ""}, cell{"cases", fmt.Sprint(883 + i), 2020, fmt.Sprint(3 + i), ""})
	}
	w.publish(t, "2021-05-02", cells...)
	var err error
	if w.answers, err = kept.New[catalogue.Calendar](memory); err != nil {
		t.Fatal(err)
	}
	manager := &restlessManager{}
	for _, config := range []graph.Config{
		{ReleaseManagement: ledger.ManagementDecide, Stats: query.New(w.world).As(figure.Caller{Confidential: true})},
		{ReleaseManagement: ledger.ManagementNone, Stats: query.New(w.world)},
		{ReleaseManagement: ledger.ManagementView, Stats: query.New(w.world)},
		{ReleaseManagement: ledger.ManagementNone, Stats: query.New(w.world).As(figure.Caller{Confidential: true})},
	}[:callers] {
		config.ReleaseManager = manager
		w.fresh = append(w.fresh, graph.New(config))
		config.Answers = w.answers
		w.keeping = append(w.keeping, graph.New(config))
	}
	return w
}

// withdraw makes a release with all of its figures not count, or count again.
func (w *keptWorld) withdraw(t testing.TB, of ledger.ReleaseID, restore bool) {
	t.Helper()
	id, err := w.NextRelease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	since, err := number.ParseDate("2021-06-01")
	if err != nil {
		t.Fatal(err)
	}
	release := ledger.Release{ID: id, SourceCode: "test", Published: since, Actor: "test", Comment: "wrong", Withdraws: of}
	if restore {
		release.Withdraws, release.Restores = 0, of
	}
	var indicators []string
	var years []number.Year
	for _, held := range w.Memory.Catalogue().Cells {
		indicators, years = append(indicators, held.Indicator), append(years, held.Year)
	}
	history, err := w.History(t.Context(), indicators, years)
	if err != nil {
		t.Fatal(err)
	}
	draft := w.Memory.Catalogue().Ledger().Withdraw(release, history)
	if err := w.Stage(t.Context(), nil, draft.Postings); err != nil {
		t.Fatal(err)
	}
	if err := w.Publish(t.Context(), draft.Release, nil, nil); err != nil {
		t.Fatal(err)
	}
}

// next makes one more state of the data: figures, a withdrawal, a restoration, new names.
func (w *keptWorld) next(t testing.TB, i int) {
	t.Helper()
	switch i % 4 {
	case 0:
		w.publish(t, "2021-05-03", cell{"population", "883", 2020, fmt.Sprint(200 + i), ""}, cell{"cases", "884", 2020, fmt.Sprint(i % 9), ""})
	case 1:
		w.withdraw(t, 2, false)
	case 2:
		w.withdraw(t, 2, true)
	case 3:
		d := w.Memory.Catalogue().Definitions
		d.Units = append([]catalogue.UnitVersion{}, d.Units...)
		d.Units[1].Names = number.Same(fmt.Sprintf("Huyện tên thứ %d", i))
		if err := w.Define(t.Context(), d, fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
}

// sending is one request.
type sending struct {
	method, address, body string
	header                http.Header
}

func (s sending) request(t testing.TB) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), s.method, s.address, strings.NewReader(s.body))
	r.Header.Set("Content-Type", "application/json")
	maps.Copy(r.Header, s.header)
	return r
}

func (s sending) String() string {
	return fmt.Sprint(s.method, " ", s.address, " ", s.body, " ", s.header)
}

// heldQuestions are questions in every form: each field that is kept and some that are not,
// with variables, fragments, directives and aliases, some of which differ in nothing else.
func heldQuestions() []string {
	figures := "rows { unit { code name } base { value } current { value rate status reason text release { id } } change { percent reason text } } total { current { value text } } notes { code text }"
	growth := `query G($y: Int!, $l: ID, $no: Boolean = false, $i: ID! = "population") { comparison(indicator: $i, year: $y, level: $l, unit: "89") @skip(if: $no) { ...f rows { change { points @include(if: $no) } } } __typename } fragment f on Comparison { ` + figures + ` }`
	by := strings.Replace(growth, `, unit: "89"`, "", 1)
	return []string{
		ask(by, `{"y":2020,"l":"district"}`, "G"), ask(by, `{"y":2020,"l":"province"}`, "G"), ask(by, `{"y":2020.0,"l":"district","i":"cases"}`, ""), ask(by, `{"l":"district","y":2020,"no":true}`, ""),
		ask(growth, `{"y":2020,"i":"criterion-19-2"}`, ""), ask(growth, `{"y":2018,"i":"criterion-19-2"}`, ""),
		ask(`query A { a: levels { code } } query B { a: levels { name(language: EN) code } }`, ``, "A"), ask(`query A { a: levels { code } } query B { a: levels { name(language: EN) code } }`, ``, "B"),
		ask(`query @answer(language: EN) { ranking(indicator: "population", year: 2020, level: "district") { rows { rank unit { fullName } current { value text } } notes { text } } }`, ``, ""),
		ask(`query @answer(decimals: NUMBER) { ranking(indicator: "population", year: 2020, level: "district") { rows { rank current { value text } } } }`, ``, ""),
		ask(`{ ranking(indicator: "population", year: 2020, level: "district") { rows { rank current { value text } } } }`, ``, ""),
		ask(`{ ranking(indicator: "cases", year: 2020, level: "district", top: 3, orderBy: ABSOLUTE) { rows { rank unit { name } current { value status reason } } others { current { value } } total { current { value reason } } } }`, ``, ""),
		ask(`{ releases { nodes { id actor comment withdrawnBy { id } withdraws { id } files { path } changes(first: 3) { nodes { unitCode old new } } findings { text } } } }`, ``, ""),
		ask(`{ release(id: "2") { withdrawnBy { id comment } approvedBy } release3: release(id: "9") { id } }`, ``, ""),
		ask(`{ revisions(since: {release: "1"}) { nodes { unitCode old new } } }`, ``, ""),
		ask(`{ series(indicator: "cases", level: "district") { series { unit { name } figures { year value reason text } } } }`, ``, ""),
		ask(`{ trend(indicator: "criterion-19-2", unit: "89") { theilSen { slope } points { year value } } }`, ``, ""),
		ask(`{ table(indicators: ["population", "cases"], level: "district", years: [2019, 2020]) { rows { unit { name } cells { text value reason } } } }`, ``, ""),
		ask(`{ comparison(indicator: "population", year: 2020, level: "district", scope: {asOf: {dataVersion: "2"}}) { dataVersion `+figures+` } }`, ``, ""),
		ask(`{ distribution(indicator: "population", year: 2020, level: "district") { median gini { value } } units(level: "district") { nodes { name } } indicators { nodes { code name } } }`, ``, ""),
		ask(`{ provenance(figure: "population/883/2020@2") { nodes { value release { id } } } }`, ``, ""),
		ask(`{ availability(indicator: "cases") { levels { level { code } } } firstLook(indicator: "population") { view count } unit(code: "89") { profile(year: 2020) { rows { indicator { code } text rank } } } }`, ``, ""),
		ask(`{ jobs { next } }`, ``, ""), ask(`{ levels { code } jobs { sourceCode next } }`, ``, ""), ask(`{ releaseManagement untranslated __typename }`, ``, ""),
		ask(`{ comparison(indicator: "none", year: 2020, level: "district") { rows { text } } levels { code } }`, ``, ""),
		ask(`{ nothing }`, ``, ""),
	}
}

func ask(query, variables, operation string) string {
	parts := map[string]any{"query": query}
	if variables != "" {
		parts["variables"] = json.RawMessage(variables)
	}
	if operation != "" {
		parts["operationName"] = operation
	}
	text, _ := json.Marshal(parts) //nolint:errchkjson // it is made above
	return string(text)
}

// sendings sends each question in several ways.
func sendings(t testing.TB) []sending {
	t.Helper()
	var all []sending
	for _, body := range heldQuestions() {
		var parts struct {
			Query, OperationName string
			Variables            json.RawMessage
		}
		if err := json.Unmarshal([]byte(body), &parts); err != nil {
			t.Fatal(err)
		}
		address := url.Values{"query": {parts.Query}, "operationName": {parts.OperationName}, "variables": {string(parts.Variables)}}.Encode()
		all = append(all,
			sending{"POST", "/graphql", body, nil},
			sending{"POST", "/graphql?lang=en", " " + body, http.Header{"Accept-Encoding": {"gzip"}}},
			sending{"GET", "/graphql?" + address, "", http.Header{"Accept-Language": {"en-GB, vi;q=0.3"}, "Accept-Encoding": {"zstd, gzip;q=0.5"}}},
			sending{"GET", "/graphql?decimals=number&" + address, "", http.Header{"Accept": {"application/graphql-response+json"}}},
		)
	}
	return all
}

// told is an answer without what it says of its own making.
type told struct{ tag, data string }

// answerTo sends a request to a server. Of what the caller has, known, nothing is sent.
func answerTo(t testing.TB, server *graph.Server, s sending, known told) told {
	t.Helper()
	r := s.request(t)
	if known.tag != "" {
		r.Header.Set("If-None-Match", known.tag)
	}
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	if w.Code == http.StatusNotModified {
		if w.Header().Get("ETag") != known.tag || w.Body.Len() > 0 {
			t.Errorf("%s: 304 with %q and %d bytes for %q", s, w.Header().Get("ETag"), w.Body.Len(), known.tag)
		}
		return known
	}
	body := unpacked(t, w)
	end := strings.LastIndex(body, `"extensions":{`)
	if end < 0 {
		t.Fatalf("%s: %s", s, body)
	}
	return told{w.Header().Get("ETag"), body[:end]}
}

// unpacked is the body of a response, whichever way it was compressed.
func unpacked(t testing.TB, w *httptest.ResponseRecorder) string {
	t.Helper()
	if length := w.Header().Get("Content-Length"); length != fmt.Sprint(w.Body.Len()) {
		t.Errorf("%s bytes are said to be %s", w.Body, length)
	}
	var from io.Reader = bytes.NewReader(w.Body.Bytes())
	var err error
	switch w.Header().Get("Content-Encoding") {
	case "gzip":
		from, err = gzip.NewReader(from)
	case "zstd":
		var reader *zstd.Decoder
		if reader, err = zstd.NewReader(from, zstd.WithDecoderConcurrency(1)); err == nil {
			defer reader.Close()
			from = reader
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
