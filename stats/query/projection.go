package query

import (
	"strconv"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/estimate"
	"github.com/niengiam/niengiam/stats/number"
)

// Projection continues the line for the years after the last figure. Its values are no
// figures: nobody reported them.
type Projection struct {
	// Years are the years after the last; empty when there is no projection.
	Years []*ProjectedYear

	reason *number.Reason
}

// Reason says why there is no projection; nil when there is one.
func (p Projection) Reason() *number.Reason { return p.reason }

// ProjectedYear is one year of a projection.
type ProjectedYear struct {
	// Year is the year.
	Year number.Year
	// Value is the height of the line; Lower and Upper hold the figure of that
	// year with a probability of 95 % if the years go on as they did.
	Value, Lower, Upper number.Value

	indicator *catalogue.Indicator
}

// ahead is the number of years that are projected.
const ahead = 3

// project continues the line over the years in which there will be the unit,
// unless there are too few years since the last break or at all.
func project(t *Trend, l *estimate.Line) Projection {
	p := Projection{Years: []*ProjectedYear{}}
	if len(t.Points) >= minProjection {
		for step := range number.Year(ahead) {
			if year := l.Last + 1 + step; t.Unit.Validity.Contains(year.Reference()) {
				value, lower, upper := l.At(year)
				p.Years = append(p.Years, &ProjectedYear{
					Year: year, Value: number.Known(value), Lower: number.Known(lower), Upper: number.Known(upper), indicator: t.Question.Indicator,
				})
			}
		}
		if len(p.Years) == 0 {
			ended := number.NotApplicable
			p.reason = &ended
		}
		return p
	}
	reason := number.TooFewValues
	known := len(t.Points)
	for _, left := range t.LeftOut {
		if left.apart {
			known++
		}
	}
	if known >= minProjection {
		reason = number.NotComparable // there are enough years, but a break lies between them
	}
	p.reason = &reason
	return p
}

// Text is the projection in words, as one that cannot be taken for a figure.
func (p *ProjectedYear) Text(language number.Language) string {
	format := func(v number.Value) string {
		places := p.indicator.Decimals
		return number.FormatNumber(v.Fraction().Round(places), places, language)
	}
	value, lower, upper := format(p.Value), format(p.Lower), format(p.Upper)
	noun := p.indicator.MeasureUnit(language)
	if language == number.English {
		return "projection for " + strconv.Itoa(int(p.Year)) + ": " + number.Join(value, noun) + " (95% interval " + lower + " to " + upper + ")"
	}
	return "dự báo năm " + strconv.Itoa(int(p.Year)) + ": " + number.Join(value, noun) + " (khoảng 95%: " + lower + " đến " + upper + ")"
}
