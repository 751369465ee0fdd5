package warehouse

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/ledger"
)

// pauses keeps which schedules are paused.
type pauses struct{ db *database }

// Pauses lists the sources whose schedule is paused.
func (p pauses) Pauses(ctx context.Context) ([]*ledger.Pause, error) {
	all := []*ledger.Pause{}
	err := p.db.read(ctx, "pauses", nil, func(rows driver.Rows) error {
		pause := &ledger.Pause{}
		err := rows.Scan(&pause.Source, &pause.Paused, &pause.Actor, &pause.Comment, &pause.Since)
		if pause.Since = timeOrNone(pause.Since); pause.Paused {
			all = append(all, pause)
		}
		return err
	})
	return all, err
}

// SetPause records that a schedule is paused or goes on.
func (p pauses) SetPause(ctx context.Context, pause ledger.Pause) error {
	return p.db.insert(ctx, "pause", func(add func(...any) error) error {
		return add(pause.Source, pause.Paused, pause.Actor, pause.Comment, pause.Since)
	})
}
