package workspace_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
)

// Each shape of the sample is of a unit, and each unit of a map's level on its days has a
// shape. On other days there are tiles: of the communes since 2025-01-01, when the first two
// of them were merged, and of what was there before 2008-08-01, when the provinces were others.
func TestSampleMaps(t *testing.T) {
	w, err := workspace.Read("../../examples/angiang", questions{"targets": {}, "population-growth": {}})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{"provinces-63": 63, "provinces-34": 34, "regions": 6, "districts-2009": 11, "communes-2009": 156}
	if len(w.Definitions.Maps) != len(counts) {
		t.Errorf("there are %d maps", len(w.Definitions.Maps))
	}
	for _, m := range w.Definitions.Maps {
		here := map[string]bool{}
		for _, u := range w.Definitions.Units {
			later := !m.Validity.To.IsOpen() && u.Validity.From >= m.Validity.To
			earlier := !u.Validity.To.IsOpen() && u.Validity.To <= m.Validity.From
			if u.Level == m.LevelCode && !later && !earlier {
				here[u.Code] = true
			}
		}
		shapes := shapesOf(t, w.Shapes[m.Code])
		if units := slices.Sorted(maps.Keys(here)); !slices.Equal(units, shapes) || len(shapes) != counts[m.Code] {
			t.Errorf("%s: %d units %v, %d shapes %v", m.Code, len(units), units, len(shapes), shapes)
		}
	}
}

// shapesOf gives the codes of the units that a file has shapes of, in order.
func shapesOf(t *testing.T, file []byte) []string {
	t.Helper()
	var topology struct {
		Objects struct {
			Units struct{ Geometries []struct{ ID string } }
		}
	}
	if err := json.Unmarshal(file, &topology); err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, shape := range topology.Objects.Units.Geometries {
		codes = append(codes, shape.ID)
	}
	slices.Sort(codes)
	return codes
}
