package warehouse

import (
	"context"
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
	return collect(f.Published(ctx, indicators, years))
}

// Published gives the published observations of the indicators and years one after the other,
// by cell, those of one in order of publication. Each is valid until the next one.
func (f facts) Published(ctx context.Context, indicators []string, years []number.Year) iter.Seq2[*ledger.Observation, error] {
	if len(indicators) == 0 || len(years) == 0 {
		return func(func(*ledger.Observation, error) bool) {}
	}
	return f.observations(ctx, "history", values{"indicators": names(indicators), "years": numbers(years)})
}

// HeldHistory gives the published observations of the cells of a restatement as Published does.
func (f facts) HeldHistory(ctx context.Context, id ledger.ReleaseID) iter.Seq2[*ledger.Observation, error] {
	return f.observations(ctx, "history_held", values{"restatement": num(id)})
}

// observations gives what a statement finds.
func (f facts) observations(ctx context.Context, statement string, v values) iter.Seq2[*ledger.Observation, error] {
	return func(yield func(*ledger.Observation, error) bool) {
		row := newObservationRow()
		each(ctx, f.db, statement, v, row.scan)(yield)
	}
}

// observationRow reads rows of observations, of which there may be millions: places and texts
// that are those of the row before take no memory.
type observationRow struct {
	observation                         ledger.Observation
	indicator, breakdown                string
	year                                uint16
	value, denominator                  exact
	has                                 uint8
	status, approximation               string
	note, citation, file, sheet, column string
	line, published, release, since     uint32
	places                              []any
}

func newObservationRow() *observationRow {
	r := &observationRow{}
	r.places = []any{
		&r.indicator, &r.observation.Unit, &r.year, &r.breakdown, &r.value, &r.denominator, &r.has, &r.status, &r.note, &r.citation,
		&r.file, &r.sheet, &r.line, &r.column, &r.published, &r.release, &r.since, &r.approximation,
	}
	return r
}

// scan reads a row; what it returns is valid until the next one.
func (r *observationRow) scan(rows driver.Rows) (*ledger.Observation, error) {
	if err := rows.Scan(r.places...); err != nil {
		return nil, err
	}
	o := &r.observation
	for _, text := range []struct {
		known *string
		read  string
	}{
		{&o.Indicator, r.indicator}, {&o.Breakdown, r.breakdown}, {&o.Note, r.note}, {&o.Citation, r.citation},
		{&o.Place.File, r.file}, {&o.Place.Sheet, r.sheet}, {&o.Place.Column, r.column},
		{(*string)(&o.Status), r.status}, {(*string)(&o.Approximation), r.approximation},
	} {
		if *text.known != text.read {
			*text.known = text.read
		}
	}
	o.Value, o.Denominator = r.value.nullDecimal(r.has&hasValue != 0), r.denominator.nullDecimal(r.has&hasDenominator != 0)
	o.Year, o.Place.Line, o.Since = number.Year(r.year), int(r.line), number.Date(r.since)
	o.At = ledger.Position{Published: number.Date(r.published), Release: ledger.ReleaseID(r.release)}
	return o, nil
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
