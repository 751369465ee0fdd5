package figure

import (
	"math/big"
	"slices"
	"sync"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Recast carries the units of one day, From, into those of another. It depends on the
// catalogue alone, is made once for two days and never changes; a share that follows an
// indicator is computed when a figure is made.
type Recast struct {
	From, to   *catalogue.Hierarchy
	targets    map[uint32][]target  // by unit of from
	containers map[uint32]container // by unit of from

	mu       sync.Mutex
	byLevels map[[2]int]*LevelParts // by index of the level carried to and of the level that reports
}

// target is where a unit, or a part of it, comes to lie.
type target struct {
	unit  *catalogue.Unit    // of to; nil where no row says
	terms []*catalogue.Carry // the partial rows on the way there: the share is their product
	// unknown: only a part of the unit lies there, and nothing can say which.
	unknown bool
}

// container is the lowest unit that holds all of a unit, including all that lies within
// it; nil when there is none. It is incomplete when something of the unit lies nowhere.
type container struct {
	unit       *catalogue.Unit
	incomplete bool
}

// Part is a unit of the year, or a part of it, that lies within a unit of the basis.
type Part struct {
	Unit    *catalogue.Unit
	targets []target // the parts; nil where the unit lies within it whole
	share   *big.Rat // how much of the unit it is; nil where that follows an indicator or is not known
}

func (p *Part) whole() bool { return p.targets == nil }

// LevelParts is what the units of a level are made of, for indicators that are reported
// by one level.
type LevelParts struct {
	Parts   map[uint32][]*Part  // by unit of to
	levels  []*catalogue.Level  // of the units in parts
	Lost    []*catalogue.Unit   // units of which a part, or all, lies in no unit of the level
	weights []catalogue.Weights // the indicators that shares follow
	counts  map[string]map[uint32]int
	mu      sync.Mutex
}

func newRecast(c *catalogue.Catalogue, old, current *catalogue.Hierarchy, from, to number.Date) *Recast {
	r := &Recast{From: old, to: current, containers: map[uint32]container{}, byLevels: map[[2]int]*LevelParts{}}
	if from <= to {
		r.targets = followUnits(c, r.From, r.to, from, to)
	} else {
		r.targets = reversed(r.From, r.to, followUnits(c, r.to, r.From, to, from))
	}
	for _, level := range slices.Backward(c.Levels) {
		for _, unit := range r.From.Level(level.Code) {
			r.findContainer(unit)
		}
		for _, unit := range r.From.Aggregates(level.Code) {
			r.findContainer(unit)
		}
	}
	return r
}

// followUnits follows every unit of a day to a later one.
func followUnits(c *catalogue.Catalogue, from, to *catalogue.Hierarchy, first, last number.Date) map[uint32][]target {
	targets := make(map[uint32][]target, len(from.Units))
	for _, unit := range from.Units {
		w := path{catalogue: c, to: to, until: last}
		w.follow(unit.Key(), first, nil)
		targets[unit.Key()] = w.targets
	}
	return targets
}

// path follows one unit through the crosswalk.
type path struct {
	catalogue *catalogue.Catalogue
	to        *catalogue.Hierarchy
	until     number.Date
	targets   []target
}

// follow carries a unit from a day on. A unit that ends and is restored later goes
// straight there.
func (w *path) follow(key uint32, since number.Date, terms []*catalogue.Carry) {
	var next, restored []*catalogue.Carry
	end := w.catalogue.LifeOf(key).To
	for _, group := range w.catalogue.CarriesOf(key) {
		switch date := group[0].Date; {
		case date <= since || date > w.until:
		case !end.IsOpen() && date > end:
			restored = group
		case next == nil:
			next = group
		}
	}
	exists := w.to.ByKey(key) != nil
	if restored != nil && !exists && (len(next) == 0 || next[0].Date == end) {
		next = restored
	}
	if next == nil {
		w.targets = append(w.targets, target{unit: w.to.ByKey(key), terms: terms})
		return
	}
	for _, row := range next {
		on := terms
		if row.Partial {
			on = append(slices.Clip(terms), row)
		}
		w.follow(row.ToKey, row.Date, on)
	}
}

// reversed turns targets around. A unit that came from one unit alone lies whole in it,
// as it was; of one that came from several, nothing says which part is whose.
func reversed(from, to *catalogue.Hierarchy, targets map[uint32][]target) map[uint32][]target {
	origins := map[uint32][]*catalogue.Unit{}
	for _, old := range to.Units {
		for _, l := range targets[old.Key()] {
			if l.unit != nil && !slices.Contains(origins[l.unit.Key()], old) {
				origins[l.unit.Key()] = append(origins[l.unit.Key()], old)
			}
		}
	}
	back := make(map[uint32][]target, len(from.Units))
	for _, unit := range from.Units {
		all := origins[unit.Key()]
		if len(all) == 0 {
			back[unit.Key()] = []target{{}}
		}
		for _, old := range all {
			back[unit.Key()] = append(back[unit.Key()], target{unit: old, unknown: len(all) > 1})
		}
	}
	return back
}

// findContainer finds the container of a unit, after those of the units within it. A row
// that carries the unit whole is enough; what lies within it only counts where it lies
// elsewhere.
func (r *Recast) findContainer(u *catalogue.Unit) {
	var h container
	known := false
	for _, l := range r.targets[u.Key()] {
		if l.unit == nil {
			h.incomplete = true
			continue
		}
		h.join(l.unit, !known)
		known = true
	}
	complete := !h.incomplete
	if !known && len(u.Children()) > 0 {
		h.incomplete = false
	}
	for _, child := range u.Children() {
		within := r.containers[child.Key()]
		if within.unit != nil {
			h.join(within.unit, !known)
			known = true
		}
		h.incomplete = h.incomplete || within.incomplete && !complete
	}
	r.containers[u.Key()] = h
}

// join widens the container to hold another unit.
func (h *container) join(u *catalogue.Unit, first bool) {
	if first {
		h.unit = u
		return
	}
	for h.unit != nil && !u.Within(h.unit) {
		h.unit = h.unit.Parent()
	}
	h.incomplete = h.incomplete || h.unit == nil
}

// PartsOf returns what the units of a level are made of, for indicators that the level
// leaf reports.
func (r *Recast) PartsOf(level, leaf *catalogue.Level) *LevelParts {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := [2]int{level.Index(), leaf.Index()}
	if c := r.byLevels[key]; c != nil {
		return c
	}
	c := &LevelParts{Parts: map[uint32][]*Part{}, counts: map[string]map[uint32]int{}}
	for _, unit := range r.From.Units {
		if unit.Parent() == nil {
			c.take(r, unit, level, leaf.Index())
		}
	}
	c.shares()
	r.byLevels[key] = c
	return c
}

// take puts a unit where it lies: whole into the unit of the level that holds all
// of it; else what lies within it is looked at, down to the level that reports.
func (c *LevelParts) take(r *Recast, u *catalogue.Unit, level *catalogue.Level, leaf int) {
	h := r.containers[u.Key()]
	if at := above(h.unit, level); at != nil && !h.incomplete {
		c.add(at, &Part{Unit: u})
		return
	}
	if u.Level.Index() < leaf && len(u.Children()) > 0 {
		for _, child := range u.Children() {
			c.take(r, child, level, leaf)
		}
		return
	}
	lost := u.Level.Index() >= level.Index()
	for _, l := range r.parts(u) {
		at := above(l.unit, level)
		if at == nil {
			continue
		}
		lost = false
		c.addWeights(l)
		parts := c.Parts[at.Key()]
		if n := len(parts); n == 0 || parts[n-1].Unit != u {
			c.add(at, &Part{Unit: u, targets: []target{l}})
		} else {
			parts[n-1].targets = append(parts[n-1].targets, l)
		}
	}
	if lost || h.incomplete && u.Level.Index() >= level.Index() {
		c.Lost = append(c.Lost, u)
	}
}

// shares works out the shares that are the same whatever is asked. Equal shares are
// one number, so that what they are shares of can be summed before it is shared out.
func (c *LevelParts) shares() {
	same := map[string]*big.Rat{}
	for _, parts := range c.Parts {
		for _, p := range parts {
			share, known := p.sum(func(catalogue.Weights, uint32) (*big.Rat, bool) { return nil, false })
			if !known {
				continue
			}
			text := share.RatString()
			if same[text] == nil {
				same[text] = share
			}
			p.share = same[text]
		}
	}
}

// sum adds up the parts, by what figures weigh; false when a share is not known.
func (p *Part) sum(weigh func(catalogue.Weights, uint32) (*big.Rat, bool)) (*big.Rat, bool) {
	if p.whole() {
		return number.IntRat(1), true
	}
	sum := new(big.Rat)
	for _, l := range p.targets {
		part := number.IntRat(1)
		for _, row := range l.terms {
			share, known := row.Part(weigh)
			if !known {
				return nil, false
			}
			part.Mul(part, share)
		}
		if l.unknown {
			return nil, false
		}
		sum.Add(sum, part)
	}
	return sum, true
}

func (c *LevelParts) add(to *catalogue.Unit, p *Part) {
	c.Parts[to.Key()] = append(c.Parts[to.Key()], p)
	if !slices.Contains(c.levels, p.Unit.Level) {
		c.levels = append(c.levels, p.Unit.Level)
	}
}

// addWeights adds the indicators that the share of a target follows.
func (c *LevelParts) addWeights(l target) {
	for _, row := range l.terms {
		if row.Weights != nil && !slices.Contains(c.weights, *row.Weights) {
			c.weights = append(c.weights, *row.Weights)
		}
	}
}

// parts returns the targets of a unit that lies in no one unit whole: those that rows
// name, or those of the units within it, of unknown shares.
func (r *Recast) parts(u *catalogue.Unit) []target {
	targets := r.targets[u.Key()]
	if len(targets) > 1 || targets[0].terms != nil || len(u.Children()) == 0 {
		return targets
	}
	var all []target
	for _, unit := range r.within(u) {
		all = append(all, target{unit: unit, unknown: true})
	}
	return all
}

// within lists where a unit and all that lies within it come to lie.
func (r *Recast) within(u *catalogue.Unit) []*catalogue.Unit {
	var units []*catalogue.Unit
	for _, l := range r.targets[u.Key()] {
		if l.unit != nil {
			units = append(units, l.unit)
		}
	}
	for _, child := range u.Children() {
		for _, unit := range r.within(child) {
			if !slices.Contains(units, unit) {
				units = append(units, unit)
			}
		}
	}
	return units
}

// above returns the unit of a level that a unit is or lies within; nil when there is none.
func above(u *catalogue.Unit, level *catalogue.Level) *catalogue.Unit {
	for at := u; at != nil; at = at.Parent() {
		if at.Level.Index() == level.Index() {
			return at
		}
	}
	return nil
}

// eligible counts the units of the year that are expected to report, by the unit
// that they, or parts of them, lie within.
func (c *LevelParts) eligible(from *catalogue.Hierarchy, indicator *catalogue.Indicator, u *catalogue.Unit) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	counts := c.counts[indicator.Code]
	if counts == nil {
		counts = map[uint32]int{}
		for key, parts := range c.Parts {
			for _, p := range parts {
				counts[key] += from.Eligible(indicator, p.Unit)
			}
		}
		c.counts[indicator.Code] = counts
	}
	return counts[u.Key()]
}

// Carries reports whether a unit goes on itself, or a row of the crosswalk carries it. Of
// others the units within them are carried.
func (r *Recast) Carries(u *catalogue.Unit) bool {
	return slices.ContainsFunc(r.targets[u.Key()], func(t target) bool { return t.unit != nil })
}

// untouched reports whether nothing of a unit changed between the two days.
func (r *Recast) untouched(u *catalogue.Unit) bool {
	then := r.From.ByKey(u.Key())
	return then != nil && then.SameVersion(u) && r.same(u)
}

// same reports whether a unit of both days has the same territory on both.
func (r *Recast) same(u *catalogue.Unit) bool {
	parts := r.PartsOf(u.Level, u.Level).Parts[u.Key()]
	return len(parts) == 1 && parts[0].whole() && parts[0].Unit.Key() == u.Key()
}

// Near reports whether a unit that lies nowhere lay, as far as is known, in what is now
// within a unit.
func (r *Recast) Near(u, within *catalogue.Unit) bool {
	if within == nil {
		return true
	}
	for at := u.Parent(); at != nil; at = at.Parent() {
		if h := r.containers[at.Key()]; h.unit != nil {
			return h.unit.Within(within) || within.Within(h.unit)
		}
	}
	return true
}
