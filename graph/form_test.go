package graph_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/niengiam/niengiam/graph"
)

// wish is where a request says the language of its answer.
type wish struct{ field, operation, address, header string }

// asking makes the request of a wish.
func (w wish) asking(t *testing.T, method string) *http.Request {
	t.Helper()
	query := "query " + w.operation + "{ levels { name" + w.field + " } }"
	if strings.Contains(query, "$language") {
		query = strings.Replace(query, "query ", "query ($language: Language) ", 1)
	}
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	address := url.Values{}
	for name, value := range map[string]string{"lang": w.address, "query": query} {
		if name == "lang" && value != "" || name == "query" && method == http.MethodGet {
			address.Set(name, strings.TrimPrefix(value, "="))
		}
	}
	r := httptest.NewRequest(method, "/graphql?"+address.Encode(), bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if w.header != "" {
		r.Header.Set("Accept-Language", w.header)
	}
	return r
}

// The language is said once for a request, and the nearest to the field says it. Only an
// answer that depends on the header tells caches so.
func TestLanguageOfARequest(t *testing.T) {
	d := open(t, graph.Config{})
	const vi, en = "tỉnh", "province"
	for name, c := range map[string]struct {
		wish
		want   string
		varies bool
	}{
		"nothing":                       {wish{}, vi, true},
		"the header":                    {wish{header: "en-GB,en;q=0.9,vi;q=0.5"}, en, true},
		"the header, Vietnamese first":  {wish{header: "vi-VN,vi;q=0.9,en;q=0.8"}, vi, true},
		"a language that is not spoken": {wish{header: "fr-CA,de;q=0.5"}, vi, true},
		"the second choice":             {wish{header: "fr, en;q=0.5"}, en, true},
		"anything":                      {wish{header: "*"}, vi, true},
		"never English":                 {wish{header: "en;q=0"}, vi, true},
		"a header of nonsense":          {wish{header: ";;q=x,,"}, vi, true},
		"the address":                   {wish{address: "en", header: "vi"}, en, false},
		"the address in capitals":       {wish{address: "EN"}, en, false},
		"the address over the header":   {wish{address: "vi", header: "en"}, vi, false},
		"an empty address":              {wish{address: "=", header: "en"}, en, true},
		"the operation":                 {wish{operation: "@answer(language: EN)"}, en, false},
		"the operation over both":       {wish{operation: "@answer(language: EN)", address: "vi", header: "vi"}, en, false},
		"a variable that is not given":  {wish{operation: "@answer(language: $language)", header: "en"}, en, true},
		"null in the operation":         {wish{operation: "@answer(language: null)", address: "en"}, en, false},
		"another wish of the operation": {wish{operation: "@answer(decimals: NUMBER)", header: "en"}, en, true},
		"the field over all":            {wish{field: "(language: VI)", operation: "@answer(language: EN)", address: "en", header: "en"}, vi, false},
		"null in the field":             {wish{field: "(language: null)", header: "en"}, en, true},
		"no variable in the field":      {wish{field: "(language: $language)", header: "en"}, en, true},
	} {
		t.Run(name, func(t *testing.T) {
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				got := d.do(t, c.asking(t, method))
				if len(got.Errors) > 0 || !strings.HasPrefix(string(got.Data), `{"levels":[{"name":"`+c.want+`"}`) {
					t.Errorf("%s: %s %+v", method, got.Data, got.Errors)
				}
				if vary := strings.Join(got.header.Values("Vary"), ", "); strings.Contains(vary, "Accept-Language") != c.varies || !strings.HasPrefix(vary, "Accept") {
					t.Errorf("%s: Vary is %q", method, vary)
				}
			}
		})
	}
	for address, code := range map[string]string{"lang=fr": "BAD_ARGUMENT", "decimals=float": "BAD_ARGUMENT", "lang=%zz": "BAD_REQUEST"} {
		r := httptest.NewRequest(http.MethodPost, "/graphql?"+address, strings.NewReader(`{"query":"{ levels { name } }"}`))
		r.Header.Set("Content-Type", "application/json")
		if got := d.do(t, r); got.status != http.StatusBadRequest || got.codes() != code {
			t.Errorf("%s: %d %+v", address, got.status, got.Errors)
		}
	}
}

// A query is kept parsed, and by its hash, without the language that it was asked in; a
// variable may say it anew.
func TestLanguageOfAKeptQuery(t *testing.T) {
	d := open(t, graph.Config{})
	const byVariable = `query Names($language: Language!) @answer(language: $language) { levels { name } }`
	const byHeader = `{ levels { name } }`
	sum := sha256.Sum256([]byte(byHeader))
	kept := `{"persistedQuery":{"version":1,"sha256Hash":"` + hex.EncodeToString(sum[:]) + `"}}`
	d.post(t, strings.NewReader(`{"query":"`+byHeader+`","extensions":`+kept+`}`))
	for language, want := range map[string]string{"EN": "province", "VI": "tỉnh"} {
		for range 2 {
			if got := d.ask(t, byVariable, "language", language); !strings.Contains(string(got.Data), want) {
				t.Errorf("%s: %s %+v", language, got.Data, got.Errors)
			}
			r := httptest.NewRequest(http.MethodGet, "/graphql?extensions="+url.QueryEscape(kept), nil)
			r.Header.Set("Accept-Language", strings.ToLower(language))
			if got := d.do(t, r); !strings.Contains(string(got.Data), want) {
				t.Errorf("%s: %s %+v", language, got.Data, got.Errors)
			}
		}
	}
	if got := d.ask(t, byVariable, "language", "FR"); got.codes() != "GRAPHQL_VALIDATION_FAILED" {
		t.Errorf("%+v", got.Errors)
	}
}

// No field has a language of its own unless the question names it.
func TestNoFieldHasALanguageByDefault(t *testing.T) {
	fields := 0
	for _, definition := range graph.Schema().Types {
		for _, field := range definition.Fields {
			argument := field.Arguments.ForName("language")
			if argument == nil {
				continue
			}
			fields++
			if argument.Type.String() != "Language" || argument.DefaultValue != nil {
				t.Errorf("%s.%s(language: %s = %s)", definition.Name, field.Name, argument.Type, argument.DefaultValue)
			}
		}
	}
	if fields < 55 {
		t.Errorf("%d fields: the schema was not read", fields)
	}
}

// Texts of a whole page follow, sentences as well as names, also where a resolver of our
// own makes them.
func TestTextsFollow(t *testing.T) {
	d := open(t, graph.Config{})
	const page = ` {
		briefing(unit: "89", year: 2020) { question { language template { title } } headlines { sentence { text } } }
		comparison(indicator: "criterion-19-2", year: 2020, unit: "89") { rows { text change { text short(measure: POINTS) } } }
		dashboard(code: "screen") { tiles { refusals { message hint } } } dashboards { title }
	}`
	const named = ` {
		briefing(unit: "89", year: 2020, language: EN) { question { language template { title(language: EN) } } headlines { sentence { text } } }
		comparison(indicator: "criterion-19-2", year: 2020, unit: "89") { rows { text(language: EN) change { text(language: EN) short(measure: POINTS, language: EN) } } }
		dashboard(code: "screen") { tiles { refusals { message(language: EN) hint(language: EN) } } } dashboards { title(language: EN) }
	}`
	english, each := d.ask(t, "query @answer(language: EN)"+page), d.ask(t, "query "+named)
	if len(english.Errors) > 0 || !bytes.Equal(english.Data, each.Data) || !strings.Contains(string(english.Data), `"language":"EN"`) {
		t.Errorf("%+v\n%s\n%s", english.Errors, english.Data, each.Data)
	}
	if vietnamese := d.ask(t, "query "+page); bytes.Equal(vietnamese.Data, english.Data) || !strings.Contains(string(vietnamese.Data), `"language":"VI"`) {
		t.Errorf("%s", vietnamese.Data)
	}
}

// Decimals have the same digits as JSON numbers, which never pass a float, and nothing
// else of an answer changes.
func TestDecimalsAsNumbers(t *testing.T) {
	d := open(t, graph.Config{})
	const query = `query Q($decimals: DecimalForm) @answer(decimals: $decimals) {
		comparison(indicator: "criterion-19-2", year: 2020, unit: "89") {
			question { year baseYear } rows { unit { code } base { value denominator rate } current { value rate text rollUp { value } } change { absolute points percent index cagr } }
		}
		distribution(indicator: "population", year: 2020, level: "district", quantiles: [0.25, "0.9"]) {
			question { quantiles } count min max mean quantiles { share value } standardDeviation { value } histogram { from to } missing { reason }
		}
		ranking(indicator: "population", year: 2020, level: "district") { rows { share gapToBest current { value denominator } } }
		trend(indicator: "criterion-19-2", unit: "89") { points { rate } theilSen { slope } projection { years { value lower } } }
		table(indicators: ["population"], years: [2020], level: "district", measures: [VALUE, RANK]) { rows { cells { value } } }
	}`
	operation := gqlparser.MustLoadQueryWithRules(graph.Schema(), query, rules.NewDefaultRules()).Operations[0]
	texts, numbers := d.ask(t, query), d.ask(t, query, "decimals", "NUMBER")
	if len(texts.Errors)+len(numbers.Errors) > 0 {
		t.Fatalf("%+v %+v", texts.Errors, numbers.Errors)
	}
	if named := d.ask(t, query, "decimals", "STRING"); !bytes.Equal(texts.Data, named.Data) {
		t.Errorf("strings by name: %s", named.Data)
	}
	c := &decimals{t: t}
	c.compare(operation.SelectionSet, decoded(t, texts.Data), decoded(t, numbers.Data))
	if c.seen < 80 || !strings.Contains(string(numbers.Data), `"rate":81.5126050420168067,`) || !strings.Contains(string(numbers.Data), `"quantiles":[0.25,0.9]`) {
		t.Errorf("%d decimals in %s", c.seen, numbers.Data)
	}
	r := httptest.NewRequest(http.MethodGet, "/graphql?decimals=number&query="+url.QueryEscape(strings.NewReplacer("($decimals: DecimalForm) @answer(decimals: $decimals)", "").Replace(query)), nil)
	if got := d.do(t, r); !bytes.Equal(got.Data, numbers.Data) {
		t.Errorf("by address: %s %+v", got.Data, got.Errors)
	}
}

// decimals compares an answer with the same in the other form.
type decimals struct {
	t    *testing.T
	seen int
}

func (c *decimals) compare(fields ast.SelectionSet, text, number any) {
	switch text := text.(type) {
	case []any:
		for i, each := range text {
			c.compare(fields, each, number.([]any)[i])
		}
	case map[string]any:
		for _, selection := range fields {
			field := selection.(*ast.Field)
			a, b := text[field.Alias], number.(map[string]any)[field.Alias]
			if len(field.SelectionSet) > 0 {
				c.compare(field.SelectionSet, a, b)
				continue
			}
			if field.Definition.Type.Name() == "Decimal" {
				b = c.same(field, b)
			}
			if want, got := encoded(c.t, a), encoded(c.t, b); want != got {
				c.t.Errorf("%s.%s: %s, %s", field.ObjectDefinition.Name, field.Name, want, got)
			}
		}
	}
}

// same returns decimals that are numbers as strings of their digits.
func (c *decimals) same(field *ast.Field, value any) any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		list := make([]any, len(v))
		for i, each := range v {
			list[i] = c.same(field, each)
		}
		return list
	case json.Number:
		c.seen++
		return v.String()
	}
	c.t.Errorf("%s.%s is no number: %v", field.ObjectDefinition.Name, field.Name, value)
	return value
}

func decoded(t *testing.T, data []byte) (value any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func encoded(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
