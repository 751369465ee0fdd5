package format

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow/float16"
	"github.com/apache/arrow-go/v18/parquet"
	pq "github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/schema"
	"golang.org/x/text/unicode/norm"

	"github.com/niengiam/niengiam/stats/number"
)

// parquetColumn is a column and how its values are written.
type parquetColumn struct {
	name    string
	deepest int16            // the level at which a value is one, and not null
	write   func(any) string // of a value as the library gives it; nil for what is no cell
	scale   int              // of a decimal; -1 for others
	levels  []int16
	values  any // room for those of a batch
	written any // numbers as they were written, by number
	texts   map[string]string
}

// mostKnown is how many values of a column are remembered: those of many columns are few.
const mostKnown = 4096

// mostScale is how many digits may stand behind a decimal mark.
const mostScale = 200

// columnReader reads a column of a row group.
type columnReader struct {
	column *parquetColumn
	group  *pq.RowGroupReader
	place  int
	from   pq.ColumnChunkReader // nil before something of it is read
	behind int                  // the rows that were passed over
}

// read gives the next cells.
func (r *columnReader) read(name string, size int, cells []string, width int) error {
	err := r.catchUp()
	if err == nil {
		err = r.column.read(r.from, size, cells, width)
	}
	if err != nil {
		return malformed(name, Parquet, number.Say("the column %q cannot be read", r.column.name), err)
	}
	return nil
}

// catchUp reads what was passed over.
func (r *columnReader) catchUp() (err error) {
	if r.from == nil {
		if r.from, err = r.group.Column(r.place); err != nil {
			return err
		}
	}
	for r.behind > 0 {
		size := min(r.behind, batch)
		if err := r.column.read(r.from, size, make([]string, size), 1); err != nil {
			return err
		}
		r.behind -= size
	}
	return nil
}

// read gives the cells of so many rows, each so far behind the one before.
func (c *parquetColumn) read(reader pq.ColumnChunkReader, size int, cells []string, width int) error {
	if len(c.levels) < size {
		c.levels = make([]int16, size)
	}
	switch reader := reader.(type) {
	case *pq.BooleanColumnChunkReader:
		return cellsIn(c, reader.ReadBatch, size, cells, width, remembered[bool](c))
	case *pq.Int32ColumnChunkReader:
		return cellsIn(c, reader.ReadBatch, size, cells, width, remembered[int32](c))
	case *pq.Int64ColumnChunkReader:
		return cellsIn(c, reader.ReadBatch, size, cells, width, remembered[int64](c))
	case *pq.Int96ColumnChunkReader:
		return cellsIn(c, reader.ReadBatch, size, cells, width, remembered[parquet.Int96](c))
	case *pq.Float32ColumnChunkReader:
		return cellsIn(c, reader.ReadBatch, size, cells, width, func(v float32) (string, error) { return c.write(v), nil })
	case *pq.Float64ColumnChunkReader:
		return cellsIn(c, reader.ReadBatch, size, cells, width, func(v float64) (string, error) { return c.write(v), nil })
	case *pq.ByteArrayColumnChunkReader:
		return cellsIn(c, reader.ReadBatch, size, cells, width, func(v parquet.ByteArray) (string, error) { return c.bytes(v) })
	case *pq.FixedLenByteArrayColumnChunkReader:
		return cellsIn(c, reader.ReadBatch, size, cells, width, func(v parquet.FixedLenByteArray) (string, error) { return c.bytes(v) })
	}
	return errors.New("a type that is not known")
}

// errShort is a column with fewer values than its group has rows.
var errShort = errors.New("it ends before its group")

// cellsIn reads values of one type. The library gives those that are not null, and for each
// row the level that tells which is; one call ends where a page does.
func cellsIn[T any](c *parquetColumn, read func(int64, []T, []int16, []int16) (int64, int, error), size int, cells []string, width int, write func(T) (string, error)) error {
	values, _ := c.values.([]T)
	if len(values) < size {
		values = make([]T, size)
		c.values = values
	}
	for done := 0; done < size; {
		rows, found, err := read(int64(size-done), values, c.levels, nil)
		switch {
		case err != nil:
			return err
		case rows <= 0 || int(rows) > size-done:
			return errShort
		}
		next := 0
		for i := range int(rows) {
			if c.deepest > 0 && c.levels[i] < c.deepest {
				continue
			}
			if next >= found {
				return errShort
			}
			if cells[(done+i)*width], err = write(values[next]); err != nil {
				return err
			}
			next++
		}
		done += int(rows)
	}
	return nil
}

// remembered writes numbers, the same ones once.
func remembered[T comparable](c *parquetColumn) func(T) (string, error) {
	known, _ := c.written.(map[T]string)
	if known == nil {
		known = map[T]string{}
		c.written = known
	}
	return func(v T) (string, error) {
		text, is := known[v]
		if !is {
			text = c.write(any(v))
			if len(known) < mostKnown {
				known[v] = text
			}
		}
		return text, nil
	}
}

// bytes writes a value of bytes, which is a decimal of a few digits or, mostly, a text.
func (c *parquetColumn) bytes(raw []byte) (string, error) {
	if c.scale >= 0 {
		if n, is := word(raw); is {
			return wordText(n, c.scale), nil
		}
		return c.write(parquet.ByteArray(raw)), nil
	}
	if text, is := c.texts[string(raw)]; is {
		return text, nil
	}
	text := c.write(parquet.ByteArray(raw))
	if !utf8.ValidString(text) {
		return "", fmt.Errorf("%q is no text", text)
	}
	text = norm.NFC.String(text)
	if len(c.texts) < mostKnown && len(raw) <= mostRemembered {
		if c.texts == nil {
			c.texts = map[string]string{}
		}
		c.texts[string(raw)] = text
	}
	return text, nil
}

// mostRemembered is how long a text may be that is remembered.
const mostRemembered = 256

// word gives bytes of a number, the highest first, that fits into 64 bits.
func word(raw []byte) (n int64, fits bool) {
	if len(raw) == 0 {
		return 0, false
	}
	n = int64(int8(raw[0]))
	for i, b := range raw[1:] {
		if len(raw)-1-i > 7 && n != 0 && n != -1 {
			return 0, false
		}
		n = n<<8 | int64(b)
	}
	return n, len(raw) <= 8 || (n < 0) == (raw[0] >= 0x80)
}

// wordText writes a decimal with all the digits of its scale.
func wordText(n int64, scale int) string {
	var room [24]byte
	digits := strconv.AppendInt(room[:0], n, 10)
	if n < 0 {
		digits = digits[1:]
	}
	if scale == 0 || len(digits) <= scale || n == math.MinInt64 {
		return decimalText(big.NewInt(n), scale)
	}
	text := make([]byte, 0, len(digits)+2)
	if n < 0 {
		text = append(text, '-')
	}
	text = append(append(text, digits[:len(digits)-scale]...), '.')
	return string(append(text, digits[len(digits)-scale:]...))
}

// writerOf finds how the values of a column are written; nil for what is no cell.
func writerOf(column *schema.Column) func(any) string {
	switch logical := column.LogicalType().(type) {
	case schema.DecimalLogicalType:
		if logical.Scale() < 0 || logical.Scale() > mostScale {
			return nil
		}
		return func(v any) string {
			switch n := v.(type) {
			case int32:
				return wordText(int64(n), int(logical.Scale()))
			case int64:
				return wordText(n, int(logical.Scale()))
			}
			return decimalText(unscaled(bytesOf(v)), int(logical.Scale()))
		}
	case schema.DateLogicalType:
		return func(v any) string {
			days, _ := v.(int32)
			return time.Unix(int64(days)*86400, 0).UTC().Format(time.DateOnly)
		}
	case schema.TimestampLogicalType:
		return timeWriter("2006-01-02T15:04:05.999999999", logical.TimeUnit(), logical.IsAdjustedToUTC())
	case schema.TimeLogicalType:
		return timeWriter("15:04:05.999999999", logical.TimeUnit(), logical.IsAdjustedToUTC())
	case schema.IntLogicalType:
		if !logical.IsSigned() {
			return func(v any) string { return unsigned(v, logical.BitWidth()) }
		}
	case schema.UUIDLogicalType:
		return func(v any) string {
			id := hex.EncodeToString(bytesOf(v))
			if len(id) != 32 {
				return id
			}
			return strings.Join([]string{id[:8], id[8:12], id[12:16], id[16:20], id[20:]}, "-")
		}
	case schema.Float16LogicalType:
		return func(v any) string { return floatText(float64(float16.FromLEBytes(bytesOf(v)).Float32()), 32) }
	case schema.StringLogicalType, schema.EnumLogicalType, schema.JSONLogicalType, schema.NoLogicalType, schema.UnknownLogicalType, schema.NullLogicalType:
		if column.PhysicalType() == parquet.Types.FixedLenByteArray {
			return nil
		}
	default: // intervals, geometries and other bytes
		return nil
	}
	return plain
}

// plain writes a value as it is.
func plain(v any) string {
	switch v := v.(type) {
	case bool:
		return strconv.FormatBool(v)
	case int32:
		return strconv.FormatInt(int64(v), 10)
	case int64:
		return strconv.FormatInt(v, 10)
	case float32:
		return floatText(float64(v), 32)
	case float64:
		return floatText(v, 64)
	case parquet.Int96: // what Impala and Spark wrote for times
		return v.ToTime().UTC().Format("2006-01-02T15:04:05.999999999")
	}
	return string(bytesOf(v))
}

func bytesOf(v any) []byte {
	switch v := v.(type) {
	case parquet.ByteArray:
		return v
	case parquet.FixedLenByteArray:
		return v
	}
	return nil
}

// floatText writes the shortest decimal that is read as the same number.
func floatText(v float64, bits int) string {
	if size := math.Abs(v); v != 0 && (size < 1e-9 || size >= 1e21) {
		return strconv.FormatFloat(v, 'g', -1, bits)
	}
	return strconv.FormatFloat(v, 'f', -1, bits)
}

// unscaled reads the digits of a decimal of any size.
func unscaled(raw []byte) *big.Int {
	n := new(big.Int).SetBytes(raw)
	if len(raw) > 0 && raw[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(raw))))
	}
	return n
}

// decimalText writes a decimal with all the digits of its scale.
func decimalText(n *big.Int, scale int) string {
	sign, digits := "", new(big.Int).Abs(n).String()
	if n.Sign() < 0 {
		sign = "-"
	}
	if scale <= 0 {
		return sign + digits
	}
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}

func unsigned(v any, bits int8) string {
	switch v := v.(type) {
	case int32:
		return strconv.FormatUint(uint64(uint32(v)), 10)
	case int64:
		if bits == 64 {
			return strconv.FormatUint(uint64(v), 10)
		}
	}
	return plain(v)
}

// timeWriter writes moments since 1970, or times of a day. Those that are in UTC say so.
func timeWriter(layout string, unit schema.TimeUnitType, utc bool) func(any) string {
	if utc {
		layout += "Z"
	}
	return func(v any) string {
		n, _ := v.(int64)
		if short, ok := v.(int32); ok {
			n = int64(short)
		}
		moment := time.UnixMicro(n)
		switch unit {
		case schema.TimeUnitMillis:
			moment = time.UnixMilli(n)
		case schema.TimeUnitNanos:
			moment = time.Unix(n/1e9, n%1e9)
		}
		return moment.UTC().Format(layout)
	}
}
