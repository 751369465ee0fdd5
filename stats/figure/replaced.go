package figure

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// maxReversals is how often figures of one indicator and year may have been replaced or
// withdrawn for each of them to be looked at; of more only the number is told.
const maxReversals = 2000

// maxReplaced is how many replacements a State remembers.
const maxReplaced = 100_000

// Replaced are observations that took the place of others, by their unit and by each unit
// that it lies in.
type Replaced struct {
	byUnit map[uint32][]*ledger.Replacement
	// Many counts the replacements of an indicator and year where they are too many to be
	// looked at one by one; 0 elsewhere.
	Many int
}

// NewReplaced indexes replacements.
func NewReplaced(c *State, all []*ledger.Replacement) *Replaced {
	r := &Replaced{byUnit: map[uint32][]*ledger.Replacement{}}
	for _, replacement := range all {
		o := &replacement.New
		for u := c.At(catalogue.DayOf(o.Year, o.Breakdown)).ByKey(o.Unit); u != nil; u = u.Parent() {
			r.byUnit[u.Key()] = append(r.byUnit[u.Key()], replacement)
		}
	}
	return r
}

// Within lists the replacements that a figure is made of: its unit's own and, where it was
// not reported, those below.
func (r *Replaced) Within(c *State, f *Figure) []*ledger.Replacement {
	if len(r.byUnit) == 0 {
		return nil
	}
	keys := []uint32{f.Unit.Key()}
	if h := c.Frame(f.View.Basis, f.Year.Reference()); h.Recast != nil && f.Stated.IsOpen() {
		keys = nil
		for _, p := range h.Recast.PartsOf(f.Unit.Level, f.Indicator.Level()).Parts[f.Unit.Key()] {
			keys = append(keys, p.Unit.Key())
		}
	}
	var all []*ledger.Replacement
	for _, key := range keys {
		for _, replacement := range r.byUnit[key] {
			o := &replacement.New
			counts := o.Year == f.Year || o.Year < f.Year && f.Indicator.IsRegister() && isDecision(c, f.Indicator, o)
			used := o.Unit == key || f.Origin != OriginReported
			day, breakdown := catalogue.BasisOf(o.Breakdown)
			if counts && used && day == f.Stated && slices.Contains(f.Cells, breakdown) {
				all = append(all, replacement)
			}
		}
	}
	return all
}

// isDecision reports whether an observation of a register is a decision about a unit, which
// holds for the years after it; a unit above may have reported for its own year.
func isDecision(c *State, i *catalogue.Indicator, o *ledger.Observation) bool {
	unit := c.At(catalogue.DayOf(o.Year, o.Breakdown)).ByKey(o.Unit)
	return unit != nil && unit.Level.Code == i.Eligibility.Level
}

// replacedKey names what is found at once: the replacements of an indicator and year in a view.
type replacedKey struct {
	IndicatorYear
	view ledger.View
}

// findReplaced finds which figures of some facts replaced published ones, in one round trip.
// What is withheld from the caller is not told: nothing else tells of a small number that
// another one stood in its place.
func findReplaced(ctx context.Context, e *Engine, c *State, all []*Facts, wants []Request) error {
	var asked []replacedKey
	of := map[replacedKey][]*Facts{}
	for at, f := range all {
		if e.Guards(f.Indicator) || f.Indicator.IsDerived() {
			continue
		}
		many := 0
		for _, year := range replacedYears(f.Indicator, wants[at].Years) {
			key := replacedKey{IndicatorYear{f.Indicator.Code, year}, f.View.View}
			switch reversals := c.Reversals(f.Indicator, year, f.View.View); {
			case reversals > maxReversals:
				many += reversals
			case reversals > 0 && !slices.Contains(of[key], f):
				asked, of[key] = append(asked, key), append(of[key], f)
			}
		}
		if many > 0 {
			f.replaced = append(f.replaced, &Replaced{Many: many})
		}
	}
	if len(asked) == 0 {
		return nil
	}
	found, err := c.replaced(ctx, e.Source, asked)
	if err != nil {
		return err
	}
	for key, facts := range of {
		for _, f := range facts {
			f.replaced = append(f.replaced, found[key])
		}
	}
	return nil
}

// replacedYears lists the years of which observations are behind the figures of some years.
func replacedYears(i *catalogue.Indicator, years []number.Year) []number.Year {
	if !i.IsRegister() || len(years) == 0 {
		return years
	}
	last := slices.Max(years)
	return slices.DeleteFunc(slices.Clone(i.Years()), func(y number.Year) bool { return y > last })
}
