package etl

import (
	"cmp"
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

// examination reads the files of a source once, row by row: a row that was mapped and checked
// is forgotten, and what it says is among the facts.
type examination struct {
	source  *workspace.Source
	tell    Progress
	mapping *mapping
	mended  *mendedRows
	atOnce  int      // rows that the reader hands over
	parsed  []reject // rows that are no rows, and columns that are not read
	read    int
}

// bounds say how much of a load is in memory at once, whatever it has; zero takes the default.
type bounds struct {
	facts int // bytes of facts that are held before they are written to the disk; 24 MiB
	rows  int // that the reader hands over at once; 512
}

func (b bounds) orDefault() bounds { return bounds{cmp.Or(b.facts, 24<<20), cmp.Or(b.rows, 512)} }

// ahead is how often the reader may be ahead.
const ahead = 4

func newExamination(source *workspace.Source, calendar *catalogue.Calendar, facts *facts, tell Progress) *examination {
	return &examination{source: source, tell: tell, atOnce: facts.bounds.rows, mapping: newMapping(source, calendar, facts)}
}

// files reads all files. A file that is no table, or lacks a column, is an error that names all
// its faults, and those of the other files.
func (e *examination) files(ctx context.Context, files []file) error {
	mended, err := readMended(e.source, files)
	e.mended = mended
	faults := []error{err}
	for i, f := range files {
		if _, _, is := mends(f.Path); is {
			continue
		}
		e.tell(ledger.StageParse, i, len(files))
		if err := e.file(ctx, f); err != nil {
			faults = append(faults, err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	e.parsed = append(e.parsed, mended.unused()...)
	return errors.Join(faults...)
}

// file reads the tables of a file. Where the rows of one cannot be read, that is its fault;
// what its headers lack is told of all tables.
func (e *examination) file(ctx context.Context, f file) (err error) {
	own, closeFile, err := f.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeFile()) }()
	needs := needs(e.source)
	open := func() ([]*layout.Table, error) { return layout.Open(own, e.source) }
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
		rejected, err := t.readHeader(e.source, needs.Columns)
		if err != nil {
			faults = append(faults, err)
			if err := one.Each(func(*layout.Row, bool) error { return ctx.Err() }); err != nil {
				return err
			}
			continue
		}
		e.parsed = append(e.parsed, rejected...)
		if err := e.table(ctx, &t, open, nth); err != nil {
			return err
		}
	}
	return errors.Join(faults...)
}

// table maps the rows of a table. They pass by, unless what is mended or what the table sums up
// can only be found among all of them.
func (e *examination) table(ctx context.Context, t *table, open func() ([]*layout.Table, error), nth int) error {
	m := e.mapping
	if len(e.source.Table.Totals) == 0 && len(e.mended.rows) == 0 {
		again := func(each func(row *layout.Row) error) error { return eachRow(open, nth, needs(e.source), each) }
		lost, err := m.finder.lostZeros(t, &e.source.Unit, again)
		if err != nil {
			return err
		}
		m.rejects = append(m.rejects, lost...)
		t.Need(t.neededColumns(e.source))
		return e.stream(ctx, t)
	}
	if err := t.Hold(); err != nil {
		return err
	}
	e.mended.take(t.Table)
	e.parsed = append(e.parsed, t.checkRows()...)
	e.read += len(t.Rows)
	lost, err := m.finder.lostZeros(t, &e.source.Unit, func(each func(row *layout.Row) error) error {
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
	m.rejects = append(m.rejects, lost...)
	for at := range t.Rows {
		if err := m.mapRow(t, &t.Rows[at]); err != nil {
			return err
		}
	}
	m.rejects = append(m.rejects, checkTotals(e.source, m.catalogue, t)...)
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
func (e *examination) stream(ctx context.Context, t *table) error {
	ctx, stop := context.WithCancel(ctx)
	taken := make(chan []layout.Row, ahead) // batches whose rows are forgotten: room for the next ones
	batches, ended := readAhead(ctx, t.Table, e.atOnce, taken)
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
				e.parsed = append(e.parsed, r)
				continue
			}
			e.read++
			if err := e.mapping.mapRow(t, row); err != nil {
				return err
			}
		}
		e.tell(ledger.StageMap, e.read, 0)
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

// rejects lists what is wrong so far, in the order in which it is found.
func (e *examination) rejects() []reject {
	return slices.Concat(e.parsed, e.mapping.rejects, e.mapping.wrong)
}
