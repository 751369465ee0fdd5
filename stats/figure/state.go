package figure

import (
	"sync"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// State is the catalogue that questions are answered from, with what was derived from it
// so far: how units of one day are carried into those of another, which cells are
// withheld, when territories changed. All questions share it until a release or another
// catalogue takes its place. It is safe for concurrent use.
type State struct {
	*catalogue.Calendar

	mu            sync.RWMutex
	recasts       map[[2]*catalogue.Hierarchy]*Recast
	withheld      map[ledger.SeriesYear]*Withheld
	withheldCount int
	redraws       func() map[uint32][]number.Year // see redrawnYears
}

func newState(calendar *catalogue.Calendar) *State {
	s := &State{Calendar: calendar, recasts: map[[2]*catalogue.Hierarchy]*Recast{}, withheld: map[ledger.SeriesYear]*Withheld{}}
	s.redraws = sync.OnceValue(func() map[uint32][]number.Year { return findRedraws(s) })
	return s
}

// remembered is the State of the catalogue that a source has at the moment. The
// Services that are made from one another share it.
type remembered struct {
	mu    sync.Mutex
	state *State
}

// of returns the State of a catalogue.
func (r *remembered) of(calendar *catalogue.Calendar) *State {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state == nil || r.state.Calendar != calendar {
		r.state = newState(calendar)
	}
	return r.state
}

// Frame returns the units for figures of a day on a basis; an open basis is none.
func (c *State) Frame(basis, day number.Date) Frame {
	if basis.IsOpen() {
		return Frame{Hierarchy: c.At(day)}
	}
	return Frame{c.At(basis), c.recastOf(day, basis)}
}

// recastOf returns the way from the units of one day to those of another; nil when
// they are the same.
func (c *State) recastOf(from, to number.Date) *Recast {
	pair := [2]*catalogue.Hierarchy{c.At(from), c.At(to)}
	if pair[0] == pair[1] {
		return nil
	}
	return catalogue.Cached(&c.mu, c.recasts, pair, func() *Recast { return newRecast(c.Catalogue, pair[0], pair[1], from, to) })
}

// StatedUnit returns the unit of a day that has the territory of a unit of a basis; nil where
// it had another one, or was not there.
func (c *State) StatedUnit(day, basis number.Date, u *catalogue.Unit) *catalogue.Unit {
	unit := c.At(day).ByKey(u.Key())
	if unit == nil || unit.Level.Code != u.Level.Code {
		return nil
	}
	if r := c.recastOf(day, basis); r != nil && !r.same(u) {
		return nil
	}
	return unit
}

func (c *State) withheldBefore(key ledger.SeriesYear) *Withheld {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.withheld[key]
}

// withhold finds what is withheld, and remembers it for as long as the catalogue is
// in use: until the next release.
func (c *State) withhold(key ledger.SeriesYear, history []ledger.Observation) *Withheld {
	w := &Withheld{indicator: c.Indicator(key.Indicator), cells: map[withheldCell]bool{}}
	if t := newCellTable(c.At(key.Year.Reference()), w.indicator, history, visibleStates(c.Calendar.Catalogue, history)); t != nil {
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
