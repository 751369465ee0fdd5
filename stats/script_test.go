package stats_test

import (
	"os"
	"testing"

	"github.com/niengiam/niengiam/stats/statstest"
)

// TestScripts runs every script on the store in memory; package warehouse runs
// the same scripts on ClickHouse.
func TestScripts(t *testing.T) {
	statstest.Run(t, os.DirFS("testdata"), func(*testing.T) statstest.Store { return statstest.NewMemory() })
}
