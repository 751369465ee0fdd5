package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/graph"
)

// chain makes fragments that each spread the next several times.
func chain(length, times int) string {
	var b strings.Builder
	b.WriteString("{...F0}")
	for i := range length {
		fmt.Fprintf(&b, "fragment F%d on Query{%s}", i, strings.Repeat(fmt.Sprintf("...F%d ", i+1), times))
	}
	fmt.Fprintf(&b, "fragment F%d on Query{levels{code}}", length)
	return b.String()
}

// What floods the checks of an operation is refused with a code before it is checked, and
// takes a bounded number of allocations: a clock would depend on the machine.
func TestFloodsAreRefusedBeforeTheyAreChecked(t *testing.T) { //nolint:paralleltest // it counts the allocations of the whole program
	d := open(t, graph.Config{})
	const most = 250_000
	for name, c := range map[string]struct{ query, code string }{
		"the same field":           {"{levels{" + strings.Repeat("code ", 2900) + "}}", "TOO_COMPLEX"},
		"the same root field":      {"{" + strings.Repeat("levels{code}", 700) + "}", "TOO_COMPLEX"},
		"under the same names":     {"{levels{" + strings.Repeat("kinds{code kinds:code}", 400) + "}}", "TOO_COMPLEX"},
		"in pieces":                {"{levels{" + strings.Repeat("...{code}", 700) + "}}", "TOO_COMPLEX"},
		"in a fragment":            {"{levels{" + strings.Repeat("...F ", 1400) + "}} fragment F on Level{code name}", "TOO_COMPLEX"},
		"in an unused fragment":    {"{levels{code}} fragment F on Level{" + strings.Repeat("code ", 2900) + "}", "TOO_COMPLEX"},
		"fragments twice each":     {chain(60, 2), "TOO_COMPLEX"},
		"fragments of one another": {"{...A} fragment A on Query{...B ...B} fragment B on Query{...A ...A}", "GRAPHQL_VALIDATION_FAILED"},
		"a long chain":             {chain(300, 1), "TOO_COMPLEX"},
		"deep fields":              {strings.Repeat("{levels", 1000), "TOO_DEEP"},
		"deep lists":               {"{units(codes:" + strings.Repeat("[", 1000), "TOO_DEEP"},
		"directives":               {"{levels{code " + strings.Repeat("@skip(if:false)", 420) + "}}", "GRAPHQL_VALIDATION_FAILED"},
		"unknown directives":       {"{levels{code " + strings.Repeat("@a", 1400) + "}}", "GRAPHQL_VALIDATION_FAILED"},
		"unknown fields":           {"{levels{" + flood("a%d ", 2900) + "}}", "GRAPHQL_VALIDATION_FAILED"},
		"unknown arguments":        {"{levels{code(" + flood("a%d:1 ", 950) + ")}}", "GRAPHQL_VALIDATION_FAILED"},
		"variables":                {"query(" + flood("$a%d:Int ", 700) + "){levels{code}}", "GRAPHQL_VALIDATION_FAILED"},
		"aliases":                  {"{" + flood("a%d:levels{code}", 450) + "}", "TOO_MANY_FIELDS"},
		"a long name":              {"{levels{" + strings.Repeat("a", 200_000) + "}}", "TOO_COMPLEX"},
		"a long number":            {"{units(first:" + strings.Repeat("1", 200_000) + "){totalCount}}", "TOO_COMPLEX"},
		"comments":                 {strings.Repeat("#\n", 80_000) + "{levels{cod}}", "GRAPHQL_PARSE_FAILED"},
		"tokens":                   {"{levels{" + strings.Repeat("code ", 40_000) + "}}", "GRAPHQL_PARSE_FAILED"},
	} {
		body, err := json.Marshal(map[string]string{"query": c.query})
		if err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := d.post(t, strings.NewReader(string(body)))
		runtime.ReadMemStats(&after)
		if len(got.Errors) == 0 || got.Errors[0].Extensions.Code != c.code {
			t.Errorf("%s: %d %.300s", name, got.status, fmt.Sprint(got.Errors))
		}
		if count := after.Mallocs - before.Mallocs; count > most {
			t.Errorf("%s: %d allocations", name, count)
		} else {
			t.Logf("%s: %d allocations", name, count)
		}
	}
}

func flood(format string, times int) string {
	var b strings.Builder
	for i := range times {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// What people and their tools ask stays within the bounds.
func TestPlainOperationsPass(t *testing.T) {
	d := open(t, graph.Config{})
	for name, query := range map[string]string{
		"a field in many fragments": "{levels{" + flood("...F%d ", 40) + "}}" + flood(" fragment F%d on Level{code name}", 40),
		"many units":                "{" + flood("a%d:levels{code name kinds{code}}", 25) + "}",
		"deep":                      "{__schema{types{fields{type{ofType{ofType{ofType{name}}}}}}}}",
	} {
		body, err := json.Marshal(map[string]string{"query": query})
		if err != nil {
			t.Fatal(err)
		}
		if got := d.post(t, strings.NewReader(string(body))); len(got.Errors) > 0 {
			t.Errorf("%s: %+v", name, got.Errors)
		}
	}
}

// An address holds no more than a body, in whichever of its parts.
func TestAddressesAreBoundedAsBodies(t *testing.T) {
	d := open(t, graph.Config{MaxBody: 1000})
	long := strings.Repeat("x", 1000)
	for _, target := range []string{
		"query={levels{code}}%23" + long,
		"query={levels{code}}&variables=" + url.QueryEscape(`{"a":"`+long+`"}`),
		"query={levels{code}}&extensions=" + url.QueryEscape(`{"a":"`+long+`"}`),
		"query={levels{code}}&operationName=" + long,
		"query={levels{code}}&other=" + long,
	} {
		if got := d.do(t, httptest.NewRequest("GET", "/graphql?"+target, nil)); got.status != 414 || got.codes() != "ADDRESS_TOO_LONG" {
			t.Errorf("%.60s: %d %+v", target, got.status, got.Errors)
		}
	}
}

// JSON that nests deep is refused before it is decoded, wherever it comes in.
func TestNestedJSONIsRefused(t *testing.T) {
	d := open(t, graph.Config{})
	deep := strings.Repeat(`[`, 9000) + strings.Repeat(`]`, 9000)
	for _, body := range []string{
		`{"query":"{levels{code}}","variables":{"a":` + deep + `}}`, `{"query":"{levels{code}}","extensions":{"a":` + deep + `}}`, `{"a":` + deep + `}`,
	} {
		if got := d.post(t, strings.NewReader(body)); got.status != 400 || got.codes() != "TOO_DEEP" {
			t.Errorf("%.60s: %d %+v", body, got.status, got.Errors)
		}
	}
	for _, name := range []string{"variables", "extensions"} {
		target := "/graphql?query={levels{code}}&" + name + "=" + url.QueryEscape(`{"a":`+deep+`}`)
		if got := d.do(t, httptest.NewRequest("GET", target, nil)); got.status != 400 || got.codes() != "TOO_DEEP" {
			t.Errorf("%s: %d %+v", name, got.status, got.Errors)
		}
	}
	if got := d.post(t, strings.NewReader(`{"query":"{levels{code}}","variables":{"a":"`+strings.Repeat(`[\"`, 200)+`"}}`)); len(got.Errors) > 0 {
		t.Errorf("brackets in a text nest nothing: %+v", got.Errors)
	}
}
