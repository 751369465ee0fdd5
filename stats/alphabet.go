package stats

import (
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// UnitOrder says how units of a level are listed.
type UnitOrder string

// The orders.
const (
	UnitsByCode UnitOrder = "CODE"
	UnitsByName UnitOrder = "NAME" // by the Vietnamese alphabet
)

// byName orders units by their proper names in the Vietnamese alphabet: a ă â b c
// d đ e ê …, and of names with the same letters by tone: ba bà bả bã bá bạ. Numbers
// in names count as numbers (Phường 2 before Phường 10), and units of one name
// follow their codes. It is what browsers and spreadsheets do (CLDR).
func (c *Calendar) byName(h *Hierarchy) func(a, b *Unit) int {
	alphabet := remember(&c.mu, c.alphabets, h, func() []int {
		collator := collate.New(language.Vietnamese, collate.Numeric) // serves one goroutine at a time
		sorted := slices.Clone(h.units)
		slices.SortFunc(sorted, func(a, b *Unit) int {
			if order := collator.CompareString(a.name.VI, b.name.VI); order != 0 {
				return order
			}
			return byCode(a, b)
		})
		places := make([]int, len(sorted))
		for at, unit := range sorted {
			places[unit.place] = at
		}
		return places
	})
	return func(a, b *Unit) int { return alphabet[a.place] - alphabet[b.place] }
}
