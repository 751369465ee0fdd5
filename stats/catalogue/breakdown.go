package catalogue

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Dimension is what figures are broken down by: sex, age, residence. Its members
// do not overlap, so that figures of several of them may be added.
type Dimension struct {
	// Code names the dimension: "sex".
	Code string `json:"code"`
	// Names is its title.
	Names number.Text `json:"name"`
	// Members are what it is divided into, in the order in which people list them.
	Members []*DimensionMember `json:"members"`
	// Partial reports whether the members are not the whole: what belongs to none of them
	// is in the total alone.
	Partial bool `json:"partial,omitempty"`
}

// Name is the dimension's title.
func (d *Dimension) Name(language number.Language) string { return d.Names.In(language) }

// Member returns the member of a code, nil when there is none.
func (d *Dimension) Member(code string) *DimensionMember {
	for _, member := range d.Members {
		if member.Code == code {
			return member
		}
	}
	return nil
}

// DimensionMember is one category of a dimension.
type DimensionMember struct {
	// Code names the member: "female".
	Code string `json:"code"`
	// Names is the word for it: nữ, female.
	Names number.Text `json:"name"`
}

// Name is the word for the member.
func (m *DimensionMember) Name(language number.Language) string { return m.Names.In(language) }

// Breakdown is the members of one dimension that a figure or a question is about; several
// are added.
type Breakdown struct {
	// Dimension is what is broken down by.
	Dimension *Dimension
	// Members are those asked for, in the order of the dimension.
	Members []*DimensionMember
}

// MemberRef names one member of one dimension by their codes.
type MemberRef struct{ Dimension, Member string }

// BreakdownKey writes members of different dimensions as the key of a breakdown:
// residence=urban;sex=female, "" for none. The dimensions are ordered by their codes, so
// that a cell has one key whatever the order in which a workspace declares them.
func BreakdownKey(members ...MemberRef) string {
	slices.SortFunc(members, func(a, b MemberRef) int { return strings.Compare(a.Dimension, b.Dimension) })
	var parts []string
	for _, m := range members {
		parts = append(parts, m.Dimension+"="+m.Member)
	}
	return strings.Join(parts, ";")
}

// ParseBreakdownKey reads what BreakdownKey writes: the members, by dimension.
func ParseBreakdownKey(breakdown string) []MemberRef {
	var members []MemberRef
	for part := range strings.SplitSeq(breakdown, ";") {
		if dimension, member, ok := strings.Cut(part, "="); ok {
			members = append(members, MemberRef{dimension, member})
		}
	}
	return members
}

// BreakdownOf returns the members of one cell; empty for the total.
func (i *Indicator) BreakdownOf(cell string) []*Breakdown {
	found := []*Breakdown{}
	for _, of := range ParseBreakdownKey(cell) {
		if d := i.Dimension(of.Dimension); d != nil && d.Member(of.Member) != nil {
			found = append(found, &Breakdown{Dimension: d, Members: []*DimensionMember{d.Member(of.Member)}})
		}
	}
	return found
}

// BreakdownOfAll returns the members of several cells that together are one breakdown.
func (i *Indicator) BreakdownOfAll(cells []string) []*Breakdown {
	var found []*Breakdown
	for _, cell := range cells {
		for _, of := range i.BreakdownOf(cell) {
			at := slices.IndexFunc(found, func(b *Breakdown) bool { return b.Dimension == of.Dimension })
			switch {
			case at < 0:
				found = append(found, of)
			case !slices.Contains(found[at].Members, of.Members[0]):
				found[at].Members = append(found[at].Members, of.Members[0])
			}
		}
	}
	return found
}

// CellsOf lists the keys of the cells of a breakdown: one for each combination of one
// member of each dimension; the total for none.
func CellsOf(breakdown []*Breakdown) []string {
	all := [][]MemberRef{nil}
	for _, b := range breakdown {
		var longer [][]MemberRef
		for _, members := range all {
			for _, member := range b.Members {
				longer = append(longer, append(slices.Clip(members), MemberRef{b.Dimension.Code, member.Code}))
			}
		}
		all = longer
	}
	cells := make([]string, len(all))
	for i, members := range all {
		cells[i] = BreakdownKey(members...)
	}
	return cells
}

// EveryMember stands in a key for all members of a dimension.
const EveryMember = "*"

// Divide lists the keys of the cells into which the dimension divides a cell; nil when
// the cell is of one of its members already.
func (d *Dimension) Divide(cell string) []string {
	members := ParseBreakdownKey(cell)
	if slices.ContainsFunc(members, func(of MemberRef) bool { return of.Dimension == d.Code }) {
		return nil
	}
	cells := make([]string, len(d.Members))
	for i, member := range d.Members {
		cells[i] = BreakdownKey(append(slices.Clip(members), MemberRef{d.Code, member.Code})...)
	}
	return cells
}

// Whole returns the key of a cell summed over all members of the dimension.
func (d *Dimension) Whole(cell string) string {
	return BreakdownKey(append(ParseBreakdownKey(cell), MemberRef{d.Code, EveryMember})...)
}

// Cells lists the keys that a written key means: itself or, where it has a *, all cells
// that are added.
func (i *Indicator) Cells(written string) []string {
	for _, of := range ParseBreakdownKey(written) {
		if d := i.Dimension(of.Dimension); d != nil && of.Member == EveryMember {
			return d.Divide(d.Without(written))
		}
	}
	return []string{written}
}

// Breakdowns are the dimensions that the indicator may be broken down by; empty for none.
func (i *Indicator) Breakdowns() []*Dimension { return i.Dimensions }

// Dimension is the dimension of a code by which the indicator is broken down; nil for none.
func (i *Indicator) Dimension(code string) *Dimension {
	for _, d := range i.Dimensions {
		if d.Code == code {
			return d
		}
	}
	return nil
}

// Has reports whether the indicator has a breakdown: each member one of a dimension
// of its own; "" is the total, which every indicator has.
func (i *Indicator) Has(breakdown string) bool {
	for _, of := range ParseBreakdownKey(breakdown) {
		if d := i.Dimension(of.Dimension); d == nil || d.Member(of.Member) == nil {
			return false
		}
	}
	return true
}

// Allows reports whether figures of the indicator may be asked for by a breakdown.
func (i *Indicator) Allows(breakdown []*Breakdown) bool {
	for _, b := range breakdown {
		if i.Dimension(b.Dimension.Code) == nil || len(b.Members) > 1 && !i.Kind.AddsMembers() {
			return false
		}
	}
	return true
}

// Completions lists the dimensions whose members may stand for a cell that has no
// figure of its own: members that are the whole, all of which have observations in
// the year and view or members that have.
func (i *Indicator) Completions(year number.Year, cell string, view ledger.View) []*Dimension {
	if !i.Kind.AddsMembers() {
		return nil
	}
	var found []*Dimension
	for _, d := range i.Dimensions {
		parts := d.Divide(cell)
		if d.Partial || len(parts) == 0 {
			continue
		}
		unknown := func(part string) bool { return !i.holds(year, part, view) && len(i.Completions(year, part, view)) == 0 }
		if !slices.ContainsFunc(parts, unknown) {
			found = append(found, d)
		}
	}
	return found
}

// Without returns the key of a cell without the dimension: the total over it.
func (d *Dimension) Without(cell string) string {
	return BreakdownKey(slices.DeleteFunc(ParseBreakdownKey(cell), func(of MemberRef) bool { return of.Dimension == d.Code })...)
}

// Below lists the keys of the cells that may be added up in place of a cell without a
// figure of its own: members, and what may stand for those.
func (i *Indicator) Below(year number.Year, cell string, view ledger.View) []string {
	var cells []string
	for _, d := range i.Completions(year, cell, view) {
		for _, part := range d.Divide(cell) {
			cells = append(append(cells, part), i.Below(year, part, view)...)
		}
	}
	return cells
}

// BreakdownLabel is the members of a breakdown in words: nữ, thành thị; several of one
// dimension joined by +. It is empty for the total.
func BreakdownLabel(breakdown []*Breakdown, language number.Language) string {
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

// basisMark stands before the day on whose units a figure was stated.
const basisMark = "@"

// OnBasis writes the key of a cell whose figure was stated on the units of a day,
// @2020-07-01;sex=female; of the year's own units where the day is open.
func OnBasis(day number.Date, breakdown string) string {
	switch {
	case day.IsOpen():
		return breakdown
	case breakdown == "":
		return basisMark + day.String()
	}
	return basisMark + day.String() + ";" + breakdown
}

// BasisOf reads what OnBasis writes: the day, open where a figure is of its year's own
// units, and the breakdown.
func BasisOf(key string) (day number.Date, breakdown string) {
	rest, stated := strings.CutPrefix(key, basisMark)
	if !stated {
		return 0, key
	}
	text, breakdown, _ := strings.Cut(rest, ";")
	day, _ = number.ParseDate(text)
	return day, breakdown
}

// DayOf returns the day whose units a cell of a year is of.
func DayOf(year number.Year, key string) number.Date {
	if day, _ := BasisOf(key); !day.IsOpen() {
		return day
	}
	return year.Reference()
}
