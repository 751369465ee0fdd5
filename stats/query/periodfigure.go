package query

import (
	"context"
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// PeriodFigure is the value of an indicator for a unit over several years: the
// sum of the years of a flow, the last known value of a stock.
type PeriodFigure struct {
	// Question is the question as it was understood.
	Question *Question
	// Version says of which publications the answer is.
	Version
	// Unit is the unit, as it was in the last year.
	Unit *catalogue.Unit
	// Value is the sum, or the last known value.
	Value number.Value
	// Last is the figure of a stock's last known value; nil for a flow.
	Last *figure.Figure
	// StatusSet is the union of the statuses of the figures that Value is made of.
	StatusSet number.StatusSet
	// MissingYears are the years without a figure, ascending; those whose figure is
	// suppressed are not among them.
	MissingYears []number.Year
	// Figures has one figure for each year, ascending.
	Figures []*figure.Figure
	// Notes are warnings about the answer.
	Notes []*Note

	approximations number.ApproximationSet // of a sum
}

// Approximation says how Value lies to the one that is meant; nil where it is exact, and
// where there is none.
func (p *PeriodFigure) Approximation() *number.Approximation {
	if p.Last != nil {
		return p.Last.Approximation()
	}
	if !p.Value.IsKnown() {
		return nil
	}
	return p.approximations.One()
}

// Status is the status that is shown first.
func (p *PeriodFigure) Status() number.Status { return p.StatusSet.First() }

// Statuses are all statuses, first in precedence first.
func (p *PeriodFigure) Statuses() []number.Status { return p.StatusSet.All() }

// Reason says why there is no value; nil when there is one.
func (p *PeriodFigure) Reason() *number.Reason { return p.Value.Reason() }

// Period answers what an indicator was over several years.
func (s *Service) Period(ctx context.Context, ask Ask) (*PeriodFigure, error) {
	r := &Resolver{State: s.State()}
	q, years := resolvePeriod(r, ask)
	if err := r.Err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.State, q, years, []*catalogue.Level{q.Unit.Level})
	if err != nil {
		return nil, err
	}
	answer := &PeriodFigure{Question: q, Version: q.version, Unit: q.Unit, MissingYears: []number.Year{}}
	notes := &NoteCollector{Catalogue: r.State}
	for _, year := range years {
		figure := f.Figure(q.Unit, year)
		answer.Figures = append(answer.Figures, figure)
		if !figure.Measure().IsKnown() && !figure.IsSuppressed() {
			answer.MissingYears = append(answer.MissingYears, year)
		}
		notes.figure(figure)
	}
	if q.Indicator.Over == catalogue.Flow {
		answer.sum()
	} else {
		answer.carry()
	}
	answer.Notes, answer.Release = notes.All(), notes.Release()
	return answer, nil
}

// sum adds the years of a flow up. A year that is missing is not zero, and years
// on both sides of a break do not count the same: neither has a sum.
func (p *PeriodFigure) sum() {
	var values []number.Fraction
	for i, figure := range p.Figures {
		value, known := figure.Value.Number()
		switch {
		case !known:
			p.Value, p.StatusSet = number.None(*figure.Reason()), figure.Lacking()
			return
		case i > 0 && figure.StatusSet.Has(number.Break):
			p.Value, p.StatusSet = number.None(number.NotComparable), number.Statuses(number.Break)
			return
		}
		values = append(values, value)
		p.StatusSet |= figure.StatusSet
		p.approximations |= figure.Approximations
	}
	p.Value, p.approximations = number.Known(number.Sum(values)), p.approximations.Together()
}

// carry finds the last known value of a stock.
func (p *PeriodFigure) carry() {
	for _, figure := range slices.Backward(p.Figures) {
		switch {
		case figure.Measure().IsKnown():
			p.Value, p.Last, p.StatusSet = figure.Quantity(), figure, figure.StatusSet
			return
		case figure.IsSuppressed(): // it is the last known one
			p.Value, p.StatusSet = number.None(number.Suppressed), number.Statuses(number.Confidential)
			return
		}
	}
	last := p.Figures[len(p.Figures)-1]
	p.Value, p.StatusSet = number.None(*last.Reason()), number.Statuses(number.Missing)
}

// resolvePeriod resolves a question about a period.
func resolvePeriod(r *Resolver, ask Ask) (*Question, []number.Year) {
	q := &Question{From: ask.From, To: ask.To}
	q.Indicator = r.indicator(ask.Indicator)
	q.view, q.version, q.AsOf = r.AsOf(ask.Scope)
	if q.Indicator != nil {
		checkAdditive(r, q.Indicator)
	}
	Narrow(r, q, ask)
	years := yearsWithin(r, q)
	if len(years) == 0 {
		return q, nil
	}
	q.Unit = r.Unit("unit", ask.Unit, r.On(ask.Scope, q.To.Reference()))
	if q.Unit != nil {
		r.publishedFor("unit", q.Indicator, q.Unit.Level)
	}
	return q, years
}

// checkAdditive refuses an indicator whose values of several years must not be taken
// together, and says by which rule.
func checkAdditive(r *Resolver, i *catalogue.Indicator) {
	if i.Over == catalogue.Flow || i.Over == catalogue.Stock {
		return
	}
	r.Fault(&number.Error{
		Code: number.CannotAdd, Where: "indicator",
		Message: number.Say("%s is neither a flow, whose years are summed, nor a stock, whose last value is taken: its years must not be taken together", i.Code),
		Hint:    number.Say("ask for a series; `over_time` of the indicator in the workspace says what it is"),
	})
}

// yearsWithin lists the years of a period, of which one at least must have figures.
func yearsWithin(r *Resolver, q *Question) []number.Year {
	switch {
	case q.From < number.FirstYear || q.From > number.LastYear:
		r.CalendarYear("from", q.From)
		return nil
	case q.To < number.FirstYear || q.To > number.LastYear:
		r.CalendarYear("to", q.To)
		return nil
	case q.From > q.To:
		r.Fault(&number.Error{Code: number.BadArgument, Where: "from", Message: number.Say("the period runs backwards: from %d to %d", q.From, q.To), Hint: number.Say("give the earlier year as from")})
		return nil
	case q.To-q.From >= catalogue.MaxYears:
		r.Fault(&number.Error{Code: number.TooMany, Where: "from", Message: number.Say("%d years are more than the %d of one period", q.To-q.From+1, catalogue.MaxYears), Hint: number.Say("narrow from and to")})
		return nil
	}
	var years []number.Year
	known := false
	for year := q.From; year <= q.To; year++ {
		years = append(years, year)
		known = known || q.Indicator == nil || q.Indicator.HasYear(year, q.view.View)
	}
	if !known {
		e := &number.Error{
			Code: number.UnknownYear, Where: "from", Message: number.Say("%s has no figures from %d to %d", q.Indicator.Code, q.From, q.To),
			Hint: number.Say("nothing of it was published yet"),
		}
		if all := q.Indicator.YearsIn(q.view.View); len(all) > 0 {
			e.Hint = number.Say("it has figures for %s", spans(all))
		}
		r.Fault(e)
	}
	return years
}

// Text is the value in words: 35 vụ (cộng các năm 2018–2020), or why there is none.
func (p *PeriodFigure) Text(language number.Language) string {
	if reason := p.Reason(); reason != nil {
		return reason.Text(language)
	}
	if p.Last != nil {
		return fmt.Sprintf("%s (%s)", p.Last.Text(language), number.Text{
			VI: fmt.Sprintf("năm %d", p.Last.Year), EN: fmt.Sprintf("%d", p.Last.Year),
		}.In(language))
	}
	i := p.Question.Indicator
	whole := figure.Figure{Indicator: i, Breakdown: p.Question.Breakdown, Value: p.Value, Approximations: p.approximations}
	years := fmt.Sprintf("%d–%d", p.Question.From, p.Question.To)
	return fmt.Sprintf("%s (%s)", whole.Text(language), number.Text{VI: "cộng các năm " + years, EN: "sum of " + years}.In(language))
}
