package stats

import (
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// PeriodFigure is the value of an indicator for a unit over several years: the
// sum of the years of a flow, the last known value of a stock.
type PeriodFigure struct {
	// Question is the question as it was understood.
	Question *Question
	// Release is the last publication that the answer knows; nil when there was none.
	Release *Release
	// Unit is the unit, as it was in the last year.
	Unit *Unit
	// Value is the sum, or the last known value.
	Value Value
	// Last is the figure of a stock's last known value; nil for a flow.
	Last *Figure
	// StatusSet is the union of the statuses of the figures that Value is made of.
	StatusSet StatusSet
	// MissingYears are the years without a figure, ascending; those whose figure is
	// suppressed are not among them.
	MissingYears []Year
	// Figures has one figure for each year, ascending.
	Figures []*Figure
	// Notes are warnings about the answer.
	Notes []*Note
}

// Status is the status that is shown first.
func (p *PeriodFigure) Status() Status { return p.StatusSet.First() }

// Statuses are all statuses, first in precedence first.
func (p *PeriodFigure) Statuses() []Status { return p.StatusSet.All() }

// Reason says why there is no value; nil when there is one.
func (p *PeriodFigure) Reason() *Reason { return p.Value.Reason() }

// Period answers what an indicator was over several years.
func (s *Service) Period(ctx context.Context, ask Ask) (*PeriodFigure, error) {
	r := &resolver{State: s.state()}
	q, years := r.period(ask)
	if err := r.err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.State, q, years, []*Level{q.Unit.Level})
	if err != nil {
		return nil, err
	}
	answer := &PeriodFigure{Question: q, Release: q.release, Unit: q.Unit, MissingYears: []Year{}}
	notes := &noter{catalogue: r.State}
	for _, year := range years {
		figure := f.figure(q.Unit, year)
		answer.Figures = append(answer.Figures, figure)
		if !figure.Measure().IsKnown() && !figure.isSuppressed() {
			answer.MissingYears = append(answer.MissingYears, year)
		}
		notes.figure(figure)
	}
	if q.Indicator.Over == Flow {
		answer.sum()
	} else {
		answer.carry()
	}
	answer.Notes = notes.all()
	return answer, nil
}

// sum adds the years of a flow up. A year that is missing is not zero, and years
// on both sides of a break do not count the same: neither has a sum.
func (p *PeriodFigure) sum() {
	total := decimal.Zero
	for i, figure := range p.Figures {
		value, known := figure.Value.Decimal()
		switch {
		case !known:
			p.Value, p.StatusSet = None(*figure.Reason()), figure.lacking()
			return
		case i > 0 && figure.StatusSet.Has(Break):
			p.Value, p.StatusSet = None(NotComparable), Statuses(Break)
			return
		}
		total = total.Add(value)
		p.StatusSet |= figure.StatusSet
	}
	p.Value = Exactly(total)
}

// carry finds the last known value of a stock.
func (p *PeriodFigure) carry() {
	for _, figure := range slices.Backward(p.Figures) {
		switch {
		case figure.Measure().IsKnown():
			p.Value, p.Last, p.StatusSet = figure.quantity(), figure, figure.StatusSet
			return
		case figure.isSuppressed(): // it is the last known one
			p.Value, p.StatusSet = None(Suppressed), Statuses(Confidential)
			return
		}
	}
	last := p.Figures[len(p.Figures)-1]
	p.Value, p.StatusSet = None(*last.Reason()), Statuses(Missing)
}

// period resolves a question about a period.
func (r *resolver) period(ask Ask) (*Question, []Year) {
	q := &Question{From: ask.From, To: ask.To}
	q.Indicator = r.indicator(ask.Indicator)
	q.view, q.release, q.AsOf = r.asOf(ask.Scope)
	if q.Indicator != nil {
		r.additive(q.Indicator)
	}
	r.narrow(q, ask)
	years := r.within(q)
	if len(years) == 0 {
		return q, nil
	}
	q.Unit = r.unit("unit", ask.Unit, r.on(ask.Scope, q.To.Reference()))
	if q.Unit != nil {
		r.publishedFor("unit", q.Indicator, q.Unit.Level)
	}
	return q, years
}

// additive refuses an indicator whose values of several years must not be taken
// together, and says by which rule.
func (r *resolver) additive(i *Indicator) {
	if i.Over == Flow || i.Over == Stock {
		return
	}
	r.fault(&Error{
		Code: CannotAdd, Where: "indicator",
		Message: Say("%s is neither a flow, whose years are summed, nor a stock, whose last value is taken: its years must not be taken together", i.Code),
		Hint:    Say("ask for a series; `over_time` of the indicator in the workspace says what it is"),
	})
}

// within lists the years of a period, of which one at least must have figures.
func (r *resolver) within(q *Question) []Year {
	switch {
	case q.From < FirstYear || q.From > LastYear:
		r.calendarYear("from", q.From)
		return nil
	case q.To < FirstYear || q.To > LastYear:
		r.calendarYear("to", q.To)
		return nil
	case q.From > q.To:
		r.fault(&Error{Code: BadArgument, Where: "from", Message: Say("the period runs backwards: from %d to %d", q.From, q.To), Hint: Say("give the earlier year as from")})
		return nil
	case q.To-q.From >= maxYears:
		r.fault(&Error{Code: TooMany, Where: "from", Message: Say("%d years are more than the %d of one period", q.To-q.From+1, maxYears), Hint: Say("narrow from and to")})
		return nil
	}
	var years []Year
	known := false
	for year := q.From; year <= q.To; year++ {
		years = append(years, year)
		known = known || q.Indicator == nil || q.Indicator.hasYear(year, q.view.View)
	}
	if !known {
		e := &Error{
			Code: UnknownYear, Where: "from", Message: Say("%s has no figures from %d to %d", q.Indicator.Code, q.From, q.To),
			Hint: Say("nothing of it was published yet"),
		}
		if all := q.Indicator.yearsIn(q.view.View); len(all) > 0 {
			e.Hint = Say("it has figures for %s", spans(all))
		}
		r.fault(e)
	}
	return years
}

// Text is the value in words: 35 vụ (cộng các năm 2018–2020), or why there is none.
func (p *PeriodFigure) Text(language Language) string {
	if reason := p.Reason(); reason != nil {
		return reason.Text(language)
	}
	if p.Last != nil {
		return fmt.Sprintf("%s (%s)", p.Last.Text(language), Text{
			VI: fmt.Sprintf("năm %d", p.Last.Year), EN: fmt.Sprintf("%d", p.Last.Year),
		}.In(language))
	}
	i := p.Question.Indicator
	whole := Figure{Indicator: i, Breakdown: p.Question.Breakdown, Value: p.Value}
	years := fmt.Sprintf("%d–%d", p.Question.From, p.Question.To)
	return fmt.Sprintf("%s (%s)", whole.Text(language), Text{VI: "cộng các năm " + years, EN: "sum of " + years}.In(language))
}
