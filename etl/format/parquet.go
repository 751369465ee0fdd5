package format

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	pq "github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/niengiam/niengiam/stats/number"
)

const (
	mostPage = 64 << 20 // bytes of a page of one column, unpacked
	batch    = 1024     // rows that are read at a time
)

// readParquet reads Parquet. Whole numbers and decimals keep all digits, dates and times are
// written as in ISO 8601, nulls are blank. Fields within fields are columns of their own, a.b;
// lists and maps are not read, for a row of them is no row of cells.
func readParquet(f File, o Options) ([]Sheet, error) {
	var sheets []Sheet
	err := guarded(f.Name, func() error {
		file, err := openParquet(f.at())
		if err != nil {
			return malformed(f.Name, Parquet, number.Say("its description cannot be read"), err)
		}
		columns, fault := parquetColumns(f.Name, file.MetaData().Schema, o.Limits)
		if fault != nil {
			return fault
		}
		if fault := o.Limits.spread(f.Name, f.length(), inPacked, file.NumRows(), int64(len(columns))); fault != nil {
			return fault
		}
		if file.NumRows() > int64(o.Limits.Rows) {
			return o.Limits.over(f.Name, number.Say("rows"), int64(o.Limits.Rows))
		}
		var needed []bool
		sheets = []Sheet{{Need: func(columns []bool) { needed = columns }, Rows: func(yield func(Row, error) bool) {
			p := parquetFile{name: f.Name, content: f.at(), columns: columns, limits: o.Limits, yield: yield, needed: needed}
			if err := guarded(f.Name, p.read); err != nil && !errors.Is(err, errStopped) {
				yield(Row{}, err)
			}
		}}}
		return nil
	})
	return sheets, err
}

func openParquet(content Stored) (*pq.Reader, error) {
	properties := parquet.NewReaderProperties(memory.DefaultAllocator)
	properties.BufferedStreamEnabled = true // else a column of a group is copied whole
	properties.MaxCompressedPageSize, properties.MaxUncompressedPageSize = mostPage, mostPage
	return pq.NewParquetReader(io.NewSectionReader(content, 0, content.Size()), pq.WithReadProps(properties))
}

// errStopped is that nobody wants more rows.
var errStopped = errors.New("stopped")

// guarded makes a fault of a panic: the library panics on some files that are no Parquet.
func guarded(name string, read func() error) (err error) {
	defer func() {
		if caught := recover(); caught != nil {
			err = malformed(name, Parquet, number.Say("its pages cannot be read"), fmt.Errorf("%v", caught))
		}
	}()
	return read()
}

// parquetColumns finds how the values of each column are written.
func parquetColumns(name string, s *schema.Schema, limits Limits) ([]parquetColumn, *number.Error) {
	if s.NumColumns() > limits.Columns {
		return nil, limits.over(name, number.Say("cells in a row"), int64(limits.Columns))
	}
	var columns []parquetColumn
	for _, column := range s.Columns() {
		c := parquetColumn{name: column.Path(), deepest: column.MaxDefinitionLevel(), write: writerOf(column), scale: -1}
		if decimal, is := column.LogicalType().(schema.DecimalLogicalType); is {
			c.scale = int(decimal.Scale())
		}
		if column.MaxRepetitionLevel() > 0 || c.write == nil {
			return nil, &number.Error{
				Code: UnknownFormat, Message: number.Say("the column %q has values that are no cells: %s", c.name, parquetType(column)), Where: name,
				Hint: number.Say("leave the column out of the file"),
			}
		}
		columns = append(columns, c)
	}
	return columns, nil
}

// parquetType is the type of a column as Parquet calls it.
func parquetType(column *schema.Column) string {
	if column.MaxRepetitionLevel() > 0 {
		return "REPEATED " + column.PhysicalType().String()
	}
	return column.PhysicalType().String() + " " + column.LogicalType().String()
}

// parquetFile is a file while its rows are read.
type parquetFile struct {
	name    string
	content Stored
	columns []parquetColumn
	limits  Limits
	yield   func(Row, error) bool
	line    int
	needed  []bool // for each column; for none where all are
}

// read gives all rows, the header first.
func (p *parquetFile) read() error {
	file, err := openParquet(p.content)
	if err != nil {
		return err
	}
	header := Row{Line: 1}
	for _, c := range p.columns {
		header.Cells = append(header.Cells, c.name)
	}
	p.line = 1
	if !p.yield(header, nil) {
		return errStopped
	}
	for i := range file.NumRowGroups() {
		if err := p.group(file.RowGroup(i)); err != nil {
			return err
		}
	}
	return nil
}

// group gives the rows of a row group, some at a time. Columns that nobody needs are read only where
// all others are blank: whether a row is blank is a matter of all its cells.
func (p *parquetFile) group(group *pq.RowGroupReader) error {
	readers := make([]columnReader, len(p.columns))
	for i := range readers {
		readers[i] = columnReader{column: &p.columns[i], group: group, place: i}
	}
	width := len(p.columns)
	for left := group.NumRows(); left > 0; {
		size := int(min(left, batch))
		cells := make([]string, size*width)
		for i := range readers {
			if p.needs(i) {
				if err := readers[i].read(p.name, size, cells[i:], width); err != nil {
					return err
				}
			}
		}
		isDoubtful := len(p.needed) > 0 && p.hasBlank(cells, width)
		for i := range readers {
			switch {
			case p.needs(i):
			case isDoubtful:
				if err := readers[i].read(p.name, size, cells[i:], width); err != nil {
					return err
				}
			default:
				readers[i].behind += size
			}
		}
		if err := p.give(cells, width); err != nil {
			return err
		}
		left -= int64(size)
	}
	return nil
}

// needs reports whether somebody needs the column at a place.
func (p *parquetFile) needs(place int) bool {
	return len(p.needed) != len(p.columns) || p.needed[place]
}

// hasBlank reports whether a row has nothing in its cells.
func (p *parquetFile) hasBlank(cells []string, width int) bool {
	for ; len(cells) > 0; cells = cells[width:] {
		if !slices.ContainsFunc(cells[:width], func(cell string) bool { return trim(cell) != "" }) {
			return true
		}
	}
	return false
}

func (p *parquetFile) give(cells []string, width int) error {
	for ; len(cells) > 0; cells = cells[width:] {
		p.line++
		row := Row{Line: p.line, Cells: trimmed(cells[:width:width])}
		if p.limits.exceeded(&row) {
			return p.limits.check(at(p.name, p.line), row)
		}
		if !p.yield(row, nil) {
			return errStopped
		}
	}
	return nil
}
