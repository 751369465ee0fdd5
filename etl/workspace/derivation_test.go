package workspace_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// derivedIndicator writes an indicator of the workspace without faults; lines come before
// its direction.
func derivedIndicator(code, unit, lines string) string {
	return "  - code: " + code + "\n    topic: all\n    name: {vi: a, en: a}\n    description: {vi: a, en: a}\n    unit: {vi: " + unit + ", en: " + unit + "}\n    " +
		strings.ReplaceAll(lines, "; ", "\n    ") + "\n    direction: neutral\n"
}

// withIndicators adds indicators to a workspace without faults.
func withIndicators(t *testing.T, all ...string) string {
	t.Helper()
	dir := whole(t)
	path := filepath.Join(dir, "indicators.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(string(text)+strings.Join(all, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestDerived reads indicators that are made of others, declared before and after their parts.
func TestDerived(t *testing.T) {
	w, err := workspace.Read(withIndicators(t,
		derivedIndicator("density", "người/km²", "kind: derived; formula: ratio; parts: [both, area]; per: 1"),
		derivedIndicator("both", "hộ", "kind: derived; formula: sum; parts: [households, poor]"),
		derivedIndicator("part", "hộ", "kind: derived; formula: share; parts: [poor, both]"),
		derivedIndicator("area", "km²", "kind: amount; eligible: {level: district}"),
		derivedIndicator("poor", "hộ", "kind: count; eligible: {level: commune}"),
	), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range w.Definitions.Indicators {
		if i.Code == "density" && (i.Derivation.Formula != catalogue.FormulaRatio || i.IsPercentage() || i.Eligibility.Level != "district") {
			t.Errorf("density is %+v of %+v at the level %s", i, i.Derivation, i.Eligibility.Level)
		}
		if i.Code == "part" && (!i.IsPercentage() || i.Eligibility.Level != "commune") {
			t.Errorf("the share is %+v at the level %s", i, i.Eligibility.Level)
		}
	}
}

// TestDerivedFaults declares what cannot be made. Each fault names its place and says why.
func TestDerivedFaults(t *testing.T) {
	area := derivedIndicator("area", "km²", "kind: amount; eligible: {level: commune}")
	poor := derivedIndicator("poor", "hộ", "kind: count; eligible: {level: commune}")
	for _, c := range []struct{ name, lines, unit, want, says string }{
		{"unknown part", "kind: derived; formula: ratio; parts: [households, aera]; per: 1", "hộ/km²", "WORKSPACE_UNKNOWN_REFERENCE", "nearest: area"},
		{"one part", "kind: derived; formula: sum; parts: [households]", "hộ", "WORKSPACE_BAD_VALUE", "here are 1"},
		{"three parts of a difference", "kind: derived; formula: difference; parts: [households, poor, area]", "hộ", "WORKSPACE_BAD_VALUE", "here are 3"},
		{"the same part twice", "kind: derived; formula: sum; parts: [poor, poor]", "hộ", "WORKSPACE_BAD_VALUE", "named twice"},
		{"a ratio as a part", "kind: derived; formula: sum; parts: [households, poverty-rate]", "hộ", "WORKSPACE_BAD_VALUE", "cannot be a part"},
		{"an attainment as a part", "kind: derived; formula: ratio; parts: [criterion, households]; per: 1", "hộ", "WORKSPACE_BAD_VALUE", "cannot be a part"},
		{"itself as a part", "kind: derived; formula: sum; parts: [households, made]", "hộ", "WORKSPACE_BAD_VALUE", "made of made is made of itself"},
		{"a sum of two units of measure", "kind: derived; formula: sum; parts: [households, area]", "hộ", "WORKSPACE_BAD_VALUE", "counts in household"},
		{"a percentage of two units of measure", "kind: derived; formula: ratio; parts: [households, area]", "hộ", "WORKSPACE_BAD_VALUE", "not per 100"},
		{"another unit of measure than its parts", "kind: derived; formula: sum; parts: [households, poor]", "người", "WORKSPACE_BAD_VALUE", "its parts count in household"},
		{"a share per 1000", "kind: derived; formula: share; parts: [poor, households]; per: 1000", "hộ", "WORKSPACE_BAD_VALUE", "only a ratio is per"},
		{"other kinds of unit", "kind: derived; formula: sum; parts: [households, narrow]", "hộ", "WORKSPACE_BAD_VALUE", "not expected of the same kinds"},
		{"a level of its own", "kind: derived; formula: sum; parts: [households, poor]; eligible: {level: commune}", "hộ", "WORKSPACE_BAD_VALUE", "the eligible of its parts"},
		{"confidential by itself", "kind: derived; formula: sum; parts: [households, poor]; confidential_below: 5", "hộ", "WORKSPACE_BAD_VALUE", "the kind is derived"},
		{"a formula of a count", "kind: count; eligible: {level: commune}; formula: sum; parts: [households, poor]", "hộ", "WORKSPACE_BAD_VALUE", "only a derived indicator"},
		{"no formula", "kind: derived; parts: [households, poor]", "hộ", "WORKSPACE_MISSING_KEY", "formula"},
		{"unknown formula", "kind: derived; formula: product; parts: [households, poor]", "hộ", "WORKSPACE_BAD_VALUE", "ratio, share, sum, difference"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			narrow := derivedIndicator("narrow", "hộ", "kind: count; eligible: {level: commune, kinds: [xa]}")
			_, err := workspace.Read(withIndicators(t, area, poor, narrow, derivedIndicator("made", c.unit, c.lines)), nil)
			var all []string
			for _, fault := range number.Errors(err) {
				line := fmt.Sprintf("%s %s", fault.Code, fault)
				all = append(all, line)
				if string(fault.Code) == c.want && strings.HasPrefix(fault.Where, "indicators.yaml:") && strings.Contains(line, c.says) {
					return
				}
			}
			t.Errorf("want %s saying %q, got\n%s", c.want, c.says, strings.Join(all, "\n"))
		})
	}
}

// TestDerivedCircle finds indicators that are made of each other, and sources that would
// report what is derived.
func TestDerivedCircle(t *testing.T) {
	_, err := workspace.Read(withIndicators(t,
		derivedIndicator("one", "hộ", "kind: derived; formula: sum; parts: [households, two]"),
		derivedIndicator("two", "hộ", "kind: derived; formula: sum; parts: [households, one]"),
	), nil)
	if err == nil || !strings.Contains(err.Error(), "one of two of one is made of itself") {
		t.Errorf("said %v", err)
	}
	dir := withIndicators(t, derivedIndicator("poor", "hộ", "kind: count; eligible: {level: commune}"),
		derivedIndicator("both", "hộ", "kind: derived; formula: sum; parts: [households, poor]"))
	edit(t, filepath.Join(dir, "niengiam.yaml"), "indicator: {constant: households}", "indicator: {constant: both}")
	if _, err := workspace.Read(dir, nil); err == nil || !strings.Contains(err.Error(), "both is derived") {
		t.Errorf("said %v", err)
	}
}
