package query

import (
	"context"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/estimate"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// Distribution is how the measure of an indicator spreads over the units of a
// level: the rate of a percentage, else the value.
type Distribution struct {
	// Question is the question as it was understood.
	Question *Question
	// Version says of which publications the answer is.
	Version
	// Count is the number of units that have a figure, UniverseCount that of all
	// units to which the indicator applies.
	Count, UniverseCount int
	// Min, Max and Mean are of the units' figures, each unit counting once.
	Min, Max, Mean number.Value
	// Median, FirstQuartile and ThirdQuartile are quantiles of type 7.
	Median, FirstQuartile, ThirdQuartile number.Value
	// Quantiles are those asked for, in the order asked.
	Quantiles []*Quantile
	// StandardDeviation has n − 1 in its denominator.
	StandardDeviation number.Statistic
	// CoefficientOfVariation is the standard deviation in percent of the mean.
	CoefficientOfVariation number.Statistic
	// Gini is the Gini coefficient, 0 to 1 − 1/n.
	Gini number.Statistic
	// MedianAbsoluteDeviation is the median of the distances from the median.
	MedianAbsoluteDeviation number.Value
	// Histogram counts the units in bins, from the lowest up.
	Histogram []*estimate.Bin
	// OutlierRule says how outliers were scored.
	OutlierRule estimate.OutlierRule
	// Outliers are the units that lie far out, the farthest first.
	Outliers []*Outlier
	// Missing are the units without a figure, by code.
	Missing []*MissingUnit
	// Notes are warnings about the answer.
	Notes []*Note
}

// Quantile is the value below which a share of the units lies.
type Quantile struct {
	// Share is the share, 0 to 1.
	Share number.Value
	// Value is the value; none when no unit has a figure.
	Value number.Value
}

// Outlier is a unit whose figure lies far from the others.
type Outlier struct {
	// Unit is the unit, Figure its figure.
	Unit   *catalogue.Unit
	Figure *figure.Figure
	// Score is its modified z-score, negative below the median.
	Score number.Value
}

// MissingUnit is a unit to which the indicator applies and that has no figure.
type MissingUnit struct {
	// Unit is the unit, Figure its figure, which has none.
	Unit   *catalogue.Unit
	Figure *figure.Figure
}

// Reason says why the unit has no figure.
func (m *MissingUnit) Reason() number.Reason { return *m.Figure.Reason() }

// NoteMissingUnits says that some units have no figure and are in none of the numbers.
const NoteMissingUnits number.NoteCode = "UNITS_WITHOUT_FIGURE"

// maxQuantiles is the cap on the quantiles of one question.
const maxQuantiles = 100

// Distribution answers how an indicator spreads over the units of a level.
func (s *Service) Distribution(ctx context.Context, ask Ask) (*Distribution, error) {
	r := &Resolver{State: s.State()}
	q, units := resolveDistribution(r, ask)
	if err := r.Err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.State, q, []number.Year{q.Year}, units.levels())
	if err != nil {
		return nil, err
	}
	units = units.applied(f, q, q.Year)
	answer := &Distribution{Question: q, Version: q.version, UniverseCount: len(units.units), Missing: []*MissingUnit{}}
	notes := &NoteCollector{Catalogue: r.State}
	var figures []*figure.Figure
	var values []number.Fraction
	for _, unit := range units.units {
		figure := f.Figure(unit, q.Year)
		notes.figure(figure)
		if value, known := figure.Measure().Number(); known {
			figures, values = append(figures, figure), append(values, value)
		} else {
			answer.Missing = append(answer.Missing, &MissingUnit{Unit: unit, Figure: figure})
		}
	}
	answer.describe(estimate.NewSample(values), figures)
	if answer.Count < answer.UniverseCount {
		answer.Notes = append(answer.Notes, &Note{Code: NoteMissingUnits, Words: number.CountText(
			"%s trên %s đơn vị có số liệu; các đơn vị còn lại không được tính",
			"%s of %s units have a figure; the others are in none of the numbers", answer.Count, answer.UniverseCount,
		)})
	}
	notes.notCarried(f, q, q.Year)
	answer.Notes, answer.Release = append(answer.Notes, notes.All()...), notes.Release()
	return answer, nil
}

// resolveDistribution resolves a question about a distribution.
func resolveDistribution(r *Resolver, ask Ask) (*Question, scope) {
	q := &Question{Year: ask.Year, Quantiles: ask.Quantiles}
	q.Indicator = r.indicator(ask.Indicator)
	r.year("year", q.Year, q.Indicator, r.published(ask.Scope), number.UnknownYear)
	resolveUnits(r, q, Ask{Level: ask.Level, Within: ask.Within, Scope: ask.Scope}, q.Year.Reference())
	q.view, q.version, q.AsOf = r.AsOf(ask.Scope)
	if len(q.Quantiles) > maxQuantiles {
		r.Fault(&number.Error{
			Code: number.TooMany, Where: "quantiles", Message: number.Say("%d quantiles are more than the %d of one answer", len(q.Quantiles), maxQuantiles),
			Hint: number.Say("ask for fewer"),
		})
		return q, scopeOf(r, q, q.Year.Reference())
	}
	for _, share := range q.Quantiles {
		shareNumber, known := share.Decimal()
		if !known || shareNumber.Sign() < 0 || shareNumber.GreaterThan(number.One()) {
			r.Fault(&number.Error{
				Code: number.BadArgument, Where: "quantiles", Message: number.Say("%s is not a share from 0 to 1", share),
				Hint: number.Say("the ninth decile is 0.9"),
			})
		}
	}
	return q, scopeOf(r, q, q.Year.Reference())
}

// describe fills in all numbers. The values of the sample are those of the figures,
// which are in the order of their units.
func (d *Distribution) describe(s estimate.Sample, figures []*figure.Figure) {
	d.Count = len(figures)
	d.Min, d.Max, d.Mean = s.Quantile(0, 1), s.Quantile(1, 1), s.Mean()
	d.Median, d.FirstQuartile, d.ThirdQuartile = s.Quantile(1, 2), s.Quantile(1, 4), s.Quantile(3, 4)
	d.Quantiles = make([]*Quantile, len(d.Question.Quantiles))
	for i, share := range d.Question.Quantiles {
		d.Quantiles[i] = &Quantile{Share: share, Value: s.At(share)}
	}
	d.StandardDeviation = number.Statistic{Value: s.Deviation()}
	d.CoefficientOfVariation = number.Statistic{Value: s.Variation()}
	d.Gini = number.Statistic{Value: s.Gini()}
	d.Histogram = estimate.Histogram(s)
	mad, rule, far := estimate.Outliers(s)
	d.MedianAbsoluteDeviation, d.OutlierRule, d.Outliers = mad, rule, make([]*Outlier, len(far))
	for i, o := range far {
		d.Outliers[i] = &Outlier{Unit: figures[o.Place].Unit, Figure: figures[o.Place], Score: number.Known(o.Score)}
	}
}
