package stats

import "strconv"

// Projection continues the line for the years after the last figure. It is not
// a figure: nobody reported it.
type Projection struct {
	// Years are the years after the last; empty when there is no projection.
	Years []*ProjectedYear

	reason *Reason
}

// Reason says why there is no projection; nil when there is one.
func (p Projection) Reason() *Reason { return p.reason }

// ProjectedYear is one year of a projection.
type ProjectedYear struct {
	// Year is the year.
	Year Year
	// Value is the height of the line; Lower and Upper hold the figure of that
	// year with a probability of 95 % if the years go on as they did.
	Value, Lower, Upper Value

	indicator *Indicator
}

// ahead is the number of years that are projected.
const ahead = 3

// project continues the line over the years in which there will be the unit,
// unless there are too few years since the last break or at all.
func (t *Trend) project(l *line) Projection {
	p := Projection{Years: []*ProjectedYear{}}
	if len(t.Points) >= minProjection {
		for step := range Year(ahead) {
			if year := l.last + 1 + step; t.Unit.Validity.Contains(year.Reference()) {
				value, lower, upper := l.at(year)
				p.Years = append(p.Years, &ProjectedYear{
					Year: year, Value: Known(value), Lower: Known(lower), Upper: Known(upper), indicator: t.Question.Indicator,
				})
			}
		}
		if len(p.Years) == 0 {
			ended := NotApplicable
			p.reason = &ended
		}
		return p
	}
	reason := TooFewValues
	known := len(t.Points)
	for _, left := range t.LeftOut {
		if left.apart {
			known++
		}
	}
	if known >= minProjection {
		reason = NotComparable // there are enough years, but a break lies between them
	}
	p.reason = &reason
	return p
}

// Text is the projection in words, as one that cannot be taken for a figure.
func (p *ProjectedYear) Text(language Language) string {
	number := func(v Value) string {
		places := p.indicator.measurePlaces()
		return FormatNumber(v.Fraction().Round(places), places, language)
	}
	value, lower, upper := number(p.Value), number(p.Lower), number(p.Upper)
	noun := p.indicator.measureUnit(true, language)
	if language == English {
		return "projection for " + strconv.Itoa(int(p.Year)) + ": " + join(value, noun) + " (95% interval " + lower + " to " + upper + ")"
	}
	return "dự báo năm " + strconv.Itoa(int(p.Year)) + ": " + join(value, noun) + " (khoảng 95%: " + lower + " đến " + upper + ")"
}
