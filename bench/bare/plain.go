package main

import (
	"context"
	_ "embed"
	"errors"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/bench/bare/gen/plain"
)

//go:embed sql/ranking.sql
var rankingSQL string

// asking asks ClickHouse one statement for each question and remembers nothing.
type asking struct{ conn driver.Conn }

func openPlain(dsn string) (graphql.ExecutableSchema, error) {
	options, err := clickhouse.ParseDSN(dsn)
	if err != nil {
		return nil, err
	}
	conn, err := clickhouse.Open(options)
	if err != nil {
		return nil, err
	}
	return plain.NewExecutableSchema(plain.Config{Resolvers: asking{conn}}), nil
}

// Query gives the resolvers of the root.
func (a asking) Query() plain.QueryResolver { return a }

// Ranking gives the districts by the growth of an indicator.
func (a asking) Ranking(ctx context.Context, indicator string, year, baseYear int) (found []*plain.Row, err error) {
	ctx = clickhouse.Context(ctx, clickhouse.WithParameters(clickhouse.Parameters{
		"indicator": indicator, "year": strconv.Itoa(year), "base": strconv.Itoa(baseYear),
	}))
	rows, err := a.conn.Query(ctx, rankingSQL)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		row := &plain.Row{Rank: len(found) + 1}
		if err := rows.Scan(&row.Code, &row.Name, &row.Base, &row.Current); err != nil {
			return nil, err
		}
		row.Absolute = row.Current - row.Base
		if row.Base != 0 {
			percent := row.Absolute / row.Base * 100
			row.Percent = &percent
		}
		found = append(found, row)
	}
	return found, rows.Err()
}
