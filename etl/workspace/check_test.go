package workspace_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/validation"
)

// withChecks writes checks into the only source of a workspace without faults.
func withChecks(t *testing.T, checks string) string {
	t.Helper()
	dir := whole(t)
	edit(t, filepath.Join(dir, workspace.Filename), "    measures:", "    checks:\n      "+strings.ReplaceAll(checks, "\n", "\n      ")+"\n    measures:")
	return dir
}

// TestChecks reads each form that docs/workspace.md shows, and the checks of an indicator
// beside those of a source.
func TestChecks(t *testing.T) {
	dir := withChecks(t, `- coverage
- magnitude: hold
- range: {indicator: households, from: 0, to: 200000000}
  severity: stop
- numerator_within_denominator
- members_sum_to_total: off
- children_sum_to_parent: {tolerance: 5}
- change: {relative: 50, robust_z: 5}
- frozen: {years: 4}`)
	edit(t, filepath.Join(dir, "indicators.yaml"), "  - code: households\n", "  - code: households\n    checks: [{range: {from: 1}, severity: hold}, frozen, change: {relative: 10}]\n")
	w, err := workspace.Read(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	plan := w.Sources[0].Plan(w.Checks)
	var got []string
	for _, indicator := range []string{"households", "poverty-rate"} {
		for _, c := range plan.Of(indicator) {
			got = append(got, fmt.Sprintf("%s %s %s", indicator, c.Severity, c.String()))
		}
	}
	want := `households STOP range: {from: 0, to: 200000000}
households WARN coverage
households HOLD magnitude
households WARN numerator_within_denominator
households OFF members_sum_to_total
households WARN children_sum_to_parent: {tolerance: 5}
households WARN change: {relative: 50, robust_z: 5}
households WARN frozen: {years: 4}
poverty-rate WARN coverage
poverty-rate HOLD magnitude
poverty-rate WARN numerator_within_denominator
poverty-rate OFF members_sum_to_total
poverty-rate WARN children_sum_to_parent: {tolerance: 5}
poverty-rate WARN change: {relative: 50, robust_z: 5}
poverty-rate WARN frozen: {years: 4}`
	if all := strings.Join(got, "\n"); all != want {
		t.Errorf("the checks are\n%s\nwant\n%s", all, want)
	}
	// Of an indicator those count that no source declares, and the default is what nobody does.
	inherited := validation.Plan{OfIndicator: w.Checks}.Of("households")
	if len(inherited) != 6 || inherited[0].Severity != ledger.Hold || inherited[1].String() != "frozen" || inherited[5].Kind != validation.Magnitude {
		t.Errorf("inherited are %+v", inherited)
	}
	// What is checked belongs to how a source is read: with other checks its files are new.
	other, err := workspace.Read(withChecks(t, "- coverage"), nil)
	if err != nil || len(other.Sources[0].Checks) != 1 || len(other.Checks) != 0 {
		t.Errorf("%+v, %v", other, err)
	}
}

// TestCheckFaults declares checks that cannot be made. Each fault says why, with the nearest
// names where there are some.
func TestCheckFaults(t *testing.T) {
	for _, c := range []struct{ name, checks, want, says string }{
		{"unknown word", "- magnitud", "WORKSPACE_BAD_VALUE", "nearest: magnitude"},
		{"unknown key", "- rnge: {from: 0}", "WORKSPACE_UNKNOWN_KEY", "nearest: range"},
		{"unknown bound", "- range: {form: 0}", "WORKSPACE_UNKNOWN_KEY", "nearest: from"},
		{"unknown severity", "- coverage: hald", "WORKSPACE_BAD_VALUE", "nearest: hold"},
		{"severity twice", "- coverage: hold\n  severity: stop", "WORKSPACE_DUPLICATE_KEY", "twice"},
		{"unknown indicator", "- range: {indicator: household, from: 0}", "WORKSPACE_UNKNOWN_REFERENCE", "nearest: households"},
		{"two checks in one", "- {range: {from: 0}, frozen: {years: 3}}", "WORKSPACE_BAD_VALUE", "one check"},
		{"severity alone", "- severity: hold", "WORKSPACE_BAD_VALUE", "one check"},
		{"no bounds of a range", "- range", "WORKSPACE_MISSING_KEY", "from, to"},
		{"no bounds of a change", "- change: hold", "WORKSPACE_MISSING_KEY", "relative, robust_z"},
		{"a range that runs backwards", "- range: {from: 5, to: 1}", "WORKSPACE_BAD_VALUE", "backwards"},
		{"a bound that is no number", "- range: {from: many}", "WORKSPACE_BAD_VALUE", "not a number"},
		{"a negative change", "- change: {relative: -5}", "WORKSPACE_BAD_VALUE", "not negative"},
		{"too few years", "- frozen: {years: 1}", "WORKSPACE_BAD_VALUE", "from 2 to"},
		{"bounds of what has none", "- magnitude: {by: 10}", "WORKSPACE_UNKNOWN_KEY", "indicator"},
		{"parts of a count", "- numerator_within_denominator: {indicator: households}", "WORKSPACE_MAPPING", "no denominator"},
		{"members of what has none", "- members_sum_to_total: {indicator: households}", "WORKSPACE_MAPPING", "no dimensions"},
		{"jumps of yes and no", "- change: {indicator: criterion, relative: 5}", "WORKSPACE_MAPPING", "yes or no"},
		{"no list", "magnitude", "WORKSPACE_BAD_VALUE", "a list"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := workspace.Read(withChecks(t, c.checks), nil)
			var all []string
			for _, fault := range number.Errors(err) {
				line := fmt.Sprintf("%s %s", fault.Code, fault)
				all = append(all, line)
				if string(fault.Code) == c.want && strings.HasPrefix(fault.Where, "niengiam.yaml:") && strings.Contains(line, c.says) {
					return
				}
			}
			t.Errorf("want %s saying %q, got\n%s", c.want, c.says, strings.Join(all, "\n"))
		})
	}
}
