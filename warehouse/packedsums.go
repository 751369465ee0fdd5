package warehouse

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/number"
)

// packedSums are a row of the table rollup_series: of one indicator, year and release the sums of all
// places of a level, each column the bytes of its numbers one after the other. A column of zeros
// is empty.
type packedSums struct {
	latest                                            uint64
	places, values, denominators                      []byte
	tallies, flaws, doubts, reporters, approximations []byte
}

// The bytes of the numbers in a row.
const (
	wordBytes  = 8
	exactBytes = 16
)

// count is how many places there are.
func (p *packedSums) count() int { return len(p.places) / wordBytes }

// check refuses a row of which a column has not a number for each place.
func (p *packedSums) check() error {
	n := p.count()
	for _, column := range []struct {
		bytes []byte
		width int
	}{
		{p.places, wordBytes}, {p.values, exactBytes}, {p.denominators, exactBytes}, {p.tallies, wordBytes}, {p.flaws, wordBytes},
		{p.doubts, wordBytes}, {p.reporters, wordBytes}, {p.approximations, wordBytes},
	} {
		if length := len(column.bytes); length != 0 && length != n*column.width {
			return fmt.Errorf("a roll-up of %d places has %d bytes of sums, not %d", n, length, n*column.width)
		}
	}
	return nil
}

// at gives a place and its sums.
func (p *packedSums) at(i int) (place uint64, s sums) {
	s.value, s.denominator = exactAt(p.values, i), exactAt(p.denominators, i)
	s.tally, s.flaws, s.doubts = wordAt(p.tallies, i), wordAt(p.flaws, i), wordAt(p.doubts, i)
	s.reporters, s.approximations, s.latest = wordAt(p.reporters, i), wordAt(p.approximations, i), p.latest
	return binary.LittleEndian.Uint64(p.places[i*wordBytes:]), s
}

func wordAt(column []byte, i int) int64 {
	if len(column) == 0 {
		return 0
	}
	return int64(binary.LittleEndian.Uint64(column[i*wordBytes:]))
}

func exactAt(column []byte, i int) exact {
	if len(column) == 0 {
		return exact{}
	}
	b := column[i*exactBytes:]
	return exact{low: binary.LittleEndian.Uint64(b), high: int64(binary.LittleEndian.Uint64(b[wordBytes:]))}
}

// readPacked reads those rows of a question that its view sees.
func readPacked(ctx context.Context, db *database, q *question, sql string, v values) (map[series][]packedSums, error) {
	read, sees := map[series][]packedSums{}, q.sees()
	return read, db.readText(ctx, "slices_rollup", sql, v, func(rows driver.Rows) error {
		var p packedSums
		var indicator string
		var year uint16
		var loaded uint32
		err := rows.Scan(&indicator, &year, &p.latest, &loaded, &p.places, &p.values, &p.denominators, &p.tallies, &p.flaws, &p.doubts, &p.reporters, &p.approximations)
		if err != nil || !sees(p.latest, loaded) {
			return err
		}
		at := series{indicator, number.Year(year)}
		read[at] = append(read[at], p)
		return p.check()
	})
}

// unpack gives the sums of each place over the rows of all releases. What a release replaced is
// taken away in one row and was added in another: only their sum says what there is.
func unpack(all []packedSums, take func(place uint64, s *sums)) {
	if len(all) == 1 {
		for i := range all[0].count() {
			place, s := all[0].at(i)
			take(place, &s)
		}
		return
	}
	var order []uint64
	wholes := map[uint64]*sums{}
	for row := range all {
		for i := range all[row].count() {
			place, s := all[row].at(i)
			if whole := wholes[place]; whole != nil {
				whole.add(&s)
				continue
			}
			wholes[place], order = &s, append(order, place)
		}
	}
	for _, place := range order {
		take(place, wholes[place])
	}
}
