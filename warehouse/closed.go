package warehouse

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// closed is the connection of a warehouse that is not open.
type closed struct{ driver.Conn }

func errClosed() error {
	return &number.Error{Code: engine.EngineDown, Message: number.Say("the warehouse is not open")}
}

func (closed) Query(context.Context, string, ...any) (driver.Rows, error) { return nil, errClosed() }
func (closed) Exec(context.Context, string, ...any) error                 { return errClosed() }
func (closed) Ping(context.Context) error                                 { return errClosed() }
func (closed) PrepareBatch(context.Context, string, ...driver.PrepareBatchOption) (driver.Batch, error) {
	return nil, errClosed()
}
