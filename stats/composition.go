package stats

import (
	"context"
	"slices"
	"strings"
)

// Composition is how the figures of units are made up of the members of a dimension.
type Composition struct {
	// Question is the question as it was understood; its breakdown is that of the
	// wholes.
	Question *Question
	// Dimension is what the wholes are divided by.
	Dimension *Dimension
	// Release is the last publication that the answer knows; nil when there was none.
	Release *Release
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
	Unit *Unit
	// Whole is its figure over all members, as reported where it was.
	Whole *Figure
	// Parts are its figures of the members, in the order of the dimension.
	Parts []*CompositionPart
	// Unstated is what the whole has beyond the members that are known: those that are
	// not, whatever is no member, or what does not add up. Negative when the members
	// are more. Of counts and amounts; none for other kinds, and where
	// the figures are not of the same units.
	Unstated Value
}

// UnstatedReason says why nothing is told beyond the members; nil when something is.
func (r *CompositionRow) UnstatedReason() *Reason { return r.Unstated.Reason() }

// CompositionPart is one member of a composition.
type CompositionPart struct {
	// Member is the member.
	Member *DimensionMember
	// Figure is the unit's figure of it.
	Figure *Figure
	// Share is its part of the whole in percent, of counts and amounts; none for other
	// kinds, and where the two are not of the same units.
	Share Value
}

// ShareReason says why there is no share; nil when there is one.
func (p *CompositionPart) ShareReason() *Reason { return p.Share.Reason() }

// Compose answers how figures are made up of the members of a dimension.
func (s *Service) Compose(ctx context.Context, ask Ask) (*Composition, error) {
	r := &resolver{State: s.state()}
	q, d, units := r.composition(ask)
	if err := r.err(); err != nil {
		return nil, err
	}
	wants := []want{{q.Indicator, q.Breakdown, []Year{q.Year}, units.levels()}}
	for _, member := range d.Members {
		wants = append(wants, want{q.Indicator, with(q.Breakdown, d, member), []Year{q.Year}, units.levels()})
	}
	all, err := s.fetchAll(ctx, r.State, q.view, wants)
	if err != nil {
		return nil, err
	}
	answer := &Composition{Question: q, Dimension: d, Release: q.release, Rows: []*CompositionRow{}}
	notes := &noter{catalogue: r.State}
	for _, unit := range units.units {
		answer.Rows = append(answer.Rows, d.compose(unit, q.Year, all, notes))
	}
	if units.total != nil {
		answer.Total = d.compose(units.total, q.Year, all, notes)
	}
	answer.Notes = notes.all()
	return answer, nil
}

// with adds a member to a breakdown.
func with(breakdown []*Breakdown, d *Dimension, member *DimensionMember) []*Breakdown {
	longer := append(slices.Clone(breakdown), &Breakdown{Dimension: d, Members: []*DimensionMember{member}})
	slices.SortFunc(longer, func(a, b *Breakdown) int { return strings.Compare(a.Dimension.Code, b.Dimension.Code) })
	return longer
}

// compose makes the row of a unit from the facts of the whole and of each member.
func (d *Dimension) compose(unit *Unit, year Year, all []*facts, notes *noter) *CompositionRow {
	row := &CompositionRow{Unit: unit, Whole: all[0].figure(unit, year)}
	notes.figure(row.Whole)
	rest, measured := row.Whole.Value, row.Whole.Indicator.Kind.isSum()
	if !measured {
		rest = None(NotApplicable)
	}
	for i, member := range d.Members {
		part := &CompositionPart{Member: member, Figure: all[i+1].figure(unit, year), Share: None(NotApplicable)}
		notes.figure(part.Figure)
		if measured {
			part.Share = shareOf(part.Figure, row.Whole)
			rest = beyond(rest, part.Figure, row.Whole)
		}
		row.Parts = append(row.Parts, part)
	}
	row.Unstated = rest
	return row
}

// isSum tells whether a whole is the sum of its parts.
func (k IndicatorKind) isSum() bool { return k == Count || k == Amount }

// beyond takes a part that is known from a rest of the whole.
func beyond(rest Value, part, whole *Figure) Value {
	value, known := part.Value.Number()
	switch {
	case !known || !rest.IsKnown():
		return rest
	case !part.ofSameUnits(whole):
		return None(NotComparable)
	}
	return Known(rest.Fraction().Sub(value))
}

// ofSameUnits tells whether the values of the same units are in two figures of a
// unit: of all eligible ones, or of the same ones.
func (f *Figure) ofSameUnits(g *Figure) bool {
	return f.isComplete() && g.isComplete() || f.reporters == g.reporters
}

// isComplete tells whether a figure stands for all eligible units within its unit.
func (f *Figure) isComplete() bool {
	return f.Origin == OriginReported || f.Coverage.Reported >= f.Coverage.Expected
}

// shareOf is part ÷ whole × 100; none where either is not known, they are not of the
// same units or the whole is zero.
func shareOf(part, whole *Figure) Value {
	p, known := part.Value.Decimal()
	if !known {
		return part.Value
	}
	w, known := whole.Value.Decimal()
	switch {
	case !known:
		return whole.Value
	case !part.ofSameUnits(whole):
		return None(NotComparable)
	}
	share, ok := Divide(p.Mul(hundred()), w)
	if !ok {
		return None(NotApplicable)
	}
	return Known(share)
}

// composition resolves a question about a composition.
func (r *resolver) composition(ask Ask) (*Question, *Dimension, scope) {
	q := &Question{Indicator: r.indicator(ask.Indicator), Year: ask.Year}
	r.year("year", q.Year, q.Indicator, r.published(ask.Scope), UnknownYear)
	r.target(q, ask, q.Year.Reference())
	q.view, q.release, q.AsOf = r.asOf(ask.Scope)
	if q.Indicator == nil {
		return q, nil, scope{}
	}
	d := r.dimension("dimension", ask.Dimension, q.Indicator)
	if d != nil && slices.ContainsFunc(q.Breakdown, func(b *Breakdown) bool { return b.Dimension == d }) {
		r.fault(&Error{
			Code: BadArgument, Where: "scope.breakdown", Message: Say("the breakdown by %q is what is asked for", d.Code),
			Hint: Say("leave it out: every member has a part"),
		})
	}
	units := r.scope(q, q.Year.Reference())
	if d != nil {
		if cells := len(units.units) * (len(d.Members) + 1); cells > maxUnits {
			r.fault(&Error{
				Code: TooMany, Where: "level",
				Message: Say("%d units × %d members are more than the %d figures that one answer can have", len(units.units), len(d.Members), maxUnits),
				Hint:    Say("narrow the question with within"),
			})
		}
	}
	return q, d, units
}
