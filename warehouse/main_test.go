package warehouse_test

import (
	"os"
	"testing"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/stats/statstest"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

var _ etl.Sink = (*warehouse.Warehouse)(nil)

func TestMain(m *testing.M) { warehousetest.Main(m) }

// TestScripts runs the scripts that say what numbers mean on ClickHouse.
func TestScripts(t *testing.T) {
	statstest.Run(t, os.DirFS("../stats/testdata"), func(t *testing.T) statstest.Store { return warehousetest.Start(t) })
}
