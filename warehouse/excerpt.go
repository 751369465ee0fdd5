package warehouse

import (
	"context"
	"fmt"
	"maps"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/ledger"
)

// excerpt writes the parameters of lists that are read in parts: which lists, and which
// part of each.
func excerpt(name, of string, offset, limit int) values {
	return values{name: of, "offset": fmt.Sprint(max(offset, 0)), "limit": fmt.Sprint(max(limit, 0))}
}

// asNumbers returns identifiers as the warehouse keeps them.
func asNumbers(ids []ledger.ReleaseID) []uint32 {
	all := make([]uint32, len(ids))
	for i, id := range ids {
		all[i] = uint32(id)
	}
	return all
}

// excerpts reads a part of each of some lists with one statement, and how long each of them
// is with another. Both begin a row with the key of its list.
func excerpts[K comparable, T any](ctx context.Context, db *database, list, count string, v values, of []K, scan func(driver.Rows) (K, T, error)) ([]ledger.Excerpt[T], error) {
	entries, totals := map[K][]T{}, map[K]int{}
	counted := maps.Clone(v)
	delete(counted, "offset")
	delete(counted, "limit")
	err := db.read(ctx, count, counted, func(rows driver.Rows) error {
		var key K
		var total uint64
		err := rows.Scan(&key, &total)
		totals[key] = int(total)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = db.read(ctx, list, v, func(rows driver.Rows) error {
		key, entry, err := scan(rows)
		entries[key] = append(entries[key], entry)
		return err
	})
	all := make([]ledger.Excerpt[T], len(of))
	for i, key := range of {
		all[i] = ledger.Excerpt[T]{Entries: append([]T{}, entries[key]...), Total: totals[key]}
	}
	return all, err
}
