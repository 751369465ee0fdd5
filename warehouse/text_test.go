package warehouse_test

import (
	"context"
	"embed"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// texts are the statements that tests run, testdata/*/*.sql.
//
//go:embed testdata
var texts embed.FS

// testText gives the statement of a file, without its ending.
func testText(t testing.TB, name string) string {
	t.Helper()
	text, err := texts.ReadFile("testdata/" + name + ".sql")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// with gives the typed parameters of a statement their values: name, value, name, value.
func with(ctx context.Context, values ...string) context.Context {
	parameters := clickhouse.Parameters{}
	for i := 0; i+1 < len(values); i += 2 {
		parameters[values[i]] = values[i+1]
	}
	return clickhouse.Context(ctx, clickhouse.WithParameters(parameters))
}
