package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// machine is what the numbers were measured on.
type machine struct {
	Cores      int
	Go         string
	ClickHouse string
	Libraries  []string
}

// machineOf looks at this machine and at an engine.
func machineOf(ctx context.Context, conn driver.Conn) (m machine, err error) {
	m = machine{Cores: runtime.GOMAXPROCS(0), Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	for i := range info.Deps {
		wanted := []string{"github.com/99designs/gqlgen", "github.com/ClickHouse/clickhouse-go/v2"}
		if ok && slices.Contains(wanted, info.Deps[i].Path) {
			m.Libraries = append(m.Libraries, info.Deps[i].Path+" "+info.Deps[i].Version)
		}
	}
	return m, conn.QueryRow(ctx, text("version")).Scan(&m.ClickHouse)
}

// String is the first line of the report.
func (m machine) String() string {
	return fmt.Sprintf("%d cores, %s, ClickHouse %s, %s; programs, engine and clients share the cores", m.Cores, m.Go, m.ClickHouse, strings.Join(m.Libraries, ", "))
}
