package query

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// maxMembers is the cap on the cells that one figure may be asked to be made of.
const maxMembers = 100

// resolveBreakdowns resolves the members that a question about an indicator asks for.
func resolveBreakdowns(r *Resolver, ask *Scope, i *catalogue.Indicator) []*catalogue.Breakdown {
	if ask == nil || i == nil {
		return nil
	}
	const where = "scope.breakdown"
	var found []*catalogue.Breakdown
	cells := 1
	for _, asked := range ask.Breakdown {
		if len(r.faults) >= maxFaults {
			return nil
		}
		b := resolveBreakdown(r, where, asked, i)
		switch {
		case b == nil:
			continue
		case slices.ContainsFunc(found, func(other *catalogue.Breakdown) bool { return other.Dimension == b.Dimension }):
			r.Fault(&number.Error{
				Code: number.BadArgument, Where: where, Message: number.Say("the dimension %q is given twice", b.Dimension.Code),
				Hint: number.Say("give all its members at once"),
			})
			continue
		}
		cells *= len(b.Members)
		found = append(found, b)
	}
	switch {
	case cells > maxMembers:
		r.Fault(&number.Error{
			Code: number.TooMany, Where: where, Message: number.Say("%d combinations of members are more than the %d that one figure can be made of", cells, maxMembers),
			Hint: number.Say("ask for fewer members, or leave the dimension out for the total over it"),
		})
	case cells > 1 && !i.Kind.AddsMembers():
		r.Fault(&number.Error{
			Code: number.CannotAdd, Where: where,
			Message: number.Say("%s is %s: figures of several members must not be added", i.Code, i.Kind.WhyNotAdded()),
			Hint:    number.Say("ask for one member of each dimension, or with composition for each member by itself"),
		})
	}
	slices.SortFunc(found, func(a, b *catalogue.Breakdown) int { return strings.Compare(a.Dimension.Code, b.Dimension.Code) })
	return found
}

// resolveBreakdown resolves the members of one dimension; nil when it has a fault.
func resolveBreakdown(r *Resolver, where string, asked BreakdownAsk, i *catalogue.Indicator) *catalogue.Breakdown {
	d := resolveDimension(r, where, asked.Dimension, i)
	if d == nil {
		return nil
	}
	b := &catalogue.Breakdown{Dimension: d}
	if len(asked.Members) == 0 {
		r.Fault(&number.Error{
			Code: number.BadArgument, Where: where, Message: number.Say("no member of %q is given", d.Code),
			Hint: number.Say("its members are %s; leave the dimension out for the total over it", membersListed(d)),
		})
		return nil
	}
	for _, code := range asked.Members {
		if d.Member(code) == nil {
			r.Fault(unknownMember(d, where, code))
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

// resolveDimension finds a dimension of an indicator.
func resolveDimension(r *Resolver, where, code string, i *catalogue.Indicator) *catalogue.Dimension {
	if d := i.Dimension(code); d != nil {
		return d
	}
	e := &number.Error{
		Code: number.UnknownDimension, Where: where, Message: number.Say("%s is not broken down by %q", i.Code, code),
		Hint: number.Say("it has no breakdown: ask for the total"),
	}
	var names []number.Name
	var codes []string
	for _, d := range i.Dimensions {
		names, codes = append(names, number.NewName(d.Code, d.Names.VI, d.Names.EN)), append(codes, d.Code)
	}
	if len(codes) > 0 {
		e.Nearest, e.Hint = number.NearestName(code, names), number.Say("it is broken down by %s", strings.Join(codes, ", "))
	}
	r.Fault(e)
	return nil
}

func unknownMember(d *catalogue.Dimension, where, code string) *number.Error {
	var names []number.Name
	for _, member := range d.Members {
		names = append(names, number.NewName(member.Code, member.Names.VI, member.Names.EN))
	}
	return &number.Error{
		Code: number.UnknownMember, Where: where, Message: number.Say("%q is no member of the dimension %q", code, d.Code),
		Nearest: number.NearestName(code, names), Hint: number.Say("its members are %s", membersListed(d)),
	}
}

// membersListed names the members of the dimension.
func membersListed(d *catalogue.Dimension) string {
	var codes []string
	for _, member := range d.Members {
		codes = append(codes, member.Code)
	}
	return strings.Join(codes, ", ")
}

// OnlyTotals refuses a breakdown, for a question that is answered for totals alone.
func OnlyTotals(r *Resolver, ask *Scope, why number.Message) {
	if ask != nil && len(ask.Breakdown) > 0 {
		r.Fault(&number.Error{Code: number.BadArgument, Where: "scope.breakdown", Message: why, Hint: number.Say("leave the breakdown out")})
	}
}
