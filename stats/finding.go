package stats

import (
	"fmt"
	"strings"
)

// FindingText says what was found, with the names of its indicator and unit; of what
// is withheld from the caller no value. What the catalogue has no more is told by its code.
func (s *Service) FindingText(f *Finding, language Language) string {
	c := s.state()
	name, unit := f.IndicatorCode, f.UnitCode
	i, u := c.Indicator(f.IndicatorCode), c.At(f.Year.Reference()).ByKey(f.UnitKey)
	if i != nil {
		name = i.Name(language)
	}
	if u != nil {
		unit = u.FullName(language)
	}
	return name + ": " + f.told(i, unit, language)
}

// told says what was found about a unit; the indicator is nil where it is defined no more.
func (f *Finding) told(i *Indicator, unit string, language Language) string {
	at := fmt.Sprintf(Text{VI: "%s, năm %d: ", EN: "%s, %d: "}.In(language), unit, f.Year)
	switch {
	case f.Code == NoteMembersAgree:
		return at + Text{VI: "các thành phần nay đã khớp", EN: "the members agree by now"}.In(language)
	case f.Used == string(Suppressed):
		return at + Text{VI: "các giá trị không khớp, không cho xem", EN: "values that disagree are withheld"}.In(language)
	case f.Code == NoteMembers:
		return at + f.toldMembers(i, language)
	}
	return at + fmt.Sprintf(Text{VI: "dùng số %s; nơi khác công bố %s", EN: "%s is used; %s was published elsewhere"}.In(language),
		i.printed(f.Used, language), i.printed(f.Other, language))
}

// toldMembers says that members and what they divide do not agree.
func (f *Finding) toldMembers(i *Indicator, language Language) string {
	whole, by := Text{VI: "số chung", EN: "the total"}.In(language), f.Breakdown
	parts := strings.Split(f.Other, "+")
	for at, part := range parts {
		parts[at] = i.printed(part, language)
	}
	var of []string
	for _, part := range OfCell(f.Breakdown) {
		var d *Dimension
		if i != nil {
			d = i.dimension(part.Dimension)
		}
		switch {
		case d == nil:
		case part.Member != everyMember:
			if member := d.member(part.Member); member != nil {
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
	return fmt.Sprintf(Text{
		VI: "%s là %s, nhưng các thành phần theo %s không khớp: %s",
		EN: "%s is %s, but the members by %s do not agree with it: %s",
	}.In(language), whole, i.printed(f.Used, language), by, strings.Join(parts, ", "))
}
