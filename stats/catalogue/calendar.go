package catalogue

import (
	"slices"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Calendar is a catalogue with the units of any day. It builds the hierarchy of a day on
// first use and caches it. It is safe for concurrent use.
type Calendar struct {
	*Catalogue

	mu          sync.RWMutex
	hierarchies map[number.Date]*Hierarchy // by the turn that the day follows
	folded      map[*Hierarchy][]number.Name
	alphabets   map[*Hierarchy][]int
}

// NewCalendar makes the Calendar of a catalogue.
func NewCalendar(catalogue *Catalogue) *Calendar {
	return &Calendar{
		Catalogue: catalogue, hierarchies: map[number.Date]*Hierarchy{}, folded: map[*Hierarchy][]number.Name{}, alphabets: map[*Hierarchy][]int{},
	}
}

// At returns the hierarchy of a day.
func (c *Calendar) At(day number.Date) *Hierarchy {
	// Days between two turns share a hierarchy, so that there are no more of them
	// than turns, whatever days are asked for.
	at := c.lastChange(day)
	return Cached(&c.mu, c.hierarchies, at, func() *Hierarchy { return newHierarchy(c.Catalogue, c, at) })
}

// Cached returns the value stored under a key; the first call for the key computes it.
func Cached[K comparable, V any](mu *sync.RWMutex, known map[K]V, key K, work func() V) V {
	mu.RLock()
	value, found := known[key]
	mu.RUnlock()
	if found {
		return value
	}
	mu.Lock()
	defer mu.Unlock()
	if value, found = known[key]; !found {
		value = work()
		known[key] = value
	}
	return value
}

// UnitNames returns the names of the units of all levels, from the top level down and by
// code within one, for searches; they are found by the name with its kind, too.
func (c *Calendar) UnitNames(h *Hierarchy) []number.Name {
	return Cached(&c.mu, c.folded, h, func() []number.Name {
		names := make([]number.Name, len(h.Units))
		for at, u := range h.Units {
			names[at] = number.NewName(u.Code, u.name.VI, u.name.EN)
			names[at].AddText(number.Fold(u.FullName(number.Vietnamese)))
			names[at].AddText(number.Fold(u.FullName(number.English)))
		}
		return names
	})
}

// LastUnit returns the unit of a code at the end of a year, or as it was at the end of
// the last year in which the code had a unit; nil when there was none.
func (c *Calendar) LastUnit(code string, year number.Year) *Unit {
	if unit := c.At(year.Reference()).Unit(code); unit != nil {
		return unit
	}
	places := c.unitPlaces[code]
	if len(places) == 0 {
		return nil
	}
	life := c.Units[places[len(places)-1]].Validity
	if life.To.IsOpen() {
		return c.At(life.From).Unit(code)
	}
	return c.At((number.Year(life.To/10000) - 1).Reference()).Unit(code)
}

// UnitOf returns the unit that a target is set for, as it was in the last year of the
// period in which it lived; nil when it is set for a level.
func (c *Calendar) UnitOf(t *Target) *Unit {
	if t.UnitCode == "" {
		return nil
	}
	year := t.Years.To
	if year == 0 {
		year = max(t.Years.From, number.FirstYear)
	}
	return c.LastUnit(t.UnitCode, year)
}

// UnitsOf lists the units of a cohort as they were when the set was named, in its order.
func (c *Calendar) UnitsOf(cohort *Cohort) []*Unit {
	units := make([]*Unit, 0, len(cohort.Members))
	for _, member := range cohort.Members {
		if unit := c.Member(cohort, member.Unit); unit != nil {
			units = append(units, unit)
		}
	}
	return units
}

// Member returns the unit of a cohort by the code that it had when the set was named: on
// the last day of the first year, or of the year before when it ended in that year.
func (c *Calendar) Member(cohort *Cohort, code string) *Unit {
	for _, year := range []number.Year{cohort.Years.From, cohort.Years.From - 1} {
		if unit := c.At(year.Reference()).Unit(code); unit != nil {
			return unit
		}
	}
	return nil
}

// ByName orders units by their proper names in the Vietnamese alphabet: a ă â b c
// d đ e ê …, and of names with the same letters by tone: ba bà bả bã bá bạ. Numbers
// in names count as numbers (Phường 2 before Phường 10), and units of one name
// follow their codes. It is what browsers and spreadsheets do (CLDR).
func (c *Calendar) ByName(h *Hierarchy) func(a, b *Unit) int {
	alphabet := Cached(&c.mu, c.alphabets, h, func() []int {
		collator := collate.New(language.Vietnamese, collate.Numeric) // serves one goroutine at a time
		sorted := slices.Clone(h.Units)
		slices.SortFunc(sorted, func(a, b *Unit) int {
			if order := collator.CompareString(a.Name(number.Vietnamese), b.Name(number.Vietnamese)); order != 0 {
				return order
			}
			return ByCode(a, b)
		})
		places := make([]int, len(sorted))
		for at, unit := range sorted {
			places[unit.Place] = at
		}
		return places
	})
	return func(a, b *Unit) int { return alphabet[a.Place] - alphabet[b.Place] }
}

// TellFinding describes a finding, with the names of its indicator and unit. What the
// catalogue no longer has is named by its code.
func (c *Calendar) TellFinding(f *ledger.Finding, language number.Language) string {
	name, unit := f.IndicatorCode, f.UnitCode
	i, u := c.Indicator(f.IndicatorCode), c.At(DayOf(f.Year, f.Breakdown)).ByKey(f.UnitKey)
	if i != nil {
		name = i.Name(language)
	}
	if u != nil {
		unit = u.FullName(language)
	}
	return name + ": " + FindingText(f, i, unit, language)
}
