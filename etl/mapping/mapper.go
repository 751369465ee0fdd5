// Package mapping finds out whose figures the rows of files are: tables in, facts and rejects out.
// It knows the rules of a source and the catalogue, but neither what is published nor what becomes
// of the facts. Nothing is guessed: what is not known exactly is a reject with its reason.
//
// From the bottom up: number.go, year.go and cell.go read what a cell says, reject.go has what is wrong
// with one; table.go has a table whose columns are known, header.go and wide.go find these; finder.go
// finds units, by code or by name; known.go remembers what was found; row.go maps a row to entries
// and check.go an entry to a fact; total.go compares printed totals, mend.go has rows that stand in for
// others. mapper.go, in this file, puts all together. rejected.go, preview.go and match.go look at files
// with the same eyes for those who mend, preview and set up.
package mapping

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// Mapper maps the files of a source, once: each row becomes facts or rejects and is forgotten.
type Mapper struct {
	Source   *workspace.Source
	Calendar *catalogue.Calendar
	// Add keeps a fact, which is copied. They come in the order of the rows.
	Add func(*Fact) error
	// Tell is told how far the files are.
	Tell func(stage string, done, total int)
	// Rows is how many rows the reader hands over at once.
	Rows int

	rows   *rowMapper
	mended *mendedRows
	parsed []Reject // rows that are no rows, and columns that are not read
	read   int
}

// Result is what the rows of the files are, beside the facts.
type Result struct {
	// Read counts the rows.
	Read int
	// Rejects are what is wrong, in the order in which it was found.
	Rejects []Reject
}

// ahead is how often the reader may be ahead.
const ahead = 4

// Map reads all files. A file that is no table, or lacks a column, is an error that names all
// its faults, and those of the other files.
func (m *Mapper) Map(ctx context.Context, files []File) (Result, error) {
	m.rows = newRowMapper(m.Source, m.Calendar, m.Add)
	if err := m.files(ctx, files); err != nil {
		return Result{}, err
	}
	for _, r := range m.parsed {
		if !r.OfNoRow {
			m.read++ // a row that is none is in no table
		}
	}
	return Result{m.read, slices.Concat(m.parsed, m.rows.rejects, m.rows.wrong)}, nil
}

func (m *Mapper) files(ctx context.Context, files []File) error {
	mended, err := readMended(m.Source, files)
	m.mended = mended
	faults := []error{err}
	for i, f := range files {
		if IsMended(f.Path) {
			continue
		}
		m.Tell(ledger.StageParse, i, len(files))
		if err := m.file(ctx, f); err != nil {
			faults = append(faults, err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	m.parsed = append(m.parsed, mended.unused()...)
	return errors.Join(faults...)
}

// file reads the tables of a file. Where the rows of one cannot be read, that is its fault;
// what its headers lack is told of all tables.
func (m *Mapper) file(ctx context.Context, f File) (err error) {
	own, closeFile, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeFile()) }()
	needs := needs(m.Source)
	open := func() ([]*layout.Table, error) { return layout.Open(own, m.Source) }
	found, err := open()
	if err != nil {
		return err
	}
	var faults []error
	for nth, one := range found {
		if err := one.Find(needs); err != nil {
			return err
		}
		t := table{Table: one, columns: map[string]int{}, plain: format.HasPlainNumbers(one.Kind)}
		rejected, err := readHeader(&t, m.Source, needs.Columns)
		if err != nil {
			faults = append(faults, err)
			if err := one.Each(func(*layout.Row, bool) error { return ctx.Err() }); err != nil {
				return err
			}
			continue
		}
		m.parsed = append(m.parsed, rejected...)
		if err := m.table(ctx, &t, open, nth); err != nil {
			return err
		}
	}
	return errors.Join(faults...)
}

// table maps the rows of a table. They pass by, unless what is mended or what the table sums up
// can only be found among all of them.
func (m *Mapper) table(ctx context.Context, t *table, open func() ([]*layout.Table, error), nth int) error {
	if len(m.Source.Table.Totals) == 0 && len(m.mended.rows) == 0 {
		again := func(each func(row *layout.Row) error) error { return eachRow(open, nth, needs(m.Source), each) }
		lost, err := m.rows.finder.lostZeros(t, &m.Source.Unit, again)
		if err != nil {
			return err
		}
		m.rows.rejects = append(m.rows.rejects, lost...)
		t.Need(t.neededColumns(m.Source))
		return m.stream(ctx, t)
	}
	if err := t.Hold(); err != nil {
		return err
	}
	m.mended.take(t.Table)
	m.parsed = append(m.parsed, t.checkRows()...)
	m.read += len(t.Rows)
	lost, err := m.rows.finder.lostZeros(t, &m.Source.Unit, func(each func(row *layout.Row) error) error {
		for i := range t.Rows {
			if err := each(&t.Rows[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	m.rows.rejects = append(m.rows.rejects, lost...)
	for at := range t.Rows {
		if err := m.rows.mapRow(t, &t.Rows[at]); err != nil {
			return err
		}
	}
	m.rows.rejects = append(m.rows.rejects, checkTotals(m.Source, m.Calendar, t)...)
	return nil
}

// eachRow opens a file again and gives the rows of one of its tables.
func eachRow(open func() ([]*layout.Table, error), nth int, needs layout.Needs, each func(row *layout.Row) error) error {
	found, err := open()
	if err != nil {
		return err
	}
	if nth >= len(found) {
		return fmt.Errorf("the file has %d tables, and had more", len(found))
	}
	if err := found[nth].Find(needs); err != nil {
		return err
	}
	return found[nth].Each(func(row *layout.Row, isTotal bool) error {
		if !isTotal && isWhole(row, found[nth].Header) {
			return each(row)
		}
		return nil
	})
}

// isWhole reports whether a row can be read.
func isWhole(row *layout.Row, header []string) bool {
	return row.Fault == nil && len(row.Cells) == len(header)
}

// stream maps rows while a goroutine of its own reads the next ones.
func (m *Mapper) stream(ctx context.Context, t *table) error {
	ctx, stop := context.WithCancel(ctx)
	taken := make(chan []layout.Row, ahead) // batches whose rows are forgotten: room for the next ones
	batches, ended := readAhead(ctx, t.Table, m.Rows, taken)
	defer func() {
		stop()
		for range batches { // the reader is let go, and is over then
			continue
		}
	}()
	for batch := range batches {
		for i := range batch {
			row := &batch[i]
			if r, wrong := t.checkRow(row); wrong {
				m.parsed = append(m.parsed, r)
				continue
			}
			m.read++
			if err := m.rows.mapRow(t, row); err != nil {
				return err
			}
		}
		m.Tell(ledger.StageMap, m.read, 0)
		select {
		case taken <- batch[:0]:
		default:
		}
	}
	return <-ended
}

// readAhead reads rows in a goroutine. What ends them is told when all were taken, a panic as
// one of the caller.
func readAhead(ctx context.Context, t *layout.Table, atOnce int, taken chan []layout.Row) (batches chan []layout.Row, ended chan error) {
	batches, ended = make(chan []layout.Row, ahead), make(chan error, 1)
	go func() {
		var err error
		defer func() {
			if cause := recover(); cause != nil {
				err = fmt.Errorf("panic: %v", cause)
			}
			ended <- err
			close(batches)
		}()
		batch := make([]layout.Row, 0, atOnce)
		give := func() error {
			select {
			case batches <- batch:
			case <-ctx.Done():
				return ctx.Err()
			}
			select {
			case batch = <-taken:
			default:
				batch = make([]layout.Row, 0, atOnce)
			}
			return nil
		}
		err = t.Each(func(row *layout.Row, _ bool) error {
			if batch = append(batch, *row); len(batch) < atOnce {
				return nil
			}
			return give()
		})
		if err == nil {
			err = give()
		}
	}()
	return batches, ended
}
