package query

import (
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// TargetResult says whether a figure meets a target.
type TargetResult string

// The results.
const (
	Met           TargetResult = "MET"       // the number is reached
	Missed        TargetResult = "MISSED"    // it is not, and was due
	NotDue        TargetResult = "NOT_DUE"   // the target stands only from a later year on
	OnTrack       TargetResult = "ON_TRACK"  // due later; at least as far as the straight line to it
	OffTrack      TargetResult = "OFF_TRACK" // due later; not as far as the straight line
	UnknownResult TargetResult = "UNKNOWN"   // there is no number to compare with it
)

// TargetRow compares one unit with one target in one year.
type TargetRow struct {
	// Target is the target.
	Target *catalogue.Target
	// Unit is the unit, Year the year.
	Unit *catalogue.Unit
	Year number.Year
	// Current is its figure of the year.
	Current *figure.Figure
	// Base is the figure that a change or the line to the target is measured from;
	// nil where neither is.
	Base *figure.Figure
	// Actual is the number that is compared with the target.
	Actual number.Value
	// Gap is Actual − the target's number: negative below it, whatever the
	// comparator. GapIn says in what it is measured.
	Gap   number.Value
	GapIn catalogue.Measure
	// Expected is where the straight line from the base year to the end of the
	// period stands in the year; none where the target is not due later.
	Expected number.Value
	// PaceNeeded is the change a year that would still reach the number at the end
	// of the period; PaceSoFar the mean change a year since the base year. Both are
	// none where the target is not due later, PaceNeeded also when it is met.
	PaceNeeded, PaceSoFar number.Value
	// Result says whether the unit meets the target.
	Result TargetResult
	// Reason says why the result, or of one that is not due the gap, is not known; nil
	// when it is.
	Reason *number.Reason
}

// Ahead reports whether the target stands only from a later year on: the row only says
// where the unit stands to it.
func (r *TargetRow) Ahead() bool { return r.Result == NotDue }

// newTargetRow compares a unit's figures with a target.
func newTargetRow(t *catalogue.Target, figure, base *figure.Figure) *TargetRow {
	row := &TargetRow{
		Target: t, Unit: figure.Unit, Year: figure.Year, Current: figure, Base: base,
		GapIn: t.GapIn(figure.Indicator), Expected: number.None(number.NotApplicable),
		PaceNeeded: number.None(number.NotApplicable), PaceSoFar: number.None(number.NotApplicable), Result: UnknownResult,
	}
	row.Actual = actualOf(t, figure, base)
	row.Gap = t.Gap(row.Actual)
	gap, known := row.Gap.Number()
	row.Reason = row.Gap.Reason()
	met, sure := row.decides(gap)
	switch {
	case figure.Year < t.FirstYear():
		row.Result = NotDue
	case !known:
		return row
	case !sure:
		row.Reason = number.OrDefault(number.NotExact, "")
		return row
	case met:
		row.Result = Met
	case !t.DueLater(figure.Year):
		row.Result = Missed
	}
	if t.DueLater(figure.Year) {
		row.follow(gap)
	}
	return row
}

// actualOf returns the number that is compared with the target.
func actualOf(t *catalogue.Target, figure, base *figure.Figure) number.Value {
	switch t.On {
	case catalogue.OnRate:
		return figure.Rate
	case catalogue.OnChangePercent:
		return Compare(base, figure).Percent()
	case catalogue.OnChangeAbsolute:
		return Compare(base, figure).Absolute()
	}
	return figure.Value
}

// follow compares a figure with the straight line from the base year's figure to the
// number at the end of the period.
func (r *TargetRow) follow(gap number.Fraction) {
	t := r.Target
	actual, _ := r.Actual.Number()
	years := func(from, to number.Year) decimal.Decimal { return decimal.NewFromInt(int64(to - from)) }
	if r.Result != Met {
		r.PaceNeeded = number.Known(number.Fraction{}.Sub(gap).Over(number.Whole(years(r.Year, t.Years.To))))
	}
	base, _, why := Compare(r.Base, r.Current).pair(func(f *figure.Figure) number.Value { return actualOf(t, f, nil) })
	if !why.IsKnown() {
		r.Expected, r.PaceSoFar = why, why
		if r.Result != Met {
			r.Reason = why.Reason()
		}
		return
	}
	r.PaceSoFar = number.Known(actual.Sub(base).Over(number.Whole(years(t.BaseYear, r.Year))))
	targetNumber := number.Whole(t.Number)
	left := targetNumber.Sub(base).Times(years(r.Year, t.Years.To)).Over(number.Whole(years(t.BaseYear, t.Years.To)))
	expected := targetNumber.Sub(left)
	r.Expected = number.Known(expected)
	switch {
	case r.Result == Met:
	case t.Met(actual.Sub(expected)):
		r.Result = OnTrack
	default:
		r.Result = OffTrack
	}
}

// resolveRankedTarget resolves the target of a ranking by gap. The end at which it is met
// comes first, unless the caller says otherwise.
func resolveRankedTarget(r *Resolver, q *Question, ask Ask) {
	byGap := *q.OrderBy == catalogue.ByGap
	switch {
	case ask.Target != "":
		q.Target = resolveGoal(r, "target", ask.Target)
	case byGap:
		r.Fault(&number.Error{Code: number.BadArgument, Where: "target", Message: number.Say("a ranking by gap needs a target, and none is given"), Hint: number.Say("give target")})
	}
	if q.Target == nil {
		return
	}
	OnlyTotals(r, ask.Scope, targetsOfTotals())
	if q.Target.IndicatorCode != q.Indicator.Code {
		r.Fault(otherIndicator(q.Target))
	}
	if byGap && ask.Direction == "" {
		q.Direction = number.OrDefault(catalogue.HigherIsBetter, catalogue.Neutral)
		if q.Target.Comparator == catalogue.AtMost {
			q.Direction = number.OrDefault(catalogue.LowerIsBetter, catalogue.Neutral)
		}
	}
}

func otherIndicator(t *catalogue.Target) *number.Error {
	return &number.Error{
		Code: number.BadArgument, Where: "target", Message: number.Say("the target %q is one of %s", t.Code, t.IndicatorCode),
		Hint: number.Say("ask for that indicator, or for another target"),
	}
}

// neverReached reports whether a figure without a number to compare with the target could
// have none even if all missing figures were known.
func neverReached(t *catalogue.Target, figure, before *figure.Figure) bool {
	by := map[catalogue.TargetOn]catalogue.RankingOrder{catalogue.OnChangePercent: catalogue.ByPercent, catalogue.OnChangeAbsolute: catalogue.ByAbsolute}[t.On]
	if before == nil {
		by, before = catalogue.ByValue, figure
	}
	return Compare(before, figure).neverDefined(by)
}

// Text is the row in words: 97/119 xã (81,5%), đạt mục tiêu ít nhất 80% (cao hơn
// 1,5 điểm phần trăm).
func (r *TargetRow) Text(language number.Language) string {
	actual := r.Current.Text(language)
	if r.Target.On.IsChange() && r.Current.Reason() == nil {
		actual += ", " + Compare(r.Base, r.Current).Text(language)
	}
	if r.Result == NotDue {
		year, first := strconv.Itoa(int(r.Year)), strconv.Itoa(int(r.Target.FirstYear()))
		return number.Text{
			VI: "năm " + year + ": " + actual + "; mục tiêu chưa đến kỳ, tính từ năm " + first,
			EN: year + ": " + actual + "; the target is not due yet: it stands from " + first,
		}.In(language)
	}
	goal := thresholdText(r.Target, language)
	if r.Result == UnknownResult {
		if r.Actual.IsKnown() { // only the line to the target is not known
			actual += ", " + r.Reason.Text(language)
		}
		return actual + "; " + number.Text{VI: "chưa đánh giá được mục tiêu ", EN: "not known whether it meets the target: "}.In(language) + goal
	}
	by := ""
	if r.Target.BaseYear != 0 {
		by = number.Text{VI: " đến năm ", EN: " by "}.In(language) + strconv.Itoa(int(r.Target.Years.To))
	}
	status := map[TargetResult]number.Text{
		Met:      {VI: "đạt mục tiêu ", EN: "meets the target: "},
		Missed:   {VI: "không đạt mục tiêu ", EN: "misses the target: "},
		OnTrack:  {VI: "chưa đạt nhưng đúng lộ trình tới mục tiêu ", EN: "not there yet but on track to the target: "},
		OffTrack: {VI: "chậm so với lộ trình tới mục tiêu ", EN: "behind the path to the target: "},
	}[r.Result].In(language)
	text := actual + "; " + status + goal + by + " (" + GapText(r, language)
	if pace, known := r.PaceNeeded.Number(); known {
		text += "; " + PaceText(r, number.Text{VI: "cần ", EN: "needed: "}, pace, language)
		if soFar, known := r.PaceSoFar.Number(); known {
			since := strconv.Itoa(int(r.Target.BaseYear))
			text += "; " + PaceText(r, number.Text{VI: "từ năm " + since + " ", EN: "since " + since + ": "}, soFar, language)
			if caution := Compare(r.Base, r.Current).Caution(language); caution != "" {
				text += ", " + caution
			}
		}
	}
	return text + ")"
}

// amount writes the size of a gap or pace, with as many digits after the point as the
// figure has, or more where fewer would show 0.
func (r *TargetRow) amount(change number.Fraction, language number.Language) string {
	i := r.Current.Indicator
	places := i.ValuePlaces()
	switch {
	case r.GapIn == catalogue.MeasurePoints:
		places = max(i.RatePlaces(), 1)
	case r.Target.On != catalogue.OnValue:
		places = i.ChangePlaces()
	}
	rounded := change.Round(places)
	for places < number.Digits && change.Sub(number.Whole(rounded)).Sign() != 0 && (places == 0 || rounded.IsZero()) {
		places++
		rounded = change.Round(places)
	}
	plural := places > 0 || number.IsPlural(rounded)
	noun := targetNoun(r.Target, i, plural, language)
	if r.GapIn == catalogue.MeasurePoints {
		noun = figure.WordsIn(language).Points(plural)
	}
	text := number.Join(number.FormatNumber(rounded.Abs(), places, language), noun)
	if r.approximate() {
		return number.About.Text(language) + " " + text
	}
	return text
}

// approximate reports whether a figure of the row is not exact.
func (r *TargetRow) approximate() bool {
	return r.Current.Approximations != 0 || r.Base != nil && r.Base.Approximations != 0
}

// decides says whether the target is met, and whether that is sure: a figure that is not
// exact may lie on either side of the number. Over 160 is at least 150, and not known to be
// at least 170; where it stands to the line to a later year is not known either.
func (r *TargetRow) decides(gap number.Fraction) (met, sure bool) {
	t, is := r.Target, r.Current.Approximation()
	switch met = t.Met(gap); {
	case !r.approximate():
		return met, true
	case t.On.IsChange(), is != nil && *is == number.About:
		return met, false
	case is == nil: // only the figure that the line begins at
	case *is == number.Almost:
		met = t.Comparator == catalogue.AtMost
		sure = gap.Sign() <= 0
		return met, sure && (met || !t.DueLater(r.Year))
	default:
		met = t.Comparator == catalogue.AtLeast
		sure = met && gap.Sign() >= 0 || !met && (gap.Sign() > 0 || gap.Sign() == 0 && *is == number.MoreThan)
		return met, sure && (met || !t.DueLater(r.Year))
	}
	return met, met || !t.DueLater(r.Year)
}
