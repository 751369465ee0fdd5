package warehouse

import (
	"embed"
)

//go:embed query/*.sql
var queries embed.FS

// text gives the statement of a file in query/.
func text(name string) string {
	sql, err := queries.ReadFile("query/" + name + ".sql")
	if err != nil { // ClickHouse refuses it by name
		return "unknown statement " + name
	}
	return string(sql)
}
