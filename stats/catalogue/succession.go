package catalogue

import (
	"math/big"
	"slices"

	"github.com/niengiam/niengiam/stats/number"
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
	Date number.Date
	// Changes say what happened.
	Changes []UnitChange
	// Share is the part of the predecessor that is carried into the successor, 0 to 1;
	// none where it is not known, or follows an indicator.
	Share number.Value
	// Weights is the indicator that the share follows; nil when none.
	Weights *Weights
}

// Reason says why there is no share; nil when there is one.
func (s *Succession) Reason() *number.Reason { return s.Share.Reason() }

// Predecessors are the steps by which the unit came to be as it is on the day: from
// its own earlier states and from other units, by day and code.
func (u *Unit) Predecessors() []*Succession {
	steps := []*Succession{}
	c := u.calendar
	if c == nil {
		return steps
	}
	for _, version := range versionsOf(c.Catalogue, u.key) {
		if before := before(c.Catalogue, version); before != nil && version.Validity.From <= u.day {
			steps = append(steps, changed(before, version, c.At(version.Validity.From.DayBefore()).ByKey(u.key)))
		}
	}
	for _, row := range c.arrivals[u.key] {
		if row.Date <= u.day {
			steps = append(steps, succeeded(c, row, lastOfKey(c, row.fromKey, row.Date)))
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
	for _, version := range versionsOf(c.Catalogue, u.key) {
		if before := before(c.Catalogue, version); before != nil && version.Validity.From > u.day {
			steps = append(steps, changed(before, version, c.At(version.Validity.From).ByKey(u.key)))
		}
	}
	for _, group := range c.Carries[u.key] {
		for _, row := range group {
			if row.Date > u.day {
				steps = append(steps, succeeded(c, row, c.At(row.Date).ByKey(row.ToKey)))
			}
		}
	}
	if end := u.Validity.To; !end.IsOpen() && len(c.Carries[u.key]) == 0 {
		steps = append(steps, &Succession{Date: end, Changes: []UnitChange{Abolished}, Share: number.None(number.MissingValue)})
	}
	return sortSteps(steps)
}

func sortSteps(steps []*Succession) []*Succession {
	slices.SortStableFunc(steps, func(a, b *Succession) int {
		if a.Date != b.Date || a.Unit == nil || b.Unit == nil {
			return int(a.Date) - int(b.Date)
		}
		return ByCode(a.Unit, b.Unit)
	})
	return steps
}

// versionsOf lists the stretches of a unit's life.
func versionsOf(c *Catalogue, key uint32) []*UnitVersion {
	var all []*UnitVersion
	for _, place := range c.UnitPlaces[c.codes[key]] {
		if version := &c.Units[place]; version.Key == key {
			all = append(all, version)
		}
	}
	return all
}

// changed is the step between two stretches of one unit.
func changed(before, after *UnitVersion, unit *Unit) *Succession {
	return &Succession{Unit: unit, Date: after.Validity.From, Changes: differences(before, after), Share: number.Known(number.Whole(number.One()))}
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
func succeeded(c *Calendar, row *Carry, unit *Unit) *Succession {
	s := &Succession{Unit: unit, Date: row.Date, Changes: []UnitChange{}, Weights: row.Weights, Share: number.None(number.MissingValue)}
	if share, known := row.Part(nobodyWeighs); known {
		s.Share = number.Known(number.FromRat(share))
	}
	if row.Partial {
		s.Changes = append(s.Changes, Split)
	}
	if !alone(c, row) {
		s.Changes = append(s.Changes, Merged)
	}
	from, to := lastOfKey(c, row.fromKey, row.Date), c.At(row.Date).ByKey(row.ToKey)
	if len(s.Changes) > 0 || from == nil || to == nil {
		return s
	}
	if end := c.Lives[row.fromKey].To; !end.IsOpen() && end < row.Date {
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

// alone reports whether nothing but a row's unit came to lie in the one that it is
// carried into, which was not there before.
func alone(c *Calendar, row *Carry) bool {
	for _, other := range c.arrivals[row.ToKey] {
		if other != row && other.Date == row.Date {
			return false
		}
	}
	return row.fromKey == row.ToKey || c.At(row.Date.DayBefore()).ByKey(row.ToKey) == nil
}

// lastOfKey gives a unit as it was on the day before a day, or on its last.
func lastOfKey(c *Calendar, key uint32, before number.Date) *Unit {
	day := before
	if end := c.Lives[key].To; !end.IsOpen() && end < before {
		day = end
	}
	return c.At(day.DayBefore()).ByKey(key)
}
