package stats

import (
	"math/big"
	"slices"
	"sync"
)

// recast carries the units of one day, from, into those of another, to. It
// depends on the catalogue alone, is made once for two days and never changes;
// what a share is, where it follows an indicator, is asked when a figure is made.
type recast struct {
	from, to *Hierarchy
	lands    map[uint32][]landing // by unit of from
	homes    map[uint32]home      // by unit of from

	mu       sync.Mutex
	carriers map[[2]int]*carriage // by index of the level carried to and of the level that reports
}

// landing is where a unit, or a part of it, comes to lie.
type landing struct {
	unit  *Unit    // of to; nil where no row says
	terms []*Carry // the partial rows on the way there: the share is their product
	// unknown: only a part of the unit lies there, and nothing can say which.
	unknown bool
}

// home is the lowest unit that holds all of a unit, whatever lies within it
// included; nil when there is none. A unit of which something lies nowhere is torn.
type home struct {
	unit *Unit
	torn bool
}

// piece is a unit of from, or a part of it, within a unit of to.
type piece struct {
	unit     *Unit
	landings []landing // the parts; nil where the unit lies within it whole
	share    *big.Rat  // how much of the unit it is; nil where that follows an indicator or is not known
}

func (p *piece) whole() bool { return p.landings == nil }

// carriage is what the units of a level are made of, for indicators that are
// reported by one level.
type carriage struct {
	pieces map[uint32][]*piece // by unit of to
	levels []*Level            // of the units in pieces
	lost   []*Unit             // units of which a part lies nowhere, or all of them
	follow []Weights           // the indicators that shares follow
	counts map[string]map[uint32]int
	mu     sync.Mutex
}

// recastOf gives the way from the units of one day to those of another; nil when
// they are the same.
func (c *State) recastOf(from, to Date) *recast {
	pair := [2]*Hierarchy{c.At(from), c.At(to)}
	if pair[0] == pair[1] {
		return nil
	}
	return remember(&c.mu, c.recasts, pair, func() *recast { return newRecast(c.Catalogue, pair[0], pair[1], from, to) })
}

func newRecast(c *Catalogue, old, current *Hierarchy, from, to Date) *recast {
	r := &recast{from: old, to: current, homes: map[uint32]home{}, carriers: map[[2]int]*carriage{}}
	if from <= to {
		r.lands = c.landings(r.from, r.to, from, to)
	} else {
		r.lands = backwards(r.from, r.to, c.landings(r.to, r.from, to, from))
	}
	for _, level := range slices.Backward(c.Levels) {
		for _, unit := range r.from.Level(level.Code) {
			r.settle(unit)
		}
	}
	return r
}

// landings follows every unit of a day to a later one.
func (c *Catalogue) landings(from, to *Hierarchy, first, last Date) map[uint32][]landing {
	lands := make(map[uint32][]landing, len(from.units))
	for _, unit := range from.units {
		w := way{catalogue: c, to: to, until: last}
		w.follow(unit.Key(), first, nil)
		lands[unit.Key()] = w.lands
	}
	return lands
}

// way follows one unit through the crosswalk.
type way struct {
	catalogue *Catalogue
	to        *Hierarchy
	until     Date
	lands     []landing
}

// follow carries a unit from a day on. A unit that ends and is restored later goes
// straight there.
func (w *way) follow(key uint32, since Date, terms []*Carry) {
	var next, restored []*Carry
	end := w.catalogue.lives[key].To
	for _, group := range w.catalogue.carries[key] {
		switch date := group[0].Date; {
		case date <= since || date > w.until:
		case !end.IsOpen() && date > end:
			restored = group
		case next == nil:
			next = group
		}
	}
	alive := w.to.ByKey(key) != nil
	if restored != nil && !alive && (len(next) == 0 || next[0].Date == end) {
		next = restored
	}
	if next == nil {
		w.lands = append(w.lands, landing{unit: w.to.ByKey(key), terms: terms})
		return
	}
	for _, row := range next {
		on := terms
		if row.Partial {
			on = append(slices.Clip(terms), row)
		}
		w.follow(row.to, row.Date, on)
	}
}

// backwards turns landings around. A unit that came from one alone lies whole in
// it, as it was; of one that came from several, nothing says which part is whose.
func backwards(from, to *Hierarchy, lands map[uint32][]landing) map[uint32][]landing {
	origins := map[uint32][]*Unit{}
	for _, old := range to.units {
		for _, l := range lands[old.Key()] {
			if l.unit != nil && !slices.Contains(origins[l.unit.Key()], old) {
				origins[l.unit.Key()] = append(origins[l.unit.Key()], old)
			}
		}
	}
	back := make(map[uint32][]landing, len(from.units))
	for _, unit := range from.units {
		all := origins[unit.Key()]
		if len(all) == 0 {
			back[unit.Key()] = []landing{{}}
		}
		for _, old := range all {
			back[unit.Key()] = append(back[unit.Key()], landing{unit: old, unknown: len(all) > 1})
		}
	}
	return back
}

// settle finds the home of a unit, after those of the units within it. A row that
// carries it whole speaks for all of it; what lies within it only tells when it
// lies elsewhere.
func (r *recast) settle(u *Unit) {
	var h home
	known := false
	for _, l := range r.lands[u.Key()] {
		if l.unit == nil {
			h.torn = true
			continue
		}
		h.join(l.unit, !known)
		known = true
	}
	said := !h.torn
	if !known && len(u.Children()) > 0 {
		h.torn = false
	}
	for _, child := range u.Children() {
		within := r.homes[child.Key()]
		if within.unit != nil {
			h.join(within.unit, !known)
			known = true
		}
		h.torn = h.torn || within.torn && !said
	}
	r.homes[u.Key()] = h
}

// join widens the home to hold another unit.
func (h *home) join(u *Unit, first bool) {
	if first {
		h.unit = u
		return
	}
	for h.unit != nil && !u.Within(h.unit) {
		h.unit = h.unit.Parent()
	}
	h.torn = h.torn || h.unit == nil
}

// carry gives what the units of a level are made of, for indicators that the
// level leaf reports.
func (r *recast) carry(level, leaf *Level) *carriage {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := [2]int{level.Index(), leaf.Index()}
	if c := r.carriers[key]; c != nil {
		return c
	}
	c := &carriage{pieces: map[uint32][]*piece{}, counts: map[string]map[uint32]int{}}
	for _, unit := range r.from.units {
		if unit.Parent() == nil {
			c.take(r, unit, level, leaf.Index())
		}
	}
	c.shares()
	r.carriers[key] = c
	return c
}

// take puts a unit where it lies: whole into the unit of the level that holds all
// of it; else what lies within it is looked at, down to the level that reports.
func (c *carriage) take(r *recast, u *Unit, level *Level, leaf int) {
	h := r.homes[u.Key()]
	if at := above(h.unit, level); at != nil && !h.torn {
		c.add(at, &piece{unit: u})
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
		c.heed(l)
		pieces := c.pieces[at.Key()]
		if n := len(pieces); n == 0 || pieces[n-1].unit != u {
			c.add(at, &piece{unit: u, landings: []landing{l}})
		} else {
			pieces[n-1].landings = append(pieces[n-1].landings, l)
		}
	}
	if lost || h.torn && u.Level.Index() >= level.Index() {
		c.lost = append(c.lost, u)
	}
}

// shares works out the shares that are the same whatever is asked. Equal shares are
// one number, so that what they are shares of can be summed before it is shared out.
func (c *carriage) shares() {
	same := map[string]*big.Rat{}
	for _, pieces := range c.pieces {
		for _, p := range pieces {
			share, known := p.sum(func(Weights, uint32) (*big.Rat, bool) { return nil, false })
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
func (p *piece) sum(weigh func(Weights, uint32) (*big.Rat, bool)) (*big.Rat, bool) {
	if p.whole() {
		return whole(1), true
	}
	sum := new(big.Rat)
	for _, l := range p.landings {
		part := whole(1)
		for _, row := range l.terms {
			share, known := row.share(weigh)
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

func (c *carriage) add(to *Unit, p *piece) {
	c.pieces[to.Key()] = append(c.pieces[to.Key()], p)
	if !slices.Contains(c.levels, p.unit.Level) {
		c.levels = append(c.levels, p.unit.Level)
	}
}

// heed remembers the indicators that the share of a landing follows.
func (c *carriage) heed(l landing) {
	for _, row := range l.terms {
		if row.Weights != nil && !slices.Contains(c.follow, *row.Weights) {
			c.follow = append(c.follow, *row.Weights)
		}
	}
}

// parts are the landings of a unit that lies in no one unit whole: those that
// rows name, or those of what lies within it, of which nobody knows the shares.
func (r *recast) parts(u *Unit) []landing {
	lands := r.lands[u.Key()]
	if len(lands) > 1 || lands[0].terms != nil || len(u.Children()) == 0 {
		return lands
	}
	var all []landing
	for _, unit := range r.within(u) {
		all = append(all, landing{unit: unit, unknown: true})
	}
	return all
}

// within lists where a unit and all that lies within it come to lie.
func (r *recast) within(u *Unit) []*Unit {
	var units []*Unit
	for _, l := range r.lands[u.Key()] {
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

// above gives the unit of a level that a unit is or lies within; nil when there is none.
func above(u *Unit, level *Level) *Unit {
	for at := u; at != nil; at = at.Parent() {
		if at.Level.Index() == level.Index() {
			return at
		}
	}
	return nil
}

// eligible counts the units of the year that are expected to report, by the unit
// that they, or parts of them, lie within.
func (c *carriage) eligible(from *Hierarchy, indicator *Indicator, u *Unit) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	counts := c.counts[indicator.Code]
	if counts == nil {
		counts = map[uint32]int{}
		for key, pieces := range c.pieces {
			for _, p := range pieces {
				counts[key] += from.Eligible(indicator, p.unit)
			}
		}
		c.counts[indicator.Code] = counts
	}
	return counts[u.Key()]
}

// same tells whether a unit of both days has the same territory on both.
func (r *recast) same(u *Unit) bool {
	pieces := r.carry(u.Level, u.Level).pieces[u.Key()]
	return len(pieces) == 1 && pieces[0].whole() && pieces[0].unit.Key() == u.Key()
}
