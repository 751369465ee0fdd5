package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/99designs/gqlgen/graphql"

	"github.com/niengiam/niengiam/bench/bare/gen/nested"
)

// asked tells questions apart.
type asked struct {
	Indicator  string
	Year, Base int
}

// ready gives prepared answers. What it takes to answer is what gqlgen and HTTP take.
type ready struct {
	comparisons map[asked]*nested.Comparison
	rankings    map[asked]*nested.Ranking
	flat        map[asked][]*nested.FlatRow
}

// openReady reads the answers: {"indicator": …, "year": …, "base": …, "data": …}, the last
// as our server gave it.
func openReady(path string) (graphql.ExecutableSchema, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r := ready{comparisons: map[asked]*nested.Comparison{}, rankings: map[asked]*nested.Ranking{}, flat: map[asked][]*nested.FlatRow{}}
	lines := json.NewDecoder(bufio.NewReader(file))
	for {
		var line struct {
			asked
			Data struct {
				Comparison *nested.Comparison
				Ranking    *nested.Ranking
			}
		}
		err := lines.Decode(&line)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("an answer that cannot be prepared: %w", err)
		}
		if line.Data.Comparison != nil {
			r.comparisons[line.asked] = line.Data.Comparison
		}
		if line.Data.Ranking != nil {
			r.rankings[line.asked] = line.Data.Ranking
			r.flat[line.asked] = flatten(line.Data.Ranking.Rows)
		}
	}
	return nested.NewExecutableSchema(nested.Config{Resolvers: r}), nil
}

func flatten(rows []*nested.RankingRow) (flat []*nested.FlatRow) {
	for _, row := range rows {
		flat = append(flat, &nested.FlatRow{
			Rank: row.Rank, Code: row.Unit.Code, Name: row.Unit.Name,
			Base: row.Base.Value, BaseStatus: row.Base.Status, Current: row.Current.Value, CurrentStatus: row.Current.Status,
			Absolute: row.Change.Absolute, Percent: row.Change.Percent,
		})
	}
	return flat
}

// Query gives the resolvers of the root.
func (r ready) Query() nested.QueryResolver { return r }

// Comparison gives a prepared comparison.
func (r ready) Comparison(_ context.Context, indicator string, year, baseYear int, _ *string) (*nested.Comparison, error) {
	return r.comparisons[asked{indicator, year, baseYear}], nil
}

// Ranking gives a prepared ranking.
func (r ready) Ranking(_ context.Context, indicator string, year, baseYear int, _ string, _ nested.RankingOrder, _ *int) (*nested.Ranking, error) {
	return r.rankings[asked{indicator, year, baseYear}], nil
}

// FlatRanking gives the same with flat rows.
func (r ready) FlatRanking(_ context.Context, indicator string, year, baseYear int) ([]*nested.FlatRow, error) {
	return r.flat[asked{indicator, year, baseYear}], nil
}
