package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/gen"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

const elevenRows = `query Growth($year: Int!) {
	comparison(indicator: "population", year: $year, level: "district") {
		release { id }
		rows {
			unit { code name }
			base { value status }
			current { value status }
			change { absolute percent primary verdict reason text }
		}
		total { current { value } change { percent } }
		notes { code }
	}
}`

const growthOfDistricts = `query Growth($year: Int!) {
	comparison(indicator: "households", year: $year, level: "district") {
		release { id }
		rows {
			unit { code name }
			base { value status }
			current { value status }
			change { absolute percent verdict }
		}
		total { base { value } current { value } change { absolute percent verdict } }
		notes { code }
	}
}`

const rankedDistricts = `query Ranking($year: Int!) {
	ranking(indicator: "households", year: $year, level: "district", orderBy: PERCENT) {
		release { id }
		rankedCount
		universeCount
		rows {
			rank
			unit { code name }
			base { value status }
			current { value status }
			change { absolute percent }
		}
		total { base { value } current { value } change { absolute percent } }
		notes { code }
	}
}`

// bare resolves questions to answers that are at hand: what gqlgen itself costs.
type bare struct {
	*graph.Resolver
	comparison *query.Comparison
	ranking    *query.Ranking
}

func (b bare) Query() gen.QueryResolver { return bareQuery{b.Resolver.Query(), b} }

type bareQuery struct {
	gen.QueryResolver
	answers bare
}

func (b bareQuery) Comparison(context.Context, string, int, number.Year, *string, *string, *string, bool, query.NegativeBase, *query.Scope) (*query.Comparison, error) {
	return b.answers.comparison, nil
}

func (b bareQuery) Ranking(context.Context, string, int, string, *string, *string, catalogue.RankingOrder, number.Year, *int, query.Ties, *catalogue.Direction, *string, query.NegativeBase, *int, *string, *query.Scope) (*query.Ranking, error) {
	return b.answers.ranking, nil
}

// synthetic is a store with so many made-up districts of two communes each, in one province,
// and made-up households of the communes in 2019 and 2020.
func synthetic(b testing.TB, districts int) *world {
	b.Helper()
	w := &world{Memory: statstest.NewMemory(), slices: map[figure.SliceKey]*figure.Slice{}}
	d := catalogue.Definitions{
		Levels: []*catalogue.Level{
			level("province", "tỉnh", "province", "tinh", "Tỉnh", "Province"),
			level("district", "huyện", "district", "huyen", "Huyện", "District"),
			level("commune", "xã", "commune", "xa", "Xã", "Commune"),
		},
		Topics:     []*catalogue.Topic{{Code: "ntm", Names: number.Text{VI: "Nông thôn mới", EN: "New rural areas"}}},
		Indicators: []*catalogue.Indicator{indicator("households", catalogue.Count, "commune")},
		Units:      []catalogue.UnitVersion{unit("1", "", "province", "tinh", "Tỉnh giả định")},
	}
	var cells []cell
	for i := range districts {
		code := fmt.Sprint(1000 + i)
		d.Units = append(d.Units, unit(code, "1", "district", "huyen", fmt.Sprintf("Huyện số %d", i)))
		for j := range 2 {
			commune := fmt.Sprint(20000 + 2*i + j)
			d.Units = append(d.Units, unit(commune, code, "commune", "xa", fmt.Sprintf("Xã số %d", 2*i+j)))
			cells = append(cells,
				cell{"households", commune, 2019, fmt.Sprint(1000 + i*7919%4001 + j), ""},
				cell{"households", commune, 2020, fmt.Sprint(1100 + i*104729%3989 - j), ""},
			)
		}
	}
	if err := w.Define(b.Context(), d, "1"); err != nil {
		b.Fatal(err)
	}
	w.publish(b, "2021-05-01", cells...)
	return w
}

// BenchmarkQuestions compares the door, which resolves and computes from slices in memory,
// with a bare gqlgen server over the same schema whose resolver returns the same answer
// ready-made: figures of 11 and of 700 made-up districts.
func BenchmarkQuestions(b *testing.B) {
	for _, districts := range []int{11, 700} {
		w := synthetic(b, districts)
		service := query.New(w)
		d := graph.New(graph.Config{Stats: service, Observer: &watcher{}})
		comparison, err := service.Compare(b.Context(), query.Ask{Indicator: "households", Year: 2020, Level: "district"})
		if err != nil {
			b.Fatal(err)
		}
		ranking, err := service.Rank(b.Context(), query.Ask{Indicator: "households", Year: 2020, Level: "district", OrderBy: catalogue.ByPercent})
		if err != nil {
			b.Fatal(err)
		}
		plain := handler.New(gen.NewExecutableSchema(gen.Config{Resolvers: bare{&graph.Resolver{Stats: service}, comparison, ranking}}))
		plain.AddTransport(transport.POST{})
		plain.SetQueryCache(lru.New[*ast.QueryDocument](100))
		for name, text := range map[string]string{"comparison": growthOfDistricts, "ranking": rankedDistricts} {
			body, err := json.Marshal(map[string]any{"query": text, "variables": map[string]any{"year": 2020}})
			if err != nil {
				b.Fatal(err)
			}
			for server, h := range map[string]http.Handler{"door": d, "bare": plain} {
				b.Run(fmt.Sprintf("%s/%d/%s", name, districts, server), func(b *testing.B) { benchmark(b, h, body, districts) })
			}
		}
	}
}

func benchmark(b *testing.B, h http.Handler, body []byte, rows int) {
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK || bytes.Count(w.Body.Bytes(), []byte(`"unit":`)) != rows {
			b.Fatalf("%d %s", w.Code, w.Body)
		}
		b.SetBytes(int64(w.Body.Len()))
	}
}
