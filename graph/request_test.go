package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/graph"
)

// Whatever is wrong with a request is said in JSON, with a code and a 4xx.
func TestRequestsThatCannotBeRead(t *testing.T) {
	d := open(t, graph.Config{MaxBody: 300})
	for name, c := range map[string]struct {
		method, target, media, body string
		status                      int
		code                        string
	}{
		"no media type":     {"POST", "", "", `{"query":"{levels{code}}"}`, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"a form":            {"POST", "", "application/x-www-form-urlencoded", `query={levels{code}}`, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"another method":    {"PUT", "", "application/json", `{"query":"{levels{code}}"}`, 405, "METHOD_NOT_ALLOWED"},
		"a long body":       {"POST", "", "application/json", `{"query":"` + strings.Repeat(" ", 300) + `"}`, 413, "BODY_TOO_LARGE"},
		"an empty body":     {"POST", "", "application/json", ` `, 400, "BAD_REQUEST"},
		"no JSON":           {"POST", "", "application/json", `{"query"`, 400, "BAD_REQUEST"},
		"two bodies":        {"POST", "", "application/json", `{"query":"{levels{code}}"} {}`, 400, "BAD_REQUEST"},
		"a batch":           {"POST", "", "application/json", `[{"query":"{levels{code}}"}]`, 400, "BAD_REQUEST"},
		"a number as query": {"POST", "", "application/json", `{"query":7}`, 400, "BAD_REQUEST"},
		"variables in text": {"POST", "", "application/json", `{"query":"{levels{code}}","variables":"{}"}`, 400, "BAD_REQUEST"},
		"no query":          {"POST", "", "application/json", `{"variables":{}}`, 400, "BAD_REQUEST"},
		"no query in GET":   {"GET", "", "", "", 400, "BAD_REQUEST"},
		"broken variables":  {"GET", "?query={levels{code}}&variables={", "", "", 400, "BAD_REQUEST"},
		"broken address":    {"GET", "?query=%zz", "", "", 400, "BAD_REQUEST"},
		"a syntax error":    {"POST", "", "application/json", `{"query":"{levels{code}"}`, 400, "GRAPHQL_PARSE_FAILED"},
		"an unknown field":  {"POST", "", "application/json", `{"query":"{levels{cod}}"}`, 400, "GRAPHQL_VALIDATION_FAILED"},
		"a missing variable": {"POST", "", "application/json", `{"query":"query($c: ID!){unit(code:$c){code}}"}`,
			400, "GRAPHQL_VALIDATION_FAILED"},
		"a wrong variable": {"POST", "", "application/json", `{"query":"query($f: Int!){units(first:$f){totalCount}}","variables":{"f":"many"}}`,
			400, "GRAPHQL_VALIDATION_FAILED"},
		"which operation": {"POST", "", "application/json", `{"query":"query A{levels{code}} query B{levels{code}}"}`,
			400, "GRAPHQL_VALIDATION_FAILED"},
		"a mutation":     {"GET", "?query=mutation{a}", "", "", 400, "GRAPHQL_VALIDATION_FAILED"},
		"a strange hash": {"POST", "", "application/json", `{"query":"{levels{code}}","extensions":{"persistedQuery":7}}`, 400, "BAD_REQUEST"},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(c.method, "/graphql"+c.target, strings.NewReader(c.body))
			r.Header.Set("Content-Type", c.media)
			got := d.do(t, r)
			if got.status != c.status || got.codes() != c.code || got.Errors[0].Message == "" {
				t.Errorf("%d %+v", got.status, got.Errors)
			}
			if got.status != http.StatusOK && got.Data != nil {
				t.Errorf("a refused request has data: %s", got.Data)
			}
			if allow := got.header.Get("Allow"); (allow != "") != (got.status == http.StatusMethodNotAllowed) {
				t.Errorf("Allow is %q", allow)
			}
		})
	}
	if d.log.Len() > 0 {
		t.Errorf("faults of callers are in the log: %s", d.log)
	}
}

func TestOptions(t *testing.T) {
	d := open(t, graph.Config{})
	w := httptest.NewRecorder()
	d.ServeHTTP(w, httptest.NewRequest(http.MethodOptions, "/graphql", nil))
	if w.Code != http.StatusNoContent || w.Header().Get("Allow") == "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

// No body makes the server fail, mask an error as its own, or answer anything
// but JSON.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{
		`{"query":"{ levels { code name(language: EN) kinds { code } } }"}`,
		`{"query":"query($u: ID!, $s: ScopeInput) { figure(indicator: \"population\", unit: $u, year: 2020, scope: $s) { value text } }","variables":{"u":883,"s":{"asOf":{"date":"2021-01-01"}}}}`,
		`{"query":"{ series(indicator: \"population\", units: [\"883\", 884], from: 2019) { years series { figures { value } } } }"}`,
		`{"query":"{ ranking(indicator: \"population\", year: 2020, level: \"district\", top: 3, orderBy: PERCENT) { rows { rank text } } }"}`,
		`{"query":"{ units(first: 0, after: \"MTE\", basis: {date: \"2020-02-30\"}) { nodes { parent { code } } } }"}`,
		`{"query":"query A { ...F } fragment F on Query { ...F @include(if: false) }","operationName":"A"}`,
		`{"query":"{ __schema { types { name } } a: __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}`,
		`{"query":"{ units { ... @defer { totalCount } } }"}`,
		`{"query":"query($n: Int! = 1e9) { releases(first: $n) { totalCount } }","variables":{"n":99999999999999999999}}`,
		`{"query":"{","variables":null}`, `[]`, `null`, `"`, "{\"query\":\"{ unit(code: \\\"\\u0000\\\") { code } }\"}",
	} {
		f.Add([]byte(seed))
	}
	d := open(f, graph.Config{})
	f.Fuzz(func(t *testing.T, body []byte) {
		got := d.post(t, bytes.NewReader(body))
		if strings.Contains(got.codes(), "INTERNAL") || got.status >= http.StatusInternalServerError {
			t.Errorf("%d %+v\n%s", got.status, got.Errors, d.log)
		}
	})
}

// FuzzQuery is FuzzBody for the text of a query alone.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{
		elevenRows, `{ levels { code } }`, `query($c: ID = "89") { unit(code: $c) { children { children { name } } } }`,
		`{ comparison(indicator: "criterion-19-2", year: 2020, level: "commune", within: "89") { rows { change { percent } } } }`,
		`{ figure(indicator: "", unit: "", year: -1) { id } }`, `subscription { a }`, `{ a: levels { b: code } ...on Query { levels { code } } }`,
	} {
		f.Add(seed)
	}
	d := open(f, graph.Config{})
	f.Fuzz(func(t *testing.T, query string) {
		body, err := json.Marshal(map[string]string{"query": query})
		if err != nil {
			t.Fatal(err)
		}
		got := d.post(t, bytes.NewReader(body))
		if strings.Contains(got.codes(), "INTERNAL") || got.status >= http.StatusInternalServerError {
			t.Errorf("%d %+v\n%s", got.status, got.Errors, d.log)
		}
	})
}
