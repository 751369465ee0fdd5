package query

import (
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// maxRevised is how many revised figures of an answer are told one by one; more are counted.
const maxRevised = 10

// revised notes once, beside whichever figure, that what it is made of took the place of
// other published figures.
func (n *NoteCollector) revised(f *figure.Figure) {
	var all []*ledger.Replacement
	for _, replaced := range f.Replaced {
		if replaced.Many > 0 && n.isFirst(fmt.Sprintf("%s%s/%d", number.NoteRevised, f.Indicator.Code, replaced.Many)) {
			n.cells = append(n.cells, &Note{Code: number.NoteRevised, Indicator: f.Indicator, Words: number.CountText(
				"số liệu đã công bố của chỉ tiêu này được thay %s lần trong các năm được hỏi; xem từng số ở “revisions”",
				"published figures of this indicator were replaced in the years asked for, %s times in all; “revisions” lists them", replaced.Many)})
		}
		all = append(all, replaced.Within(n.Catalogue, f)...)
	}
	if len(all) == 0 {
		return
	}
	note := replacedTold(n.Catalogue, f, all)
	if !n.isFirst(string(number.NoteRevised) + note.Words.EN) {
		return
	}
	if n.revisedCount++; n.revisedCount <= maxRevised {
		n.cells = append(n.cells, note)
	}
}

// replacedTold says in words which published figures those behind a figure took the place
// of: of one, which; of several, how many.
func replacedTold(c *figure.State, f *figure.Figure, all []*ledger.Replacement) *Note {
	last := slices.MaxFunc(all, byDay)
	note := &Note{Code: number.NoteRevised, Indicator: f.Indicator, Unit: unitOf(c, last), Year: &last.New.Year}
	if len(all) > 1 || note.Unit == nil {
		count := number.CountText("%s số đã được công bố lại", "%s figures that replaced published ones", len(all))
		note.Unit, note.Year = f.Unit, &f.Year
		note.Words = number.Text{
			VI: fmt.Sprintf("%s, năm %d: trong đó có %s, lần cuối ngày %s", f.Unit.FullName(number.Vietnamese), f.Year, count.VI, last.On.Slashed()),
			EN: fmt.Sprintf("%s, %d: made of %s, the last on %s", f.Unit.FullName(number.English), f.Year, count.EN, last.On),
		}
		return note
	}
	note.Words = number.Text{
		VI: fmt.Sprintf("%s, năm %d: %s (công bố ngày %s) được thay bằng %s ngày %s", note.Unit.FullName(number.Vietnamese), last.New.Year,
			printed(f.Indicator, &last.Old, number.Vietnamese), last.Old.From().Published.Slashed(), printed(f.Indicator, &last.New, number.Vietnamese), last.On.Slashed()),
		EN: fmt.Sprintf("%s, %d: %s, published on %s, was replaced by %s on %s", note.Unit.FullName(number.English), last.New.Year,
			printed(f.Indicator, &last.Old, number.English), last.Old.From().Published, printed(f.Indicator, &last.New, number.English), last.On),
	}
	return note
}

// unitOf is the unit whose figure was replaced, as it was then; nil where it is not known any more.
func unitOf(c *figure.State, r *ledger.Replacement) *catalogue.Unit {
	return c.At(catalogue.DayOf(r.New.Year, r.New.Breakdown)).ByKey(r.New.Unit)
}

// printed writes an observation for people.
func printed(i *catalogue.Indicator, o *ledger.Observation, language number.Language) string {
	return number.Approximations(o.Approximation).Written(i.Printed(i.Kind.Written(o), language), language)
}

// byDay compares replacements by their days.
func byDay(a, b *ledger.Replacement) int { return int(a.On) - int(b.On) }
