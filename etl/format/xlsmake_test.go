package format

import (
	"bytes"
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// compoundOf makes a compound file with one stream in it.
func compoundOf(name string, stream []byte) []byte {
	const sector, least, free, end, table = 512, 4096, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
	for len(stream) < least || len(stream)%sector != 0 {
		stream = append(stream, 0)
	}
	count := len(stream) / sector
	tables := (count+1+127)/128 + 1
	fat := make([]uint32, tables*128)
	for i := range fat {
		switch {
		case i < tables:
			fat[i] = table
		case i == tables, i == tables+count:
			fat[i] = end
		case i < tables+count:
			fat[i] = uint32(i + 1)
		default:
			fat[i] = free
		}
	}
	header := make([]byte, sector)
	copy(header, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for at, word := range map[int]uint16{24: 0x3E, 26: 3, 28: 0xFFFE, 30: 9, 32: 6} {
		binary.LittleEndian.PutUint16(header[at:], word)
	}
	for at, word := range map[int]uint32{44: uint32(tables), 48: uint32(tables), 56: least, 60: end, 68: end} {
		binary.LittleEndian.PutUint32(header[at:], word)
	}
	for i := range 109 {
		place := uint32(free)
		if i < tables {
			place = uint32(i)
		}
		binary.LittleEndian.PutUint32(header[76+4*i:], place)
	}
	entry := func(name string, kind byte, child, first uint32, size int) []byte {
		e := make([]byte, 128)
		for i, u := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(e[2*i:], u)
		}
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66], e[67] = kind, 1
		for at, word := range map[int]uint32{68: free, 72: free, 76: child, 116: first, 120: uint32(size)} {
			binary.LittleEndian.PutUint32(e[at:], word)
		}
		return e
	}
	directory := bytes.Join([][]byte{
		entry("Root Entry", 5, 1, end, 0), entry(name, 2, free, uint32(tables+1), len(stream)), entry("", 0, free, 0, 0), entry("", 0, free, 0, 0),
	}, nil)
	var b bytes.Buffer
	b.Write(header)
	_ = binary.Write(&b, binary.LittleEndian, fat)
	b.Write(directory)
	b.Write(stream)
	return b.Bytes()
}

// biff makes a record of parts: bytes, strings as they are, floats of eight bytes, and
// whole numbers of two.
func biff(kind int, parts ...any) []byte {
	body := biffBody(parts...)
	head := binary.LittleEndian.AppendUint16(nil, uint16(kind))
	return append(binary.LittleEndian.AppendUint16(head, uint16(len(body))), body...)
}

func biffBody(parts ...any) []byte {
	var body []byte
	for _, part := range parts {
		switch p := part.(type) {
		case byte:
			body = append(body, p)
		case []byte:
			body = append(body, p...)
		case string:
			body = append(body, p...)
		case float64:
			body = binary.LittleEndian.AppendUint64(body, math.Float64bits(p))
		case uint32:
			body = binary.LittleEndian.AppendUint32(body, p)
		case int:
			body = binary.LittleEndian.AppendUint16(body, uint16(p))
		}
	}
	return body
}

// wide is a text of two bytes for each character, without its count.
func wide(text string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// invented is a sheet of an invented workbook.
type inventedSheet struct {
	name    string
	state   byte
	kind    byte
	records [][]byte
}

// xlsOf makes a workbook of records before the sheets, and sheets.
func xlsOf(globals [][]byte, sheets ...inventedSheet) File {
	end := biff(biffEOF)
	build := func(places []uint32) (stream []byte, starts []uint32) {
		stream = append(biff(biffBOF, 0x0600, 5, 0, 0, uint32(0), uint32(0)), bytes.Join(globals, nil)...)
		for i, s := range sheets {
			stream = append(stream, biff(biffBoundSheet, places[i], s.state, s.kind, byte(len(s.name)), byte(0), s.name)...)
		}
		stream = append(stream, end...)
		for _, s := range sheets {
			starts = append(starts, uint32(len(stream)))
			stream = append(stream, biff(biffBOF, 0x0600, 0x10, 0, 0, uint32(0), uint32(0))...)
			stream = append(append(stream, bytes.Join(s.records, nil)...), end...)
		}
		return stream, starts
	}
	_, starts := build(make([]uint32, len(sheets)))
	stream, _ := build(starts)
	return File{Name: "invented.xls", Content: compoundOf("Workbook", stream)}
}

// fontsOf makes the records of fonts; of the number 4 there is none.
func fontsOf(names ...string) [][]byte {
	var records [][]byte
	for _, name := range names {
		records = append(records, biff(biffFont, make([]byte, 14), byte(len(name)), byte(0), name))
	}
	return records
}

// styleOf makes the record of a style.
func styleOf(font, format int) []byte { return biff(biffXF, font, format, make([]byte, 16)) }
