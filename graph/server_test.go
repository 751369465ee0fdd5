package graph_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/stats/number"
)

var update = flag.Bool("update", false, "write the golden answers anew")

// golden compares an answer with testdata/<name>.json.
func golden(t *testing.T, name string, got any) {
	t.Helper()
	text, err := json.MarshalIndent(got, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(text)+"\n" {
		t.Errorf("%s: got\n%s\nwant\n%s", path, text, want)
	}
}

// The worked example of docs/numbers.md, in every form and both languages.
func TestWorkedExample(t *testing.T) {
	d := open(t, graph.Config{})
	got := d.ask(t, `query Worked($unit: ID!) {
		comparison(indicator: "criterion-19-2", year: 2020, unit: $unit) {
			question { year baseYear indicator { code } unit { code name } }
			release { id published }
			rows {
				base { value denominator rate }
				current { value denominator rate status text en: text(language: EN) }
				change { absolute points percent primary verdict reason text en: text(language: EN) }
				text
			}
			notes { code }
		}
	}`, "unit", "89")
	if len(got.Errors) > 0 || got.status != http.StatusOK {
		t.Fatalf("%d %+v", got.status, got.Errors)
	}
	golden(t, "worked-example", got.Data)
	if got.Extensions.Milliseconds == nil || got.Extensions.RowsRead == nil || got.Extensions.Price < 30 {
		t.Errorf("extensions are %+v", got.Extensions)
	}
}

// What describes many figures, with every number by name and reasons beside the nulls.
func TestDistributionAndTrend(t *testing.T) {
	d := open(t, graph.Config{})
	got := d.ask(t, `query Described($share: Decimal!) {
		distribution(indicator: "population", year: 2020, level: "district", quantiles: [$share, 0.5]) {
			question { year level { code } quantiles }
			count universeCount min max mean median firstQuartile thirdQuartile
			quantiles { share value }
			standardDeviation { value reason } coefficientOfVariation { value } gini { value }
			medianAbsoluteDeviation outlierRule outliers { unit { code } figure { value } score }
			histogram { from to count } missing { unit { code } reason } notes { code }
		}
		trend(indicator: "criterion-19-2", unit: "89") {
			question { from to } unit { code } points { year rate } leftOut { year reason }
			verdict text en: text(language: EN)
			theilSen { slope lower upper reason }
			mannKendall { s variance z pValue method reason }
			linearFit { slope intercept originYear rSquared reason }
			volatility { value reason } breaks { year kind pValue text }
			projection { years { year value lower upper text } reason } notes { code text }
		}
	}`, "share", "0.9")
	if len(got.Errors) > 0 || got.status != http.StatusOK {
		t.Fatalf("%d %+v", got.status, got.Errors)
	}
	golden(t, "distribution-and-trend", got.Data)
}

// What stands behind a comparison and a ranking, in every field.
func TestBehindTheFigures(t *testing.T) {
	d := open(t, graph.Config{})
	for name, query := range map[string]string{
		"churn-unknown": `{ comparison(indicator: "criterion-19-2", year: 2020, unit: "89", matched: true, negativeBase: MAGNITUDE) {
			question { matched negativeBase kinds { code } }
			rows { current { id value } contribution { value } }
			churn { level { code } gained { ...G } lost { ...G } new { ...G } gone { ...G } unjudged { ...G } kept never } churnReason
			unexplained { value } leftOut { unit { code } reason } former { unit { code } }
		} } fragment G on ChurnGroup { count metBase metCurrent units { code } }`,
		"contributions": `{ comparison(indicator: "population", year: 2020, level: "district", scope: {kinds: ["huyen"]}) {
			question { matched negativeBase kinds { code name } }
			rows { unit { code } contribution { measure value rateEffect mixEffect share reason } }
			former { unit { code } } total { change { absolute } contribution { value } } unexplained { measure value share reason }
			churnReason
		} }`,
		"standing": `{ ranking(indicator: "population", year: 2020, level: "district", top: 3) {
			rankedCount othersCount mean
			rows { rank bestRank worstRank quartile gapToBest gapToMean share unit { code } }
			others { rank bestRank worstRank quartile gapToBest share reason unit { code name fullName en: fullName(language: EN) kind { code } level { code } parent { code } validFrom children { code } }
				current { id value origin coverage { expected reported } text } base { value } change { absolute } text }
			total { current { value } }
		} }`,
	} {
		t.Run(name, func(t *testing.T) {
			got := d.ask(t, query)
			if len(got.Errors) > 0 {
				t.Fatalf("%+v", got.Errors)
			}
			golden(t, "behind-"+name, got.Data)
		})
	}
}

func TestFaultsOfQuestionsReachTheirCaller(t *testing.T) {
	d := open(t, graph.Config{})
	for name, query := range map[string]string{
		"unknown-indicator": `{ figure(indicator: "criterion-19-3", unit: "89", year: 2020) { id } }`,
		"several-faults":    `{ mine: comparison(indicator: "populaton", unit: "98", year: 2020) { rows { text } } levels { code } }`,
		"bad-cursor":        `{ units(after: "!") { totalCount } }`,
		"bad-date":          `{ units(basis: {date: "2020-13-01"}) { totalCount } }`,
		"bad-decimal":       `{ distribution(indicator: "population", year: 2020, level: "district", quantiles: ["1e999999999"]) { mean } }`,
		"bad-quantile":      `{ distribution(indicator: "population", year: 2020, level: "distric", quantiles: ["1.5"]) { mean } }`,
		"bad-scope":         `{ figure(indicator: "population", unit: "883", year: 2020, scope: {asOf: {date: "soon"}}) { id } }`,
	} {
		t.Run(name, func(t *testing.T) {
			got := d.ask(t, query)
			if got.status != http.StatusOK {
				t.Errorf("status %d", got.status)
			}
			golden(t, "fault-"+name, map[string]any{"data": got.Data, "errors": got.Errors})
		})
	}
	if d.log.Len() > 0 {
		t.Errorf("faults of callers are in the log: %s", d.log)
	}
}

// One refused question leaves the others of a dashboard as they are, and its faults name it
// as the answer does; so do a fault in the value of an argument and one of the program.
func TestOneRefusedQuestionDoesNotEmptyTheOthers(t *testing.T) {
	d := open(t, graph.Config{})
	got := d.ask(t, `{
		known: figure(indicator: "population", unit: "883", year: 2020) { value }
		refused: comparison(indicator: "populaton", unit: "98", year: 2020) { rows { text } }
		misread: distribution(indicator: "population", year: 2020, level: "district", quantiles: ["soon"]) { mean }
		closed: jobs { sourceCode }
		levels { code }
		unit(code: "nobody") { code }
	}`)
	var data map[string]json.RawMessage
	if err := json.Unmarshal(got.Data, &data); err != nil {
		t.Fatal(err)
	}
	for _, question := range []string{"refused", "misread", "closed", "unit"} {
		if string(data[question]) != "null" {
			t.Errorf("%s is %s", question, data[question])
		}
	}
	if string(data["known"]) == "null" || len(data["known"]) == 0 || !strings.Contains(string(data["levels"]), "commune") {
		t.Errorf("the others are %s", got.Data)
	}
	told := map[string]string{}
	for _, e := range got.Errors {
		told[fmt.Sprint(e.Path...)] += e.Extensions.Code + " "
	}
	want := map[string]string{"refused": "UNKNOWN_INDICATOR UNKNOWN_UNIT ", "misread": "BAD_ARGUMENT ", "closed": "NOT_ALLOWED "}
	if !maps.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}

// What is not coded is the server's own business: its caller gets an id, its
// operator the rest under the same id.
// Whatever is refused is told in Vietnamese as well.
func TestFaultsAreToldInVietnamese(t *testing.T) {
	d := open(t, graph.Config{})
	for query, want := range map[string]string{
		`{ figure(indicator: "criterion-19-3", unit: "89", year: 2020) { id } }`: "không có chỉ tiêu nào mang mã “criterion-19-3”",
		`{ figure(indicator: "population"`:                                       "câu hỏi không phải GraphQL",
		`{ nothing }`:                                                            "câu hỏi không khớp với lược đồ",
		`{ jobs { sourceCode } }`:                                                "máy chủ này không cho người hỏi làm việc đó",
	} {
		got := d.ask(t, query)
		if len(got.Errors) == 0 || got.Errors[0].Extensions.VI.Message != want || got.Errors[0].Extensions.VI.Hint == "" {
			t.Errorf("%s is refused with %+v, want %q", query, got.Errors, want)
		}
	}
}

func TestOtherErrorsAreMasked(t *testing.T) {
	d := open(t, graph.Config{})
	for name, before := range map[string]func(context.Context) error{
		"error": func(context.Context) error { return errors.New("secret of the engine") },
		"panic": func(context.Context) error { panic("secret of the engine") },
		"joined": func(context.Context) error {
			return errors.Join(&number.Error{Code: "ENGINE_DOWN", Message: number.EnglishOnly("the store does not answer")}, errors.New("secret of the engine"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			d.before = before
			d.log.Reset()
			got := d.ask(t, `{ figure(indicator: "population", unit: "883", year: 2020) { value } }`)
			last := got.Errors[len(got.Errors)-1]
			if got.status != http.StatusOK || last.Extensions.Code != "INTERNAL" || last.Message != "internal error, id "+last.Extensions.ID {
				t.Errorf("%d %+v", got.status, got.Errors)
			}
			if strings.Contains(last.Message, "secret") || len(last.Path) != 1 {
				t.Errorf("the caller sees %+v", last)
			}
			log := d.log.String()
			if !strings.Contains(log, "secret of the engine") || !strings.Contains(log, "id="+last.Extensions.ID) {
				t.Errorf("the log has %s", log)
			}
			if name == "panic" && !strings.Contains(log, "server_test.go") {
				t.Errorf("the log has no stack: %s", log)
			}
			if name == "joined" && got.codes() != "ENGINE_DOWN INTERNAL" {
				t.Errorf("codes %s", got.codes())
			}
		})
	}
}

// A panic outside of all resolvers is an answer too.
func TestPanicOfTheDoor(t *testing.T) {
	var log bytes.Buffer
	d := &door{Server: graph.New(graph.Config{Logger: slog.New(slog.NewTextHandler(&log, nil))})} // no Stats
	got := d.ask(t, `{ levels { code } }`)
	if got.status != http.StatusInternalServerError || got.codes() != "INTERNAL" || !strings.Contains(log.String(), "stack=") {
		t.Errorf("%d %+v %s", got.status, got.Errors, &log)
	}
}

// The cause of a coded error is for the log alone.
func TestCausesStayInside(t *testing.T) {
	d := open(t, graph.Config{})
	d.before = func(context.Context) error {
		return &number.Error{Code: "ENGINE_DOWN", Message: number.EnglishOnly("the store does not answer"), Err: errors.New("dial 10.0.0.7")}
	}
	got := d.ask(t, `{ levels { code } figure(indicator: "population", unit: "883", year: 2020) { value } }`)
	if got.codes() != "ENGINE_DOWN" || got.Errors[0].Message != "the store does not answer" {
		t.Errorf("%+v", got.Errors)
	}
	if !strings.Contains(d.log.String(), "dial 10.0.0.7") {
		t.Errorf("the log has %q", d.log)
	}
}

func TestTimeout(t *testing.T) {
	d := open(t, graph.Config{Timeout: 20 * time.Millisecond})
	d.before = func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}
	got := d.ask(t, `{ figure(indicator: "population", unit: "883", year: 2020) { value } }`)
	if got.codes() != "TIMEOUT" || got.status != http.StatusOK {
		t.Errorf("%d %+v", got.status, got.Errors)
	}
	// Long lists stop as well, after a resolver that did not notice the time.
	d.before = func(context.Context) error {
		time.Sleep(40 * time.Millisecond)
		return nil
	}
	got = d.ask(t, `{ comparison(indicator: "population", year: 2020, level: "district") { rows { text } } }`)
	if got.codes() != "TIMEOUT" || string(got.Data) != `{"comparison":null}` {
		t.Errorf("%s %+v", got.Data, got.Errors)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := httptest.NewRequest(http.MethodGet, "/graphql?query={levels{code}}", nil).WithContext(ctx)
	if got := d.do(t, r); got.codes() != "CANCELED" {
		t.Errorf("%d %+v", got.status, got.Errors)
	}
	if d.log.Len() > 0 {
		t.Errorf("the log has %s", d.log)
	}
}

// All fields of one operation are of the same release, whatever is published
// while it runs; the next operation sees it.
func TestOneReleaseForAnOperation(t *testing.T) {
	d := open(t, graph.Config{})
	d.restless = func() { d.publish(t, "2021-06-01", cell{"population", "883", 2020, "999", ""}) }
	query := `{
		a: comparison(indicator: "population", year: 2020, unit: "883") { dataVersion }
		b: comparison(indicator: "population", year: 2020, unit: "884") { dataVersion }
		c: releases { nodes { id } }
	}`
	last := ""
	for range 3 {
		got := d.ask(t, query)
		var answer struct {
			A, B struct{ DataVersion string }
			C    struct{ Nodes []struct{ ID string } }
		}
		if err := json.Unmarshal(got.Data, &answer); err != nil {
			t.Fatal(err)
		}
		a, b, c := answer.A.DataVersion, answer.B.DataVersion, answer.C.Nodes[0].ID
		if a != b || b != c || a == last {
			t.Errorf("releases %s, %s and %s after %s", a, b, c, last)
		}
		last = a
	}
}

func TestGet(t *testing.T) {
	d := open(t, graph.Config{})
	address := func(values url.Values) *http.Request {
		return httptest.NewRequest(http.MethodGet, "/graphql?"+values.Encode(), nil)
	}
	got := d.do(t, address(url.Values{
		"query":     {`query A($code: ID!) { unit(code: $code) { name } } query B { levels { code } }`},
		"variables": {`{"code": 883}`}, "operationName": {"A"},
	}))
	if string(got.Data) != `{"unit":{"name":"Huyện số 0"}}` {
		t.Errorf("%s %+v", got.Data, got.Errors)
	}
	if media := got.header.Get("Content-Type"); media != "application/json; charset=utf-8" {
		t.Errorf("content type %s", media)
	}
	r := address(url.Values{"query": {"{ levels { code } }"}})
	r.Header.Set("Accept", "application/graphql-response+json, application/json;q=0.9")
	if media := d.do(t, r).header.Get("Content-Type"); media != "application/graphql-response+json; charset=utf-8" {
		t.Errorf("content type %s", media)
	}
}

func TestPersistedQueries(t *testing.T) {
	d := open(t, graph.Config{})
	query := `{ levels { code } }`
	sum := sha256.Sum256([]byte(query))
	extensions := `{"persistedQuery": {"version": 1, "sha256Hash": "` + hex.EncodeToString(sum[:]) + `"}}`
	onlyHash := func() reply {
		return d.do(t, httptest.NewRequest(http.MethodGet, "/graphql?extensions="+url.QueryEscape(extensions), nil))
	}
	if got := onlyHash(); got.codes() != "PERSISTED_QUERY_NOT_FOUND" || got.status != http.StatusOK {
		t.Errorf("before: %d %+v", got.status, got.Errors)
	}
	if got := d.post(t, strings.NewReader(`{"query": "`+query+`", "extensions": `+extensions+`}`)); len(got.Errors) > 0 {
		t.Errorf("with the query: %+v", got.Errors)
	}
	if got := onlyHash(); len(got.Errors) > 0 || !strings.Contains(string(got.Data), "commune") {
		t.Errorf("after: %s %+v", got.Data, got.Errors)
	}
	if got := d.post(t, strings.NewReader(`{"query": "{ levels { name } }", "extensions": `+extensions+`}`)); got.codes() != "BAD_REQUEST" || got.status != http.StatusBadRequest {
		t.Errorf("another query under the same hash: %d %+v", got.status, got.Errors)
	}
}
