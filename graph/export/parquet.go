package export

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	pq "github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/number"
)

// parquetFile writes Parquet, a row group for each batch. It knows the columns
// itself: the library's bridge from Arrow brings a network protocol along.
type parquetFile struct {
	out      io.Writer
	document *document
	to       *pq.Writer
	columns  []parquetColumn
	rows     int
}

// parquetColumn holds the cells of a batch: one level for each, 1 where there is a
// value, and the values.
type parquetColumn struct {
	kind   sheet.Kind
	levels []int16
	texts  []parquet.ByteArray
	fixed  []parquet.FixedLenByteArray
	longs  []int64
	ints   []int32
	truths []bool
}

func prepareParquet(d *document) (begin, *number.Error) {
	if fault := checkDecimals(d); fault != nil {
		return nil, fault
	}
	return func(w io.Writer) (encoder, error) {
		return &parquetFile{out: onlyWriter{w}, document: d}, nil
	}, nil
}

func (p *parquetFile) table(name string, columns []columnOf) error {
	fields := make(schema.FieldList, len(columns))
	p.columns = make([]parquetColumn, len(columns))
	for i, c := range columns {
		p.columns[i].kind = c.Kind
		var err error
		if fields[i], err = parquetNode(c); err != nil {
			return err
		}
	}
	root, err := schema.NewGroupNode("rows", parquet.Repetitions.Required, fields, -1)
	if err != nil {
		return err
	}
	about, err := p.document.paper.metadata()
	if err != nil {
		return err
	}
	p.to, err = pq.NewParquetWriterWithError(p.out, root, pq.WithWriterProps(parquet.NewWriterProperties(
		parquet.WithCompression(compress.Codecs.Snappy), parquet.WithCreatedBy("niengiam"), parquet.WithAllocator(memory.NewGoAllocator()))))
	if err != nil {
		return err
	}
	if err := p.to.AppendKeyValueMetadata("niengiam", about); err != nil {
		return err
	}
	return p.to.AppendKeyValueMetadata("table", name)
}

// parquetNode is a column of the schema.
func parquetNode(c columnOf) (schema.Node, error) {
	var logical schema.LogicalType = schema.StringLogicalType{}
	physical, length := parquet.Types.ByteArray, -1
	switch c.Kind {
	case sheet.Integer:
		logical, physical = schema.NewIntLogicalType(64, true), parquet.Types.Int64
	case sheet.Decimal:
		logical, physical, length = schema.NewDecimalLogicalType(precision, scale), parquet.Types.FixedLenByteArray, decimalBytes
	case sheet.Boolean:
		logical, physical = schema.NoLogicalType{}, parquet.Types.Boolean
	case sheet.Date:
		logical, physical = schema.DateLogicalType{}, parquet.Types.Int32
	case sheet.Moment:
		logical, physical = schema.NewTimestampLogicalType(true, schema.TimeUnitMicros), parquet.Types.Int64
	}
	return schema.NewPrimitiveNodeLogical(c.Name, parquet.Repetitions.Optional, logical, physical, length, -1)
}

// decimalBytes is what precision takes.
const decimalBytes = 16

func (p *parquetFile) row(cells []sheet.Cell) error {
	for i, cell := range cells {
		if err := p.columns[i].put(cell); err != nil {
			return err
		}
	}
	if p.rows++; p.rows%batch == 0 {
		return p.flush()
	}
	return nil
}

func (c *parquetColumn) put(cell sheet.Cell) error {
	if !cell.Known {
		c.levels = append(c.levels, 0)
		return nil
	}
	c.levels = append(c.levels, 1)
	switch c.kind {
	case sheet.Integer:
		n, err := strconv.ParseInt(cell.Text, 10, 64)
		c.longs = append(c.longs, n)
		return err
	case sheet.Decimal:
		units, err := scaled(cell.Text)
		if err != nil {
			return err
		}
		number := decimal128.FromBigInt(units)
		value := make([]byte, decimalBytes)
		for i := range 8 {
			value[i] = byte(number.HighBits() >> (56 - 8*i))
			value[8+i] = byte(number.LowBits() >> (56 - 8*i))
		}
		c.fixed = append(c.fixed, value)
	case sheet.Boolean:
		c.truths = append(c.truths, cell.Text == "true")
	case sheet.Date:
		day, err := time.Parse(time.DateOnly, cell.Text)
		c.ints = append(c.ints, int32(arrow.Date32FromTime(day)))
		return err
	case sheet.Moment:
		moment, err := time.Parse(time.RFC3339, cell.Text)
		c.longs = append(c.longs, moment.UnixMicro())
		return err
	default:
		c.texts = append(c.texts, parquet.ByteArray(cell.Text))
	}
	return nil
}

// flush writes the rows that are held as one row group.
func (p *parquetFile) flush() error {
	if len(p.columns) == 0 || len(p.columns[0].levels) == 0 {
		return nil
	}
	group, err := p.to.AppendRowGroupChecked()
	if err != nil {
		return err
	}
	for i := range p.columns {
		to, err := group.NextColumn()
		if err != nil {
			return err
		}
		if err := p.columns[i].flush(to); err != nil {
			return err
		}
		if err := to.Close(); err != nil {
			return err
		}
	}
	return group.Close()
}

func (c *parquetColumn) flush(to pq.ColumnChunkWriter) error {
	var err error
	switch to := to.(type) {
	case *pq.ByteArrayColumnChunkWriter:
		_, err = to.WriteBatch(c.texts, c.levels, nil)
	case *pq.FixedLenByteArrayColumnChunkWriter:
		_, err = to.WriteBatch(c.fixed, c.levels, nil)
	case *pq.Int64ColumnChunkWriter:
		_, err = to.WriteBatch(c.longs, c.levels, nil)
	case *pq.Int32ColumnChunkWriter:
		_, err = to.WriteBatch(c.ints, c.levels, nil)
	case *pq.BooleanColumnChunkWriter:
		_, err = to.WriteBatch(c.truths, c.levels, nil)
	default:
		err = fmt.Errorf("export: no column of kind %s", c.kind)
	}
	c.levels, c.texts, c.fixed, c.longs, c.ints, c.truths = c.levels[:0], c.texts[:0], c.fixed[:0], c.longs[:0], c.ints[:0], c.truths[:0]
	return err
}

func (p *parquetFile) end() error {
	if err := p.flush(); err != nil {
		return err
	}
	return p.to.Close()
}
