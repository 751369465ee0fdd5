package query

import (
	"sync"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/number"
)

// field is all ranked units together, as each of them is measured against.
type field struct {
	sorted []keyed
	// mean is computed when somebody asks for it.
	mean func() number.Value
}

// placeInField returns each ranked unit its quartile and its place in the field.
//
// A unit is in the first quartile when less than a quarter of the ranked units
// stand before it, and so on: quartile = 1 + ⌊4 × before ÷ ranked⌋. These are the
// groups that the quartiles of definition 1 (the inverse of the empirical
// distribution function) of R. J. Hyndman and Y. Fan, “Sample Quantiles in
// Statistical Packages”, The American Statistician 50 (1996), 361–365, divide the
// units into. A tie is never divided: all of it counts by its first unit.
func placeInField(sorted []keyed) *field {
	f := newField(sorted)
	before, quartiles := 0, make([]int, len(sorted))
	for i, k := range sorted {
		if i > 0 && k.cmp(sorted[i-1]) != 0 {
			before = i
		}
		quartiles[i] = 1 + 4*before/len(sorted)
		k.row.Quartile, k.row.key, k.row.field = &quartiles[i], k.key, f
	}
	return f
}

func newField(sorted []keyed) *field {
	f := &field{sorted: sorted}
	f.mean = sync.OnceValue(f.average)
	return f
}

// average is the plain mean of the measures.
func (f *field) average() number.Value {
	if len(f.sorted) == 0 {
		return number.None(number.MissingValue)
	}
	keys := make([]number.Fraction, len(f.sorted))
	for i, k := range f.sorted {
		keys[i] = k.key
	}
	return number.Known(number.Sum(keys).Over(number.Whole(decimal.NewFromInt(int64(len(keys))))))
}
