package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/gen"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
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

// bare resolves a comparison to an answer that is at hand: what gqlgen itself costs.
type bare struct {
	*graph.Resolver
	answer *query.Comparison
}

func (b bare) Query() gen.QueryResolver { return bareQuery{b.Resolver.Query(), b.answer} }

type bareQuery struct {
	gen.QueryResolver
	answer *query.Comparison
}

func (b bareQuery) Comparison(context.Context, string, int, number.Year, *string, *string, *string, bool, query.NegativeBase, *query.Scope) (*query.Comparison, error) {
	return b.answer, nil
}

// BenchmarkElevenRows compares the door, which resolves and computes, with a
// bare gqlgen server whose resolver returns the same answer ready-made.
func BenchmarkElevenRows(b *testing.B) {
	d := open(b, graph.Config{Observer: &watcher{}})
	service := query.New(d.world)
	answer, err := service.Compare(b.Context(), query.Ask{Indicator: "population", Year: 2020, Level: "district"})
	if err != nil {
		b.Fatal(err)
	}
	plain := handler.New(gen.NewExecutableSchema(gen.Config{Resolvers: bare{&graph.Resolver{Stats: service}, answer}}))
	plain.AddTransport(transport.POST{})
	plain.SetQueryCache(lru.New[*ast.QueryDocument](100))
	body, err := json.Marshal(map[string]any{"query": elevenRows, "variables": map[string]any{"year": 2020}})
	if err != nil {
		b.Fatal(err)
	}
	for name, h := range map[string]http.Handler{"door": d, "bare": plain} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Code != http.StatusOK || w.Body.Len() < 3000 {
					b.Fatalf("%d %s", w.Code, w.Body)
				}
			}
		})
	}
}
