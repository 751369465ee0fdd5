package workspace_test

import (
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// TestSample reads the workspace that the project is shipped with.
func TestSample(t *testing.T) {
	w, err := workspace.Read("../../examples/angiang", questions{"targets": {}, "population-growth": {}})
	for _, fault := range number.Errors(err) {
		t.Errorf("%s %s", fault.Code, fault)
	}
	if err != nil {
		t.FailNow()
	}
	if len(w.Definitions.Units) < 250 || w.Source("criterion-19-2") == nil || len(w.Checksum) != 64 {
		t.Errorf("read %d units, %d sources, checksum %q", len(w.Definitions.Units), len(w.Sources), w.Checksum)
	}
}
