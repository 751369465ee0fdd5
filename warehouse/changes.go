package warehouse

import (
	"context"
	"fmt"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats"
)

// Changes gives what a release changed, by indicator, year and key of the unit.
func (w *Warehouse) Changes(ctx context.Context, release stats.ReleaseID, offset, limit int) ([]stats.CellChange, error) {
	changes := []stats.CellChange{}
	catalogue := w.Catalogue()
	err := w.read(ctx, "changes", page(release, offset, limit), func(rows driver.Rows) error {
		var c stats.CellChange
		var was, is change
		var unit, line uint32
		var year uint16
		var breakdown string
		err := rows.Scan(&c.Indicator, &unit, &year, &breakdown,
			&is.value, &is.known, &is.denominator, &is.whole, &was.value, &was.known, &was.denominator, &was.whole,
			&c.Place.File, &c.Place.Sheet, &line, &c.Place.Column, &c.Note, &c.Citation)
		c.Year, c.Place.Line = stats.Year(year), int(line)
		c.Old, c.OldDenominator = was.figures()
		c.New, c.NewDenominator = is.figures()
		if i := catalogue.Indicator(c.Indicator); i != nil {
			c.Breakdown = i.BreakdownOf(breakdown)
		}
		if u := catalogue.At(c.Year.Reference()).ByKey(unit); u != nil {
			c.UnitCode = u.Code
			c.UnitNames = stats.Text{VI: u.Name(stats.Vietnamese), EN: u.Name(stats.English)}
		}
		changes = append(changes, c)
		return err
	})
	return changes, err
}

// change is one side of a change.
type change struct {
	value, denominator decimal.Decimal
	known, whole       bool
}

func (c change) figures() (value, denominator stats.Value) {
	if c.known {
		value = stats.Exactly(c.value)
	}
	if c.whole {
		denominator = stats.Exactly(c.denominator)
	}
	return value, denominator
}

// Rejects gives the rows that the load of a release did not publish, by file and line.
func (w *Warehouse) Rejects(ctx context.Context, release stats.ReleaseID, offset, limit int) ([]stats.Reject, error) {
	rejects := []stats.Reject{}
	err := w.read(ctx, "rejects", page(release, offset, limit), func(rows driver.Rows) error {
		var r stats.Reject
		var line uint32
		var reason string
		err := rows.Scan(&r.Place.File, &r.Place.Sheet, &line, &r.Place.Column, &r.Value, &reason, &r.Detail)
		r.Place.Line, r.Reason = int(line), stats.Code(reason)
		rejects = append(rejects, r)
		return err
	})
	return rejects, err
}

func page(release stats.ReleaseID, offset, limit int) values {
	return values{"release": number(release), "offset": fmt.Sprint(max(offset, 0)), "limit": fmt.Sprint(max(limit, 0))}
}
