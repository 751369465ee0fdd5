// Package bare is the least that a GraphQL server in gqlgen can be: its resolvers
// give answers that lie ready, every value a string. What it takes to answer is
// what gqlgen and HTTP take; the bench holds our own server against it.
package bare

//go:generate go tool gqlgen generate --config gqlgen.yml

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/bench/bare/gen"
)

// Asked tells questions apart.
type Asked struct {
	Indicator  string
	Year, Base int
}

// Server gives prepared answers. It is filled with Prepare, and only then served.
type Server struct {
	comparisons map[Asked]*gen.Comparison
	rankings    map[Asked]*gen.Ranking
}

// New makes a server without answers.
func New() *Server {
	return &Server{comparisons: map[Asked]*gen.Comparison{}, rankings: map[Asked]*gen.Ranking{}}
}

// Prepare keeps an answer: the data of a response, as JSON.
func (s *Server) Prepare(asked Asked, data []byte) error {
	var answer struct {
		Comparison *gen.Comparison
		Ranking    *gen.Ranking
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return fmt.Errorf("an answer that cannot be prepared: %w", err)
	}
	if answer.Comparison != nil {
		s.comparisons[asked] = answer.Comparison
	}
	if answer.Ranking != nil {
		s.rankings[asked] = answer.Ranking
	}
	return nil
}

// Handler serves the answers as gqlgen's own server does.
func (s *Server) Handler() http.Handler {
	server := handler.New(gen.NewExecutableSchema(gen.Config{Resolvers: s}))
	server.AddTransport(transport.POST{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](1000))
	return server
}

// Query gives the resolvers of the root.
func (s *Server) Query() gen.QueryResolver { return query{s} }

type query struct{ *Server }

// Comparison gives a prepared comparison.
func (q query) Comparison(_ context.Context, indicator string, year, baseYear int, _ *string, _ *gen.ScopeInput) (*gen.Comparison, error) {
	return q.comparisons[Asked{indicator, year, baseYear}], nil
}

// Ranking gives a prepared ranking.
func (q query) Ranking(_ context.Context, indicator string, year, baseYear int, _ string, _ gen.RankingOrder, _ *gen.ScopeInput) (*gen.Ranking, error) {
	return q.rankings[Asked{indicator, year, baseYear}], nil
}
