package mapping

import (
	"context"
	"fmt"
	"sync"

	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/stats/ledger"
)

// ahead is how many batches of rows may be read ahead of those that are mapped.
const ahead = 4

// batch is rows that stand one below the other, and what comes of them.
type batch struct {
	rows   []layout.Row
	page   Page
	mapped chan struct{} // receives when the rows are mapped
	err    error         // of mapping them

	read                   int
	parsed, rejects, wrong []Reject
}

// fill maps the rows of the batch. A panic is an error of the caller.
func (b *batch) fill(m *rowMapper, t *table) {
	defer func() {
		if cause := recover(); cause != nil {
			b.err = fmt.Errorf("panic: %v", cause)
		}
		b.mapped <- struct{}{}
	}()
	m.into = b
	for i := range b.rows {
		row := &b.rows[i]
		if r, wrong := t.checkRow(row); wrong {
			b.parsed = append(b.parsed, r)
			continue
		}
		b.read++
		m.mapRow(t, row)
	}
}

// stream is the rows of a table while they pass. Batches go round: from those that are free to the
// reader, to a goroutine that maps them, and to whoever takes what came of them, in the order of
// the rows. There is room for all batches everywhere, so that only who has none to work on waits.
type stream struct {
	free, unmapped, inOrder chan *batch
	err                     error // of reading; to be looked at once inOrder is closed
}

// stream maps the rows of a table: one goroutine reads them, others map them, and what comes of
// them is taken here. All of them are over when it returns.
func (m *Mapper) stream(ctx context.Context, t *table, lost map[string]bool, rows eachRow) error {
	ctx, stop := context.WithCancel(ctx)
	most := len(m.mappers) + ahead
	s := &stream{free: make(chan *batch, most), unmapped: make(chan *batch, most), inOrder: make(chan *batch, most)}
	for range most {
		s.free <- &batch{page: m.NewPage(), mapped: make(chan struct{}, 1)}
	}
	var running sync.WaitGroup
	defer running.Wait()
	defer stop() // the reader is let go, and then the others have nothing more to do
	running.Go(func() { s.read(ctx, rows, m.Rows) })
	for _, mapper := range m.mappers {
		mapper.finder.begin(lost)
		running.Go(func() {
			for b := range s.unmapped {
				b.fill(mapper, t)
			}
		})
	}
	for b := range s.inOrder {
		<-b.mapped
		if err := m.take(b); err != nil {
			return err
		}
		s.free <- b
	}
	return s.err
}

// take takes what came of a batch.
func (m *Mapper) take(b *batch) error {
	if b.err != nil {
		return b.err
	}
	m.read += b.read
	m.parsed, m.rejects, m.wrong = append(m.parsed, b.parsed...), append(m.rejects, b.rejects...), append(m.wrong, b.wrong...)
	b.rows, b.read, b.parsed, b.rejects, b.wrong = b.rows[:0], 0, b.parsed[:0], b.rejects[:0], b.wrong[:0]
	m.Tell(ledger.StageMap, m.read, 0)
	return b.page.Keep()
}

// read reads the rows. A panic is an error of the caller.
func (s *stream) read(ctx context.Context, rows eachRow, atOnce int) {
	defer func() {
		if cause := recover(); cause != nil {
			s.err = fmt.Errorf("panic: %v", cause)
		}
		close(s.unmapped)
		close(s.inOrder)
	}()
	var b *batch
	s.err = rows(func(row *layout.Row) error {
		if b == nil {
			select {
			case b = <-s.free:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if b.rows = append(b.rows, *row); len(b.rows) == atOnce {
			s.give(b)
			b = nil
		}
		return nil
	})
	if s.err == nil && b != nil {
		s.give(b)
	}
}

// give hands a batch over.
func (s *stream) give(b *batch) {
	s.unmapped <- b
	s.inOrder <- b
}
