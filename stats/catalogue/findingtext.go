package catalogue

import (
	"fmt"
	"strings"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// FindingText describes a finding about a unit; the indicator is nil where it is not
// defined any more.
func FindingText(f *ledger.Finding, i *Indicator, unit string, language number.Language) string {
	at := fmt.Sprintf(number.Text{VI: "%s, năm %d: ", EN: "%s, %d: "}.In(language), unit, f.Year)
	if day, _ := BasisOf(f.Breakdown); !day.IsOpen() {
		at = fmt.Sprintf(number.Text{VI: "%s, năm %d, theo các đơn vị ngày %s: ", EN: "%s, %d, on the units of %s: "}.In(language), unit, f.Year, day.In(language))
	}
	switch {
	case f.Code == number.NoteMembersAgree:
		return at + number.Text{VI: "các thành phần nay đã khớp", EN: "the members agree by now"}.In(language)
	case f.Used == string(number.Suppressed):
		return at + number.Text{VI: "các giá trị không khớp, không cho xem", EN: "values that disagree are withheld"}.In(language)
	case f.Code == number.NoteDerived:
		return at + fmt.Sprintf(number.Text{VI: "%s là số suy ra, không phải số được in (%s)", EN: "%s is a derived figure, not a printed one (%s)"}.In(language),
			i.Printed(f.Used, language), NoteIn(f.Derivation, &language))
	case f.Code == number.NoteMembers:
		return at + membersTold(f, i, language)
	case f.Code != number.NoteConflict:
		return at + membersOf(f, i, language) + checkTold(f, i, language)
	}
	return at + fmt.Sprintf(number.Text{VI: "dùng số %s; nơi khác công bố %s", EN: "%s is used; %s was published elsewhere"}.In(language),
		i.Printed(f.Used, language), i.Printed(f.Other, language))
}

// membersTold describes that members and the figure that they divide do not agree.
func membersTold(f *ledger.Finding, i *Indicator, language number.Language) string {
	_, by := BasisOf(f.Breakdown)
	whole, divided := number.Text{VI: "số chung", EN: "the total"}.In(language), by
	parts := strings.Split(f.Other, "+")
	for at, part := range parts {
		parts[at] = i.Printed(part, language)
	}
	var of []string
	for _, part := range ParseBreakdownKey(divided) {
		var d *Dimension
		if i != nil {
			d = i.Dimension(part.Dimension)
		}
		switch {
		case d == nil:
		case part.Member != EveryMember:
			if member := d.Member(part.Member); member != nil {
				of = append(of, member.Name(language))
			}
		case len(d.Members) == len(parts):
			by = d.Name(language)
			for at, member := range d.Members {
				parts[at] = member.Name(language) + " " + parts[at]
			}
		}
	}
	if len(of) > 0 {
		whole = strings.Join(of, ", ")
	}
	return fmt.Sprintf(number.Text{
		VI: "%s là %s, nhưng các thành phần theo %s không khớp: %s",
		EN: "%s is %s, but the members by %s do not agree with it: %s",
	}.In(language), whole, i.Printed(f.Used, language), by, strings.Join(parts, ", "))
}
