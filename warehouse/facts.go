package warehouse

import (
	"context"
	"errors"
	"iter"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// facts writes and reads observations and their postings.
type facts struct{ db *database }

// History returns all published observations of the indicators and years, those of one
// cell in order of publication.
func (f facts) History(ctx context.Context, indicators []string, years []number.Year) ([]ledger.Observation, error) {
	var all []ledger.Observation
	for o, err := range f.Published(ctx, indicators, years) {
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, nil
}

// errEnough ends a statement of which no more rows are wanted.
var errEnough = errors.New("enough")

// Published gives the published observations of the indicators and years one after the other,
// by cell, those of one in order of publication.
func (f facts) Published(ctx context.Context, indicators []string, years []number.Year) iter.Seq2[ledger.Observation, error] {
	return func(yield func(ledger.Observation, error) bool) {
		if len(indicators) == 0 || len(years) == 0 {
			return
		}
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		err := f.db.read(ctx, "history", values{"indicators": names(indicators), "years": numbers(years)}, func(rows driver.Rows) error {
			o, err := scanObservation(rows)
			if err == nil && !yield(o, nil) {
				stop()
				return errEnough
			}
			return err
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(ledger.Observation{}, err)
		}
	}
}

// HeldHistory returns the published observations of the cells of a restatement, those of one
// in order of publication.
func (f facts) HeldHistory(ctx context.Context, id ledger.ReleaseID) ([]ledger.Observation, error) {
	var all []ledger.Observation
	err := f.db.read(ctx, "history_held", values{"restatement": num(id)}, func(rows driver.Rows) error {
		o, err := scanObservation(rows)
		all = append(all, o)
		return err
	})
	return all, err
}

func scanObservation(rows driver.Rows) (ledger.Observation, error) {
	var o ledger.Observation
	var year uint16
	var line, published, release, since uint32
	var status, approximation string
	err := rows.Scan(&o.Indicator, &o.Unit, &year, &o.Breakdown, &o.Value, &o.Denominator, &status, &o.Note, &o.Citation,
		&o.Place.File, &o.Place.Sheet, &line, &o.Place.Column, &published, &release, &since, &approximation)
	o.Year, o.Status, o.Approximation, o.Place.Line = number.Year(year), number.Status(status), number.Approximation(approximation), int(line)
	o.At = ledger.Position{Published: number.Date(published), Release: ledger.ReleaseID(release)}
	o.Since = number.Date(since)
	return o, err
}

// Stated lists the indicators and years for which the releases have observations.
func (f facts) Stated(ctx context.Context, releases []ledger.ReleaseID) (indicators []string, years []number.Year, err error) {
	var numbersOf []uint16
	err = f.db.one(ctx, "stated", values{"releases": numbers(releases)}, &indicators, &numbersOf)
	for _, year := range numbersOf {
		years = append(years, number.Year(year))
	}
	return indicators, years, err
}
