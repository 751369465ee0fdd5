package warehouse

import (
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// TestKeep holds the pool's size: its own, or that of the address of a server.
func TestKeep(t *testing.T) {
	for _, c := range []struct {
		dsn        string
		open, idle int
	}{
		{"clickhouse://u:p@host:9000/d", kept, kept},
		{"clickhouse://u:p@host:9000/d?max_open_conns=4", 4, 4},
		{"clickhouse://u:p@host:9000/d?max_idle_conns=40", 40, 40},
		{"clickhouse://u:p@host:9000/d?max_open_conns=30&max_idle_conns=2", 30, 2},
	} {
		options, err := clickhouse.ParseDSN(c.dsn)
		if err != nil {
			t.Fatal(err)
		}
		if keep(options); options.MaxOpenConns != c.open || options.MaxIdleConns != c.idle {
			t.Errorf("%s keeps %d of %d connections, not %d of %d", c.dsn, options.MaxIdleConns, options.MaxOpenConns, c.idle, c.open)
		}
	}
}
