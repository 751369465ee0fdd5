package figure

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Slice is the facts of a SliceKey, compact, immutable and safe for concurrent
// use. Units without facts are not in it.
type Slice struct {
	units     []uint32 // ascending; one place for each Sum
	from      []uint8
	count     []uint32
	notKnown  []uint32
	bare      []uint32
	statuses  []number.StatusSet
	reporters []uint64
	latest    []uint32                  // places in positions
	positions []ledger.Position         // few: one for each publication
	approx    []number.ApproximationSet // nil where all values are exact
	value     column
	denom     column
	weighted  column
	members   map[int][]uint32 // place → keys
	levels    uint64           // bit n: some unit has a value from the level of index n
}

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
		values[i] = number.Trim(v)
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

// integer returns v ÷ 10^exponent, which is whole, and whether it fits 64 bits.
func integer(v decimal.Decimal, exponent int32) (int64, bool) {
	zeros := v.Exponent() - exponent
	if v.NumDigits()+int(zeros) > number.WordDigits {
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
		bare: make([]uint32, n), statuses: make([]number.StatusSet, n), reporters: make([]uint64, n), latest: make([]uint32, n), members: map[int][]uint32{},
	}
	positions := map[ledger.Position]uint32{}
	values, denominators, weighted := make([]decimal.Decimal, n), make([]decimal.Decimal, n), make([]decimal.Decimal, n)
	for i, place := range order {
		sum := &sums[place]
		s.units[i], s.from[i] = sum.Unit, uint8(sum.From)
		if sum.Count > 0 {
			s.levels |= 1 << sum.From
		}
		s.count[i], s.notKnown[i], s.bare[i] = uint32(sum.Count), uint32(sum.NotKnown), uint32(sum.Bare)
		s.statuses[i], s.reporters[i], s.latest[i] = sum.Statuses, sum.Reporters, s.positioned(positions, sum.Latest)
		values[i], denominators[i], weighted[i] = sum.Value, sum.Denominator, sum.Weighted
		if len(sum.Members) > 0 {
			s.members[i] = sum.Members
		}
		if sum.Approximations != 0 {
			if s.approx == nil {
				s.approx = make([]number.ApproximationSet, n)
			}
			s.approx[i] = sum.Approximations
		}
	}
	s.value, s.denom, s.weighted = packColumn(values), packColumn(denominators), packColumn(weighted)
	return s
}

// positioned returns the place of a position among those of the slice.
func (s *Slice) positioned(known map[ledger.Position]uint32, at ledger.Position) uint32 {
	place, is := known[at]
	if !is {
		place = uint32(len(s.positions))
		known[at], s.positions = place, append(s.positions, at)
	}
	return place
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
			Statuses: s.statuses[place], Reporters: s.reporters[place], Latest: s.positions[s.latest[place]], Members: s.members[place],
		})
		if s.approx != nil {
			space[len(space)-1].Approximations = s.approx[place]
		}
	}
	return space
}

// hasFrom reports whether any unit of the slice has a value from a level.
func (s *Slice) hasFrom(level int) bool { return s.levels&(1<<level) != 0 }

// NewSlice packs the sums of a slice. They may come in any order.
func NewSlice(sums []Sum) *Slice { return pack(sums) }

// Size is about how many bytes of memory the slice holds.
func (s *Slice) Size() int {
	size := 200 + len(s.units)*(4+1+4+4+4+1+8+4) + 8*len(s.positions) + s.value.size() + s.denom.size() + s.weighted.size()
	for _, keys := range s.members {
		size += 48 + 4*len(keys)
	}
	return size
}

// Len is the number of sums in the slice.
func (s *Slice) Len() int { return len(s.units) }

// Sums unpacks the slice: the sums by unit and level of facts.
func (s *Slice) Sums() []Sum {
	var all []Sum
	for place, unit := range s.units {
		if place == 0 || unit != s.units[place-1] {
			all = s.of(unit, all)
		}
	}
	return all
}

// Sum is what a slice has of one unit from one level of facts: either its own observation
// (From is the slice's level) or the sum over the observations below it. An observation
// below counts only when no unit between it and the slice's unit has a value of its own,
// so that nothing is counted twice.
type Sum struct {
	// Unit is the key of the unit at the slice's level.
	Unit uint32
	// From is the index of the level of the observations.
	From int
	// Count is the number of observations with a value, NotKnown of those
	// with status M.
	Count, NotKnown int
	// Value is the sum of the values.
	Value decimal.Decimal
	// Denominator is the sum of the denominators of the observations that have
	// one; Bare is the number of observations that have a value and none.
	Denominator decimal.Decimal
	Bare        int
	// Weighted is the sum of value × denominator of a mean, whose denominator is
	// its weight; 0 for other kinds.
	Weighted decimal.Decimal
	// Statuses are those of all the observations.
	Statuses number.StatusSet
	// Approximations are those of the values that are not exact.
	Approximations number.ApproximationSet
	// Reporters is the sum of the Fingerprints of the units with a value, modulo
	// 2⁶⁴: two sums of the same units have the same, any others in all
	// likelihood not. In a register, where who is not named was judged too, it
	// is that of the units whose value is not known.
	Reporters uint64
	// Latest is the last position at which anything of it became what it is.
	Latest ledger.Position
	// Members are the keys of the units with a value, where From lies strictly between
	// the slice's level and the level that reports: each of them overrides the units
	// below it and stands for all eligible units within it.
	Members []uint32
}

// Fingerprint returns the number that stands for a unit among reporters. It is
// ClickHouse's intHash64, which mixes a key by the last steps of MurmurHash3, so
// that a source may sum it where the facts are.
func Fingerprint(unit uint32) uint64 {
	x := uint64(unit) ^ 0x4CF2D2BAAE6DA887
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}
