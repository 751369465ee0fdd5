package catalogue

import (
	"math/big"
	"slices"

	"github.com/niengiam/niengiam/stats/number"
)

func (c *Calendar) predecessors(u *Unit) []*Succession {
	steps := []*Succession{}
	for _, version := range versionsOf(c.Catalogue, u.key) {
		if before := before(c.Catalogue, version); before != nil && version.Validity.From <= u.day {
			steps = append(steps, changed(before, version, c.At(version.Validity.From.DayBefore()).ByKey(u.key)))
		}
	}
	for _, row := range c.arrivals[u.key] {
		if row.Date <= u.day {
			steps = append(steps, succeeded(c, row, unitBefore(c, row.fromKey, row.Date)))
		}
	}
	return sortSteps(steps)
}

func (c *Calendar) successors(u *Unit) []*Succession {
	steps := []*Succession{}
	for _, version := range versionsOf(c.Catalogue, u.key) {
		if before := before(c.Catalogue, version); before != nil && version.Validity.From > u.day {
			steps = append(steps, changed(before, version, c.At(version.Validity.From).ByKey(u.key)))
		}
	}
	for _, group := range c.carries[u.key] {
		for _, row := range group {
			if row.Date > u.day {
				steps = append(steps, succeeded(c, row, c.At(row.Date).ByKey(row.ToKey)))
			}
		}
	}
	if end := u.Validity.To; !end.IsOpen() && len(c.carries[u.key]) == 0 {
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

// changed returns the step between two versions of one unit.
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

// succeeded returns the step of a row of the crosswalk.
func succeeded(c *Calendar, row *Carry, unit *Unit) *Succession {
	s := &Succession{Unit: unit, Date: row.Date, Changes: []UnitChange{}, Weights: row.Weights, Share: number.None(number.MissingValue)}
	if share, known := row.Part(noWeights); known {
		s.Share = number.Known(number.FromRat(share))
	}
	if row.Partial {
		s.Changes = append(s.Changes, Split)
	}
	if !alone(c, row) {
		s.Changes = append(s.Changes, Merged)
	}
	from, to := unitBefore(c, row.fromKey, row.Date), c.At(row.Date).ByKey(row.ToKey)
	if len(s.Changes) > 0 || from == nil || to == nil {
		return s
	}
	if end := c.lives[row.fromKey].To; !end.IsOpen() && end < row.Date {
		s.Changes = append(s.Changes, Restored)
	}
	if from.Code != to.Code {
		s.Changes = append(s.Changes, Recoded)
	}
	s.Changes = append(s.Changes, differences(from.version, to.version)...)
	return s
}

// noWeights is a weigh function without figures: shares that follow an indicator stay
// unknown.
func noWeights(Weights, uint32) (*big.Rat, bool) { return nil, false }

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
