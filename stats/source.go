package stats

import (
	"context"

	"github.com/shopspring/decimal"
)

// Source is where a Service reads facts. Package warehouse meets it with
// ClickHouse, package statstest with a table in memory; both answer the same
// scripts.
type Source interface {
	// Catalogue gives the present definitions and holdings. It costs nothing:
	// it is a pointer that a new release replaces.
	Catalogue() *Calendar
	// Slices gives one slice for each key, in the order of the keys, all in one
	// round trip. An error means that none can be had; the facts of a slice that
	// has none are an empty slice, never an error.
	Slices(ctx context.Context, keys []SliceKey) ([]*Slice, error)
	// History gives all visible observations of some indicators and years, those
	// of one cell in order of position.
	History(ctx context.Context, indicators []string, years []Year) ([]Observation, error)
	// Changes gives what a release changed, by indicator, year and unit: at most
	// limit cells after the first offset ones.
	Changes(ctx context.Context, release ReleaseID, offset, limit int) ([]CellChange, error)
	// Revisions gives the cells that had a figure in one view and have another one,
	// or none, in a later one, by indicator, year and unit: at most limit cells
	// after the first offset ones, and how many there are in all. Only of one
	// indicator, unless its code is "".
	Revisions(ctx context.Context, then, now View, indicator string, offset, limit int) ([]CellChange, int, error)
	// Rejects gives the rows that the load of a release did not publish, by file and line.
	Rejects(ctx context.Context, release ReleaseID, offset, limit int) ([]Reject, error)
}

// View is a fixed state of what is published: everything loaded up to Head and,
// of that, everything published up to a point. The answers of a view never
// change.
type View struct {
	// Head is the last release that counts as loaded.
	Head ReleaseID
	// Published and Release bound the publications: only those before, or those
	// of that day with no later number. The zero values set no bound.
	Published Date
	Release   ReleaseID
}

// SliceKey names a slice: the facts of one indicator, year and breakdown, summed
// to the units of one level, in one view.
type SliceKey struct {
	Indicator string
	Year      Year
	Level     string
	// Breakdown is that of the cells, as In writes it; "" is the total.
	Breakdown string
	View      View
}

// Sum is what a slice knows of one unit from one level of facts: either its own
// observation (From is the slice's level) or the sum over the observations
// below it. An observation below counts only when no unit between it and the
// slice's unit has a value of its own, so that nothing is counted twice.
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
	Statuses StatusSet
	// Reporters is the sum of the Fingerprints of the units with a value, modulo
	// 2⁶⁴: two sums of the same units have the same, any others in all
	// likelihood not. In a register, where who is not named was judged too, it
	// is that of the units whose value is not known.
	Reporters uint64
	// Members are the keys of the units with a value, where From lies strictly
	// between the slice's level and the level that reports: each of them speaks
	// for all eligible units within it.
	Members []uint32
}

// Fingerprint gives the number that stands for a unit among reporters. It is
// ClickHouse's intHash64, which mixes a key by the last steps of MurmurHash3, so
// that a source may sum it where the facts are.
func Fingerprint(unit uint32) uint64 {
	x := uint64(unit) ^ 0x4CF2D2BAAE6DA887
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// Slice is the facts of a SliceKey, compact, immutable and safe for concurrent
// use. Units without facts are not in it.
type Slice struct {
	units     []uint32 // ascending; one place for each Sum
	from      []uint8
	count     []uint32
	notKnown  []uint32
	bare      []uint32
	statuses  []StatusSet
	reporters []uint64
	value     column
	denom     column
	weighted  column
	members   map[int][]uint32 // place → keys
	levels    uint64           // bit n: some unit has facts from the level of index n
}

// NewSlice packs the sums of a slice. They may come in any order.
func NewSlice(sums []Sum) *Slice { return pack(sums) }

// Size is about how many bytes of memory the slice holds.
func (s *Slice) Size() int {
	size := 200 + len(s.units)*(4+1+4+4+4+1+8) + s.value.size() + s.denom.size() + s.weighted.size()
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
