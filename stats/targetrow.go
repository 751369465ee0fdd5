package stats

import "github.com/shopspring/decimal"

// TargetResult says how a figure stands to a target.
type TargetResult string

// The results.
const (
	Met           TargetResult = "MET"       // the number is reached
	Missed        TargetResult = "MISSED"    // it is not, and was due
	OnTrack       TargetResult = "ON_TRACK"  // due later; at least as far as the straight line to it
	OffTrack      TargetResult = "OFF_TRACK" // due later; not as far as the straight line
	UnknownResult TargetResult = "UNKNOWN"   // there is no number to hold against it
)

// TargetRow is how one unit stands to one target in one year.
type TargetRow struct {
	// Target is what was set out to be reached.
	Target *Target
	// Unit is the unit, Year the year.
	Unit *Unit
	Year Year
	// Current is its figure of the year.
	Current *Figure
	// Base is the figure that a change or the line to the target is measured from;
	// nil where neither is.
	Base *Figure
	// Actual is the number that is held against the target.
	Actual Value
	// Gap is Actual − the target's number: negative below it, whatever the
	// comparator. GapIn says in what it is measured.
	Gap   Value
	GapIn Measure
	// Expected is where the straight line from the base year to the end of the
	// period stands in the year; none where the target is not due later.
	Expected Value
	// PaceNeeded is the change a year that would still reach the number at the end
	// of the period; PaceSoFar the mean change a year since the base year. Both are
	// none where the target is not due later, PaceNeeded also when it is met.
	PaceNeeded, PaceSoFar Value
	// Result says how the unit stands to the target.
	Result TargetResult
	// Reason says why the result is not known; nil when it is.
	Reason *Reason
}

// Ahead tells whether the target's years begin after the year: it was not due, and
// the row only says where the unit stands to it.
func (r *TargetRow) Ahead() bool { return r.Year < r.Target.Years.From }

// hold holds a unit's figures against a target.
func (t *Target) hold(figure, base *Figure) *TargetRow {
	row := &TargetRow{
		Target: t, Unit: figure.Unit, Year: figure.Year, Current: figure, Base: base,
		GapIn: t.gapIn(figure.Indicator), Expected: None(NotApplicable),
		PaceNeeded: None(NotApplicable), PaceSoFar: None(NotApplicable), Result: UnknownResult,
	}
	row.Actual = t.actual(figure, base)
	row.Gap = t.gap(row.Actual)
	gap, known := row.Gap.Number()
	if !known {
		row.Reason = row.Gap.Reason()
		return row
	}
	switch {
	case t.met(gap):
		row.Result = Met
	case !t.dueLater(figure.Year):
		row.Result = Missed
	}
	if t.dueLater(figure.Year) {
		row.follow(gap)
	}
	return row
}

// actual is the number that is held against the target.
func (t *Target) actual(figure, base *Figure) Value {
	switch t.On {
	case OnRate:
		return figure.Rate
	case OnChangePercent:
		return compare(base, figure).Percent()
	case OnChangeAbsolute:
		return compare(base, figure).Absolute()
	}
	return figure.Value
}

// follow holds a figure against the straight line from the base year's figure to
// the number at the end of the period.
func (r *TargetRow) follow(gap Fraction) {
	t := r.Target
	actual, _ := r.Actual.Number()
	years := func(from, to Year) decimal.Decimal { return decimal.NewFromInt(int64(to - from)) }
	if r.Result != Met {
		r.PaceNeeded = Known(Fraction{}.Sub(gap).over(Whole(years(r.Year, t.Years.To))))
	}
	base, _, why := compare(r.Base, r.Current).pair(func(f *Figure) Value { return t.actual(f, nil) })
	if !why.IsKnown() {
		r.Expected, r.PaceSoFar = why, why
		if r.Result != Met {
			r.Reason = why.Reason()
		}
		return
	}
	r.PaceSoFar = Known(actual.Sub(base).over(Whole(years(t.BaseYear, r.Year))))
	number := Whole(t.Number)
	left := number.Sub(base).Times(years(r.Year, t.Years.To)).over(Whole(years(t.BaseYear, t.Years.To)))
	expected := number.Sub(left)
	r.Expected = Known(expected)
	switch {
	case r.Result == Met:
	case t.met(actual.Sub(expected)):
		r.Result = OnTrack
	default:
		r.Result = OffTrack
	}
}
