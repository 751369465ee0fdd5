package export

import (
	"fmt"
	"io"
	"math/big"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/number"
)

// arrowFile writes batches of rows.
type arrowFile struct {
	out      io.Writer
	document *document
	to       *ipc.FileWriter
	kinds    []sheet.Kind
	builder  *array.RecordBuilder
	rows     int
}

func prepareArrow(d *document) (begin, *number.Error) {
	if fault := checkDecimals(d); fault != nil {
		return nil, fault
	}
	return func(w io.Writer) (encoder, error) {
		return &arrowFile{out: onlyWriter{w}, document: d}, nil
	}, nil
}

func (a *arrowFile) table(name string, columns []columnOf) error {
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		a.kinds = append(a.kinds, c.Kind)
		fields[i] = arrow.Field{
			Name: c.Name, Type: arrowType(c.Kind), Nullable: true,
			Metadata: arrow.NewMetadata([]string{"description"}, []string{c.Description}),
		}
	}
	about, err := a.document.paper.metadata()
	if err != nil {
		return err
	}
	metadata := arrow.NewMetadata([]string{"niengiam", "table"}, []string{about, name})
	schema := arrow.NewSchema(fields, &metadata)
	a.builder = array.NewRecordBuilder(memory.NewGoAllocator(), schema)
	a.to, err = ipc.NewFileWriter(a.out, ipc.WithSchema(schema))
	return err
}

func arrowType(kind sheet.Kind) arrow.DataType {
	switch kind {
	case sheet.Integer:
		return arrow.PrimitiveTypes.Int64
	case sheet.Decimal:
		return &arrow.Decimal128Type{Precision: precision, Scale: scale}
	case sheet.Boolean:
		return arrow.FixedWidthTypes.Boolean
	case sheet.Date:
		return arrow.FixedWidthTypes.Date32
	case sheet.Moment:
		return arrow.FixedWidthTypes.Timestamp_us
	}
	return arrow.BinaryTypes.String
}

func (a *arrowFile) row(cells []sheet.Cell) error {
	for i, cell := range cells {
		if err := put(a.builder.Field(i), cell, a.kinds[i]); err != nil {
			return err
		}
	}
	if a.rows++; a.rows%batch == 0 {
		return a.flush()
	}
	return nil
}

func (a *arrowFile) flush() error {
	rows := a.builder.NewRecordBatch()
	defer rows.Release()
	if rows.NumRows() == 0 {
		return nil
	}
	return a.to.Write(rows)
}

func (a *arrowFile) end() error {
	if err := a.flush(); err != nil {
		return err
	}
	return a.to.Close()
}

// put appends a cell to its column.
func put(column array.Builder, cell sheet.Cell, kind sheet.Kind) error {
	if !cell.Known {
		column.AppendNull()
		return nil
	}
	var err error
	switch to := column.(type) {
	case *array.Int64Builder:
		var n int64
		n, err = strconv.ParseInt(cell.Text, 10, 64)
		to.Append(n)
	case *array.Decimal128Builder:
		var n *big.Int
		n, err = scaled(cell.Text)
		if err == nil {
			to.Append(decimal128.FromBigInt(n))
		}
	case *array.BooleanBuilder:
		to.Append(cell.Text == "true")
	case *array.Date32Builder:
		var day time.Time
		day, err = time.Parse(time.DateOnly, cell.Text)
		to.Append(arrow.Date32FromTime(day))
	case *array.TimestampBuilder:
		var moment time.Time
		moment, err = time.Parse(time.RFC3339, cell.Text)
		to.Append(arrow.Timestamp(moment.UnixMicro()))
	case *array.StringBuilder:
		to.Append(cell.Text)
	default:
		err = fmt.Errorf("export: no column of kind %s", kind)
	}
	return err
}
