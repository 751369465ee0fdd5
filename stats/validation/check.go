package validation

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// Kind names a rule, as a workspace writes it.
type Kind string

// The rules.
const (
	// Range: the value (of a ratio its rate) lies between two bounds.
	Range Kind = "range"
	// Numerator: a part is not more than what it is a part of.
	Numerator Kind = "numerator_within_denominator"
	// Members: the members of a dimension add up to the figure that they divide.
	Members Kind = "members_sum_to_total"
	// Children: the units within a unit add up to what it reported itself.
	Children Kind = "children_sum_to_parent"
	// Change: the figure does not jump from the year before.
	Change Kind = "change"
	// Coverage: no unit that the latest release of the source had is without a figure.
	Coverage Kind = "coverage"
	// Magnitude: the value is not about 10, 100, 1,000 … times what was published before.
	Magnitude Kind = "magnitude"
	// Frozen: the value is not the same over several years.
	Frozen Kind = "frozen"
)

// Kinds lists the rules in the order in which they are told.
func Kinds() []Kind {
	return []Kind{Range, Numerator, Members, Children, Change, Coverage, Magnitude, Frozen}
}

// Off is the severity of a check that is not made.
const Off ledger.Severity = "OFF"

// LeastFrozen is over how many years a value may be the same where a check does not say.
const LeastFrozen = 3

// Check is a rule with its bounds, and what becomes of a load that breaks it.
type Check struct {
	Kind     Kind            `json:"kind"`
	Severity ledger.Severity `json:"severity"`
	// Indicator is the code of the one that it is for; "" for all.
	Indicator string `json:"indicator,omitempty"`
	// From and To are the bounds of a range, open where they are not given.
	From decimal.NullDecimal `json:"from,omitzero"`
	To   decimal.NullDecimal `json:"to,omitzero"`
	// Tolerance is by how much a parent may differ from its children; without it that of
	// the indicator.
	Tolerance decimal.NullDecimal `json:"tolerance,omitzero"`
	// Relative is by how much a figure may change in a year, in percent of what it was,
	// RobustZ by how much more than those of other units: a modified z-score.
	Relative decimal.NullDecimal `json:"relative,omitzero"`
	RobustZ  decimal.NullDecimal `json:"robust_z,omitzero"`
	// Units is how many units may lose their figures, Years over how many years a value may
	// be the same.
	Units int `json:"units,omitempty"`
	Years int `json:"years,omitempty"`
}

// String writes the check as a workspace does, without its severity.
func (c *Check) String() string {
	var bounds []string
	bound := func(name, value string) { bounds = append(bounds, name+": "+value) }
	for _, given := range []struct {
		name  string
		value decimal.NullDecimal
	}{{"from", c.From}, {"to", c.To}, {"tolerance", c.Tolerance}, {"relative", c.Relative}, {"robust_z", c.RobustZ}} {
		if given.value.Valid {
			bound(given.name, given.value.Decimal.String())
		}
	}
	if c.Units > 0 {
		bound("units", strconv.Itoa(c.Units))
	}
	if c.Years > 0 {
		bound("years", strconv.Itoa(c.Years))
	}
	if len(bounds) == 0 {
		return string(c.Kind)
	}
	return string(c.Kind) + ": {" + strings.Join(bounds, ", ") + "}"
}

// Default lists the checks that are made where nothing else is declared: those that need
// no bound and are wrong in hardly any file. They only warn.
func Default() []Check {
	return []Check{
		{Kind: Members, Severity: ledger.Warn},
		{Kind: Coverage, Severity: ledger.Warn},
		{Kind: Magnitude, Severity: ledger.Warn},
	}
}

// Plan is the checks of a source: its own, and those of its indicators by their codes.
type Plan struct {
	Own         []Check
	OfIndicator map[string][]Check
}

// Of lists the checks of an indicator. Of one kind those count that are declared nearest:
// by the source for the indicator, by the source, by the indicator, and without any the
// default. Of several of one kind in one place each counts.
func (p Plan) Of(indicator string) []Check {
	var mine, general []Check
	for _, c := range p.Own {
		switch c.Indicator {
		case indicator:
			mine = append(mine, c)
		case "":
			general = append(general, c)
		}
	}
	var checks []Check
	said := map[Kind]bool{}
	for _, place := range [][]Check{mine, general, p.OfIndicator[indicator], Default()} {
		for _, c := range place {
			if !said[c.Kind] {
				checks = append(checks, c)
			}
		}
		for _, c := range place {
			said[c.Kind] = true
		}
	}
	return checks
}

// Decides reports whether what a check of an indicator finds could hold or stop a load.
func (p Plan) Decides(indicator string) bool {
	return slices.ContainsFunc(p.Of(indicator), func(c Check) bool { return c.Severity == ledger.Hold || c.Severity == ledger.Stop })
}

// Looks reports whether a check of an indicator could find something in figures, and so needs
// to see all of those that a load would publish. Some checks find something only where
// something of the indicator is published already.
func (p Plan) Looks(indicator *catalogue.Indicator, published bool) bool {
	for _, c := range p.Of(indicator.Code) {
		switch {
		case c.Severity == Off:
		case c.Kind == Members && len(indicator.Breakdowns()) == 0:
		case (c.Kind == Coverage || c.Kind == Magnitude) && !published:
		default:
			return true
		}
	}
	return false
}
