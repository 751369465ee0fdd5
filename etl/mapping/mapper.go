// Package mapping finds out whose figures the rows of files are: tables in, facts and rejects out.
// It knows the rules of a source and the catalogue, but neither what is published nor what becomes
// of the facts. Nothing is guessed: what is not known exactly is a reject with its reason.
//
// From the bottom up: number.go, year.go and cell.go read what a cell says, reject.go has what is wrong
// with one; table.go has a table whose columns are known, header.go and wide.go find these; gazetteer.go
// has the units by their names, finder.go finds that of a row; known.go remembers what was found; row.go
// maps a row to entries and check.go an entry to a fact; total.go compares printed totals, mend.go has
// rows that stand in for others; stream.go shares the rows out to goroutines. This file puts all together.
// rejected.go, preview.go and match.go look at files with the same eyes for those who mend, preview and
// set up.
package mapping

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"

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
	// NewPage makes a page for facts. There are a few of them, whatever the files have.
	NewPage func() Page
	// Tell is told how far the files are.
	Tell func(stage string, done, total int)
	// Rows is how many rows are mapped at once by a goroutine, and Goroutines how many there are
	// beside the one that reads; zero takes 512, and as many as there are processors, at most four.
	Rows, Goroutines int

	gazetteer *gazetteer
	mended    *mendedRows
	mappers   []*rowMapper // one for each goroutine
	read      int
	parsed    []Reject // rows that are no rows, and columns that are not read
	rejects   []Reject // of rows whose figures are nobody's
	wrong     []Reject // of figures
}

// Page takes the facts of some rows, in their order. Several pages are filled at once, each by one
// goroutine.
type Page interface {
	// Add adds a fact, which is copied.
	Add(f *Fact)
	// Keep keeps what was added, and the page is empty then. Of all pages one is kept at a time, in
	// the order of the rows.
	Keep() error
}

// Result is what the rows of the files are, beside the facts.
type Result struct {
	// Read counts the rows.
	Read int
	// Rejects are what is wrong, in the order in which it was found.
	Rejects []Reject
}

// mostGoroutines is how many goroutines map by themselves: four do as much as one can read, and
// each remembers what it has found.
const mostGoroutines = 4

// Map reads all files. A file that is no table, or lacks a column, is an error that names all
// its faults, and those of the other files. The facts, their order and the rejects are the same
// whatever Rows and Goroutines are.
func (m *Mapper) Map(ctx context.Context, files []File) (Result, error) {
	m.Rows, m.Goroutines = cmp.Or(m.Rows, 512), cmp.Or(m.Goroutines, min(runtime.GOMAXPROCS(0), mostGoroutines))
	m.gazetteer = newGazetteer(m.Calendar, m.Source.Aliases)
	if followsRows(&m.Source.Unit) {
		m.Goroutines = 1
	}
	for range m.Goroutines {
		m.mappers = append(m.mappers, newRowMapper(m.Source, m.gazetteer))
	}
	if err := m.files(ctx, files); err != nil {
		return Result{}, err
	}
	for _, r := range m.parsed {
		if !r.OfNoRow {
			m.read++ // a row that is none is in no table
		}
	}
	all := m.parsed
	for _, more := range [][]Reject{m.rejects, m.wrong} {
		if len(all) == 0 {
			all = more // there may be a million of them
			continue
		}
		all = append(all, more...)
	}
	return Result{m.read, all}, nil
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

// eachRow gives rows, one after the other; each pointer is valid until the next one. It stops at
// the first error of each.
type eachRow func(each func(row *layout.Row) error) error

// table maps the rows of a table. They pass by, unless what is mended or what the table sums up
// can only be found among all of them.
func (m *Mapper) table(ctx context.Context, t *table, open func() ([]*layout.Table, error), nth int) error {
	rows := eachRow(func(each func(row *layout.Row) error) error {
		return t.Each(func(row *layout.Row, _ bool) error { return each(row) })
	})
	again := eachRow(func(each func(row *layout.Row) error) error { return readAgain(open, nth, needs(m.Source), each) })
	if len(m.Source.Table.Totals) > 0 || len(m.mended.rows) > 0 {
		if err := t.Hold(); err != nil {
			return err
		}
		m.mended.take(t.Table)
		m.parsed = append(m.parsed, t.checkRows()...)
		rows, again = t.eachHeld, t.eachHeld
	} else {
		t.Need(t.neededColumns(m.Source))
	}
	lost, rejects, err := lostZeros(m.gazetteer, t, &m.Source.Unit, again)
	if err != nil {
		return err
	}
	m.rejects = append(m.rejects, rejects...)
	if err := m.stream(ctx, t, lost, rows); err != nil {
		return err
	}
	m.rejects = append(m.rejects, checkTotals(m.Source, m.Calendar, t)...)
	return nil
}

// readAgain opens a file again and gives the rows of one of its tables.
func readAgain(open func() ([]*layout.Table, error), nth int, needs layout.Needs, each func(row *layout.Row) error) error {
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
