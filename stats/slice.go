package stats

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"
)

// column holds decimals of one scale as integers; the few columns that do not
// fit 64 bits are held as they are, and a column of zeros is not held at all.
type column struct {
	exponent int32
	small    []int64
	big      []decimal.Decimal
}

func packColumn(values []decimal.Decimal) column {
	if !slices.ContainsFunc(values, func(v decimal.Decimal) bool { return !v.IsZero() }) {
		return column{}
	}
	exponent := int32(0)
	for i, v := range values {
		values[i] = trim(v)
		exponent = min(exponent, values[i].Exponent())
	}
	small := make([]int64, len(values))
	for i, v := range values {
		var fits bool
		if small[i], fits = integer(v, exponent); !fits {
			return column{big: values}
		}
	}
	return column{exponent: exponent, small: small}
}

// integer gives v ÷ 10^exponent, which is whole, and whether it fits 64 bits.
func integer(v decimal.Decimal, exponent int32) (int64, bool) {
	zeros := v.Exponent() - exponent
	if v.NumDigits()+int(zeros) > wordDigits {
		shifted := v.Shift(-exponent)
		return shifted.IntPart(), shifted.BigInt().IsInt64()
	}
	n := v.CoefficientInt64()
	for range zeros {
		n *= 10
	}
	return n, true
}

func (c column) at(i int) decimal.Decimal {
	switch {
	case c.big != nil:
		return c.big[i]
	case c.small == nil:
		return decimal.Decimal{}
	}
	if c.small[i] == 0 {
		return decimal.Decimal{} // most denominators: a zero that takes no memory
	}
	return decimal.New(c.small[i], c.exponent)
}

func (c column) size() int { return 8*len(c.small) + 80*len(c.big) }

func pack(sums []Sum) *Slice {
	n := len(sums)
	order := make([]int, n) // places in sums: a Sum is large to move
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(sums[i].Unit, sums[j].Unit), cmp.Compare(sums[i].From, sums[j].From))
	})
	s := &Slice{
		units: make([]uint32, n), from: make([]uint8, n), count: make([]uint32, n), notKnown: make([]uint32, n),
		bare: make([]uint32, n), statuses: make([]StatusSet, n), reporters: make([]uint64, n), members: map[int][]uint32{},
	}
	values, denominators, weighted := make([]decimal.Decimal, n), make([]decimal.Decimal, n), make([]decimal.Decimal, n)
	for i, place := range order {
		sum := &sums[place]
		s.units[i], s.from[i] = sum.Unit, uint8(sum.From)
		s.levels |= 1 << sum.From
		s.count[i], s.notKnown[i], s.bare[i] = uint32(sum.Count), uint32(sum.NotKnown), uint32(sum.Bare)
		s.statuses[i], s.reporters[i] = sum.Statuses, sum.Reporters
		values[i], denominators[i], weighted[i] = sum.Value, sum.Denominator, sum.Weighted
		if len(sum.Members) > 0 {
			s.members[i] = sum.Members
		}
	}
	s.value, s.denom, s.weighted = packColumn(values), packColumn(denominators), packColumn(weighted)
	return s
}

// of appends the sums of one unit to space, its own observation first.
func (s *Slice) of(unit uint32, space []Sum) []Sum {
	place, found := slices.BinarySearch(s.units, unit)
	if !found {
		return space
	}
	for ; place < len(s.units) && s.units[place] == unit; place++ {
		space = append(space, Sum{
			Unit: unit, From: int(s.from[place]),
			Count: int(s.count[place]), NotKnown: int(s.notKnown[place]), Bare: int(s.bare[place]),
			Value: s.value.at(place), Denominator: s.denom.at(place), Weighted: s.weighted.at(place),
			Statuses: s.statuses[place], Reporters: s.reporters[place], Members: s.members[place],
		})
	}
	return space
}

// hasFrom tells whether any unit of the slice has facts from a level.
func (s *Slice) hasFrom(level int) bool { return s.levels&(1<<level) != 0 }
