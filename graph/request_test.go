package graph_test

import (
	"bytes"
	"compress/gzip"
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

// What clients send in other ways than most is read, or its fault is named.
func TestRequestsOfOtherClients(t *testing.T) {
	d := open(t, graph.Config{})
	const asks, first = `{"query":"query($f: Int!){units(first:$f){totalCount}}","variables":{"f":`, `"data":{"units":`
	var packed, bomb bytes.Buffer
	for into, content := range map[*bytes.Buffer][]byte{&packed: []byte(asks + "1}}"), &bomb: make([]byte, 1<<20)} {
		writer := gzip.NewWriter(into)
		if _, err := writer.Write(content); err != nil {
			t.Fatal(err)
		}
		if err := writer.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		method, target, encoding, body string
		status                         int
		says                           string
	}{
		"a mark of Windows":         {"POST", "", "", "\uFEFF" + asks + "1}}", 200, first},
		"gzip":                      {"POST", "", "gzip", packed.String(), 200, first},
		"gzip that is none":         {"POST", "", "gzip", asks + "1}}", 400, "not compressed with gzip"},
		"gzip that swells":          {"POST", "", "gzip", bomb.String(), 413, "BODY_TOO_LARGE"},
		"another compression":       {"POST", "", "br", packed.String(), 415, "UNSUPPORTED_MEDIA_TYPE"},
		"a whole number as 1.0":     {"POST", "", "", asks + "1.0}}", 200, first},
		"a whole number as 1e0":     {"POST", "", "", asks + "1e0}}", 200, first},
		"a fraction":                {"POST", "", "", asks + "1.5}}", 400, "cannot use value 1.5 as Int"},
		"a whole number of a GET":   {"GET", "?query=query($f:Int!){units(first:$f){totalCount}}&variables={%22f%22:1.0}", "", "", 200, first},
		"HEAD":                      {"HEAD", "?query={levels{code}}", "", "", 200, ""},
		"HEAD for what changes":     {"HEAD", "?query=mutation{loadSource(source:%22a%22){run{outcome}}}", "", "", 400, ""},
		"HEAD without any question": {"HEAD", "", "", "", 400, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(c.method, "/graphql"+c.target, strings.NewReader(c.body))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Content-Encoding", c.encoding)
			w := httptest.NewRecorder()
			d.ServeHTTP(w, r)
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
				t.Errorf("%d %s", w.Code, w.Body)
			}
		})
	}
}

// A client that takes events as well as JSON means its subscriptions by it: a query is answered
// as JSON.
func TestQueriesOfClientsThatTakeEvents(t *testing.T) {
	d := open(t, graph.Config{})
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(`{"query":"{levels{code}}"}`))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed")
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	if got := w.Header().Get("Content-Type"); got != "application/graphql-response+json; charset=utf-8" || !strings.Contains(w.Body.String(), `"data":{"levels"`) {
		t.Errorf("%s %s", got, w.Body)
	}
}

// The media type is the one that a caller would rather have.
func TestMediaType(t *testing.T) {
	d := open(t, graph.Config{})
	const older, newer = "application/json; charset=utf-8", "application/graphql-response+json; charset=utf-8"
	for accept, want := range map[string]string{
		"":                                  older,
		"*/*":                               older,
		"text/html":                         older,
		"application/json":                  older,
		"application/graphql-response+json": newer,
		"application/graphql-response+json, application/json;q=0.9":        newer,
		"application/json, application/graphql-response+json":              newer,
		"application/json, application/graphql-response+json;q=0.5":        older,
		"application/graphql-response+json;q=0, application/json":          older,
		"application/graphql-response+json; charset=utf-8;q=0.2, */*;q=.1": newer,
	} {
		r := httptest.NewRequest(http.MethodGet, "/graphql?query={levels{code}}", nil)
		r.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		d.ServeHTTP(w, r)
		if got := w.Header().Get("Content-Type"); got != want {
			t.Errorf("Accept: %s: %s", accept, got)
		}
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
