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

// replacedFigures remembers, for one answer, which figures took the place of others.
type replacedFigures map[replacedIn]*figure.Replaced

// replacedIn is where they are looked for once: an indicator and a year in a view.
type replacedIn struct {
	ledger.SeriesYear
	view ledger.View
}

// within lists the replacements of the observations that a figure is made of; many counts
// those of years that have too many to be looked at one by one.
func (r *replacedFigures) within(c *figure.State, f *figure.Figure) (all []*ledger.Replacement, many int) {
	if *r == nil {
		*r = replacedFigures{}
	}
	years := []number.Year{f.Year}
	if f.Indicator.IsRegister() {
		years = slices.DeleteFunc(slices.Clone(f.Indicator.Years()), func(y number.Year) bool { return y > f.Year })
	}
	for _, year := range years {
		reversals := c.Reversals(f.Indicator, year, f.View.View)
		if reversals == 0 {
			continue
		}
		at := replacedIn{ledger.SeriesYear{Indicator: f.Indicator.Code, Year: year}, f.View.View}
		replaced, looked := (*r)[at]
		if !looked {
			if found, known := c.ReplacedIn(at.Indicator, year, at.view); known {
				replaced = figure.NewReplaced(c, found)
			}
			(*r)[at] = replaced
		}
		if replaced == nil {
			many += reversals
			continue
		}
		all = append(all, replaced.Within(c, f)...)
	}
	return all, many
}

// revised notes once, beside whichever figure, that what it is made of took the place of
// other published figures. Of what is withheld from the caller it tells nothing: nothing
// else says of a small number that another one stood in its place.
func (n *NoteCollector) revised(f *figure.Figure) {
	if f.Guarded || f.Indicator.IsDerived() {
		return
	}
	all, many := n.replaced.within(n.Catalogue, f)
	if many > 0 && n.isFirst(fmt.Sprintf("%s%s/%d", number.NoteRevised, f.Indicator.Code, f.Year)) {
		year := f.Year
		n.cells = append(n.cells, &Note{Code: number.NoteRevised, Indicator: f.Indicator, Year: &year, Words: number.CountText(
			"số liệu đã công bố được thay %s lần; xem từng số ở “revisions”",
			"published figures were replaced %s times; “revisions” lists them", many)})
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
			VI: fmt.Sprintf("%s, năm %d: trong đó có %s, lần cuối ngày %s", f.Unit.FullName(number.Vietnamese), f.Year, count.VI, last.On.In(number.Vietnamese)),
			EN: fmt.Sprintf("%s, %d: made of %s, the last on %s", f.Unit.FullName(number.English), f.Year, count.EN, last.On.In(number.English)),
		}
		return note
	}
	note.Words = number.Text{
		VI: fmt.Sprintf("%s, năm %d: %s (công bố ngày %s) được thay bằng %s ngày %s", note.Unit.FullName(number.Vietnamese), last.New.Year,
			printed(f.Indicator, &last.Old, number.Vietnamese), last.Old.From().Published.In(number.Vietnamese), printed(f.Indicator, &last.New, number.Vietnamese), last.On.In(number.Vietnamese)),
		EN: fmt.Sprintf("%s, %d: %s, published on %s, was replaced by %s on %s", note.Unit.FullName(number.English), last.New.Year,
			printed(f.Indicator, &last.Old, number.English), last.Old.From().Published.In(number.English), printed(f.Indicator, &last.New, number.English), last.On.In(number.English)),
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
