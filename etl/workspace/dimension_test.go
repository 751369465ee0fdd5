package workspace_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

const dimensions = `dimensions:
  - code: sex
    name: {vi: giới tính, en: sex}
    members:
      - {code: female, name: {vi: nữ, en: women}}
      - {code: male, name: {vi: nam, en: men}}
`

// broken gives the whole workspace households by sex, one measure of which is a
// column of women.
func broken(t *testing.T) string {
	t.Helper()
	dir := whole(t)
	if err := os.WriteFile(filepath.Join(dir, "dimensions.yaml"), []byte(dimensions), 0o600); err != nil {
		t.Fatal(err)
	}
	edit(t, filepath.Join(dir, "niengiam.yaml"), "scorecards: scorecards.yaml", "scorecards: scorecards.yaml\n  dimensions: dimensions.yaml")
	edit(t, filepath.Join(dir, "indicators.yaml"), "kind: count", "kind: count\n    dimensions: [sex]")
	edit(t, filepath.Join(dir, "niengiam.yaml"), "value: {column: households}}",
		"value: {column: households}}\n      - {indicator: {constant: households}, value: {column: women}, breakdown: [{dimension: sex, constant: female}]}")
	return dir
}

func TestDimensions(t *testing.T) {
	w, err := workspace.Read(broken(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	d := w.Definitions.Dimensions
	if len(d) != 1 || d[0].Members[1].Names.EN != "men" || w.Definitions.Indicators[0].DimensionCodes[0] != "sex" {
		t.Errorf("read %+v", w.Definitions)
	}
	if rules := w.Sources[0].Measures[1].Breakdown; len(rules) != 1 || rules[0].Constant != "female" {
		t.Errorf("read %+v", rules)
	}
}

// TestDimensionFaults breaks a workspace with a dimension in one place at a time.
func TestDimensionFaults(t *testing.T) {
	for _, c := range []struct{ name, file, old, new, want, says string }{
		{"no file", "niengiam.yaml", "dimensions: dimensions.yaml", "dimensions: dimension.yaml", "WORKSPACE_FILE_MISSING", "dimension.yaml"},
		{"one member", "dimensions.yaml", "      - {code: male, name: {vi: nam, en: men}}\n", "", "WORKSPACE_BAD_VALUE dimensions.yaml", "at least two"},
		{"a member twice", "dimensions.yaml", "code: male", "code: female", "WORKSPACE_DUPLICATE_CODE dimensions.yaml:6", "dimensions.yaml:5"},
		{"a name of two members", "dimensions.yaml", "en: men", "en: Nữ", "WORKSPACE_DUPLICATE_CODE dimensions.yaml:6", "female"},
		{"no such dimension", "indicators.yaml", "dimensions: [sex]", "dimensions: [sexe]", "WORKSPACE_UNKNOWN_REFERENCE indicators.yaml:5", "nearest: sex"},
		{"dimension of a register", "indicators.yaml", "kind: count\n    dimensions", "kind: attainment\n    absent: not-met\n    dimensions", "WORKSPACE_BAD_VALUE indicators.yaml", "register"},
		{"no such member", "niengiam.yaml", "constant: female", "constant: femal", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:25", "nearest: female"},
		{"no such breakdown", "niengiam.yaml", "{dimension: sex, constant", "{dimension: sx, constant", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:25", "nearest: sex"},
		{"an indicator without it", "indicators.yaml", "    dimensions: [sex]\n", "", "WORKSPACE_UNKNOWN_REFERENCE niengiam.yaml:25", "breakdown of households by"},
		{"both places", "niengiam.yaml", "    year: {column: year}", "    breakdown: [{dimension: sex, column: s}]\n    year: {column: year}", "WORKSPACE_MAPPING niengiam.yaml", "says already"},
		{"total of a constant", "niengiam.yaml", "constant: female}", "constant: female, total: [all]}", "WORKSPACE_MAPPING niengiam.yaml:25", "column"},
		{"neither", "niengiam.yaml", "{dimension: sex, constant: female}", "{dimension: sex}", "WORKSPACE_MISSING_KEY niengiam.yaml:25", "constant"},
		{"a column twice", "niengiam.yaml", "value: {column: women}, breakdown: [{dimension: sex, constant: female}]", "value: {column: households}", "WORKSPACE_MAPPING niengiam.yaml:25", "twice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := broken(t)
			edit(t, filepath.Join(dir, c.file), c.old, c.new)
			_, err := workspace.Read(dir, nil)
			for _, fault := range number.Errors(err) {
				if text := string(fault.Code) + " " + fault.Where; strings.HasPrefix(text, c.want) && strings.Contains(fault.Error(), c.says) {
					return
				}
			}
			t.Errorf("want %s with %q, got %v", c.want, c.says, err)
		})
	}
}
