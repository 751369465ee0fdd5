package warehouse

import (
	"context"
	"errors"
	"reflect"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// console runs statements that people write.
type console struct{ db *database }

// Column is a column of a result.
type Column struct {
	// Name is its name, Type its type in ClickHouse.
	Name, Type string
}

// Rows is the result of Query, read row by row. The caller must close it.
type Rows struct {
	// Columns are its columns.
	Columns []Column

	rows   driver.Rows
	cancel context.CancelFunc
	left   int
	cut    bool
	places []any
	err    error
}

// Query runs a statement that a person wrote, read-only: as the analyst where one is
// configured, otherwise as the program's user. It returns at most limit rows; 0 sets no
// limit.
func (c console) Query(ctx context.Context, sql string, limit int) (*Rows, error) {
	p := c.db.pool.Load()
	if p == nil {
		return nil, errClosed()
	}
	ctx, cancel := context.WithCancel(ctx)
	if p.analyst == p.own {
		ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"readonly": 2}))
	}
	rows, err := p.analyst.Query(ctx, sql)
	if err != nil {
		cancel()
		return nil, wrong(err)
	}
	r := &Rows{rows: rows, cancel: cancel, left: limit}
	if limit == 0 {
		r.left = -1
	}
	for _, column := range rows.ColumnTypes() {
		r.Columns = append(r.Columns, Column{Name: column.Name(), Type: column.DatabaseTypeName()})
		r.places = append(r.places, reflect.New(column.ScanType()).Interface())
	}
	return r, nil
}

// Next returns the values of the next row, one for each column. It returns false at the
// end, at the limit and after an error, which Close reports.
func (r *Rows) Next() ([]any, bool) {
	if r.err != nil || !r.rows.Next() {
		return nil, false
	}
	if r.left == 0 {
		r.cut = true
		return nil, false
	}
	r.left--
	if r.err = r.rows.Scan(r.places...); r.err != nil {
		return nil, false
	}
	row := make([]any, len(r.places))
	for i, place := range r.places {
		row[i] = reflect.ValueOf(place).Elem().Interface()
	}
	return row, true
}

// Cut reports whether there were more rows than the limit.
func (r *Rows) Cut() bool { return r.cut }

// Close ends the statement and returns the error that it met, if any.
func (r *Rows) Close() error {
	err := r.err
	if err == nil && !r.cut {
		err = r.rows.Err()
	}
	r.cancel()
	closing := r.rows.Close()
	if err == nil && !r.cut && !errors.Is(closing, context.Canceled) {
		err = closing
	}
	return wrong(err)
}

// wrong gives a code to what ClickHouse says of a statement.
func wrong(err error) error {
	var exception *clickhouse.Exception
	if err = engine.Translate(err); number.CodeOf(err) == "" && errors.As(err, &exception) {
		return &number.Error{Code: StatementWrong, Message: number.EnglishOnly("%s", exception.Message), Err: err}
	}
	return err
}
