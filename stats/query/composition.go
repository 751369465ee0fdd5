package query

import (
	"context"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// Composition is how the figures of units are made up of the members of a dimension.
type Composition struct {
	// Question is the question as it was understood; its breakdown is that of the
	// wholes.
	Question *Question
	// Dimension is what the wholes are divided by.
	Dimension *catalogue.Dimension
	// Version says of which publications the answer is.
	Version
	// Rows are the units, by code.
	Rows []*CompositionRow
	// Total is the unit that the rows lie within; nil when one unit was asked for or
	// they have none in common.
	Total *CompositionRow
	// Notes are warnings about the answer.
	Notes []*Note
}

// CompositionRow is the composition of one unit.
type CompositionRow struct {
	// Unit is the unit, as it was in the year asked.
	Unit *catalogue.Unit
	// Whole is its figure over all members, as reported where it was.
	Whole *figure.Figure
	// Parts are its figures of the members, in the order of the dimension.
	Parts []*CompositionPart
	// Unstated is what the whole has beyond the members that are known: those that are
	// not, whatever is no member, or what does not add up. Negative when the members
	// are more. Of counts and amounts; none for other kinds, and where
	// the figures are not of the same units.
	Unstated number.Value
}

// UnstatedReason says why nothing is told beyond the members; nil when something is.
func (r *CompositionRow) UnstatedReason() *number.Reason { return r.Unstated.Reason() }

// CompositionPart is one member of a composition.
type CompositionPart struct {
	// Member is the member.
	Member *catalogue.DimensionMember
	// Figure is the unit's figure of it.
	Figure *figure.Figure
	// Share is its part of the whole in percent, of counts and amounts; none for other
	// kinds, and where the two are not of the same units.
	Share number.Value
}

// ShareReason says why there is no share; nil when there is one.
func (p *CompositionPart) ShareReason() *number.Reason { return p.Share.Reason() }

// Compose answers how figures are made up of the members of a dimension.
func (s *Service) Compose(ctx context.Context, ask Ask) (*Composition, error) {
	r := &Resolver{State: s.State()}
	q, d, units := resolveComposition(r, ask)
	if err := r.Err(); err != nil {
		return nil, err
	}
	wants := []figure.Request{{Indicator: q.Indicator, Breakdown: q.Breakdown, Years: []number.Year{q.Year}, Levels: units.levels()}}
	for _, member := range d.Members {
		wants = append(wants, figure.Request{Indicator: q.Indicator, Breakdown: with(q.Breakdown, d, member), Years: []number.Year{q.Year}, Levels: units.levels()})
	}
	all, err := s.FetchAll(ctx, r.State, q.view, wants)
	if err != nil {
		return nil, err
	}
	answer := &Composition{Question: q, Dimension: d, Version: q.version, Rows: []*CompositionRow{}}
	notes := &NoteCollector{Catalogue: r.State}
	for _, unit := range units.units {
		answer.Rows = append(answer.Rows, compose(d, unit, q.Year, all, notes))
	}
	if units.total != nil {
		answer.Total = compose(d, units.total, q.Year, all, notes)
	}
	answer.Notes, answer.Release = notes.All(), notes.Release()
	return answer, nil
}

// with adds a member to a breakdown.
func with(breakdown []*catalogue.Breakdown, d *catalogue.Dimension, member *catalogue.DimensionMember) []*catalogue.Breakdown {
	longer := append(slices.Clone(breakdown), &catalogue.Breakdown{Dimension: d, Members: []*catalogue.DimensionMember{member}})
	slices.SortFunc(longer, func(a, b *catalogue.Breakdown) int { return strings.Compare(a.Dimension.Code, b.Dimension.Code) })
	return longer
}

// compose makes the row of a unit from the facts of the whole and of each member.
func compose(d *catalogue.Dimension, unit *catalogue.Unit, year number.Year, all []*figure.Facts, notes *NoteCollector) *CompositionRow {
	row := &CompositionRow{Unit: unit, Whole: all[0].Figure(unit, year)}
	notes.figure(row.Whole)
	rest, measured := row.Whole.Value, row.Whole.Indicator.IsSum()
	if !measured {
		rest = number.None(number.NotApplicable)
	}
	for i, member := range d.Members {
		part := &CompositionPart{Member: member, Figure: all[i+1].Figure(unit, year), Share: number.None(number.NotApplicable)}
		notes.figure(part.Figure)
		if measured {
			part.Share = shareOf(part.Figure, row.Whole)
			rest = subtractKnown(rest, part.Figure, row.Whole)
		}
		row.Parts = append(row.Parts, part)
	}
	row.Unstated = rest
	return row
}

// subtractKnown returns what a rest of the whole leaves without a part; the rest as it is
// where the part is not known.
func subtractKnown(rest number.Value, part, whole *figure.Figure) number.Value {
	value, known := part.Value.Number()
	switch {
	case !known || !rest.IsKnown():
		return rest
	case !part.OfSameUnits(whole):
		return number.None(number.NotComparable)
	}
	return number.Known(rest.Fraction().Sub(value))
}

// shareOf is part ÷ whole × 100; none where either is not known, they are not of the
// same units or the whole is not positive.
func shareOf(part, whole *figure.Figure) number.Value {
	p, known := part.Value.Number()
	if !known {
		return part.Value
	}
	w, known := whole.Value.Number()
	switch {
	case !known:
		return whole.Value
	case !part.OfSameUnits(whole):
		return number.None(number.NotComparable)
	case w.Sign() <= 0:
		return number.None(number.SumNotPositive)
	}
	return number.Known(p.Times(number.Hundred()).Over(w))
}

// resolveComposition resolves a question about a composition.
func resolveComposition(r *Resolver, ask Ask) (*Question, *catalogue.Dimension, scope) {
	q := &Question{Indicator: r.indicator(ask.Indicator), Year: ask.Year}
	r.year("year", q.Year, q.Indicator, r.published(ask.Scope), number.UnknownYear)
	resolveUnits(r, q, ask, q.Year.Reference())
	q.view, q.version, q.AsOf = r.AsOf(ask.Scope)
	if q.Indicator == nil {
		return q, nil, scope{}
	}
	d := resolveDimension(r, "dimension", ask.Dimension, q.Indicator)
	if d != nil && slices.ContainsFunc(q.Breakdown, func(b *catalogue.Breakdown) bool { return b.Dimension == d }) {
		r.Fault(&number.Error{
			Code: number.BadArgument, Where: "scope.breakdown", Message: number.Say("the breakdown by %q is what is asked for", d.Code),
			Hint: number.Say("leave it out: every member has a part"),
		})
	}
	units := scopeOf(r, q, q.Year.Reference())
	if d != nil {
		if cells := len(units.units) * (len(d.Members) + 1); cells > maxUnits {
			r.Fault(&number.Error{
				Code: number.TooMany, Where: "level",
				Message: number.Say("%d units × %d members are more than the %d figures that one answer can have", len(units.units), len(d.Members), maxUnits),
				Hint:    number.Say("narrow the question with within"),
			})
		}
	}
	return q, d, units
}
