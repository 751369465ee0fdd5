package figure

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Origin says where a figure comes from.
type Origin string

// The origins.
const (
	OriginReported Origin = "REPORTED" // observed for this very unit
	OriginComputed Origin = "COMPUTED" // rolled up from units below, or implied by a register that does not name the unit
	OriginNone     Origin = "NONE"     // there is no figure
)

// Figure is the value of an indicator for a unit and year, or the reason why
// there is none.
type Figure struct {
	// Indicator, Unit and Year say what it is a figure of.
	Indicator *catalogue.Indicator
	Unit      *catalogue.Unit
	Year      number.Year
	// Breakdown is the members that it is a figure of; empty for the total.
	Breakdown []*catalogue.Breakdown
	// Value is the number in the indicator's unit of measure: of a ratio the
	// numerator, of an attainment the number that met it.
	Value number.Value
	// Denominator is what Value is a part of; none for kinds without one.
	Denominator number.Value
	// Rate is Value ÷ Denominator × what the indicator is per; none for other kinds.
	Rate number.Value
	// Weight is what a mean is weighted by: the sum of the weights behind it; none
	// for other kinds, and for a mean reported without.
	Weight number.Value
	// AtLeast and AtMost are the bounds of a value that is withheld because a register is
	// known to name too few units (RegisterIncomplete); none elsewhere.
	AtLeast, AtMost number.Value
	// StatusSet is the union of the statuses of all observations in the figure.
	StatusSet number.StatusSet
	// Approximations says how the value, or a rate without one, lies to the one that is
	// meant: of a reported figure its own, of a computed one what its parts make together.
	Approximations number.ApproximationSet
	// Coverage says how many units stand behind it.
	Coverage Coverage
	// Origin says whether it was reported or computed.
	Origin Origin
	// RollUp is what the units below add up to, beside a reported figure; nil
	// when nothing can be added up.
	RollUp *RollUp

	// Carried is, beside a figure that was stated on the basis, what the crosswalk carries
	// there; nil elsewhere, and where it carries nothing that is known.
	Carried *Figure
	// Stated is the day on whose units the observations in it were stated; open where those
	// are the units of their year.
	Stated number.Date

	statedUnit *catalogue.Unit      // the unit of that day; nil where it is open
	noRollUp   number.Reason        // why a reported figure has no RollUp; "" where none was tried
	notKnown   int                  // eligible units whose value exists but is not known
	Unused     []*Figure            // on a basis, reports of units of the year that the crosswalk does not carry, but what is within them
	Eligible   int                  // number of eligible units within the unit
	Breaks     []number.Year        // years in which its series breaks
	Cells      []string             // keys of the cells it is made of, as its ID writes them
	Members    []*Figure            // figures of members that were added up to it
	Parts      []*Figure            // of a derived indicator, the figures that it is made of
	Completed  *catalogue.Dimension // dimension whose members were added up for a total that nobody reported; nil for none
	Reporters  uint64               // sum of the Fingerprints of the units whose values are in it
	Latest     ledger.Position      // the last position at which anything in it became what it is; zero where it is made of no observation
	made       *unitSet             // of which units it was made, where it was not of all within the unit
	Guarded    bool                 // whether small numbers of the indicator are withheld from the caller
	View       Viewpoint
	Recasting  Recasting
	Redrawn    []number.Year // years in which the territory of its unit changed
}

// RollUp is the sum over the units below a reported figure.
type RollUp struct {
	// Value, Denominator, Rate and Weight are as in Figure.
	Value, Denominator, Rate, Weight number.Value
	// AtLeast and AtMost are the bounds of what the units below met, where a register is
	// known to name too few of them; none elsewhere.
	AtLeast, AtMost number.Value
	// Approximations is as in Figure.
	Approximations number.ApproximationSet
	// Coverage says how many units stand behind it.
	Coverage Coverage
	// Difference is the reported value − the roll-up's.
	Difference number.Value
	// Reconciled reports whether they agree within the indicator's tolerance.
	Reconciled bool
}

// DifferenceReason says why Difference is no number; nil when it is one.
func (r *RollUp) DifferenceReason() *number.Reason { return r.Difference.Reason() }

// ID identifies the figure among all answers: its cell and the release it is as
// of. The figure of members says of which, with a * for the sum over all of a
// dimension: population[residence=urban;sex=*]/883/2019@7. A figure made of some units for one answer says
// of how many and of which, in letters that are safe in a URL; one of a unit that was not there in its year is made of 0.
func (f *Figure) ID() string {
	of := strings.Join(f.Cells, "|")
	if of != "" {
		of = "[" + of + "]"
	}
	basis := ""
	if !f.View.Basis.IsOpen() {
		basis = "~" + f.View.Basis.String()
	}
	made := ""
	if f.made != nil {
		made = ":" + f.made.write(f.Unit.Code)
	}
	id := fmt.Sprintf("%s%s/%s%s/%d%s@%d", f.Indicator.Code, of, f.Unit.Code, made, f.Year, basis, f.View.Head)
	if !f.View.Published.IsOpen() {
		id += fmt.Sprintf("/%s/%d", f.View.Published, f.View.Release)
	}
	return id
}

// Disagrees reports whether a reported figure differs from its roll-up by more than
// the tolerance.
func (f *Figure) Disagrees() bool { return f.RollUp != nil && !f.RollUp.Reconciled }

// ReportingUnit is the unit whose own observation the figure would be: on a basis, where it
// was stated on the units of a day, the one of that day that has the same territory.
func (f *Figure) ReportingUnit() *catalogue.Unit {
	if f.statedUnit != nil {
		return f.statedUnit
	}
	return f.Unit
}

// Cell is the key of the cell that the figure is of, with the day on whose units it was
// stated; it is empty, and known false, of a figure made of several.
func (f *Figure) Cell() (key string, known bool) {
	if len(f.Cells) != 1 {
		return "", false
	}
	return catalogue.OnBasis(f.Stated, f.Cells[0]), true
}

// AgreesWithCarried reports whether a figure that was stated on a basis and what the
// crosswalk carries there agree within the tolerance.
func (f *Figure) AgreesWithCarried() bool {
	if f.Carried == nil {
		return true
	}
	r := RollUp{Value: f.Carried.Value}
	if !f.Value.IsKnown() || !r.Value.IsKnown() {
		r.Value, f = f.Carried.Rate, &Figure{Indicator: f.Indicator, Value: f.Rate}
	}
	r.reconcile(f)
	return r.Reconciled
}

// Status is the status that is shown first.
func (f *Figure) Status() number.Status { return f.StatusSet.First() }

// Statuses are all statuses, first in precedence first.
func (f *Figure) Statuses() []number.Status { return f.StatusSet.All() }

// Approximation says how the figure lies to what is meant; nil where it is exact, and
// where there is none.
func (f *Figure) Approximation() *number.Approximation {
	if !f.Measure().IsKnown() {
		return nil
	}
	return f.Approximations.One()
}

// Measure is the number that people mean by the indicator: the rate of a ratio
// or attainment, else the value.
func (f *Figure) Measure() number.Value {
	if f.Indicator.HasRate() {
		return f.Rate
	}
	return f.Value
}

// MeasureBounds are the least and the most that the measure may be: of a value that is
// withheld and has bounds, and of a figure that is not exact; nil where there is no bound.
func (f *Figure) MeasureBounds() (least, most *number.Fraction) {
	if measure, known := f.Measure().Number(); known {
		switch is := f.Approximation(); {
		case is == nil, *is == number.About:
			return nil, nil
		case *is == number.Almost:
			return nil, &measure
		}
		return &measure, nil
	}
	low, known := f.AtLeast.Number()
	high, _ := f.AtMost.Number()
	all := number.Whole(decimal.NewFromInt(int64(f.Coverage.Expected)))
	if !known || f.Value.IsKnown() || all.Sign() == 0 {
		return nil, nil
	}
	low, high = low.Times(number.Hundred()).Over(all), high.Times(number.Hundred()).Over(all)
	return &low, &high
}

// Reason says why there is no figure; nil when there is one.
func (f *Figure) Reason() *number.Reason { return f.Measure().Reason() }

// RollUpReason says why there is no RollUp; nil when there is one. Of a confidential
// indicator it is withheld, whatever the reason: another one would tell of the parts.
func (f *Figure) RollUpReason() *number.Reason {
	why := number.NotApplicable // the figure is the roll-up, or nothing is below the unit that reported
	switch {
	case f.RollUp != nil:
		return nil
	case f.Origin == OriginNone:
		return f.Reason()
	case f.IsSuppressed(), f.Guarded && f.Origin == OriginReported:
		why = number.Suppressed
	case f.noRollUp != "":
		why = f.noRollUp
	}
	return &why
}

// Quantity is the number whose change is measured in absolute and relative
// terms: what an attainment counts, the rate of a ratio, else the value.
func (f *Figure) Quantity() number.Value {
	if f.Indicator.IsRatio() {
		return f.Rate
	}
	return f.Value
}

// Tally counts how the eligible units of an attainment were judged.
type Tally struct {
	// Met and NotMet count the units that were judged.
	Met, NotMet number.Value
	// Unreported counts the eligible units of which nothing is known.
	Unreported number.Value
	// Eligible counts the units to which the criterion applies, by the
	// catalogue of that year.
	Eligible int
}

// Tally is the split of an attainment's eligible units; nil for other kinds.
func (f *Figure) Tally() *Tally {
	if f.Indicator.Kind != catalogue.Attainment {
		return nil
	}
	t := &Tally{Met: f.Value, Eligible: f.Eligible, NotMet: f.Value, Unreported: f.Value}
	met, known := f.Value.Number()
	judged, whole := f.Denominator.Number()
	if known && whole {
		t.NotMet = number.Known(judged.Sub(met))
		t.Unreported = number.Known(number.Whole(decimal.NewFromInt(int64(f.Eligible))).Sub(judged))
	}
	return t
}

// SetRate fills Rate from Value and Denominator.
func (f *Figure) SetRate() {
	f.Rate = rate(f.Indicator, f.Value, f.Denominator)
}

func rate(indicator *catalogue.Indicator, value, denominator number.Value) number.Value {
	if !indicator.HasRate() {
		return number.None(number.NotAPercentage)
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
		return number.None(number.NotApplicable)
	}
	return number.Known(v.Times(indicator.Factor()).Over(d))
}

// isComplete reports whether a figure stands for all eligible units within its unit.
func (f *Figure) isComplete() bool {
	return f.Origin == OriginReported || f.Coverage.Reported >= f.Coverage.Expected
}

// OfSameUnits reports whether the values of the same units are in two figures of a
// unit: of all eligible ones, or of the same ones.
func (f *Figure) OfSameUnits(g *Figure) bool {
	return f.isComplete() && g.isComplete() || f.Reporters == g.Reporters
}

// IsSuppressed reports whether the numbers of a figure are withheld.
func (f *Figure) IsSuppressed() bool {
	reason := f.Reason()
	return reason != nil && *reason == number.Suppressed
}

// Lacking returns the status of a result that cannot be computed because the figure has
// no number: C where it is suppressed, else M.
func (f *Figure) Lacking() number.StatusSet {
	if f.IsSuppressed() {
		return number.Statuses(number.Confidential)
	}
	return number.Statuses(number.Missing)
}

// NotCarried reports whether nothing says how to carry the figure to its unit.
func (f *Figure) NotCarried() bool {
	reason := f.Reason()
	return f.Recasting != NotRecast && reason != nil && *reason == number.NotComparable
}

// suppress takes all numbers out of a figure.
func (f *Figure) suppress() {
	withhold := func(v *number.Value) {
		if v.IsKnown() || *v.Reason() != number.NotApplicable && *v.Reason() != number.NotAPercentage {
			*v = number.None(number.Suppressed)
		}
	}
	f.Value, f.RollUp, f.StatusSet, f.Approximations = number.None(number.Suppressed), nil, number.Statuses(number.Confidential), 0
	f.Latest = ledger.Position{} // which publication changed it tells of it
	withhold(&f.Denominator)
	withhold(&f.Rate)
	withhold(&f.Weight)
}

// reconcile compares a reported figure with its roll-up. What is not exact disagrees with
// nothing.
func (r *RollUp) reconcile(f *Figure) {
	reported, known := f.Value.Number()
	rolled, _ := r.Value.Number()
	if !known {
		r.Difference = f.Value
		r.Reconciled = true
		return
	}
	difference := reported.Sub(rolled)
	r.Difference = number.Known(difference)
	r.Reconciled = difference.Abs().Cmp(number.Whole(f.Indicator.Tolerance)) <= 0 || f.Approximations|r.Approximations != 0
}

// Recasting says how a figure came to be on the units of a basis.
type Recasting uint8

// The ways in which a figure comes to be on the units of a basis.
const (
	NotRecast Recasting = iota // on the year's own units
	Untouched                  // on a basis, where nothing of its unit changed
	FromWhole                  // whole units were put together
	FromParts                  // some unit was shared out by weights
)

// StandsFor counts the eligible units that a figure covers: all of them where the unit
// reported for itself, else those whose values are in it.
func (f *Figure) StandsFor() int {
	if f.Origin == OriginReported || len(f.Parts) > 0 && f.isComplete() {
		return max(f.Eligible, 1)
	}
	return f.Coverage.Reported
}

// States reports whether the figure was reported as a number that is written as in a file.
func (f *Figure) States(written string) bool {
	var o ledger.Observation
	for _, value := range []number.Value{f.Value, f.Rate} { // of a ratio without a denominator the rate was reported
		if d, known := value.Decimal(); known && !o.Value.Valid {
			o.Value = decimal.NewNullDecimal(d)
		}
	}
	for _, value := range []number.Value{f.Denominator, f.Weight} {
		if d, known := value.Decimal(); known && !o.Denominator.Valid {
			o.Denominator = decimal.NewNullDecimal(d)
		}
	}
	return f.Origin == OriginReported && f.Indicator.Kind.Written(&o) == written
}
