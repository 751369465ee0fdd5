// Package schema holds the two contracts of the program as text and nothing
// else: the tables of the warehouse and the types of the API.
package schema

import (
	"embed"
	"io/fs"
)

//go:embed clickhouse/*.sql
var clickhouse embed.FS

//go:embed graphql/*.graphqls
var graphql embed.FS

// ClickHouse gives the migrations of the warehouse, NNNN_name.sql, to be applied
// in the order of their names. Each is one statement that may be run again;
// {database} stands for the name of the database and {login} for the USER and
// PASSWORD of a dictionary's source.
func ClickHouse() fs.FS { return sub(clickhouse, "clickhouse") }

// GraphQL gives the files that define the API.
func GraphQL() fs.FS { return sub(graphql, "graphql") }

func sub(files embed.FS, folder string) fs.FS {
	inner, err := fs.Sub(files, folder)
	if err != nil { // the folder is in the program
		return files
	}
	return inner
}
