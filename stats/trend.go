package stats

import (
	"context"

	"github.com/shopspring/decimal"
)

// Trend is how the measure of an indicator moved over the years, for one unit.
// Its years are those with a figure since the last break in the series.
type Trend struct {
	// Question is the question as it was understood.
	Question *Question
	// Release is the last publication that the answer knows; nil when there was none.
	Release *Release
	// Unit is the unit, as it was in the last of the years asked.
	Unit *Unit
	// Points are the figures that the trend is made of, by year.
	Points []*Figure
	// LeftOut are the years asked that are not among them.
	LeftOut []*LeftOutYear
	// Verdict says which way the figures go.
	Verdict TrendVerdict
	// TheilSen, MannKendall and LinearFit are the slope, the test and the line.
	TheilSen    TheilSen
	MannKendall MannKendall
	LinearFit   LinearFit
	// Volatility is the standard deviation of the changes from one year to the
	// next, in percentage points of relative change.
	Volatility Statistic
	// Breaks are the years in which the figures are not made like those before,
	// and the one in which they look as if they were not.
	Breaks []*SeriesBreak
	// Projection continues the line.
	Projection Projection
	// Notes are warnings about the answer.
	Notes []*Note
}

// LeftOutYear is a year that a trend takes no figure from.
type LeftOutYear struct {
	// Year is the year, Figure what it has.
	Year   Year
	Figure *Figure
	// Reason says why: what the figure lacks, or NotComparable before a break.
	Reason Reason

	apart bool // its figure stands before the last break
}

// TrendVerdict says which way figures go.
type TrendVerdict string

// The verdicts, at the 5 % level of the Mann–Kendall test.
const (
	Rising       TrendVerdict = "RISING"
	Falling      TrendVerdict = "FALLING"
	NoClearTrend TrendVerdict = "NO_CLEAR_TREND"
	Undecided    TrendVerdict = "UNDECIDED" // too few years for the test to find anything
)

// The least number of years for what a trend tells.
const (
	minDecided    = 5 // under it no order of the years is rarer than 5 %
	minProjection = 6 // for a projection
)

// Trend answers how an indicator moved over the years.
func (s *Service) Trend(ctx context.Context, ask Ask) (*Trend, error) {
	r := &resolver{State: s.state()}
	q, years := r.trend(ask)
	if err := r.err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.State, q, years, []*Level{q.Unit.Level})
	if err != nil {
		return nil, err
	}
	var figures []*Figure
	for _, year := range years {
		figures = append(figures, f.figure(q.Unit, year))
	}
	answer := &Trend{Question: q, Release: q.release, Unit: q.Unit, Points: []*Figure{}, LeftOut: []*LeftOutYear{}, Breaks: []*SeriesBreak{}}
	answer.choose(figures)
	answer.measure()
	answer.Notes = answer.notes(r.State)
	return answer, nil
}

// trend resolves a question about a trend.
func (r *resolver) trend(ask Ask) (*Question, []Year) {
	q := &Question{From: ask.From, To: ask.To}
	q.Indicator = r.indicator(ask.Indicator)
	q.view, q.release, q.AsOf = r.asOf(ask.Scope)
	day := r.latestDay()
	var years []Year
	if q.Indicator != nil {
		years = r.span(q)
	}
	if len(years) > 0 {
		day = years[len(years)-1].Reference()
	}
	q.Unit = r.unit("unit", ask.Unit, r.on(ask.Scope, day))
	r.narrow(q, Ask{Scope: ask.Scope})
	return q, years
}

// choose keeps the figures since the last break that have a number.
func (t *Trend) choose(figures []*Figure) {
	var since Year
	earlier := false
	for _, figure := range figures {
		if figure.StatusSet.Has(Break) {
			t.Breaks = append(t.Breaks, breakOf(figure, figure.Year))
			if earlier {
				since = figure.Year
			}
		}
		earlier = earlier || figure.Measure().IsKnown()
	}
	for _, figure := range figures {
		switch reason := figure.Reason(); {
		case reason != nil:
			t.LeftOut = append(t.LeftOut, &LeftOutYear{Year: figure.Year, Figure: figure, Reason: *reason})
		case figure.Year < since:
			t.LeftOut = append(t.LeftOut, &LeftOutYear{Year: figure.Year, Figure: figure, Reason: NotComparable, apart: true})
		default:
			t.Points = append(t.Points, figure)
		}
	}
}

// measure fills in all numbers.
func (t *Trend) measure() {
	years, values := make([]Year, len(t.Points)), make([]Fraction, len(t.Points))
	for i, figure := range t.Points {
		years[i] = figure.Year
		values[i], _ = figure.Measure().Number()
	}
	p := newPath(years, values)
	t.MannKendall = p.kendall()
	t.TheilSen = p.theilSen(t.MannKendall)
	line := p.line()
	t.LinearFit = line.fit()
	t.Volatility = Statistic{p.volatility()}
	if year, chance, found := p.shift(line); found {
		t.Breaks = append(t.Breaks, &SeriesBreak{Year: year, Kind: SuggestedBreak, PValue: chance})
	}
	t.Projection = t.project(line)
	t.Verdict = t.verdict()
}

// verdict follows the test: the sign of S where p is at most 5 %.
func (t *Trend) verdict() TrendVerdict {
	level := Whole(decimal.New(5, -2))
	p, known := t.MannKendall.PValue.Number()
	switch {
	case !known, len(t.Points) < minDecided:
		return Undecided
	case p.Cmp(level) > 0:
		return NoClearTrend
	case *t.MannKendall.S > 0:
		return Rising
	}
	return Falling
}
