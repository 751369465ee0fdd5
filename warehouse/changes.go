package warehouse

import (
	"context"
	"fmt"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Changes gives what a release changed, by indicator, year and key of the unit.
func (w *Warehouse) Changes(ctx context.Context, id ledger.ReleaseID, offset, limit int) ([]catalogue.CellChange, error) {
	changes := []catalogue.CellChange{}
	known := w.Catalogue()
	release := known.Release(id)
	v := page(id, offset, limit)
	v["stated"] = v["release"]
	if release != nil && max(release.Withdraws, release.Restores) > 0 {
		v["stated"] = num(max(release.Withdraws, release.Restores))
	}
	err := read(ctx, w, "changes", v, func(rows driver.Rows) error {
		c := catalogue.CellChange{Release: release}
		var was, is side
		var unit, line uint32
		var year uint16
		var breakdown string
		err := rows.Scan(&c.IndicatorCode, &unit, &year, &breakdown,
			&is.value, &is.denominator, &is.whole, &is.status, &was.value, &was.denominator, &was.whole, &was.status,
			&c.Place.File, &c.Place.Sheet, &line, &c.Place.Column, &c.Note, &c.Citation)
		c.Year, c.Place.Line = number.Year(year), int(line)
		was.tell(&c.Old, &c.OldDenominator, &c.OldStatus)
		is.tell(&c.New, &c.NewDenominator, &c.NewStatus)
		c.Complete(known, unit, breakdown)
		changes = append(changes, c)
		return err
	})
	return changes, err
}

// side is one side of a change.
type side struct {
	value, denominator decimal.Decimal
	whole              bool // there is a denominator, if there is a value
	status             string
}

func (s side) tell(value, denominator *number.Value, status *number.Status) {
	*status = number.Status(s.status)
	if known := *status != "" && *status != number.Missing; known {
		*value = number.Exactly(s.value)
		if s.whole {
			*denominator = number.Exactly(s.denominator)
		}
	}
}

// Revisions gives the cells that had a figure in one view and have another one,
// or none, in a later one, and how many there are in all.
func (w *Warehouse) Revisions(ctx context.Context, then, now ledger.View, indicator string, offset, limit int) ([]catalogue.CellChange, int, error) {
	changes, total := []catalogue.CellChange{}, 0
	at := w.now.Load()
	v := values{
		"then_head": num(then.Head), "then_position": num(bound(then)),
		"now_head": num(min(now.Head, at.catalogue.Head)), "now_position": num(bound(now)),
		"unpublished": numbers(at.unpublished), "indicator": escape(indicator),
		"offset": num(max(offset, 0)), "limit": num(max(limit, 0)),
	}
	err := read(ctx, w, "revisions", v, func(rows driver.Rows) error {
		c := catalogue.CellChange{}
		var was, is sums
		var unit, by uint32
		var year uint16
		var breakdown string
		var count uint64
		err := rows.Scan(&c.IndicatorCode, &unit, &year, &breakdown, &is.value, &is.denominator, &is.tally, &is.flaws, &is.doubts,
			&was.value, &was.denominator, &was.tally, &was.flaws, &was.doubts, &by, &count)
		c.Year, c.Release, total = number.Year(year), at.catalogue.Release(ledger.ReleaseID(by)), int(count)
		sideSums(&was).tell(&c.Old, &c.OldDenominator, &c.OldStatus)
		sideSums(&is).tell(&c.New, &c.NewDenominator, &c.NewStatus)
		c.Complete(at.catalogue, unit, breakdown)
		changes = append(changes, c)
		return err
	})
	return changes, total, err
}

// sideSums reads the sums over one cell, in which there is one observation or none.
func sideSums(s *sums) side {
	one := side{value: s.value.decimal(), denominator: s.denominator.decimal(), whole: s.bare() == 0}
	if s.total() > 0 {
		one.status = string(s.statuses().First())
	}
	return one
}

func page(release ledger.ReleaseID, offset, limit int) values {
	return values{"release": num(release), "offset": fmt.Sprint(max(offset, 0)), "limit": fmt.Sprint(max(limit, 0))}
}
