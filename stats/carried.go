package stats

import (
	"fmt"
	"slices"
	"strings"
)

// maxNamed is how many units a note names; it counts the others.
const maxNamed = 5

// carried looks at how a figure came to be on the units of a basis.
func (n *noter) carried(f *Figure) {
	if f.StatusSet.Has(Break) && slices.Contains(f.redrawn, f.Year) {
		n.redrawn = true
	}
	if f.recasting == asReported {
		return
	}
	n.basis = f.view.basis
	switch {
	case f.notCarried():
		if n.notRecast == nil {
			n.notRecast = map[uint32]bool{}
		}
		n.notRecast[f.Unit.Key()] = true
	case f.recasting == fromParts && f.Measure().IsKnown():
		n.estimated = true
	}
}

// losses looks for units of the years that no row carries to the level asked: their
// figures are in none of the rows.
func (n *noter) losses(f *facts, q *Question, years ...Year) {
	if q.Level == nil || f.view.basis.IsOpen() {
		return
	}
	for _, year := range years {
		h := f.at(year)
		if h.recast == nil {
			continue
		}
		for _, unit := range h.recast.carry(q.Level, f.indicator.Level()).lost {
			known := slices.ContainsFunc(n.lost, func(u *Unit) bool { return u.Key() == unit.Key() })
			if !known && h.recast.from.Eligible(f.indicator, unit) > 0 && h.recast.near(unit, q.Within) {
				n.lost = append(n.lost, unit)
			}
		}
	}
}

// near tells whether a lost unit lay in what is now a unit, as far as is known.
func (r *recast) near(u, within *Unit) bool {
	if within == nil {
		return true
	}
	for at := u.Parent(); at != nil; at = at.Parent() {
		if h := r.homes[at.Key()]; h.unit != nil {
			return h.unit.Within(within) || within.Within(h.unit)
		}
	}
	return true
}

// recast adds the notes about carried figures.
func (n *noter) recast(tell func(when bool, code NoteCode, text Text)) {
	add := func(when bool, code NoteCode, vi, en string) { tell(when, code, Text{vi, en}) }
	add(!n.basis.IsOpen(), NoteBasis,
		fmt.Sprintf("số liệu được quy đổi về các đơn vị hành chính ngày %s", n.basis.slashed()),
		fmt.Sprintf("figures are carried to the units of %s", n.basis))
	add(n.estimated, NoteRecastEstimated,
		"có đơn vị bị chia tách; số liệu của đơn vị đó được phân bổ theo trọng số nên là ước tính",
		"some units were split; their figures are shared out by weights and so are estimates")
	tell(len(n.notRecast) > 0, NoteNotRecast, counting(
		"không quy đổi được số liệu của %s đơn vị vì không biết tỷ lệ chia tách, không có quy tắc hoặc không có bảng chuyển đổi",
		"the figures of %s units cannot be carried: the shares of what was split, a rule or a row of the crosswalk are not known", len(n.notRecast)))
	add(len(n.lost) > 0, NoteNotCarried,
		"bảng chuyển đổi không có: "+namesOf(n.lost, Vietnamese)+"; số liệu của các đơn vị này không nằm trong đơn vị nào của cấp được hỏi",
		"the crosswalk has no row for "+namesOf(n.lost, English)+"; their figures are in no unit of the level asked")
	add(n.redrawn, NoteRedrawn,
		"địa giới của đơn vị thay đổi giữa các năm nên không so sánh; hãy hỏi theo đơn vị của một ngày (scope.basis)",
		"the territory of a unit changed between the years, so they are not compared; ask on the units of one day (scope.basis)")
}

// namesOf names units, the first few of many.
func namesOf(units []*Unit, language Language) string {
	slices.SortFunc(units, byCode)
	var names []string
	for _, unit := range units[:min(len(units), maxNamed)] {
		names = append(names, fmt.Sprintf("%s (%s)", unit.FullName(language), unit.Code))
	}
	text := strings.Join(names, ", ")
	if more := len(units) - maxNamed; more > 0 {
		text += counting(" và %s đơn vị khác", " and %s more", more).In(language)
	}
	return text
}

// slashed writes 01/07/2025.
func (d Date) slashed() string { return fmt.Sprintf("%02d/%02d/%04d", d%100, d/100%100, d/10000) }
