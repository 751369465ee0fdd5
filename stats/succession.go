package stats

import (
	"math/big"
	"slices"
)

// UnitChange says what happened to a unit.
type UnitChange string

// The changes.
const (
	Renamed   UnitChange = "RENAMED"   // another name
	Retyped   UnitChange = "RETYPED"   // another kind
	Moved     UnitChange = "MOVED"     // another unit above it
	Recoded   UnitChange = "RECODED"   // another code for the same land
	Merged    UnitChange = "MERGED"    // became one with others
	Split     UnitChange = "SPLIT"     // went to several
	Restored  UnitChange = "RESTORED"  // is there again after it had been a part of another
	Abolished UnitChange = "ABOLISHED" // ended; the catalogue does not say what became of it
)

// Succession is a step in which a unit came from another, or became another.
type Succession struct {
	// Unit is the other unit: a predecessor as it was on the day before, a successor
	// as it was on the day; nil for a unit that was abolished.
	Unit *Unit
	// Date is the day from which the new state holds.
	Date Date
	// Changes say what happened.
	Changes []UnitChange
	// Share is the part of the predecessor that is carried into the successor, 0 to 1;
	// none where it is not known, or follows an indicator.
	Share Value
	// Weights is the indicator that the share follows; nil when none.
	Weights *Weights
}

// Reason says why there is no share; nil when there is one.
func (s *Succession) Reason() *Reason { return s.Share.Reason() }

// Predecessors are the steps by which the unit came to be as it is on the day: from
// its own earlier states and from other units, by day and code.
func (u *Unit) Predecessors() []*Succession {
	steps := []*Succession{}
	c := u.calendar
	if c == nil {
		return steps
	}
	for _, version := range c.versionsOf(u.key) {
		if before := c.before(version); before != nil && version.Validity.From <= u.day {
			steps = append(steps, c.changed(before, version, c.At(version.Validity.From.dayBefore()).ByKey(u.key)))
		}
	}
	for _, row := range c.arrivals[u.key] {
		if row.Date <= u.day {
			steps = append(steps, c.succeeded(row, c.lastOfKey(row.from, row.Date)))
		}
	}
	return sortSteps(steps)
}

// Successors are the steps that the unit takes after the day: its own later states
// and the units that it became, by day and code.
func (u *Unit) Successors() []*Succession {
	steps := []*Succession{}
	c := u.calendar
	if c == nil {
		return steps
	}
	for _, version := range c.versionsOf(u.key) {
		if before := c.before(version); before != nil && version.Validity.From > u.day {
			steps = append(steps, c.changed(before, version, c.At(version.Validity.From).ByKey(u.key)))
		}
	}
	for _, group := range c.carries[u.key] {
		for _, row := range group {
			if row.Date > u.day {
				steps = append(steps, c.succeeded(row, c.At(row.Date).ByKey(row.to)))
			}
		}
	}
	if end := u.Validity.To; !end.IsOpen() && len(c.carries[u.key]) == 0 {
		steps = append(steps, &Succession{Date: end, Changes: []UnitChange{Abolished}, Share: None(MissingValue)})
	}
	return sortSteps(steps)
}

func sortSteps(steps []*Succession) []*Succession {
	slices.SortStableFunc(steps, func(a, b *Succession) int {
		if a.Date != b.Date || a.Unit == nil || b.Unit == nil {
			return int(a.Date) - int(b.Date)
		}
		return byCode(a.Unit, b.Unit)
	})
	return steps
}

// versionsOf lists the stretches of a unit's life.
func (c *Catalogue) versionsOf(key uint32) []*UnitVersion {
	var all []*UnitVersion
	for _, place := range c.units[c.codes[key]] {
		if version := &c.Units[place]; version.Key == key {
			all = append(all, version)
		}
	}
	return all
}

// changed is the step between two stretches of one unit.
func (c *Calendar) changed(before, after *UnitVersion, unit *Unit) *Succession {
	return &Succession{Unit: unit, Date: after.Validity.From, Changes: differences(before, after), Share: Known(Whole(one()))}
}

// differences says what changed from one stretch to another.
func differences(before, after *UnitVersion) []UnitChange {
	changes := []UnitChange{}
	if before.Names != after.Names {
		changes = append(changes, Renamed)
	}
	if before.Kind != after.Kind {
		changes = append(changes, Retyped)
	}
	if before.Parent != after.Parent {
		changes = append(changes, Moved)
	}
	return changes
}

// succeeded is the step of a row of the crosswalk.
func (c *Calendar) succeeded(row *Carry, unit *Unit) *Succession {
	s := &Succession{Unit: unit, Date: row.Date, Changes: []UnitChange{}, Weights: row.Weights, Share: None(MissingValue)}
	if share, known := row.share(nobodyWeighs); known {
		s.Share = Known(fromRat(share))
	}
	if row.Partial {
		s.Changes = append(s.Changes, Split)
	}
	if !c.alone(row) {
		s.Changes = append(s.Changes, Merged)
	}
	from, to := c.lastOfKey(row.from, row.Date), c.At(row.Date).ByKey(row.to)
	if len(s.Changes) > 0 || from == nil || to == nil {
		return s
	}
	if end := c.lives[row.from].To; !end.IsOpen() && end < row.Date {
		s.Changes = append(s.Changes, Restored)
	}
	if from.Code != to.Code {
		s.Changes = append(s.Changes, Recoded)
	}
	s.Changes = append(s.Changes, differences(from.version, to.version)...)
	return s
}

// nobodyWeighs leaves shares unknown that follow an indicator: they differ with what
// is published.
func nobodyWeighs(Weights, uint32) (*big.Rat, bool) { return nil, false }

// alone tells whether nothing but a row's unit came to lie in the one that it is
// carried into, which was not there before.
func (c *Calendar) alone(row *Carry) bool {
	for _, other := range c.arrivals[row.to] {
		if other != row && other.Date == row.Date {
			return false
		}
	}
	return row.from == row.to || c.At(row.Date.dayBefore()).ByKey(row.to) == nil
}

// lastOfKey gives a unit as it was on the day before a day, or on its last.
func (c *Calendar) lastOfKey(key uint32, before Date) *Unit {
	day := before
	if end := c.lives[key].To; !end.IsOpen() && end < before {
		day = end
	}
	return c.At(day.dayBefore()).ByKey(key)
}
