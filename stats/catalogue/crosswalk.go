package catalogue

import (
	"math/big"

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
	// Partial reports whether only a part of From lies in To; the other rows of From and
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

// Weights is an indicator whose figures decide how a split unit is shared out: each part
// has the weight of the unit that it went to.
type Weights struct {
	// IndicatorCode is its code; Year the year of the figures.
	IndicatorCode string      `json:"indicator"`
	Year          number.Year `json:"year"`
}

// Part returns the part of its unit that a row carries; weigh returns the figures that a
// share follows. It reports false when the part is not known.
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
