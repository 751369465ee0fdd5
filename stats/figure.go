package stats

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// Origin says where a figure comes from.
type Origin string

// The origins.
const (
	OriginReported Origin = "REPORTED" // observed for this very unit
	OriginComputed Origin = "COMPUTED" // rolled up from units below, or stated by a register's silence
	OriginNone     Origin = "NONE"     // there is no figure
)

// Coverage says how many of the units that are expected to report stand behind
// a figure. A reported figure stands for itself: one of one.
type Coverage struct {
	// Expected is the number of eligible units within the unit.
	Expected int
	// Reported is the number of them whose value is in the figure.
	Reported int

	electorate *electorate // which units these are; nil where nobody weighs them
}

// equals tells whether two coverages count alike.
func (c Coverage) equals(other Coverage) bool {
	return c.Expected == other.Expected && c.Reported == other.Reported
}

// Share is reported ÷ expected, 0 to 1; none when nothing is expected.
func (c Coverage) Share() Value {
	share, ok := Divide(decimal.NewFromInt(int64(c.Reported)), decimal.NewFromInt(int64(c.Expected)))
	if !ok {
		return None(NotApplicable)
	}
	return Known(share)
}

// sharesWith tells whether the shares of two coverages are equal.
func (c Coverage) sharesWith(other Coverage) bool {
	if c.Expected == 0 || other.Expected == 0 {
		return c.Expected == other.Expected
	}
	return c.Reported*other.Expected == other.Reported*c.Expected
}

// under tells whether the coverage is less than a minimum.
func (c Coverage) under(minimum Fraction) bool {
	if minimum.Sign() <= 0 {
		return false // the usual case: there is no minimum
	}
	share, ok := c.Share().Number()
	return ok && share.Cmp(minimum) < 0
}

// Figure is the value of an indicator for a unit and year, or the reason why
// there is none.
type Figure struct {
	// Indicator, Unit and Year say what it is a figure of.
	Indicator *Indicator
	Unit      *Unit
	Year      Year
	// Breakdown is the members that it is a figure of; empty for the total.
	Breakdown []*Breakdown
	// Value is the number in the indicator's unit of measure: of a ratio the
	// numerator, of an attainment the number that met it.
	Value Value
	// Denominator is what Value is a part of; none for kinds without one.
	Denominator Value
	// Rate is Value ÷ Denominator × 100, a percentage; none for other kinds.
	Rate Value
	// Weight is what a mean is weighted by: the sum of the weights behind it; none
	// for other kinds, and for a mean reported without.
	Weight Value
	// StatusSet is the union of the statuses of all observations in the figure.
	StatusSet StatusSet
	// Coverage says how many units stand behind it.
	Coverage Coverage
	// Origin says whether it was reported or computed.
	Origin Origin
	// RollUp is what the units below add up to, beside a reported figure; nil
	// when nothing can be added up.
	RollUp *RollUp

	notKnown  int        // eligible units whose value exists but is not known
	eligible  int        // eligible units within the unit
	breaks    []Year     // years in which its series breaks
	cells     []string   // of which it is made, as its ID writes them
	members   []*Figure  // that were added
	completed *Dimension // whose members stand for a total that nobody reported
	reporters uint64     // the sum of the Fingerprints of the units whose values are in it
	parts     string     // of which units it was made, where it was not of all within the unit
	guarded   bool       // made for a caller who may not see all numbers of the indicator
	view      viewpoint
	recasting recasting
	redrawn   []Year // years in which the territory of its unit changed
}

// RollUp is what the units below a reported figure add up to.
type RollUp struct {
	// Value, Denominator, Rate and Weight are as in Figure.
	Value, Denominator, Rate, Weight Value
	// Coverage says how many units stand behind it.
	Coverage Coverage
	// Difference is the reported value − the roll-up's.
	Difference Value
	// Reconciled tells whether they agree within the indicator's tolerance.
	Reconciled bool
}

// ID identifies the figure among all answers: its cell and the release it is as
// of. The figure of members says of which, with a * for the sum over all of a
// dimension: population[residence=urban;sex=*]/883/2019@7. A figure made of some of the units within its unit says of how many and,
// by a hash of their codes, of which.
func (f *Figure) ID() string {
	of := strings.Join(f.cells, "|")
	if of != "" {
		of = "[" + of + "]"
	}
	basis := ""
	if !f.view.basis.IsOpen() {
		basis = "~" + f.view.basis.String()
	}
	id := fmt.Sprintf("%s%s/%s%s/%d%s@%d", f.Indicator.Code, of, f.Unit.Code, f.parts, f.Year, basis, f.view.Head)
	if !f.view.Published.IsOpen() {
		id += fmt.Sprintf("/%s/%d", f.view.Published, f.view.Release)
	}
	return id
}

// disagrees tells whether a reported figure differs from its roll-up by more than
// the tolerance.
func (f *Figure) disagrees() bool { return f.RollUp != nil && !f.RollUp.Reconciled }

// Status is the status that is shown first.
func (f *Figure) Status() Status { return f.StatusSet.First() }

// Statuses are all statuses, first in precedence first.
func (f *Figure) Statuses() []Status { return f.StatusSet.All() }

// Measure is the number that people mean by the indicator: the rate of a ratio
// or attainment, else the value.
func (f *Figure) Measure() Value {
	if f.Indicator.Kind.IsPercentage() {
		return f.Rate
	}
	return f.Value
}

// Reason says why there is no figure; nil when there is one.
func (f *Figure) Reason() *Reason { return f.Measure().Reason() }

// quantity is the number whose change is measured in absolute and relative
// terms: what an attainment counts, the rate of a ratio, else the value.
func (f *Figure) quantity() Value {
	if f.Indicator.Kind == Ratio {
		return f.Rate
	}
	return f.Value
}

// Tally splits the eligible units of an attainment.
type Tally struct {
	// Met and NotMet count the units that were judged.
	Met, NotMet Value
	// Unreported counts the eligible units of which nothing is known.
	Unreported Value
	// Eligible counts the units to which the criterion applies, by the
	// catalogue of that year.
	Eligible int
}

// Tally is the split of an attainment's eligible units; nil for other kinds.
func (f *Figure) Tally() *Tally {
	if f.Indicator.Kind != Attainment {
		return nil
	}
	t := &Tally{Met: f.Value, Eligible: f.eligible, NotMet: f.Value, Unreported: f.Value}
	met, known := f.Value.Number()
	judged, whole := f.Denominator.Number()
	if known && whole {
		t.NotMet = Known(judged.Sub(met))
		t.Unreported = Known(Whole(decimal.NewFromInt(int64(f.eligible))).Sub(judged))
	}
	return t
}

// setRate fills Rate from Value and Denominator.
func (f *Figure) setRate() {
	f.Rate = rate(f.Indicator, f.Value, f.Denominator)
}

func rate(indicator *Indicator, value, denominator Value) Value {
	if !indicator.Kind.IsPercentage() {
		return None(NotAPercentage)
	}
	v, ok := value.Number()
	if !ok {
		return value
	}
	d, ok := denominator.Number()
	switch {
	case !ok:
		return denominator
	case d.Sign() == 0:
		return None(NotApplicable)
	}
	return Known(v.Times(hundred()).over(d))
}
