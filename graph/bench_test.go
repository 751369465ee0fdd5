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
	"github.com/niengiam/niengiam/graph/kept"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

const growth = `query Growth($indicator: ID!, $level: ID!) {
	comparison(indicator: $indicator, year: 2020, level: $level) {
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

// nothingLeft discards a response, as a caller would read it.
type nothingLeft struct {
	header http.Header
	status int
	bytes  int
}

func (n *nothingLeft) Header() http.Header    { return n.header }
func (n *nothingLeft) WriteHeader(status int) { n.status = status }
func (n *nothingLeft) Write(p []byte) (int, error) {
	n.bytes += len(p)
	return len(p), nil
}

// BenchmarkRepeated compares what a repeated question costs: kept, made anew of slices in
// memory, of a bare gqlgen server whose resolver returns the same answer ready-made, and of
// a handler that writes the same bytes.
func BenchmarkRepeated(b *testing.B) {
	for _, set := range []struct {
		rows             int
		indicator, level string
	}{{11, "population", "district"}, {700, "criterion-19-2", "commune"}} {
		w := newWorld(b, set.rows)
		if set.level == "commune" {
			var cells []cell
			for i := range set.rows {
				cells = append(cells,
					cell{set.indicator, fmt.Sprint(30280 + i), 2019, fmt.Sprint(i % 2), "1"}, cell{set.indicator, fmt.Sprint(30280 + i), 2020, fmt.Sprint(i % 3 / 2), "1"})
			}
			w.publish(b, "2021-06-01", cells...)
		}
		service := query.New(w)
		answer, err := service.Compare(b.Context(), query.Ask{Indicator: set.indicator, Year: 2020, Level: set.level})
		if err != nil || len(answer.Rows) != set.rows {
			b.Fatal(len(answer.Rows), err)
		}
		answers, err := kept.New[catalogue.Calendar](64 << 20)
		if err != nil {
			b.Fatal(err)
		}
		plain := handler.New(gen.NewExecutableSchema(gen.Config{Resolvers: bare{&graph.Resolver{Stats: service}, answer}}))
		plain.AddTransport(transport.POST{})
		plain.SetQueryCache(lru.New[*ast.QueryDocument](100))
		body, err := json.Marshal(map[string]any{"query": growth, "variables": map[string]any{"indicator": set.indicator, "level": set.level}})
		if err != nil {
			b.Fatal(err)
		}
		ready := httptest.NewRecorder()
		plain.ServeHTTP(ready, posted(body))
		text := ready.Body.Bytes()
		for name, h := range map[string]http.Handler{
			"kept": graph.New(graph.Config{Stats: service, Observer: &watcher{}, Answers: answers}), "anew": graph.New(graph.Config{Stats: service, Observer: &watcher{}}), "gqlgen": plain,
			"bytes": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = new(bytes.Buffer).ReadFrom(r.Body)
				_, _ = w.Write(text)
			}),
		} {
			b.Run(fmt.Sprintf("%d/%s", set.rows, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					w := &nothingLeft{header: http.Header{}}
					h.ServeHTTP(w, posted(body))
					if w.status > http.StatusOK || w.bytes < len(text)/2 {
						b.Fatal(w.status, w.bytes)
					}
				}
			})
		}
	}
}

func posted(body []byte) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return r
}
