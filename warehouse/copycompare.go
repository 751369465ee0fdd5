package warehouse

import (
	"context"
	"fmt"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/number"
)

// compareRows compares every row of both sides and reports whether the source has rows that
// the copy, which has what it is told to have, could not know of yet.
func compareRows(ctx context.Context, from, to *database, tables []CopiedTable) (changed bool, err error) {
	for i, table := range copiedTables() {
		_, want, err := chunks(ctx, from, table)
		if err != nil {
			return false, err
		}
		_, there, err := chunks(ctx, to, table)
		if err != nil {
			return false, err
		}
		rows := uint64(0)
		for _, held := range want {
			rows += held.rows
		}
		if rows != tables[i].Rows {
			changed = true
			continue
		}
		for key, held := range want {
			if there[key] != held {
				return false, differs(table.name, fmt.Sprintf("%s %s: %d rows, %d", key.a, key.b, held.rows, there[key].rows))
			}
		}
		if len(there) != len(want) {
			return false, differs(table.name, fmt.Sprintf("%d, %d", len(want), len(there)))
		}
	}
	return changed, nil
}

// differs is the error of a copy that is not what it was made from.
func differs(where, what string) error {
	return &number.Error{
		Code: CopyDiffers, Where: where, Message: number.Say("the copy is not what the warehouse is: %s", what),
		Hint: number.Say("do not use the copy; drop its database and copy again, and tell us when it happens twice"),
	}
}

// figuresOf is what the figures of an indicator, year and level amount to.
type figuresOf struct {
	year               uint16
	level              uint8
	figures            uint64
	value, denominator string
	checksum           uint64
}

// compareFigures compares on both sides each release with its receipt, and all figures of all
// levels, summed anew by each side from its own postings and its own hierarchy.
func compareFigures(ctx context.Context, from, to *Warehouse, copied *Copied) error {
	if err := to.exec(ctx, "reload_hierarchy"); err != nil {
		return err
	}
	for _, side := range []*Warehouse{from, to} {
		if err := side.Verify(ctx); err != nil {
			return err
		}
	}
	order, _, err := chunks(ctx, from.database, copiedTable{"posting", "indicator", "indicator"})
	if err != nil {
		return err
	}
	copied.Figures = 0
	for _, key := range order {
		want, err := figuresIn(ctx, from.database, key.a)
		if err != nil {
			return err
		}
		there, err := figuresIn(ctx, to.database, key.a)
		if err != nil {
			return err
		}
		for i, row := range want {
			if i >= len(there) || there[i] != row {
				return differs(key.a, fmt.Sprintf("%d, level %d: %s", row.year, row.level, row.value))
			}
			copied.Figures += row.figures
		}
		if len(there) != len(want) {
			return differs(key.a, fmt.Sprintf("%d, %d", len(want), len(there)))
		}
	}
	copied.Indicators = len(order)
	var releases uint64
	err = to.one(ctx, "copy_releases", nil, &releases)
	copied.Releases = int(releases)
	return err
}

func figuresIn(ctx context.Context, db *database, indicator string) ([]figuresOf, error) {
	var all []figuresOf
	err := db.read(ctx, "copy_figures", values{"indicator": escape(indicator)}, func(rows driver.Rows) error {
		var f figuresOf
		err := rows.Scan(&f.year, &f.level, &f.figures, &f.value, &f.denominator, &f.checksum)
		all = append(all, f)
		return err
	})
	return all, err
}
