package stats

import (
	"slices"
	"strings"
)

// maxMembers is the cap on the cells that one figure may be asked to be made of.
const maxMembers = 100

// breakdowns resolves the members that a question about an indicator asks for.
func (r *resolver) breakdowns(ask *Scope, i *Indicator) []*Breakdown {
	if ask == nil || i == nil {
		return nil
	}
	const where = "scope.breakdown"
	var found []*Breakdown
	cells := 1
	for _, asked := range ask.Breakdown {
		if len(r.faults) >= maxFaults {
			return nil
		}
		b := r.breakdown(where, asked, i)
		switch {
		case b == nil:
			continue
		case slices.ContainsFunc(found, func(other *Breakdown) bool { return other.Dimension == b.Dimension }):
			r.fault(&Error{
				Code: BadArgument, Where: where, Message: Say("the dimension %q is given twice", b.Dimension.Code),
				Hint: Say("give all its members at once"),
			})
			continue
		}
		cells *= len(b.Members)
		found = append(found, b)
	}
	switch {
	case cells > maxMembers:
		r.fault(&Error{
			Code: TooMany, Where: where, Message: Say("%d combinations of members are more than the %d that one figure can be made of", cells, maxMembers),
			Hint: Say("ask for fewer members, or leave the dimension out for the total over it"),
		})
	case cells > 1 && !i.Kind.addsMembers():
		r.fault(&Error{
			Code: CannotAdd, Where: where,
			Message: Say("%s is %s: figures of several members must not be added", i.Code, i.Kind.told()),
			Hint:    Say("ask for one member of each dimension, or with composition for each member by itself"),
		})
	}
	slices.SortFunc(found, func(a, b *Breakdown) int { return strings.Compare(a.Dimension.Code, b.Dimension.Code) })
	return found
}

// told says in a refusal why members of a kind are not added.
func (k IndicatorKind) told() Message {
	if k == Attainment {
		return Say("met or not met by a unit for each member by itself")
	}
	return Say("made by somebody else")
}

// breakdown resolves the members of one dimension; nil when it has a fault.
func (r *resolver) breakdown(where string, asked BreakdownAsk, i *Indicator) *Breakdown {
	d := r.dimension(where, asked.Dimension, i)
	if d == nil {
		return nil
	}
	b := &Breakdown{Dimension: d}
	if len(asked.Members) == 0 {
		r.fault(&Error{
			Code: BadArgument, Where: where, Message: Say("no member of %q is given", d.Code),
			Hint: Say("its members are %s; leave the dimension out for the total over it", d.list()),
		})
		return nil
	}
	for _, code := range asked.Members {
		if d.member(code) == nil {
			r.fault(d.unknownMember(where, code))
			return nil
		}
	}
	for _, member := range d.Members {
		if slices.Contains(asked.Members, member.Code) {
			b.Members = append(b.Members, member)
		}
	}
	return b
}

// dimension finds a dimension of an indicator.
func (r *resolver) dimension(where, code string, i *Indicator) *Dimension {
	if d := i.dimension(code); d != nil {
		return d
	}
	e := &Error{
		Code: UnknownDimension, Where: where, Message: Say("%s is not broken down by %q", i.Code, code),
		Hint: Say("it has no breakdown: ask for the total"),
	}
	var names []name
	var codes []string
	for _, d := range i.dimensions {
		names, codes = append(names, named(d.Code, d.Names.VI, d.Names.EN)), append(codes, d.Code)
	}
	if len(codes) > 0 {
		e.Nearest, e.Hint = nearest(code, names), Say("it is broken down by %s", strings.Join(codes, ", "))
	}
	r.fault(e)
	return nil
}

func (d *Dimension) unknownMember(where, code string) *Error {
	var names []name
	for _, member := range d.Members {
		names = append(names, named(member.Code, member.Names.VI, member.Names.EN))
	}
	return &Error{
		Code: UnknownMember, Where: where, Message: Say("%q is no member of the dimension %q", code, d.Code),
		Nearest: nearest(code, names), Hint: Say("its members are %s", d.list()),
	}
}

// list names the members of the dimension.
func (d *Dimension) list() string {
	var codes []string
	for _, member := range d.Members {
		codes = append(codes, member.Code)
	}
	return strings.Join(codes, ", ")
}

// onlyTotals refuses a breakdown where a question is answered for totals alone.
func (r *resolver) onlyTotals(ask *Scope, why Message) {
	if ask != nil && len(ask.Breakdown) > 0 {
		r.fault(&Error{Code: BadArgument, Where: "scope.breakdown", Message: why, Hint: Say("leave the breakdown out")})
	}
}
