package stats

import (
	"slices"
	"strings"
)

// Dimension is what figures are broken down by: sex, age, residence. Its members
// do not overlap, so that figures of several of them may be added.
type Dimension struct {
	// Code names the dimension: "sex".
	Code string `json:"code"`
	// Names is its title.
	Names Text `json:"name"`
	// Members are what it is divided into, in the order in which people list them.
	Members []*DimensionMember `json:"members"`
	// Partial says that the members are not the whole: what is none of them is in
	// the total alone.
	Partial bool `json:"partial,omitempty"`
}

// Name is the dimension's title.
func (d *Dimension) Name(language Language) string { return d.Names.In(language) }

// member gives the member of a code, nil when there is none.
func (d *Dimension) member(code string) *DimensionMember {
	for _, member := range d.Members {
		if member.Code == code {
			return member
		}
	}
	return nil
}

// DimensionMember is one of the parts that a dimension divides into.
type DimensionMember struct {
	// Code names the member: "female".
	Code string `json:"code"`
	// Names is the word for it: nữ, female.
	Names Text `json:"name"`
}

// Name is the word for the member.
func (m *DimensionMember) Name(language Language) string { return m.Names.In(language) }

// Breakdown is the members of one dimension that a figure or a question is about:
// those alone, added where there are several.
type Breakdown struct {
	// Dimension is what is broken down by.
	Dimension *Dimension
	// Members are those asked for, in the order of the dimension.
	Members []*DimensionMember
}

// Of is one member of one dimension, by their codes.
type Of struct{ Dimension, Member string }

// In writes members of different dimensions as the Breakdown of a cell:
// residence=urban;sex=female, "" for none. The dimensions are ordered by their
// codes, so that a cell has one key whoever writes it and whatever the order in
// which a workspace declares them.
func In(members ...Of) string {
	slices.SortFunc(members, func(a, b Of) int { return strings.Compare(a.Dimension, b.Dimension) })
	var parts []string
	for _, m := range members {
		parts = append(parts, m.Dimension+"="+m.Member)
	}
	return strings.Join(parts, ";")
}

// OfCell reads the Breakdown of a cell: its members, by dimension.
func OfCell(breakdown string) []Of {
	var members []Of
	for part := range strings.SplitSeq(breakdown, ";") {
		if dimension, member, ok := strings.Cut(part, "="); ok {
			members = append(members, Of{dimension, member})
		}
	}
	return members
}

// BreakdownOf gives the members of one cell; empty for the total.
func (i *Indicator) BreakdownOf(cell string) []*Breakdown {
	found := []*Breakdown{}
	for _, of := range OfCell(cell) {
		if d := i.dimension(of.Dimension); d != nil && d.member(of.Member) != nil {
			found = append(found, &Breakdown{Dimension: d, Members: []*DimensionMember{d.member(of.Member)}})
		}
	}
	return found
}

// cellsOf lists the cells of a breakdown: one for each way to take one member of
// each dimension; the total for none.
func cellsOf(breakdown []*Breakdown) []string {
	all := [][]Of{nil}
	for _, b := range breakdown {
		var longer [][]Of
		for _, members := range all {
			for _, member := range b.Members {
				longer = append(longer, append(slices.Clip(members), Of{b.Dimension.Code, member.Code}))
			}
		}
		all = longer
	}
	cells := make([]string, len(all))
	for i, members := range all {
		cells[i] = In(members...)
	}
	return cells
}

// everyMember stands in place of a member for all members of its dimension.
const everyMember = "*"

// divide lists the cells into which a dimension divides a cell; nil when the cell
// is of one of its members already.
func (d *Dimension) divide(cell string) []string {
	members := OfCell(cell)
	if slices.ContainsFunc(members, func(of Of) bool { return of.Dimension == d.Code }) {
		return nil
	}
	cells := make([]string, len(d.Members))
	for i, member := range d.Members {
		cells[i] = In(append(slices.Clip(members), Of{d.Code, member.Code})...)
	}
	return cells
}

// whole writes a cell as the sum over all members of the dimension.
func (d *Dimension) whole(cell string) string {
	return In(append(OfCell(cell), Of{d.Code, everyMember})...)
}

// cells lists what a written cell stands for: itself, or where it has a * all
// cells that are added to it.
func (i *Indicator) cells(written string) []string {
	for _, of := range OfCell(written) {
		if d := i.dimension(of.Dimension); d != nil && of.Member == everyMember {
			return d.divide(d.without(written))
		}
	}
	return []string{written}
}

// Breakdowns are the dimensions that the indicator may be broken down by; empty for none.
func (i *Indicator) Breakdowns() []*Dimension { return i.dimensions }

func (i *Indicator) dimension(code string) *Dimension {
	for _, d := range i.dimensions {
		if d.Code == code {
			return d
		}
	}
	return nil
}

// Has tells whether the indicator has a breakdown: each member one of a dimension
// of its own; "" is the total, which every indicator has.
func (i *Indicator) Has(breakdown string) bool {
	for _, of := range OfCell(breakdown) {
		if d := i.dimension(of.Dimension); d == nil || d.member(of.Member) == nil {
			return false
		}
	}
	return true
}

// allows tells whether figures of the indicator may be asked for by a breakdown.
func (i *Indicator) allows(breakdown []*Breakdown) bool {
	for _, b := range breakdown {
		if i.dimension(b.Dimension.Code) == nil || len(b.Members) > 1 && !i.Kind.addsMembers() {
			return false
		}
	}
	return true
}

// addsMembers tells whether figures of several members may be added: not whether
// units meet a criterion, and nothing that somebody else made.
func (k IndicatorKind) addsMembers() bool { return k != Attainment && k != Reported }

// completions lists the dimensions whose members may stand for a cell that has no
// figure of its own: members that are the whole, all of which have observations in
// the year and view or members that have.
func (i *Indicator) completions(year Year, cell string, view View) []*Dimension {
	if !i.Kind.addsMembers() {
		return nil
	}
	var found []*Dimension
	for _, d := range i.dimensions {
		parts := d.divide(cell)
		if d.Partial || len(parts) == 0 {
			continue
		}
		unknown := func(part string) bool { return !i.holds(year, part, view) && len(i.completions(year, part, view)) == 0 }
		if !slices.ContainsFunc(parts, unknown) {
			found = append(found, d)
		}
	}
	return found
}

// without leaves the dimension out of a cell: the total over it.
func (d *Dimension) without(cell string) string {
	return In(slices.DeleteFunc(OfCell(cell), func(of Of) bool { return of.Dimension == d.Code })...)
}

// below lists the cells that may stand for one, its members and theirs.
func (i *Indicator) below(year Year, cell string, view View) []string {
	var cells []string
	for _, d := range i.completions(year, cell, view) {
		for _, part := range d.divide(cell) {
			cells = append(append(cells, part), i.below(year, part, view)...)
		}
	}
	return cells
}

// label is the members of a breakdown in words: nữ, thành thị; several of one
// dimension joined by +. It is empty for the total.
func label(breakdown []*Breakdown, language Language) string {
	var parts []string
	for _, b := range breakdown {
		var members []string
		for _, member := range b.Members {
			members = append(members, member.Name(language))
		}
		parts = append(parts, strings.Join(members, " + "))
	}
	return strings.Join(parts, ", ")
}

// dimensionsOf finds the dimensions of an indicator.
func (c *Catalogue) dimensionsOf(i *Indicator) []*Dimension {
	found := []*Dimension{}
	for _, code := range i.DimensionCodes {
		if d := c.Dimension(code); d != nil {
			found = append(found, d)
		}
	}
	return found
}

// Dimension gives the dimension of a code, nil when there is none.
func (c *Catalogue) Dimension(code string) *Dimension {
	for _, d := range c.Dimensions {
		if d.Code == code {
			return d
		}
	}
	return nil
}
