package catalogue

import (
	"fmt"
	"strings"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// checkTold describes what a check found of a cell.
func checkTold(f *ledger.Finding, i *Indicator, language number.Language) string {
	used, other, measured := i.Printed(f.Used, language), i.Printed(f.Other, language), plain(f.Measured, language)
	say := func(words number.Text, values ...any) string { return fmt.Sprintf(words.In(language), values...) }
	switch f.Code {
	case number.NoteRange:
		return say(number.Text{VI: "%s nằm ngoài mức cho phép (%s)", EN: "%s lies outside what is allowed (%s)"}, used, f.Rule)
	case number.NotePart:
		return say(number.Text{VI: "%s: phần lớn hơn tổng thể", EN: "%s: the part is more than the whole"}, used)
	case number.NoteChildren:
		return say(number.Text{
			VI: "số báo cáo là %s, nhưng %d số của các đơn vị bên trong cộng lại được %s",
			EN: "%s was reported, but %d figures of the units within add up to %s",
		}, used, f.Cells, other)
	case number.NoteChange:
		return say(number.Text{VI: "%s, năm trước là %s: thay đổi %s%%", EN: "%s, and %s the year before: a change of %s%%"}, used, other, measured)
	case number.NoteShrank:
		lacks := number.Text{VI: "không có số liệu", EN: "no figure"}.In(language)
		if others := f.Cells - 1; others > 0 {
			lacks = say(number.Text{VI: "không có số liệu, và %s chỗ khác cũng vậy", EN: "no figure, and none in %s other places"}, number.FormatCount(others, language))
		}
		return say(number.Text{
			VI: "%s; chỉ còn %s trong %s số đã có của năm %s",
			EN: "%s; only %s of the %s figures that there were of %s are there",
		}, lacks, plain(f.Used, language), plain(f.Other, language), f.Measured)
	case number.NoteFrozen:
		return say(number.Text{VI: "%s, năm nào cũng vậy kể từ năm %s", EN: "%s, the same each year since %s"}, used, f.Measured)
	}
	if f.Cells > 1 {
		return say(number.Text{
			VI: "cả cột “%s” (%d số) bằng khoảng %s lần số đã công bố: số đầu %s, trước đó %s",
			EN: "the whole column “%s” (%d figures) is about %s times what was published before: the first is %s after %s",
		}, f.Place.Column, f.Cells, timesTold(f, language), used, other)
	}
	return say(number.Text{VI: "%s bằng khoảng %s lần số đã công bố, %s", EN: "%s is about %s times what was published before, %s"},
		used, timesTold(f, language), other)
}

// timesTold writes how many times one number is another: 1,000 or 1/1,000.
func timesTold(f *ledger.Finding, language number.Language) string {
	if part, ok := strings.CutPrefix(f.Measured, "1/"); ok {
		return "1/" + plain(part, language)
	}
	return plain(f.Measured, language)
}

// plain writes a number that is of no indicator.
func plain(text string, language number.Language) string {
	return (*Indicator)(nil).Printed(text, language)
}

// membersOf names the members that the cell is of, before what was found of it.
func membersOf(f *ledger.Finding, i *Indicator, language number.Language) string {
	_, by := BasisOf(f.Breakdown)
	var of []string
	for _, part := range ParseBreakdownKey(by) {
		if i == nil {
			continue
		}
		if d := i.Dimension(part.Dimension); d != nil && d.Member(part.Member) != nil {
			of = append(of, d.Member(part.Member).Name(language))
		}
	}
	if len(of) == 0 {
		return ""
	}
	return strings.Join(of, ", ") + ": "
}
