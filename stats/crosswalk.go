package stats

import (
	"math/big"
	"slices"
)

// Carry is a row of a crosswalk: from a day on the territory of a unit, or a part
// of it, belongs to another one.
type Carry struct {
	// Date is the day from which it holds.
	Date Date `json:"date"`
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
	Share Fraction `json:"share,omitzero"`
	// By says what Share is a share of: population, area, count; "" where nothing is said.
	By string `json:"by,omitempty"`
	// Weights is the indicator that the shares follow, nil when they are declared or
	// not known.
	Weights *Weights `json:"weights,omitempty"`

	from, to uint32
	group    []*Carry // the rows of its unit and day
}

// Weights is an indicator by which a split unit is shared out: each part weighs as
// much as the figure of the unit that it came into.
type Weights struct {
	// IndicatorCode is its code; Year the year of the figures.
	IndicatorCode string `json:"indicator"`
	Year          Year   `json:"year"`
}

// IsZero tells whether the fraction is 0.
func (f Fraction) IsZero() bool { return f.num.IsZero() }

// indexCrosswalk finds the units of the rows. Rows whose units do not exist are
// left out: a workspace that has any was refused.
func (c *Catalogue) indexCrosswalk() {
	c.carries, c.arrivals = map[uint32][][]*Carry{}, map[uint32][]*Carry{}
	rows := make([]*Carry, 0, len(c.Crosswalk))
	for i := range c.Crosswalk {
		row := c.Crosswalk[i]
		row.from, row.to = c.keyBefore(row.From, row.Date), c.keyAt(row.To, row.Date)
		if row.from != 0 && row.to != 0 {
			rows = append(rows, &row)
		}
	}
	slices.SortStableFunc(rows, func(a, b *Carry) int {
		if a.from != b.from {
			return int(a.from) - int(b.from)
		}
		return int(a.Date) - int(b.Date)
	})
	for first := 0; first < len(rows); {
		last := first
		for last < len(rows) && rows[last].from == rows[first].from && rows[last].Date == rows[first].Date {
			last++
		}
		group := rows[first:last:last]
		for _, row := range group {
			row.group = group
			c.arrivals[row.to] = append(c.arrivals[row.to], row)
		}
		c.carries[rows[first].from] = append(c.carries[rows[first].from], group)
		first = last
	}
}

// Uncarried lists the stretches that end a unit of which no row says where its
// territory went, while its level goes on, and those that begin one of which no row
// says where it came from; both in the order of the units. Figures on the units of a
// day on the other side of such a change leave them out, with NoteNotCarried.
func (c *Calendar) Uncarried() (ended, begun []*UnitVersion) {
	for i := range c.Units {
		version := &c.Units[i]
		from, to := version.Validity.From, version.Validity.To
		departs := func(group []*Carry) bool { return group[0].Date == to }
		arrives := func(row *Carry) bool { return row.Date == from }
		switch {
		case to.IsOpen() || c.goesOn(version) || len(c.At(to).Level(version.Level)) == 0:
		case !slices.ContainsFunc(c.carries[version.Key], departs):
			ended = append(ended, version)
		}
		if version.Opening != Baseline && version.Opening != Changed && !slices.ContainsFunc(c.arrivals[version.Key], arrives) {
			begun = append(begun, version)
		}
	}
	return ended, begun
}

// goesOn tells whether another stretch of the same unit follows.
func (c *Catalogue) goesOn(version *UnitVersion) bool {
	return slices.ContainsFunc(c.units[version.Code], func(place int) bool {
		next := &c.Units[place]
		return next.Key == version.Key && next.Validity.From == version.Validity.To
	})
}

// keyAt gives the key of the unit that has a code on a day, 0 when none has.
func (c *Catalogue) keyAt(code string, day Date) uint32 {
	for _, place := range c.units[code] {
		if c.Units[place].Validity.Contains(day) {
			return c.Units[place].Key
		}
	}
	return 0
}

// keyBefore gives the key of the last unit that had a code before a day, 0 when none had.
func (c *Catalogue) keyBefore(code string, day Date) uint32 {
	key := uint32(0)
	for _, place := range c.units[code] {
		if c.Units[place].Validity.From < day {
			key = c.Units[place].Key
		}
	}
	return key
}

// share is the part of its unit that a row carries, by what figures weigh; false
// when it is not known.
func (row *Carry) share(weigh func(Weights, uint32) (*big.Rat, bool)) (*big.Rat, bool) {
	switch {
	case !row.Partial:
		return whole(1), true
	case row.Weights == nil:
		return row.Share.rat(), !row.Share.IsZero()
	}
	sum, own := new(big.Rat), new(big.Rat)
	for _, part := range row.group {
		weight, known := weigh(*row.Weights, part.to)
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
