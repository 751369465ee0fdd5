package stats

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/suppression"
)

// maxWithheld is the cap on the withheld cells that a catalogue remembers.
const maxWithheld = 2_000_000

// withheld is which cells of an indicator in one year callers without the right do
// not see. It is the same for every question and every view of the releases, so
// that no two answers can be held against each other.
type withheld struct {
	indicator  *Indicator
	cells      map[withheldCell]bool
	everything bool
}

type withheldCell struct {
	unit      uint32
	breakdown string
}

type withheldKey struct {
	indicator string
	year      Year
}

// hides tells whether an amount of a cell is withheld. What is not counted cannot be
// judged, and a zero is shown.
func (w *withheld) hides(unit uint32, breakdown string, a *amount) bool {
	if w.everything || a == nil {
		return true
	}
	class, _ := w.indicator.class(*a)
	return class != suppression.Zero && w.cells[withheldCell{unit, breakdown}]
}

// cell tells the solver of one cell.
func (t *cellTable) cell(at int, weight int64) suppression.Cell {
	c := suppression.Cell{Room: ^suppression.Room(0)}
	var values []*amount // of the epochs
	for state, amounts := range t.amounts {
		a := amounts[at]
		if a == nil {
			continue
		}
		class, _ := t.indicator.class(*a)
		if class == suppression.Zero {
			continue
		}
		if c.States == 0 { // what it cost first, so that it does not depend on what is published later
			c.Cost = 1 + min(decimal.Max(a.value, a.whole).Abs().IntPart(), 1<<20) + (weight-1)<<21
		}
		c.States |= 1 << state
		epoch := slices.IndexFunc(values, func(v *amount) bool { return v.equals(*a) })
		if epoch < 0 {
			epoch = len(values)
			values, c.Epochs = append(values, a), append(c.Epochs, 0)
		}
		c.Epochs[epoch] |= 1 << state
		c.Primary |= primary(class)
		c.Room &= t.indicator.room(*a)
	}
	return c
}

// unstated marks the sums that are known not to add up by at least one: members that
// are not the whole, or that some unit below does not tell.
func (t *cellTable) unstated(s *suppression.Table) {
	dimensions := len(t.indicator.dimensions)
	if dimensions == 0 {
		return
	}
	s.Unstated = make([]bool, len(t.units)*len(t.columns)*dimensions)
	for place := range slices.Backward(t.units) { // from those below up
		for column := range t.columns {
			for d, dimension := range t.indicator.dimensions {
				parts := t.parts(column, d)
				below := func(child int) bool { return s.Unstated[t.at(child, column)*dimensions+d] }
				if len(parts) > 0 && (dimension.Partial || slices.ContainsFunc(t.children[place], below) || t.untold(place, column, parts)) {
					s.Unstated[t.at(place, column)*dimensions+d] = t.hasRest(place, column, parts)
				}
			}
		}
	}
}

// untold tells whether a unit below has the column and none of its parts.
func (t *cellTable) untold(place, column int, parts []int) bool {
	return slices.ContainsFunc(t.amounts, func(amounts []*amount) bool {
		return slices.ContainsFunc(t.children[place], func(child int) bool {
			return amounts[t.at(child, column)] != nil &&
				!slices.ContainsFunc(parts, func(part int) bool { return amounts[t.at(child, part)] != nil })
		})
	})
}

// hasRest tells whether the parts leave at least one of the column in every state in
// which there are any.
func (t *cellTable) hasRest(place, column int, parts []int) bool {
	return !slices.ContainsFunc(t.amounts, func(amounts []*amount) bool {
		var of *amount
		for _, part := range parts {
			of = sum(of, amounts[t.at(place, part)])
		}
		total := amounts[t.at(place, column)]
		return of != nil && (total == nil || total.value.Sub(of.value).LessThan(one()))
	})
}

// withheldOf finds what is withheld of some indicators in some years, and reads what it
// takes in one round trip. Indicators that are not guarded cost nothing.
func (e *Engine) withheldOf(ctx context.Context, c *State, asked map[withheldKey]bool) (map[withheldKey]*withheld, error) {
	found := map[withheldKey]*withheld{}
	var indicators []string
	var years []Year
	for key := range asked {
		if w := c.withheldBefore(key); w != nil {
			found[key] = w
			continue
		}
		indicators, years = append(indicators, key.indicator), append(years, key.year)
	}
	if len(indicators) == 0 {
		return found, nil
	}
	slices.Sort(indicators)
	slices.Sort(years)
	history, err := e.source.History(ctx, slices.Compact(indicators), slices.Compact(years))
	if err != nil {
		return nil, err
	}
	of := map[withheldKey][]Observation{}
	for _, o := range history {
		if o.At.Release <= c.Head {
			key := withheldKey{o.Indicator, o.Year}
			of[key] = append(of[key], o)
		}
	}
	for key := range asked {
		if found[key] == nil {
			found[key] = c.withhold(key, of[key])
		}
	}
	return found, nil
}

// withhold finds what is withheld, and remembers it for as long as the catalogue is
// in use: until the next release.
func (c *State) withhold(key withheldKey, history []Observation) *withheld {
	w := &withheld{indicator: c.Indicator(key.indicator), cells: map[withheldCell]bool{}}
	if t := newCellTable(c.At(key.year.Reference()), w.indicator, history, c.states(history)); t != nil {
		p := t.solve()
		w.everything = p.Everything
		for at, states := range p.Withheld {
			if states != 0 {
				w.cells[withheldCell{t.units[at/len(t.columns)].Key(), t.columns[at%len(t.columns)]}] = true
			}
		}
	} else {
		w.everything = true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.withheldCount += len(w.cells) + 1; c.withheldCount > maxWithheld {
		clear(c.withheld)
		c.withheldCount = len(w.cells) + 1
	}
	c.withheld[key] = w
	return w
}

func (c *State) withheldBefore(key withheldKey) *withheld {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.withheld[key]
}

// guard finds what is withheld from the caller of the facts that an answer is made of.
func (e *Engine) guard(ctx context.Context, c *State, all []*facts, wants []want) error {
	asked := map[withheldKey]bool{}
	for _, w := range wants {
		if e.guards(w.indicator) {
			for _, year := range w.years {
				asked[withheldKey{w.indicator.Code, year}] = true
			}
		}
	}
	if len(asked) == 0 {
		return nil
	}
	found, err := e.withheldOf(ctx, c, asked)
	if err != nil {
		return err
	}
	for i, w := range wants {
		if e.guards(w.indicator) {
			all[i].withheld = map[Year]*withheld{}
			for _, year := range w.years {
				all[i].withheld[year] = found[withheldKey{w.indicator.Code, year}]
			}
		}
	}
	return nil
}

// hide withholds the figure of a cell where it must be.
func (f *facts) hide(figure *Figure, cell string) {
	w := f.withheld[figure.Year]
	if w == nil {
		return
	}
	figure.guarded = true
	if !figure.Value.IsKnown() && !figure.Measure().IsKnown() {
		figure.RollUp = nil
		return // there is nothing to withhold
	}
	if w.hides(figure.Unit.Key(), cell, figure.amount()) {
		figure.suppress()
	}
	if r := figure.RollUp; r != nil {
		below := Figure{Indicator: f.indicator, Value: r.Value, Denominator: r.Denominator, Rate: r.Rate, Weight: r.Weight}
		if a := below.amount(); a == nil || w.indicator.tellsOfFew(*a) {
			figure.RollUp = nil
		}
	}
}

// amount reads the amount of a figure; nil where it does not tell of how many it speaks.
func (f *Figure) amount() *amount {
	s, why := stakeOf(f, true)
	if !why.IsKnown() {
		return nil
	}
	return &amount{s.value, s.whole}
}

// suppress takes all numbers out of a figure.
func (f *Figure) suppress() {
	withhold := func(v *Value) {
		if v.IsKnown() || *v.Reason() != NotApplicable && *v.Reason() != NotAPercentage {
			*v = None(Suppressed)
		}
	}
	f.Value, f.RollUp, f.StatusSet = None(Suppressed), nil, Statuses(Confidential)
	withhold(&f.Denominator)
	withhold(&f.Rate)
	withhold(&f.Weight)
}

// isSuppressed tells whether the numbers of a figure are withheld.
func (f *Figure) isSuppressed() bool {
	reason := f.Reason()
	return reason != nil && *reason == Suppressed
}

// lacking is the status of what cannot be made because a figure has no number.
func (f *Figure) lacking() StatusSet {
	if f.isSuppressed() {
		return Statuses(Confidential)
	}
	return Statuses(Missing)
}
