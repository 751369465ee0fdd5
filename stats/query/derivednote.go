package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// maxDerived is how many derived figures of an answer are told one by one, each with its
// parts; of more, only how they are made.
const maxDerived = 6

// derivedNotes say how derived figures are made: each of its parts, or, of many, all
// figures of an indicator in the same way.
func derivedNotes(figures []*figure.Figure) []*Note {
	var notes []*Note
	var told []*catalogue.Indicator
	for _, f := range figures {
		if len(figures) <= maxDerived {
			year := f.Year
			notes = append(notes, &Note{Code: number.NoteDerived, Indicator: f.Indicator, Unit: f.Unit, Year: &year, Words: number.Text{
				VI: fmt.Sprintf("%s, %s, %d: tính từ %s", f.Indicator.Name(number.Vietnamese), f.Unit.FullName(number.Vietnamese), f.Year, formulaOf(f, number.Vietnamese)),
				EN: fmt.Sprintf("%s, %s, %d: made of %s", f.Indicator.Name(number.English), f.Unit.FullName(number.English), f.Year, formulaOf(f, number.English)),
			}})
			continue
		}
		if !slices.Contains(told, f.Indicator) {
			told = append(told, f.Indicator)
			notes = append(notes, &Note{Code: number.NoteDerived, Indicator: f.Indicator, Words: number.Text{
				VI: f.Indicator.Name(number.Vietnamese) + ": tính từ " + formulaIn(f.Indicator, namesOfParts(f.Indicator, number.Vietnamese), number.Vietnamese),
				EN: f.Indicator.Name(number.English) + ": made of " + formulaIn(f.Indicator, namesOfParts(f.Indicator, number.English), number.English),
			}})
		}
	}
	return notes
}

// formulaOf writes how a figure is made, with the figures of its parts: Dân số 1.907,4
// nghìn người ÷ Diện tích 3.537 km².
func formulaOf(f *figure.Figure, language number.Language) string {
	var parts []string
	for _, part := range f.Parts {
		told := part.Indicator.Name(language) + " (" + part.Text(language)
		if c := part.Coverage; part.Measure().IsKnown() && c.Reported < c.Expected {
			told += number.CountText(", từ %s/%s đơn vị", ", of %s of %s units", c.Reported, c.Expected).In(language)
		}
		parts = append(parts, told+")")
	}
	return formulaIn(f.Indicator, parts, language)
}

func namesOfParts(i *catalogue.Indicator, language number.Language) []string {
	var names []string
	for _, part := range i.Parts() {
		names = append(names, part.Name(language))
	}
	return names
}

// formulaIn joins the parts of a derived indicator by its formula.
func formulaIn(i *catalogue.Indicator, parts []string, language number.Language) string {
	signs := map[catalogue.Formula]string{
		catalogue.FormulaRatio: " ÷ ", catalogue.FormulaShare: " ÷ ", catalogue.FormulaSum: " + ", catalogue.FormulaDifference: " − ",
	}
	text := strings.Join(parts, signs[i.Derivation.Formula])
	if per := i.Per(); per != nil && *per != 1 {
		text += " × " + number.FormatCount(*per, language)
	}
	return text
}
