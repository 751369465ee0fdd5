package statstest

import (
	"fmt"

	"github.com/niengiam/niengiam/stats/figure"
)

// fig writes one figure: what it is, where it comes from, how much of the
// unit it covers, its statuses and, where there is one, its roll-up.
//
//	97/119 81.51…% REPORTED 1/1 A
//	48×2000 COMPUTED 2/2 A
func fig(f *figure.Figure) []string {
	line := quantity(f.Indicator, f.Value, f.Denominator, f.Rate, f.Weight)
	if is := f.Approximation(); is != nil {
		line = string(*is) + " " + line
	}
	if reason := f.Reason(); reason != nil {
		line = "none " + string(*reason)
		if f.AtLeast.IsKnown() {
			line += " " + f.AtLeast.String() + ".." + f.AtMost.String()
		}
	}
	line += fmt.Sprintf(" %s %d/%d", f.Origin, f.Coverage.Reported, f.Coverage.Expected)
	for _, status := range f.Statuses() {
		line += " " + string(status)
	}
	lines := []string{line}
	if t := f.Tally(); t != nil {
		lines = append(lines, fmt.Sprintf("tally met %s notMet %s unreported %s eligible %d", t.Met, t.NotMet, t.Unreported, t.Eligible))
	}
	if r := f.RollUp; r != nil {
		verdict := "reconciled"
		if !r.Reconciled {
			verdict = "differs by " + r.Difference.String()
		}
		if r.AtLeast.IsKnown() {
			verdict += " " + r.AtLeast.String() + ".." + r.AtMost.String()
		}
		lines = append(lines, fmt.Sprintf("rollup %s %d/%d %s", quantity(f.Indicator, r.Value, r.Denominator, r.Rate, r.Weight), r.Coverage.Reported, r.Coverage.Expected, verdict))
	}
	return lines
}
