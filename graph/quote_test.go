package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/niengiam/niengiam/graph"
)

// Whatever of a request is at fault, the answer repeats a bounded piece of it, and has a
// bounded number of errors.
func TestErrorsRepeatLittle(t *testing.T) {
	d := open(t, graph.Config{})
	long := strings.Repeat("x", 200_000)
	body := func(query string, variables any) string {
		text, err := json.Marshal(map[string]any{"query": query, "variables": variables})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for name, sent := range map[string]string{
		"a text that does not end": body(`{unit(code:"`+long, nil),
		"a text in a wrong place":  body(`{levels{"`+long+`"}}`, nil),
		"an unknown indicator":     body(`{figure(indicator:"`+long+`", unit:"`+long+`", year:2020){text}}`, nil),
		"a cursor":                 body(`{units(after:"`+long+`"){totalCount}}`, nil),
		"a day":                    body(`{releases(from:"`+long+`"){totalCount}}`, nil),
		"a release":                body(`{figure(indicator:"population", unit:"883", year:2020, scope:{asOf:{release:"`+long+`"}}){text}}`, nil),
		"a day of a load":          body(`{figure(indicator:"population", unit:"883", year:2020, scope:{asOf:{date:"`+long+`"}}){text}}`, nil),
		"a text for a number":      body(`{units(first:"`+long+`"){totalCount}}`, nil),
		"a variable":               body(`query($n:Int!){units(first:$n){totalCount}}`, map[string]string{"n": long}),
		"an operation":             `{"query":"query A{levels{code}} query B{levels{code}}","operationName":"` + long + `"}`,
		"a hash":                   `{"query":"{levels{code}}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + long + `"}}}`,
		"a digit too many":         `{"query":` + strings.Repeat("1", 200_000) + `}`,
		"no JSON":                  long,
		"many unknown fields":      body("{levels{"+flood("a%d ", 2900)+"}}", nil),
		"many unknown codes":       body(`query($c:[ID!]!){comparison(indicator:"population",year:2020,units:$c){rows{text}}}`, map[string]any{"c": strings.Fields(flood("x%d ", 2000))}),
	} {
		got := d.do(t, post(sent))
		if len(got.Errors) == 0 {
			t.Errorf("%s: no error", name)
		}
		if len(got.Errors) > 100 {
			t.Errorf("%s: %d errors", name, len(got.Errors))
		}
		for _, e := range got.Errors {
			if said := fmt.Sprint(e); utf8.RuneCountInString(said) > 3_000 {
				t.Errorf("%s: an error of %d letters: %.100s", name, utf8.RuneCountInString(said), said)
			}
		}
	}
	got := d.do(t, httptest.NewRequest("GET", "/graphql?query="+url.QueryEscape(`{unit(code:"`+long), nil))
	if said := fmt.Sprint(got.Errors); len(got.Errors) != 1 || len(said) > 3_000 {
		t.Errorf("%d bytes", len(said))
	}
	if d.log.Len() > 50_000 {
		t.Errorf("the log has %d bytes", d.log.Len())
	}
}

func post(body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return r
}
