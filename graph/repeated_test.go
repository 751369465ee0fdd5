package graph_test

import (
	"bytes"
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
	"github.com/niengiam/niengiam/stats/query"
)

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
	for _, districts := range []int{11, 700} {
		service := query.New(synthetic(b, districts))
		answer, err := service.Compare(b.Context(), query.Ask{Indicator: "households", Year: 2020, Level: "district"})
		if err != nil {
			b.Fatal(err)
		}
		answers, err := kept.New[catalogue.Calendar](64 << 20)
		if err != nil {
			b.Fatal(err)
		}
		plain := handler.New(gen.NewExecutableSchema(gen.Config{Resolvers: bare{Resolver: &graph.Resolver{Stats: service}, comparison: answer}}))
		plain.AddTransport(transport.POST{})
		plain.SetQueryCache(lru.New[*ast.QueryDocument](100))
		body, err := json.Marshal(map[string]any{"query": growthOfDistricts, "variables": map[string]any{"year": 2020}})
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
			b.Run(fmt.Sprintf("%d/%s", districts, name), func(b *testing.B) {
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
