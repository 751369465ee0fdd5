package query

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/estimate"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// Trend is how the measure of an indicator moved over the years, for one unit. Its years
// are those with a figure since the last break in the series.
type Trend struct {
	// Question is the question as it was understood.
	Question *Question
	// Version says of which publications the answer is.
	Version
	// Unit is the unit, as it was in the last of the years asked.
	Unit *catalogue.Unit
	// Points are the figures that the trend is made of, by year.
	Points []*figure.Figure
	// LeftOut are the years asked that are not among them.
	LeftOut []*LeftOutYear
	// Verdict says which way the figures go.
	Verdict TrendVerdict
	// TheilSen, MannKendall and LinearFit are the slope, the test and the line.
	TheilSen    estimate.TheilSen
	MannKendall estimate.MannKendall
	LinearFit   estimate.LinearFit
	// Volatility is the standard deviation of the changes from one year to the
	// next, in percentage points of relative change.
	Volatility number.Statistic
	// Breaks are the years in which the figures are not made like those before,
	// and the one in which they look as if they were not.
	Breaks []*SeriesBreak
	// Projection continues the line.
	Projection Projection
	// Notes are warnings about the answer.
	Notes []*Note
}

// LeftOutYear is a year whose figure is not in the trend.
type LeftOutYear struct {
	// Year is the year, Figure what it has.
	Year   number.Year
	Figure *figure.Figure
	// Reason says why: what the figure lacks, or NotComparable before a break.
	Reason number.Reason

	apart bool // its figure stands before the last break
}

// TrendVerdict says in which direction the figures go.
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
	r := &Resolver{State: s.State()}
	q, years := resolveTrend(r, ask)
	if err := r.Err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.State, q, years, []*catalogue.Level{q.Unit.Level})
	if err != nil {
		return nil, err
	}
	var figures []*figure.Figure
	for _, year := range years {
		figures = append(figures, f.Figure(q.Unit, year))
	}
	answer := &Trend{Question: q, Version: q.version, Unit: q.Unit, Points: []*figure.Figure{}, LeftOut: []*LeftOutYear{}, Breaks: []*SeriesBreak{}}
	answer.choose(figures)
	answer.measure()
	for _, point := range answer.Points {
		answer.know(r.State, point)
	}
	answer.Notes = trendNotes(answer, r.State)
	return answer, nil
}

// resolveTrend resolves a question about a trend.
func resolveTrend(r *Resolver, ask Ask) (*Question, []number.Year) {
	q := &Question{From: ask.From, To: ask.To}
	q.Indicator = r.indicator(ask.Indicator)
	q.view, q.version, q.AsOf = r.AsOf(ask.Scope)
	day := r.LatestDay()
	var years []number.Year
	if q.Indicator != nil {
		years = resolveSpan(r, q, q.Indicator)
	}
	if len(years) > 0 {
		day = years[len(years)-1].Reference()
	}
	q.Unit = r.Unit("unit", ask.Unit, r.On(ask.Scope, day))
	Narrow(r, q, Ask{Scope: ask.Scope})
	return q, years
}

// choose keeps the figures since the last break that have a number.
func (t *Trend) choose(figures []*figure.Figure) {
	var since number.Year
	earlier := false
	for _, figure := range figures {
		if figure.StatusSet.Has(number.Break) {
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
			t.LeftOut = append(t.LeftOut, &LeftOutYear{Year: figure.Year, Figure: figure, Reason: number.NotComparable, apart: true})
		default:
			t.Points = append(t.Points, figure)
		}
	}
}

// measure fills in all numbers.
func (t *Trend) measure() {
	years, values := make([]number.Year, len(t.Points)), make([]number.Fraction, len(t.Points))
	for i, figure := range t.Points {
		years[i] = figure.Year
		values[i], _ = figure.Measure().Number()
	}
	p := estimate.NewPath(years, values)
	t.MannKendall = estimate.KendallTest(p)
	t.TheilSen = estimate.MedianSlope(p, t.MannKendall)
	line := estimate.FitLine(p)
	t.LinearFit = line.Fit()
	t.Volatility = number.Statistic{Value: p.Volatility()}
	if year, chance, found := estimate.Pettitt(p, line); found {
		t.Breaks = append(t.Breaks, &SeriesBreak{Year: year, Kind: SuggestedBreak, PValue: chance})
	}
	t.Projection = project(t, line)
	t.Verdict = t.verdict()
}

// verdict follows the test: the sign of S where p is at most 5 %.
func (t *Trend) verdict() TrendVerdict {
	level := number.Whole(decimal.New(5, -2))
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

// Text is the verdict in words, with the slope of Theil and Sen where there is a
// trend: one digit more than the figures have, for a slope is less than they are.
func (t *Trend) Text(language number.Language) string {
	w, i := figure.WordsIn(language), t.Question.Indicator
	span := ""
	if len(t.Points) > 0 {
		span = fmt.Sprintf(" (%s)", t.span(language))
	}
	if t.Verdict == Undecided {
		if language == number.English {
			return fmt.Sprintf("too few years to tell a trend: %d", len(t.Points)) + span
		}
		return fmt.Sprintf("quá ít năm có số liệu để kết luận xu thế: %d", len(t.Points)) + span
	}
	text := map[TrendVerdict]number.Text{
		Rising:       {VI: "xu thế tăng ở mức ý nghĩa 5%", EN: "rising, at the 5% level"},
		Falling:      {VI: "xu thế giảm ở mức ý nghĩa 5%", EN: "falling, at the 5% level"},
		NoClearTrend: {VI: "không có xu thế rõ rệt ở mức ý nghĩa 5%", EN: "no clear trend at the 5% level"},
	}[t.Verdict].In(language)
	if slope, known := t.TheilSen.Slope.Number(); known && t.Verdict != NoClearTrend && slope.Sign() != 0 {
		unit := func(plural bool) string { return i.Noun.For(plural, language) }
		if i.IsPercentage() {
			unit = w.Points
		}
		year := " mỗi năm"
		if language == number.English {
			year = " a year"
		}
		text += ", " + w.Move(slope, i.Decimals+1, unit) + year
	}
	return text + span
}

// span names the years of the trend.
func (t *Trend) span(language number.Language) string {
	var years []number.Year
	for _, point := range t.Points {
		years = append(years, point.Year)
	}
	if language == number.English {
		return spans(years)
	}
	return "năm " + spans(years)
}
