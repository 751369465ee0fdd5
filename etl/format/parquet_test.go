package format

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	pq "github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/schema"
)

// written is a column to write: its values, and for each row 1 where it has one.
type written struct {
	node   schema.Node
	values any
	levels []int16
}

func node(t testing.TB, name string, logical schema.LogicalType, physical parquet.Type, length int) schema.Node {
	t.Helper()
	n, err := schema.NewPrimitiveNodeLogical(name, parquet.Repetitions.Optional, logical, physical, length, -1)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// parquetOf writes a file, its rows twice, as two row groups.
func parquetOf(t testing.TB, fields schema.FieldList, columns []written) []byte {
	t.Helper()
	root, err := schema.NewGroupNode("rows", parquet.Repetitions.Required, fields, -1)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := pq.NewParquetWriter(&out, root, pq.WithWriterProps(parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd))))
	for range 2 {
		group, err := to.AppendRowGroupChecked()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range columns {
			chunk, err := group.NextColumn()
			if err != nil {
				t.Fatal(err)
			}
			switch chunk := chunk.(type) {
			case *pq.BooleanColumnChunkWriter:
				_, err = chunk.WriteBatch(c.values.([]bool), c.levels, nil)
			case *pq.Int32ColumnChunkWriter:
				_, err = chunk.WriteBatch(c.values.([]int32), c.levels, nil)
			case *pq.Int64ColumnChunkWriter:
				_, err = chunk.WriteBatch(c.values.([]int64), c.levels, nil)
			case *pq.Int96ColumnChunkWriter:
				_, err = chunk.WriteBatch(c.values.([]parquet.Int96), c.levels, nil)
			case *pq.Float32ColumnChunkWriter:
				_, err = chunk.WriteBatch(c.values.([]float32), c.levels, nil)
			case *pq.Float64ColumnChunkWriter:
				_, err = chunk.WriteBatch(c.values.([]float64), c.levels, nil)
			case *pq.ByteArrayColumnChunkWriter:
				_, err = chunk.WriteBatch(c.values.([]parquet.ByteArray), c.levels, nil)
			case *pq.FixedLenByteArrayColumnChunkWriter:
				_, err = chunk.WriteBatch(c.values.([]parquet.FixedLenByteArray), c.levels, nil)
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := chunk.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := group.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Each type as a cell, the digits of all numbers, and nulls.
func TestParquet(t *testing.T) {
	t.Parallel()
	types, none := parquet.Types, schema.NoLogicalType{}
	for _, c := range []struct {
		logical  schema.LogicalType
		physical parquet.Type
		length   int
		values   any // two, with a null between them
		want     [2]string
	}{
		{none, types.Boolean, 0, []bool{true, false}, [2]string{"true", "false"}},
		{none, types.Int32, 0, []int32{math.MinInt32, 7}, [2]string{"-2147483648", "7"}},
		{none, types.Int64, 0, []int64{math.MaxInt64, math.MinInt64}, [2]string{"9223372036854775807", "-9223372036854775808"}},
		{schema.NewIntLogicalType(64, false), types.Int64, 0, []int64{-1, 1}, [2]string{"18446744073709551615", "1"}},
		{schema.NewIntLogicalType(32, false), types.Int32, 0, []int32{-1, 1}, [2]string{"4294967295", "1"}},
		{schema.NewIntLogicalType(8, true), types.Int32, 0, []int32{-1, 1}, [2]string{"-1", "1"}},
		{none, types.Float, 0, []float32{0.1, 1e30}, [2]string{"0.1", "1e+30"}},
		{none, types.Double, 0, []float64{8093.9, -1e20}, [2]string{"8093.9", "-100000000000000000000"}},
		{schema.NewDecimalLogicalType(9, 2), types.Int32, 0, []int32{-5, 12345}, [2]string{"-0.05", "123.45"}},
		{schema.NewDecimalLogicalType(18, 3), types.Int64, 0, []int64{1500, -999999999999999999}, [2]string{"1.500", "-999999999999999.999"}},
		{schema.NewDecimalLogicalType(20, 0), types.ByteArray, 0, []parquet.ByteArray{{0xFF}, {0x00, 0xFF}}, [2]string{"-1", "255"}},
		{schema.NewDecimalLogicalType(38, 10), types.FixedLenByteArray, 16, []parquet.FixedLenByteArray{append(slices.Repeat([]byte{0xFF}, 15), 0xFE), append([]byte{0x10}, make([]byte, 15)...)},
			[2]string{"-0.0000000002", "2126764793255865396646091296.4485513216"}},
		{schema.DateLogicalType{}, types.Int32, 0, []int32{-1, 20000}, [2]string{"1969-12-31", "2024-10-04"}},
		{schema.NewTimestampLogicalType(true, schema.TimeUnitMillis), types.Int64, 0, []int64{-1, 1_600_000_000_000}, [2]string{"1969-12-31T23:59:59.999Z", "2020-09-13T12:26:40Z"}},
		{schema.NewTimestampLogicalType(false, schema.TimeUnitMicros), types.Int64, 0, []int64{1, 0}, [2]string{"1970-01-01T00:00:00.000001", "1970-01-01T00:00:00"}},
		{schema.NewTimestampLogicalType(true, schema.TimeUnitNanos), types.Int64, 0, []int64{-1, 1}, [2]string{"1969-12-31T23:59:59.999999999Z", "1970-01-01T00:00:00.000000001Z"}},
		{schema.NewTimeLogicalType(false, schema.TimeUnitMillis), types.Int32, 0, []int32{3_661_500, 0}, [2]string{"01:01:01.5", "00:00:00"}},
		{none, types.Int96, 0, []parquet.Int96{{0, 0, 0, 0, 0, 0, 0, 0, 0x8C, 0x3D, 0x25, 0}, {1, 0, 0, 0, 0, 0, 0, 0, 0x8C, 0x3D, 0x25, 0}}, [2]string{"1970-01-01T00:00:00", "1970-01-01T00:00:00.000000001"}},
		{schema.StringLogicalType{}, types.ByteArray, 0, []parquet.ByteArray{[]byte(" Bắc "), []byte("Ba\u0302\u0301c")}, [2]string{"Bắc", "Bấc"}},
		{none, types.ByteArray, 0, []parquet.ByteArray{[]byte("a"), []byte("")}, [2]string{"a", ""}},
		{schema.UUIDLogicalType{}, types.FixedLenByteArray, 16, []parquet.FixedLenByteArray{[]byte("0123456789abcdef"), make([]byte, 16)}, [2]string{"30313233-3435-3637-3839-616263646566", "00000000-0000-0000-0000-000000000000"}},
		{schema.Float16LogicalType{}, types.FixedLenByteArray, 2, []parquet.FixedLenByteArray{{0x00, 0x3E}, {0x00, 0xBC}}, [2]string{"1.5", "-1"}},
	} {
		field := node(t, "v", c.logical, c.physical, c.length)
		content := parquetOf(t, schema.FieldList{field}, []written{{field, c.values, []int16{1, 0, 1}}})
		want := strings.TrimSpace("1 v\n2 " + c.want[0] + "\n3 \n4 " + c.want[1] + "\n5 " + c.want[0] + "\n6 \n7 " + c.want[1])
		if got := strings.TrimSpace(table(t, "a", string(content), Options{})); got != want {
			t.Errorf("%s %s is\n%s\nwant\n%s", c.physical, c.logical, got, want)
		}
	}
}

// A field in a field is a column; a list, or bytes that are no text, are refused by the name
// of their column.
func TestParquetOfOtherShapes(t *testing.T) {
	t.Parallel()
	inner := node(t, "b", schema.StringLogicalType{}, parquet.Types.ByteArray, 0)
	group, err := schema.NewGroupNode("a", parquet.Repetitions.Optional, schema.FieldList{inner}, -1)
	if err != nil {
		t.Fatal(err)
	}
	nested := parquetOf(t, schema.FieldList{group}, []written{{inner, []parquet.ByteArray{[]byte("x")}, []int16{2, 1, 0}}})
	if got := table(t, "a", string(nested), Options{}); got != "1 a.b\n2 x\n3 \n4 \n5 x\n6 \n7 " {
		t.Errorf("nested: %q", got)
	}
	list, err := schema.NewPrimitiveNode("l", parquet.Repetitions.Repeated, parquet.Types.Int32, -1, -1)
	if err != nil {
		t.Fatal(err)
	}
	for name, field := range map[string]schema.Node{"list": list, "bytes": node(t, "f", schema.NoLogicalType{}, parquet.Types.FixedLenByteArray, 3), "BSON": node(t, "f", schema.BSONLogicalType{}, parquet.Types.ByteArray, 0)} {
		root, err := schema.NewGroupNode("rows", parquet.Repetitions.Required, schema.FieldList{field}, -1)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := pq.NewParquetWriter(&out, root).Close(); err != nil {
			t.Fatal(err)
		}
		if got := table(t, "a", out.String(), Options{}); got != "FILE_FORMAT a" {
			t.Errorf("%s: %q", name, got)
		}
	}
	field := node(t, "v", schema.NoLogicalType{}, parquet.Types.ByteArray, 0)
	content := string(parquetOf(t, schema.FieldList{field}, []written{{field, []parquet.ByteArray{[]byte("Bắc"), {0xFF}}, []int16{1, 1}}}))
	if got := table(t, "a", content, Options{}); got != "1 v\nFILE_MALFORMED a" {
		t.Errorf("no text: %q", got)
	}
	for _, c := range []struct {
		content string
		limits  Limits
		want    string
	}{
		{content[:len(content)-9], Limits{}, "FILE_MALFORMED a"}, {content[:4], Limits{}, "FILE_MALFORMED a"}, {"PAR1" + strings.Repeat("\x00", 40) + content[len(content)-8:], Limits{}, "FILE_MALFORMED a"},
		{content, Limits{Rows: 3}, "FILE_TOO_LARGE a"}, {string(nested), Limits{Cell: 0, Bytes: 10}, "FILE_TOO_LARGE a"},
	} {
		if got := table(t, "a", c.content, Options{Format: Parquet, Limits: c.limits}); got != c.want {
			t.Errorf("%d bytes: %q, want %q", len(c.content), got, c.want)
		}
	}
}
