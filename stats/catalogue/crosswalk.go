package catalogue

import (
	"math/big"
	"slices"

	"github.com/niengiam/niengiam/stats/number"
)

// Carry is a row of a crosswalk: from a day on the territory of a unit, or a part
// of it, belongs to another one.
type Carry struct {
	// Date is the day from which it holds.
	Date number.Date `json:"date"`
	// From is the code of the unit that is carried, as it was on the day before; of
	// a unit that ended earlier, the last one that had the code. The territory of
	// such a unit goes straight to where it is restored, past all that it was a
	// part of in between.
	From string `json:"from"`
	// To is the code of the unit that it is carried into, as it is on Date.
	To string `json:"to"`
	// Partial tells that only a part of From lies in To; the other rows of From and
	// Date have the rest. Otherwise From lies in To whole.
	Partial bool `json:"partial,omitempty"`
	// Share is the part of From that is carried into To, 0 to 1; those of one unit
	// and day sum to 1. Zero where the row is whole, where the part is not known,
	// and where Weights says it.
	Share number.Fraction `json:"share,omitzero"`
	// By says what Share is a share of: population, area, count; "" where nothing is said.
	By string `json:"by,omitempty"`
	// Weights is the indicator that the shares follow, nil when they are declared or
	// not known.
	Weights *Weights `json:"weights,omitempty"`

	fromKey, ToKey uint32   `json:"-"`
	group          []*Carry // the rows of its unit and day
}

// Weights is an indicator by which a split unit is shared out: each part weighs as
// much as the figure of the unit that it came into.
type Weights struct {
	// IndicatorCode is its code; Year the year of the figures.
	IndicatorCode string      `json:"indicator"`
	Year          number.Year `json:"year"`
}

// indexCrosswalk finds the units of the rows. Rows whose units do not exist are
// left out: a workspace that has any was refused.
func indexCrosswalk(c *Catalogue) {
	c.Carries, c.arrivals = map[uint32][][]*Carry{}, map[uint32][]*Carry{}
	rows := make([]*Carry, 0, len(c.Crosswalk))
	for i := range c.Crosswalk {
		row := c.Crosswalk[i]
		row.fromKey, row.ToKey = keyBefore(c, row.From, row.Date), keyAt(c, row.To, row.Date)
		if row.fromKey != 0 && row.ToKey != 0 {
			rows = append(rows, &row)
		}
	}
	slices.SortStableFunc(rows, func(a, b *Carry) int {
		if a.fromKey != b.fromKey {
			return int(a.fromKey) - int(b.fromKey)
		}
		return int(a.Date) - int(b.Date)
	})
	for first := 0; first < len(rows); {
		last := first
		for last < len(rows) && rows[last].fromKey == rows[first].fromKey && rows[last].Date == rows[first].Date {
			last++
		}
		group := rows[first:last:last]
		for _, row := range group {
			row.group = group
			c.arrivals[row.ToKey] = append(c.arrivals[row.ToKey], row)
		}
		c.Carries[rows[first].fromKey] = append(c.Carries[rows[first].fromKey], group)
		first = last
	}
}

// Uncarried lists the stretches that end a unit of which no row says where its
// territory went, while its level goes on, and those that begin one of which no row
// says where it came from; both in the order of the units. Figures on the units of a
// day on the other side of such a change leave them out, with NoteNotCarried.
func Uncarried(c *Calendar) (ended, begun []*UnitVersion) {
	for i := range c.Units {
		version := &c.Units[i]
		from, to := version.Validity.From, version.Validity.To
		departs := func(group []*Carry) bool { return group[0].Date == to }
		arrives := func(row *Carry) bool { return row.Date == from }
		switch {
		case to.IsOpen() || goesOn(c.Catalogue, version) || len(c.At(to).Level(version.Level)) == 0:
		case !slices.ContainsFunc(c.Carries[version.Key], departs):
			ended = append(ended, version)
		}
		if version.Opening != Baseline && version.Opening != Changed && !slices.ContainsFunc(c.arrivals[version.Key], arrives) {
			begun = append(begun, version)
		}
	}
	return ended, begun
}

// goesOn reports whether another stretch of the same unit follows.
func goesOn(c *Catalogue, version *UnitVersion) bool {
	return slices.ContainsFunc(c.UnitPlaces[version.Code], func(place int) bool {
		next := &c.Units[place]
		return next.Key == version.Key && next.Validity.From == version.Validity.To
	})
}

// keyAt gives the key of the unit that has a code on a day, 0 when none has.
func keyAt(c *Catalogue, code string, day number.Date) uint32 {
	for _, place := range c.UnitPlaces[code] {
		if c.Units[place].Validity.Contains(day) {
			return c.Units[place].Key
		}
	}
	return 0
}

// keyBefore gives the key of the last unit that had a code before a day, 0 when none had.
func keyBefore(c *Catalogue, code string, day number.Date) uint32 {
	key := uint32(0)
	for _, place := range c.UnitPlaces[code] {
		if c.Units[place].Validity.From < day {
			key = c.Units[place].Key
		}
	}
	return key
}

// Part is the part of its unit that a row carries, by what figures weigh; false
// when it is not known.
func (row *Carry) Part(weigh func(Weights, uint32) (*big.Rat, bool)) (*big.Rat, bool) {
	switch {
	case !row.Partial:
		return number.IntRat(1), true
	case row.Weights == nil:
		return row.Share.Rat(), !row.Share.IsZero()
	}
	sum, own := new(big.Rat), new(big.Rat)
	for _, part := range row.group {
		weight, known := weigh(*row.Weights, part.ToKey)
		if !known || weight.Sign() < 0 {
			return nil, false
		}
		sum.Add(sum, weight)
		if part == row {
			own.Set(weight)
		}
	}
	if sum.Sign() == 0 {
		return nil, false
	}
	return own.Quo(own, sum), true
}

// before gives the stretch of the same unit that a stretch follows, nil when none.
func before(c *Catalogue, version *UnitVersion) *UnitVersion {
	for _, place := range c.UnitPlaces[version.Code] {
		if other := &c.Units[place]; other.Key == version.Key && other.Validity.To == version.Validity.From && !other.Validity.To.IsOpen() {
			return other
		}
	}
	return nil
}

// moved reports whether a stretch began with another parent.
func moved(c *Catalogue, version *UnitVersion) bool {
	before := before(c, version)
	return before != nil && before.Parent != version.Parent
}

// RedrawDays lists the days on which territories may have changed: those of the
// crosswalk, and those on which a unit came to lie within another.
func RedrawDays(c *Catalogue) []number.Date {
	var days []number.Date
	for _, groups := range c.Carries {
		for _, group := range groups {
			days = append(days, group[0].Date)
		}
	}
	for i := range c.Units {
		if version := &c.Units[i]; version.Opening == Changed && moved(c, version) {
			days = append(days, version.Validity.From)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}
