package warehouse

import (
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// changes reads how the value of a cell differs between releases.
type changes struct {
	db      *database
	current *current
}

// Changes lists the cells that releases changed, release by release, ordered by indicator, year and key of
// the unit.
func (c changes) Changes(ctx context.Context, releases []ledger.ReleaseID, offset, limit int) ([]catalogue.CellChange, error) {
	changes := []catalogue.CellChange{}
	known := c.current.Catalogue()
	stated := slices.Clone(releases)
	for i, id := range releases {
		if r := known.Release(id); r != nil && max(r.Withdraws, r.Restores) > 0 {
			stated[i] = max(r.Withdraws, r.Restores)
		}
	}
	v := page(0, offset, limit)
	delete(v, "release")
	v["releases"], v["stated"] = numbers(releases), numbers(stated)
	err := c.db.read(ctx, "changes", v, func(rows driver.Rows) error {
		var c catalogue.CellChange
		var was, is side
		var release, unit, line uint32
		var year uint16
		var breakdown string
		err := rows.Scan(&release, &c.IndicatorCode, &unit, &year, &breakdown,
			&is.value, &is.denominator, &is.whole, &is.status, &was.value, &was.denominator, &was.whole, &was.status,
			&c.Place.File, &c.Place.Sheet, &line, &c.Place.Column, &c.Note, &c.Citation)
		c.Release, c.Year, c.Place.Line = known.Release(ledger.ReleaseID(release)), number.Year(year), int(line)
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

// Revisions lists the cells whose figure in the view now differs from that in the view
// then, or is gone. It also returns how many there are in all.
func (c changes) Revisions(ctx context.Context, then, now ledger.View, indicator string, offset, limit int) ([]catalogue.CellChange, int, error) {
	changes, total := []catalogue.CellChange{}, 0
	at := c.current.now.Load()
	v := values{
		"then_head": num(then.Head), "then_position": num(bound(then)),
		"now_head": num(min(now.Head, at.catalogue.Head)), "now_position": num(bound(now)),
		"unpublished": numbers(at.unpublished), "indicator": escape(indicator),
		"offset": num(max(offset, 0)), "limit": num(max(limit, 0)),
	}
	err := c.db.read(ctx, "revisions", v, func(rows driver.Rows) error {
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
